"""Three roles: the owner, a reader of `published`, and a writer of what it was granted."""

from collections.abc import Callable, Iterator
from contextlib import closing

import psycopg2.errors
import pytest
from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import (
    READER,
    WRITER,
    DatabaseUnavailable,
    Pool,
    WritePool,
)
from geo_api.database.logins import login_url
from geo_api.database.migrations import migrate

GRANTED = """
    SELECT n.nspname, c.relname, p.privilege
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS p (privilege)
    WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname !~ '^pg_|^information_schema$'
        AND has_schema_privilege(%(role)s, n.oid, 'USAGE')
        AND has_table_privilege(%(role)s, c.oid, p.privilege)
"""
TABLES = """
    SELECT n.nspname, c.relname
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'truth', 'staging')
"""
# PostGIS lets everyone read its own list of reference systems and columns.
POSTGIS = {"spatial_ref_sys", "geometry_columns", "geography_columns"}


@pytest.fixture
def reader(migrated_url: str) -> Iterator[Pool]:
    pool = Pool(login_url(migrated_url, READER), 1)
    yield pool
    pool.close()


@pytest.fixture
def writer(migrated_url: str) -> Iterator[WritePool]:
    pool = WritePool(login_url(migrated_url, WRITER), 1)
    yield pool
    pool.close()


@pytest.fixture
def fresh_writer(fresh_url: str) -> Iterator[WritePool]:
    """Writes to the database of `fresh`."""
    pool = WritePool(login_url(fresh_url, WRITER), 1)
    yield pool
    pool.close()


