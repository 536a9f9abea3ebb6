"""Functions and views: those in force are those of the files, whatever was there before."""

import re
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database import repeatable_migrations
from geo_api.database.connections import owner_connection
from geo_api.database.migrations import migrate
from geo_api.database.repeatable_migrations import FunctionInUse, function_files
from geo_api.database.runs import Tally, record_run
from tests.geo_api.database.asking import answer, rows, run
from tests.makers import factory

OURS = """
    SELECT p.proname, l.lanname, p.prosrc
    FROM pg_proc AS p JOIN pg_language AS l ON l.oid = p.prolang
    WHERE p.pronamespace <> 'pg_catalog'::regnamespace AND p.pronamespace <> 'jobs'::regnamespace
        AND p.pronamespace <> 'information_schema'::regnamespace AND NOT EXISTS (
            SELECT FROM pg_depend AS d
            WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
        )
"""
SEVEN = "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 7';"
EIGHT = SEVEN.replace("7", "8")
TRIGGER = """
    CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.name := upper(NEW.name);
        RETURN NEW;
    END $$;
    CREATE TRIGGER shouts BEFORE INSERT ON factory FOR EACH ROW EXECUTE FUNCTION shout();
"""


def test_the_functions_of_a_database_are_those_of_the_files(migrated_url: str) -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in function_files())
    made = re.findall(r"^CREATE (?:FUNCTION|AGGREGATE) (\w+)", text, re.MULTILINE)

    found = rows(migrated_url, OURS)

    assert sorted(name for name, *_ in found) == sorted(made)
    assert [
        name for name, language, body in found if language != "internal" and body not in text
    ] == []


def test_an_edited_function_is_made_anew(fresh_url: str, room: Path) -> None:
    (room / "mine.sql").write_text(SEVEN)
    migrate(fresh_url)
    (room / "mine.sql").write_text(EIGHT)

    done = migrate(fresh_url)

    assert done.revisions == ()
    assert answer(fresh_url, "SELECT mine()") == 8


@pytest.mark.parametrize(
    "changed",
    [
        "CREATE FUNCTION mine() RETURNS text LANGUAGE sql AS $$ SELECT 'eight' $$;",
        "CREATE FUNCTION mine(OUT it text) LANGUAGE sql AS $$ SELECT 'eight' $$;",
        "CREATE FUNCTION mine(it text DEFAULT 'eight') RETURNS text LANGUAGE sql AS 'SELECT it';",
    ],
)
def test_a_function_may_change_its_signature(changed: str, fresh_url: str, room: Path) -> None:
    (room / "mine.sql").write_text(SEVEN)
    migrate(fresh_url)
    (room / "mine.sql").write_text(changed)

    migrate(fresh_url)

    assert rows(fresh_url, "SELECT mine()") == [("eight",)]
    assert answer(fresh_url, "SELECT count(*) FROM pg_proc WHERE proname = 'mine'") == 1


def test_a_function_and_its_trigger_go_with_their_file(fresh_url: str, room: Path) -> None:
    (room / "shout.sql").write_text(TRIGGER)
    migrate(fresh_url)
    (room / "shout.sql").unlink()

    migrate(fresh_url)

    assert answer(fresh_url, "SELECT count(*) FROM pg_proc WHERE proname = 'shout'") == 0
    assert answer(fresh_url, "SELECT count(*) FROM pg_trigger WHERE tgname = 'shouts'") == 0


def test_an_edited_trigger_is_made_anew(fresh: Connection, fresh_url: str, room: Path) -> None:
    (room / "shout.sql").write_text(TRIGGER)
    migrate(fresh_url)
    (room / "shout.sql").write_text(TRIGGER.replace("BEFORE INSERT", "BEFORE UPDATE"))

    migrate(fresh_url)

    factory(fresh, "a", name="quiet")
    with fresh.cursor() as cursor:
        cursor.execute("SELECT name FROM factory")
        assert cursor.fetchall() == [("quiet",)]


