"""Two roles: the owner, and a reader that can only SELECT from `published`."""

import psycopg2.errors
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import READER, Pool

GRANTED = """
    SELECT n.nspname, c.relname, p.privilege
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS p (privilege)
    WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname !~ '^pg_|^information_schema$'
        AND has_schema_privilege(%(role)s, n.oid, 'USAGE')
        AND has_table_privilege(%(role)s, c.oid, p.privilege)
"""
# PostGIS lets everyone read its own list of reference systems and columns.
POSTGIS = {"spatial_ref_sys", "geometry_columns", "geography_columns"}


def test_a_reader_may_only_select_and_only_from_published(connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(GRANTED, {"role": READER})
        granted = {row for row in cursor.fetchall() if row[1] not in POSTGIS}

    assert {schema for schema, _, _ in granted} == {"published"}
    assert {privilege for _, _, privilege in granted} == {"SELECT"}


@pytest.mark.parametrize("table", ["complaint", "complaint_text", "quarantine", "run", "factory"])
def test_the_pool_reads_as_the_reader_and_cannot_become_the_owner(
    table: str, migrated_url: str
) -> None:
    pool = Pool(migrated_url, 1)

    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        pool.fetch(f"RESET ROLE; SELECT * FROM {table}")

    pool.close()


def test_the_pool_writes_nothing(migrated_url: str) -> None:
    pool = Pool(migrated_url, 1)

    with pytest.raises(psycopg2.Error):
        pool.fetch("CREATE TABLE published.mine (id int)")

    pool.close()
