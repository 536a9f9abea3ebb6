"""Analyses by name, found from their folders: their Runs, and what those computed from."""

import importlib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.analyses import NotDaily, analyse
from geo_api.database.connections import Reads, owner_connection
from geo_api.database.runs import RunFailed, Tally, record_run
from geo_api.features.freshness import world
from geo_api.settings import Settings
from layers.analyses import analyses
from layers.model import Layer, Style, Text
from tests.geo_api.analyses.smoke import NAME, smoke_days
from tests.makers import insert

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
LAYER = Layer(
    name=NAME,
    title=Text("วันที่มีควัน", "Days of smoke"),
    description=Text("", ""),
    licence="CC0-1.0",
    attribution="",
    style=Style("#000000"),
    sources=(NAME,),
    stale_after=2 * DAY,
)


@pytest.fixture(autouse=True)
def smoke(fresh: Connection, tmp_path: Path) -> Iterator[None]:
    """The analysis of no use, with its table."""
    with fresh.cursor() as cursor:
        cursor.execute("CREATE TABLE smoke_day (id bigint GENERATED ALWAYS AS IDENTITY)")
    fresh.commit()
    with pytest.MonkeyPatch.context() as patch, smoke_days(tmp_path, patch):
        yield


def succeeded(
    connection: Connection, source: str, at: datetime, data_as_of: datetime | None = None
) -> int:
    """A Run that succeeded; its id."""
    run(connection, source, "succeeded", at, data_as_of)
    return last_run(connection)


def run(
    connection: Connection,
    source: str,
    status: str,
    at: datetime,
    data_as_of: datetime | None = None,
) -> None:
    values = {"input": "", "status": status, "finished_at": at, "data_as_of": data_as_of}
    insert(connection, "run", source=source, **values)
    connection.commit()


def last_run(connection: Connection) -> int:
    [(id,)] = rows(connection, "SELECT max(id) FROM run")
    return int(str(id))


def inputs(connection: Connection) -> set[object]:
    """The Runs from which the last one computed."""
    found = rows(
        connection,
        f"SELECT input_run_id FROM run_input WHERE run_id = {last_run(connection)}",
    )
    return {id for (id,) in found}


def as_of(connection: Connection) -> object:
    """When the oldest was read of what the last Run computed from."""
    return rows(connection, "SELECT data_as_of FROM run ORDER BY id DESC LIMIT 1")[0][0]


def rows(connection: Connection, statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_an_analysis_is_found_from_its_folder_and_run_by_its_name(
    fresh: Connection, home: Path
) -> None:
    made = analyse(fresh, NAME, Settings(home))

    assert {"pm25_surface", NAME, "upwind_fires"} <= set(analyses())
    assert made == "1 day of smoke"
    assert rows(fresh, "SELECT source, input, status, message FROM run") == [
        (NAME, "", "succeeded", "1 day of smoke")
    ]


def test_one_that_is_not_daily_takes_no_day(fresh: Connection, home: Path) -> None:
    with pytest.raises(NotDaily, match="smoke_days is not computed by the day: leave the day 2026"):
        analyse(fresh, NAME, Settings(home), date(2026, 1, 5))

    assert rows(fresh, "SELECT FROM run") == []


def test_its_inputs_are_the_newest_runs_that_succeeded_of_what_it_reads(
    fresh: Connection, home: Path
) -> None:
    succeeded(fresh, "firms", NOW - 3 * DAY)
    newest = {
        succeeded(fresh, "firms", NOW - 2 * DAY),
        succeeded(fresh, "pm25_surface", NOW - DAY),
        succeeded(fresh, "demo", NOW - 4 * DAY),
    }
    run(fresh, "firms", "failed", NOW)
    succeeded(fresh, "diw", NOW)

    analyse(fresh, NAME, Settings(home))

    assert inputs(fresh) == newest


def test_what_is_published_was_computed_from_what_the_last_good_pass_read(
    fresh: Connection, home: Path
) -> None:
    succeeded(fresh, "firms", NOW)
    first = last_run(fresh)
    analyse(fresh, NAME, Settings(home))
    succeeded(fresh, "firms", NOW)

    with pytest.raises(RunFailed, match="enough"):
        analyse(fresh, NAME, Settings(home))

    of_layer = f"SELECT input_run_id FROM published.run_inputs WHERE source = '{NAME}'"
    assert rows(fresh, of_layer) == [(first,)]


def test_others_may_begin_and_end_their_runs_while_one_computes(
    fresh: Connection, fresh_url: str, home: Path
) -> None:
    def another() -> None:
        with closing(owner_connection(fresh_url)) as other, other.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
            with record_run(other, "firms", "live", Tally()):
                pass

    analyse(fresh, NAME, Settings(home))
    with fresh.cursor() as cursor:
        cursor.execute("DELETE FROM smoke_day")
    fresh.commit()
    importlib.import_module(f"geo_api.analyses.{NAME}").meanwhile = another  # type: ignore[attr-defined]

    analyse(fresh, NAME, Settings(home))

    assert rows(fresh, "SELECT source, status FROM run ORDER BY id DESC LIMIT 2") == [
        ("firms", "succeeded"),
        (NAME, "succeeded"),
    ]


def test_it_is_as_old_as_the_oldest_of_what_it_read(fresh: Connection, home: Path) -> None:
    succeeded(fresh, "firms", NOW - 3 * DAY)
    succeeded(fresh, "pm25_surface", NOW - DAY)

    analyse(fresh, NAME, Settings(home))

    assert as_of(fresh) == NOW - 3 * DAY


def test_what_an_analysis_read_before_counts_through_it(fresh: Connection, home: Path) -> None:
    succeeded(fresh, "firms", NOW)
    succeeded(fresh, "pm25_surface", NOW - DAY, data_as_of=NOW - 10 * DAY)

    analyse(fresh, NAME, Settings(home))

    assert as_of(fresh) == NOW - 10 * DAY


def test_the_demo_delivers_what_a_source_does_and_computes_nothing(
    fresh: Connection, home: Path
) -> None:
    succeeded(fresh, "firms", NOW - 30 * DAY)
    succeeded(fresh, "demo", NOW - DAY)
    analyse(fresh, NAME, Settings(home))
    of_the_demo = as_of(fresh)
    rows(fresh, "DELETE FROM smoke_day RETURNING id")
    succeeded(fresh, "pm25_surface", NOW - 20 * DAY)

    analyse(fresh, NAME, Settings(home))

    assert of_the_demo == NOW - DAY
    assert as_of(fresh) == NOW - 20 * DAY


@pytest.mark.parametrize(
    ("computed", "read", "stale"),
    [(DAY, DAY, False), (3 * DAY, 3 * DAY, True), (DAY, 3 * DAY, True)],
)
def test_its_layer_is_as_old_as_the_older_of_its_run_and_what_that_read(
    computed: timedelta,
    read: timedelta,
    stale: bool,
    fresh: Connection,
    fresh_reads: Reads,
    home: Path,
) -> None:
    succeeded(fresh, "firms", NOW - read)
    analyse(fresh, NAME, Settings(home))
    with fresh.cursor() as cursor:
        values = {"at": NOW - computed, "source": NAME}
        cursor.execute("UPDATE run SET finished_at = %(at)s WHERE source = %(source)s", values)
    succeeded(fresh, "firms", NOW)  # since then: not in it

    known = world(fresh_reads, [LAYER], NOW).freshness[NAME]

    assert (known.last_run, known.data_as_of) == (NOW - computed, NOW - read)
    assert known.stale is stale