def test_a_function_of_somebody_else_is_left_alone(fresh_url: str, room: Path) -> None:
    run(fresh_url, "CREATE FUNCTION theirs() RETURNS integer LANGUAGE sql AS 'SELECT 9'")
    (room / "mine.sql").write_text(SEVEN)

    migrate(fresh_url)

    assert answer(fresh_url, "SELECT theirs()") == 9


def test_what_depends_on_a_function_is_named_and_nothing_is_changed(
    fresh_url: str, room: Path
) -> None:
    run(fresh_url, "CREATE INDEX by_column ON industrial_estate (mercator_x(lon))")
    (room / "mine.sql").write_text(SEVEN)

    with pytest.raises(FunctionInUse, match="index by_column depends on function mercator_x"):
        migrate(fresh_url)

    assert answer(fresh_url, "SELECT to_regclass('published.factories') IS NOT NULL") is True
    assert answer(fresh_url, "SELECT to_regclass('by_column') IS NOT NULL") is True


def test_changed_views_are_made_anew_without_a_revision(
    fresh_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = [
        *repeatable_migrations._published(),
        "CREATE VIEW published.more AS SELECT 1 AS id",
    ]
    monkeypatch.setattr(repeatable_migrations, "_published", lambda: statements)

    done = migrate(fresh_url)

    assert done.revisions == ()
    assert answer(fresh_url, "SELECT id FROM published.more") == 1


def test_changes_are_noted_and_points_counted_as_before(
    fresh: Connection, fresh_url: str, room: Path
) -> None:
    counted = "SELECT sum(c) FROM point_count, unnest(counts) AS u (c) WHERE layer = 'factories'"
    factory(fresh, "a")
    fresh.commit()
    grids = answer(fresh_url, counted)
    noted = "SELECT version FROM data_version WHERE table_name = 'factory'"
    version = answer(fresh_url, noted)
    (room / "mine.sql").write_text(SEVEN)

    migrate(fresh_url)

    assert answer(fresh_url, counted) == grids
    factory(fresh, "b")
    fresh.commit()
    assert answer(fresh_url, counted) == 2 * grids
    assert answer(fresh_url, noted) != version


def test_points_whose_counts_a_revision_has_emptied_are_counted_anew(
    fresh: Connection, fresh_url: str, room: Path
) -> None:
    factory(fresh, "a")
    fresh.commit()
    kept = "SELECT array_agg((level, block, cells, counts)::text ORDER BY level) FROM point_count"
    before = answer(fresh_url, kept)
    run(fresh_url, "TRUNCATE point_count")
    (room / "mine.sql").write_text(SEVEN)

    migrate(fresh_url)

    assert before
    assert answer(fresh_url, kept) == before


def test_no_function_changes_under_a_run(fresh_url: str, room: Path) -> None:
    (room / "mine.sql").write_text(SEVEN)
    said: list[str] = []
    worker = owner_connection(fresh_url)

    with ThreadPoolExecutor(1) as other:
        with record_run(worker, "diw", "a file", Tally()):
            migrating = other.submit(migrate, fresh_url, said.append)
            with pytest.raises(NotYet):
                migrating.result(timeout=1)
            assert answer(fresh_url, "SELECT count(*) FROM pg_proc WHERE proname = 'mine'") == 0
        migrating.result(timeout=60)

    worker.close()
    assert said == ["Waiting for Runs to end, or for another migration …"]
    assert answer(fresh_url, "SELECT mine()") == 7


def test_who_finds_nothing_to_do_waits_for_no_run(fresh_url: str) -> None:
    worker = owner_connection(fresh_url)

    with ThreadPoolExecutor(1) as other, record_run(worker, "diw", "a file", Tally()):
        done = other.submit(migrate, fresh_url).result(timeout=60)

    worker.close()
    assert done.revisions == ()
