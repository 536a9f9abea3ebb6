"""Freshness of sources and layers, what was quarantined, and that we are alive."""

from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.features.freshness import as_text, status
from layers.catalog import catalog
from layers.sources import sources
from tests.makers import insert

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


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


def test_a_failed_run_leaves_the_last_success_and_quotes_no_record(
    connection: Connection, reads: Reads
) -> None:
    run(connection, "diw", at=NOW - timedelta(days=2))
    run(connection, "diw", "failed", message="DataError: invalid value for นาย ก")

    found = status(reads, NOW)["sources"]["diw"]

    assert found["last_status"] == "failed"
    assert found["last_run"] == "2026-01-15T12:00:00Z"
    assert found["succeeded"] == "2026-01-13T12:00:00Z"
    assert found["last_message"] == "DataError"


def test_readers_are_never_given_what_a_failure_quotes(connection: Connection) -> None:
    run(connection, "diw", "failed", message="DataError: invalid value for นาย ก")

    with connection.cursor() as cursor:
        cursor.execute("SELECT last_message FROM published.freshness")

        assert cursor.fetchall() == [("DataError",)]


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
    run(connection, "traffy")
    insert(
        connection,
        "complaint",
        lon=100.25,
        lat=13.55,
        source="traffy",
        ticket_id="1",
        category="odour",
        reported_at=NOW - timedelta(days=9),
        public_at=NOW - timedelta(days=9),
    )

    found = status(reads, NOW)["layers"]["complaints"]

    assert found["newest"] == "2026-01-06T12:00:00Z"
    assert found["stale"] is True  # read today, and still nothing new


def test_a_simulated_world_says_so(connection: Connection, reads: Reads) -> None:
    run(connection, "demo")

    found = status(reads, NOW)

    assert found["simulated"] is True
    assert found["layers"]["factories"]["loaded"] is True
    assert found["sources"]["demo"]["last_status"] == "succeeded"


def test_a_terminal_gets_the_same_in_lines(connection: Connection, reads: Reads) -> None:
    run_id = run(connection, "diw")
    quarantined(connection, run_id, "no coordinates", 2)

    text = as_text(status(reads, NOW))

    assert "succeeded 2026-01-15T12:00:00Z, 2 rows quarantined" in text
    assert "2 × no coordinates" in text
    assert "never loaded" in text
