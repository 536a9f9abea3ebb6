"""When it is known that nothing burned: not before somebody looked after the day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.reports.brief import brief
from geo_api.reports.place import place_report
from layers.catalog import catalog
from layers.reports.brief import HOTSPOTS
from layers.reports.measures import State
from tests.geo_api.reports.rows import asked, hotspot
from tests.makers import province

DAY = date(2026, 3, 3)
NOON = datetime(2026, 3, 3, 5, 0, tzinfo=UTC)
# Of the night before the day before: the newest that there is.
NEWEST = "2026-03-01T19:00:00+00:00"


@pytest.fixture(autouse=True)
def _rows(connection: Connection) -> None:
    province(connection, "74")
    hotspot(connection, NEWEST, times=3)
    # All weeks that are told of lie behind the first.
    hotspot(connection, "2026-01-01T19:00:00+00:00")


def told(reads: Reads, day: date = DAY, now: datetime = NOON) -> tuple[State, float | None]:
    """Of the brief; a place of the same day says as much."""
    fires = brief(reads, catalog(), day, now).measures[HOTSPOTS]
    of_place = place_report(reads, catalog(), "province", "74", day, now).measures["hotspots"]
    assert of_place.state == fires.state
    return fires.state, fires.value


def test_what_was_seen_at_night_tells_of_the_day_until_morning(reads: Reads) -> None:
    assert told(reads, DAY - timedelta(days=1)) == (State.KNOWN, 3)


def test_a_day_after_the_newest_is_not_known_before_anybody_looked(reads: Reads) -> None:
    assert told(reads) == (State.LATE, 3)


@pytest.mark.parametrize(
    ("asked_at", "status", "expected"),
    [
        ("2026-03-03T01:00:00+00:00", "succeeded", (State.KNOWN, 0)),
        ("2026-03-03T00:59:00+00:00", "succeeded", (State.LATE, 3)),
        ("2026-03-03T01:05:00+00:00", "failed", (State.LATE, 3)),
    ],
)
def test_a_feed_that_was_asked_after_the_day_and_gave_nothing_says_there_was_nothing(
    connection: Connection, reads: Reads, asked_at: str, status: str, expected: Any
) -> None:
    asked(connection, asked_at, status=status)
    # Of what is elsewhere it tells nothing.
    asked(connection, "2026-03-03T02:00:00+00:00", source="air4thai")

    # Thirty hours of nothing are usual, and noon is later than that.
    assert told(reads, now=datetime(2026, 3, 3, 1, 0, tzinfo=UTC)) == expected


def test_a_feed_that_answers_and_has_long_had_nothing_new_is_not_believed(
    connection: Connection, reads: Reads
) -> None:
    at = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
    asked(connection, at)

    # The last day of which nothing is believed.
    assert told(reads, date(2026, 3, 5), at) == (State.LATE, 0)


def test_a_page_of_burning_tells_to_which_day_it_knows(
    connection: Connection, client: TestClient
) -> None:
    asked(connection, "2026-03-02T12:00:00+00:00")

    page = client.get("/maps/burning?language=en").text

    assert '"newest": "2026-03-02"' in page or '"newest":"2026-03-02"' in page
