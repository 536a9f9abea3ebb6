"""Freshness of sources and layers, what was quarantined, and that we are alive."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.features.freshness import as_text, status
from layers.catalog import catalog
from layers.sources import sources
from tests.makers import factory, hotspot, insert

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
TODAY = NOW.date()


def run(
    connection: Connection,
    source: str,
    status: str = "succeeded",
    at: datetime = NOW,
    message: str | None = None,
) -> int:
    """A finished run; its id."""
    insert(
        connection,
        "run",
        source=source,
        input="a.csv",
        status=status,
        finished_at=at,
        message=message,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM run")
        return int((cursor.fetchone() or (0,))[0])


def quarantined(connection: Connection, run_id: int, reason: str, rows: int, **more: Any) -> None:
    for line in range(rows):
        values = {"file": "a.csv", "line": line, "detail": "", "raw": "", "stored": False} | more
        insert(connection, "quarantine", run_id=run_id, source="diw", reason=reason, **values)


def test_health_answers_when_the_database_does(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok", "database": "ok"}


def test_every_source_and_layer_is_listed_though_never_run(client: TestClient) -> None:
    found = client.get("/status").json()

    assert set(found["sources"]) == set(sources())
    assert set(found["layers"]) == set(catalog())
    assert found["simulated"] is False
    assert found["sources"]["diw"]["last_run"] is None
    assert {layer["loaded"] for layer in found["layers"].values()} == {False}
    assert {layer["stale"] for layer in found["layers"].values()} == {False}


def test_a_failed_run_leaves_the_last_success_and_its_message_is_told_whole(
    connection: Connection, reads: Reads
) -> None:
    run(connection, "diw", at=NOW - timedelta(days=2))
    message = (
        "diw: 0 sound rows of 3 read, at least 1 needed; 3 × FID is missing (first: a.csv line 2)"
    )
    run(connection, "diw", "failed", message=message)

    found = status(reads, NOW)["sources"]["diw"]

    assert found["last_status"] == "failed"
    assert found["last_run"] == "2026-01-15T12:00:00Z"
    assert found["succeeded"] == "2026-01-13T12:00:00Z"
    assert found["last_message"] == message


def test_what_a_good_run_noted_is_told_whole(connection: Connection, reads: Reads) -> None:
    run(connection, "diw", message="a.csv: 10,000 rows, exactly the cap: probably cut off")

    told = status(reads, NOW)["sources"]["diw"]["last_message"]

    assert told == "a.csv: 10,000 rows, exactly the cap: probably cut off"


def test_quarantined_rows_are_counted_by_reason_and_warnings_are_not(
    connection: Connection, reads: Reads
) -> None:
    run_id = run(connection, "diw")
    quarantined(connection, run_id, "no coordinates", 2)
    quarantined(connection, run_id, "bad number", 3)
    quarantined(connection, run_id, "check digit", 4, stored=True)

    found = status(reads, NOW)["sources"]["diw"]

    assert found["quarantined"] == 5
    assert found["reasons"] == [
        {"reason": "bad number", "rows": 3},
        {"reason": "no coordinates", "rows": 2},
    ]


def test_a_layer_without_times_is_as_fresh_as_its_last_reading(
    connection: Connection, reads: Reads
) -> None:
    run(connection, "diw", at=NOW - timedelta(days=39))

    fresh = status(reads, NOW)["layers"]["factories"]
    stale = status(reads, NOW + timedelta(days=2))["layers"]["factories"]

    assert (fresh["loaded"], fresh["stale"], fresh["newest"]) == (True, False, None)
    assert fresh["last_run"] == "2025-12-07T12:00:00Z"
    assert stale["stale"] is True


def test_a_layer_with_times_is_as_fresh_as_its_newest_observation(
    connection: Connection, reads: Reads
) -> None:
    run(connection, "gistda")
    hotspot(connection, "old", (NOW - timedelta(days=9)).isoformat())

    found = status(reads, NOW)["layers"]["hotspots"]

    assert found["newest"] == "2026-01-06T12:00:00Z"
    assert found["stale"] is True  # read today, and still nothing new


def test_a_simulated_world_says_so(connection: Connection, reads: Reads) -> None:
    run(connection, "demo")
    factory(connection, "mill")

    found = status(reads, NOW)

    assert found["simulated"] is True
    assert found["layers"]["factories"]["loaded"] is True
    assert found["sources"]["demo"]["last_status"] == "succeeded"


def surface(
    connection: Connection,
    *,
    computed: timedelta = timedelta(),
    read: timedelta = timedelta(),
    day: date = TODAY,
    hour: int | None = None,
) -> int:
    """A day of the PM2.5 surface, or an hour of it, with the Run that computed it and the one that
    read its stations, both so long ago; the latter's id."""
    read_run = run(connection, "air4thai", at=NOW - read)
    computed_run = run(connection, "pm25_surface", at=NOW - computed)
    insert(connection, "run_input", run_id=computed_run, input_run_id=read_run)
    with connection.cursor() as cursor:
        values = {"read": NOW - read, "run": computed_run}
        cursor.execute("UPDATE run SET data_as_of = %(read)s WHERE id = %(run)s", values)
    values = {"path": "", "bounds": [0, 0, 1, 1], "method_th": "", "method_en": ""}
    about = {"simulated": False, "run_id": computed_run, "made_at": NOW}
    name = "pm25_surface" if hour is None else "pm25_surface_hourly"
    insert(connection, "raster", layer=name, day=day, hour=hour, **values, **about)
    return read_run


