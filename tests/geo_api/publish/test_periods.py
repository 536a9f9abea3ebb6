"""Periods of days: as long as a tile can show every feature, by days that end at 08:00."""

from datetime import UTC, date, datetime

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.publish.periods import Days, periods, year_start
from layers.catalog import catalog
from layers.reports.measures import day_of
from tests.makers import hotspot

HOTSPOTS = catalog()["hotspots"]


def spans(found: list[Days]) -> list[tuple[str, date, date, int]]:
    return [(one.name, one.first, one.last, one.rows) for one in found]


def test_a_day_ends_at_eight_in_thailand_and_a_year_begins_with_december() -> None:
    assert day_of(datetime(2026, 3, 2, 0, 59, tzinfo=UTC)) == date(2026, 3, 2)
    assert day_of(datetime(2026, 3, 2, 1, tzinfo=UTC)) == date(2026, 3, 3)
    assert year_start(date(2025, 11, 30)) == date(2024, 12, 1)
    assert year_start(date(2025, 12, 1)) == date(2025, 12, 1)


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (4, [("", date(2025, 11, 30), date(2026, 1, 31), 4)]),
        (
            3,
            [
                ("2025", date(2025, 11, 30), date(2025, 11, 30), 1),
                ("2026", date(2025, 12, 1), date(2026, 1, 31), 3),
            ],
        ),
        (
            1,
            [
                ("2025-11", date(2025, 11, 30), date(2025, 11, 30), 1),
                ("2025-12", date(2025, 12, 1), date(2025, 12, 1), 1),
                ("2026-01", date(2026, 1, 5), date(2026, 1, 31), 2),
            ],
        ),
    ],
)
def test_the_longest_of_which_a_tile_shows_all(
    connection: Connection,
    reads: Reads,
    most: int,
    expected: list[tuple[str, date, date, int]],
) -> None:
    times = ("2025-11-30T00:59Z", "2025-11-30T01:00Z", "2026-01-05T00:00Z", "2026-01-31T00:00Z")
    for number, time in enumerate(times):
        hotspot(connection, f"h{number}", time)

    assert spans(periods(reads, HOTSPOTS, most)) == expected


def test_of_what_is_shown_newest_first_the_last_day_is_left_where_a_month_is_too_much(
    connection: Connection, reads: Reads
) -> None:
    for number, time in enumerate(("2026-01-05T00:00Z", "2026-01-31T00:00Z")):
        hotspot(connection, f"h{number}", time)

    last = date(2026, 1, 31)
    assert spans(periods(reads, HOTSPOTS, 1, newest_first=True)) == [("newest", last, last, 1)]
    assert len(periods(reads, HOTSPOTS, 2, newest_first=True)) == 1


def test_a_digest_tells_other_rows(connection: Connection, reads: Reads) -> None:
    hotspot(connection, "one", "2026-01-05T00:00Z")
    [before] = periods(reads, HOTSPOTS, 1)

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM hotspot")
    hotspot(connection, "two", "2026-01-05T00:00Z")

    [after] = periods(reads, HOTSPOTS, 1)
    assert (after.first, after.rows) == (before.first, before.rows)
    assert after.digest != before.digest
