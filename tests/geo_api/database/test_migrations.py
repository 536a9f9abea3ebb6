"""Migrations: all or nothing, once, forward only."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg2
import psycopg2.errors
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.migrations import NotMigrated, migrate, require_migrated
from geo_api.database.migrations_sql import make_role
from geo_api.database.repeatable_migrations import ROOT
from tests.geo_api.database.asking import answer, run
from tests.geo_api.database.servers import wait_until

VERSIONS = sorted((ROOT / "migrations" / "versions").glob("2*.py"))


def test_every_revision_is_applied_once_and_named(empty_url: str) -> None:
    first = migrate(empty_url)

    second = migrate(empty_url)

    assert sorted(first.revisions) == [path.stem for path in VERSIONS]
    assert not first.taken_over
    assert second.revisions == ()
    assert str(second) == "nothing to apply"


def test_who_finds_nothing_to_do_touches_nothing(fresh_url: str) -> None:
    """Every function, trigger, table and view is the one that it was."""
    objects = """
        SELECT array_agg(oid ORDER BY oid) FROM (
            SELECT oid FROM pg_proc UNION ALL SELECT oid FROM pg_trigger
            UNION ALL SELECT oid FROM pg_class
        ) AS objects
    """
    before = answer(fresh_url, objects)

    migrate(fresh_url)

    assert answer(fresh_url, objects) == before


def test_of_two_at_once_one_works_and_the_other_finds_nothing_to_do(empty_url: str) -> None:
    with ThreadPoolExecutor(2) as both:
        done = list(both.map(migrate, [empty_url, empty_url]))

    assert sorted(len(each.revisions) for each in done) == [0, len(VERSIONS)]


def test_a_role_that_another_database_makes_meanwhile_is_waited_for(
    empty_url: str, fresh_url: str
) -> None:
    role = f"fahsai_test_{uuid4().hex}"
    with ThreadPoolExecutor(1) as other, closing(psycopg2.connect(empty_url)) as first:
        try:
            with first.cursor() as cursor:
                cursor.execute(make_role(role))
            waiting = other.submit(run, fresh_url, make_role(role))
            blocked = f"""
                SELECT count(*) FROM pg_stat_activity
                WHERE wait_event_type = 'Lock' AND query LIKE '%{role}%'
            """
            wait_until(lambda: answer(fresh_url, blocked) == 1)
            first.commit()
            waiting.result(timeout=60)
            assert answer(fresh_url, f"SELECT count(*) FROM pg_roles WHERE rolname = '{role}'") == 1
        finally:
            first.rollback()
            run(fresh_url, f"DROP ROLE IF EXISTS {role}")


def test_a_function_that_cannot_be_made_leaves_nothing_behind(empty_url: str, room: Path) -> None:
    (room / "mine.sql").write_text(
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT nothing'"
    )

    with pytest.raises(psycopg2.errors.UndefinedColumn):
        migrate(empty_url)

    assert answer(empty_url, "SELECT to_regclass('run') IS NULL") is True


def test_revisions_that_this_version_does_not_know_are_named_and_left_alone(
    fresh_url: str,
) -> None:
    run(
        fresh_url,
        "DELETE FROM alembic_version;"
        " INSERT INTO alembic_version VALUES ('2099_01_01_flying_cars')",
    )

    with pytest.raises(NotMigrated, match="2099_01_01_flying_cars"):
        migrate(fresh_url)
    with pytest.raises(NotMigrated, match="2099_01_01_flying_cars"):
        require_migrated(fresh_url)


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_revision_is_dated_named_as_its_file_and_forward_only(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert re.match(r"\d{4}_\d\d_\d\d_[a-z_]+$", path.stem)
    assert f'revision = "{path.stem}"' in text
    assert "def downgrade" not in text


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_revision_makes_no_function_and_calls_none_of_ours(
    path: Path, connection: Connection
) -> None:
    """There is none yet when the revisions of an empty database run."""
    text = path.read_text(encoding="utf-8")
    with connection.cursor() as cursor:
        cursor.execute("SELECT split_part(signature, '(', 1) FROM installed_function")
        ours = {name for (name,) in cursor.fetchall()}

    assert ours
    assert not re.search(r"CREATE (OR REPLACE )?(FUNCTION|PROCEDURE|AGGREGATE|TRIGGER|VIEW)", text)
    assert not {name for name in ours if re.search(rf"\b{name}\(", text)}
