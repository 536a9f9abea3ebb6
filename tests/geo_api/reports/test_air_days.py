"""Stations' daily means: the 24 hours to 08:00 in Thailand, kept along with the readings."""

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from tests.geo_api.reports.rows import fetched, reading, station

MEANS = "SELECT day::text, station_id, pm25_24h FROM published.air_station_days ORDER BY 1, 2"
HOURS = """
    SELECT ensure_months('air_measurement', '2026-03-01', '2026-03-03');
    INSERT INTO air_measurement (station_id, observed_at, pm25_1h, source)
    SELECT '29t', '2026-03-01T01:00Z'::timestamptz + n * interval '1 hour', n, 'air4thai'
    FROM generate_series(%(first)s, %(last)s) AS n
"""


def test_the_mean_of_8_o_clock_is_that_of_the_day(connection: Connection, reads: Reads) -> None:
    station(connection)
    reading(connection, "2026-03-01T02:00:00+00:00", pm25_24h=10)
    reading(connection, "2026-03-02T00:00:00+00:00", pm25_24h=40)
    reading(connection, "2026-03-02T01:00:00+00:00", pm25_24h=41)

    assert reads.fetch(MEANS) == [("2026-03-02", "29t", 41.0)]


def test_an_hour_that_is_missing_is_made_good_by_those_before(
    connection: Connection, reads: Reads
) -> None:
    station(connection)
    reading(connection, "2026-03-01T23:00:00+00:00", pm25_24h=40)

    assert reads.fetch(MEANS) == [("2026-03-02", "29t", 40.0)]


def test_a_mean_of_the_night_is_not_that_of_the_morning(
    connection: Connection, reads: Reads
) -> None:
    station(connection)
    reading(connection, "2026-03-01T22:00:00+00:00", pm25_24h=40)

    assert reads.fetch(MEANS) == []


@pytest.mark.parametrize(("first", "expected"), [(7, [("2026-03-02", "29t", 15.5)]), (8, [])])
def test_without_a_mean_the_hours_make_one_where_they_suffice(
    connection: Connection, reads: Reads, first: int, expected: list[tuple[str, str, float]]
) -> None:
    station(connection)

    fetched(connection, HOURS, first=first, last=24)

    assert reads.fetch(MEANS) == expected


def test_forecasts_are_no_readings(connection: Connection, reads: Reads) -> None:
    station(connection)
    reading(connection, "2026-03-02T01:00:00+00:00", pm25_24h=40, forecast=True)

    assert reads.fetch(MEANS) == []


def test_means_follow_what_is_done_to_the_readings(connection: Connection, reads: Reads) -> None:
    station(connection)
    reading(connection, "2026-03-02T01:00:00+00:00", pm25_24h=40)

    fetched(connection, "UPDATE air_measurement SET pm25_24h = 50")
    assert reads.fetch(MEANS) == [("2026-03-02", "29t", 50.0)]
    fetched(connection, "UPDATE air_measurement SET observed_at = observed_at + interval '1 hour'")
    assert reads.fetch(MEANS) == []
    reading(connection, "2026-03-02T01:00:00+00:00", pm25_24h=40)
    fetched(connection, "DELETE FROM air_measurement WHERE pm25_24h = 40")
    assert reads.fetch(MEANS) == []


def test_reckoning_all_anew_changes_nothing(connection: Connection, reads: Reads) -> None:
    station(connection)
    fetched(connection, HOURS, first=1, last=48)
    before = reads.fetch(MEANS)

    fetched(connection, "SELECT reckon_all_air_days()")

    assert len(before) == 2
    assert reads.fetch(MEANS) == before