def visits(connection: Connection) -> None:
    """A table whose rows the writer may add and read, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE visit (id bigint GENERATED ALWAYS AS IDENTITY, place text NOT NULL)"
        )
        cursor.execute(f"GRANT SELECT, INSERT ON visit TO {WRITER}")
    connection.commit()


def places(connection: Connection) -> list[str]:
    """Those of the table `visit`."""
    connection.rollback()
    with connection.cursor() as cursor:
        cursor.execute("SELECT place FROM visit ORDER BY id")
        return [place for (place,) in cursor.fetchall()]


@pytest.mark.parametrize("role", [READER, WRITER])
def test_a_role_may_only_select_and_only_from_published(role: str, connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(GRANTED, {"role": role})
        granted = {row for row in cursor.fetchall() if row[1] not in POSTGIS}

    readable = {"published", "published_as_of", "published_changes"}
    assert {schema for schema, _, _ in granted} == readable
    assert {privilege for _, _, privilege in granted} == {"SELECT"}


@pytest.mark.parametrize("table", ["complaint", "complaint_text", "quarantine", "run", "factory"])
def test_the_pool_reads_as_the_reader_and_cannot_become_the_owner(table: str, reader: Pool) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        reader.fetch(f"RESET ROLE; SELECT * FROM {table}")


def test_the_pool_writes_nothing(reader: Pool) -> None:
    with pytest.raises(psycopg2.Error):
        reader.fetch("CREATE TABLE published.mine (id int)")


def test_the_reader_cannot_write_what_the_writer_may(fresh: Connection, fresh_url: str) -> None:
    visits(fresh)

    with (
        closing(Pool(login_url(fresh_url, READER), 1)) as pool,
        pytest.raises(psycopg2.errors.InsufficientPrivilege),
    ):
        pool.fetch(
            "SET TRANSACTION READ WRITE; INSERT INTO visit (place) VALUES ('a') RETURNING id"
        )


def test_the_writer_reads_what_is_published(writer: WritePool) -> None:
    with writer.transaction() as transaction:
        assert transaction.fetch("SELECT id FROM published.factories") == []


def test_the_writer_touches_no_table_that_it_was_not_granted(
    writer: WritePool, connection: Connection
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = cursor.fetchall()
    statements = (
        "SELECT FROM {}",
        "INSERT INTO {} DEFAULT VALUES",
        "DELETE FROM {}",
        "TRUNCATE {}",
    )
    possible = []

    for schema, table in tables:
        for statement in statements:
            asked = sql.SQL(statement).format(sql.Identifier(schema, table))
            try:
                with writer.transaction() as transaction:
                    transaction.execute(asked)
            except psycopg2.errors.InsufficientPrivilege:
                continue
            except psycopg2.errors.NotNullViolation:
                pass  # it may, if it gives values
            possible.append((statement, table))

    assert len({schema for schema, _ in tables}) == 3
    assert sorted(possible) == [
        ("INSERT INTO {} DEFAULT VALUES", "citation"),
        ("INSERT INTO {} DEFAULT VALUES", "short_link"),
        ("SELECT FROM {}", "citation"),
        ("SELECT FROM {}", "short_link"),
        ("SELECT FROM {}", "spatial_ref_sys"),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "RESET ROLE; SELECT FROM complaint_text",
        "CREATE TABLE mine (id int)",
        "CREATE TABLE published.mine (id int)",
        "CREATE VIEW mine AS SELECT 1",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
        "ALTER ROLE fahsai_writer SUPERUSER",
        "GRANT SELECT ON complaint_text TO fahsai_writer",
        "SELECT bump_data_version('factory')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
    ],
)
def test_the_writer_gets_no_further_rights_and_makes_no_objects(
    statement: str, writer: WritePool
) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege), writer.transaction() as transaction:
        transaction.execute(statement)


def test_no_role_but_the_owner_makes_temporary_tables(empty_url: str) -> None:
    # Not of a copy: the rights on a database stay behind when it is copied.
    migrate(empty_url)

    with (
        closing(WritePool(login_url(empty_url, WRITER), 1)) as pool,
        pytest.raises(psycopg2.errors.InsufficientPrivilege),
        pool.transaction() as transaction,
    ):
        transaction.execute("CREATE TEMPORARY TABLE mine (id int)")


def test_what_a_transaction_writes_is_kept_and_its_rows_told(
    fresh: Connection, fresh_writer: WritePool
) -> None:
    visits(fresh)

    with fresh_writer.transaction() as transaction:
        ids = transaction.fetch("INSERT INTO visit (place) VALUES ('a') RETURNING id")
        more = transaction.execute(
            "INSERT INTO visit (place) SELECT unnest(%(places)s)", {"places": ["b", "c"]}
        )

    assert (ids, more) == ([(1,)], 2)
    assert places(fresh) == ["a", "b", "c"]


def test_a_transaction_that_raises_writes_nothing_and_the_next_one_works(
    fresh: Connection, fresh_writer: WritePool
) -> None:
    visits(fresh)

    with pytest.raises(ValueError, match="changed my mind"), fresh_writer.transaction() as first:
        first.execute("INSERT INTO visit (place) VALUES ('a')")
        raise ValueError("changed my mind")
    with fresh_writer.transaction() as second:
        second.execute("INSERT INTO visit (place) VALUES ('b')")

    assert places(fresh) == ["b"]


def test_a_change_by_the_writer_is_a_change_of_the_data(
    fresh: Connection, fresh_writer: WritePool
) -> None:
    visits(fresh)
    with fresh.cursor() as cursor:
        cursor.execute("SELECT watch_changes('visit')")
    fresh.commit()

    with fresh_writer.transaction() as transaction:
        transaction.execute("INSERT INTO visit (place) VALUES ('a')")

    with fresh.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM data_version WHERE table_name = 'visit'")
        assert cursor.fetchone() == (1,)


def test_points_that_the_writer_adds_are_counted_for_tiles(
    fresh: Connection, fresh_writer: WritePool
) -> None:
    with fresh.cursor() as cursor:
        cursor.execute("SELECT ensure_months('hotspot', '2026-01-05', '2026-01-05')")
        cursor.execute(f"GRANT INSERT ON hotspot TO {WRITER}")
    fresh.commit()

    with fresh_writer.transaction() as transaction:
        transaction.execute(
            "INSERT INTO hotspot (id, geom, acquired_at, time_precision, sources) VALUES"
            " ('a', ST_SetSRID(ST_MakePoint(100.25, 13.55), 4326), '2026-01-05', 'minute',"
            " '{firms}')"
        )

    with fresh.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT counts FROM published.point_counts WHERE layer = 'hotspots'"
        )
        assert cursor.fetchall() == [([1],)]


def end_all_sessions_but(connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def sessions(fresh: Connection) -> Callable[[], int]:
    """How many others there are in the database of `fresh`."""

    def count() -> int:
        fresh.rollback()
        with fresh.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND backend_type = 'client backend'"
            )
            (found,) = cursor.fetchone() or (0,)
        return int(found)

    return count


def test_a_writer_that_never_writes_opens_no_connection(
    sessions: Callable[[], int], fresh_url: str
) -> None:
    with closing(WritePool(login_url(fresh_url, WRITER), 4)) as pool:
        before = sessions()
        with pool.transaction() as transaction:
            transaction.fetch("SELECT 1")

        assert (before, sessions()) == (0, 1)


def test_a_writer_whose_server_came_back_writes_again(
    fresh: Connection, fresh_writer: WritePool
) -> None:
    visits(fresh)
    with fresh_writer.transaction() as transaction:
        transaction.execute("INSERT INTO visit (place) VALUES ('a')")

    end_all_sessions_but(fresh)
    with fresh_writer.transaction() as transaction:
        transaction.execute("INSERT INTO visit (place) VALUES ('b')")

    assert places(fresh) == ["a", "b"]


def test_a_server_that_goes_away_amid_a_transaction_is_told_as_such(
    fresh: Connection, fresh_writer: WritePool
) -> None:
    visits(fresh)

    with pytest.raises(DatabaseUnavailable), fresh_writer.transaction() as transaction:
        transaction.execute("INSERT INTO visit (place) VALUES ('a')")
        end_all_sessions_but(fresh)
        transaction.execute("INSERT INTO visit (place) VALUES ('b')")

    assert places(fresh) == []