def test_a_computed_layer_is_fresh_while_its_run_its_inputs_and_its_newest_day_are(
    connection: Connection, reads: Reads
) -> None:
    surface(connection, computed=timedelta(days=1), read=timedelta(hours=30))

    found = status(reads, NOW)["layers"]["pm25_surface"]

    assert found["stale"] is False
    assert found["last_run"] == "2026-01-14T12:00:00Z"
    assert found["data_as_of"] == "2026-01-14T06:00:00Z"


@pytest.mark.parametrize(
    "old",
    [
        {"computed": timedelta(days=3), "read": timedelta(days=3)},
        {"computed": timedelta(days=1), "read": timedelta(days=3)},
        {"day": TODAY - timedelta(days=3)},
    ],
    ids=["run", "input", "day"],
)
def test_a_computed_layer_is_stale_when_any_of_them_is_old(
    old: dict[str, Any], connection: Connection, reads: Reads
) -> None:
    surface(connection, **old)
    run(connection, "air4thai")  # read since, but not computed from

    found = status(reads, NOW)["layers"]["pm25_surface"]

    assert (found["loaded"], found["stale"]) == (True, True)


def test_reading_its_source_does_not_make_a_layer_computed(
    connection: Connection, reads: Reads
) -> None:
    run(connection, "air4thai")
    run(connection, "demo")

    found = status(reads, NOW)["layers"]["pm25_surface"]

    assert (found["loaded"], found["last_run"], found["newest"]) == (False, None, None)


@pytest.mark.parametrize(
    ("day", "newest"),
    [
        (date(2026, 1, 14), "2026-01-14T16:59:59Z"),  # in Thailand the last second of that day
        (date(2026, 1, 15), "2026-01-15T12:00:00Z"),  # not over yet
        (date(2026, 1, 16), None),  # not begun
    ],
)
def test_the_newest_data_of_a_raster_are_of_its_newest_day(
    day: date, newest: str | None, connection: Connection, reads: Reads
) -> None:
    surface(connection, day=day)

    assert status(reads, NOW)["layers"]["pm25_surface"]["newest"] == newest


def test_the_newest_data_of_a_raster_by_the_hour_are_of_its_newest_hour(
    connection: Connection, reads: Reads
) -> None:
    surface(connection, day=date(2026, 1, 14), hour=8)

    newest = status(reads, NOW)["layers"]["pm25_surface_hourly"]["newest"]
    assert newest == "2026-01-14T00:59:59Z"


def test_an_analysis_is_listed_with_its_last_run_and_what_that_computed_from(
    connection: Connection, reads: Reads
) -> None:
    read_run = surface(connection, computed=timedelta(hours=1), read=timedelta(days=1))

    found = status(reads, NOW)

    assert "pm25_surface" not in found["sources"]
    assert found["analyses"]["pm25_surface"] == {
        "title": {"th": "พื้นผิว PM2.5 รายวัน", "en": "Daily PM2.5 surface"},
        "last_status": "succeeded",
        "last_run": "2026-01-15T11:00:00Z",
        "last_message": None,
        "succeeded": "2026-01-15T11:00:00Z",
        "data_as_of": "2026-01-14T12:00:00Z",
        "computed_from": [
            {"source": "air4thai", "run": read_run, "succeeded": "2026-01-14T12:00:00Z"}
        ],
    }
    assert (
        "  pm25_surface         succeeded 2026-01-15T11:00:00Z, computed from air4thai"
        " 2026-01-14T12:00:00Z"
    ) in as_text(found).splitlines()


def test_an_analysis_that_never_ran_is_listed_as_such(reads: Reads) -> None:
    found = status(reads, NOW)

    assert found["analyses"]["pm25_surface"]["last_run"] is None
    assert found["analyses"]["pm25_surface"]["computed_from"] == []
    assert "  pm25_surface         never run" in as_text(found).splitlines()


def test_a_terminal_gets_the_same_in_lines(connection: Connection, reads: Reads) -> None:
    run_id = run(connection, "diw")
    quarantined(connection, run_id, "no coordinates", 2)

    text = as_text(status(reads, NOW))

    assert "succeeded 2026-01-15T12:00:00Z, 2 rows quarantined" in text
    assert "2 × no coordinates" in text
    assert "never loaded" in text
