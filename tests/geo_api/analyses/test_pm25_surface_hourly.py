"""The hourly PM2.5 surface: which hours are made, and when one is made again."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import rasterio
from psycopg2.extensions import connection as Connection

from geo_api.analyses import analyse
from geo_api.analyses.pm25_surface import TooFewStations
from geo_api.settings import Settings
from tests.geo_api.analyses.test_pm25_surface import months, read, rows

NAME = "pm25_surface_hourly"
DAY = date(2026, 1, 5)
MIDNIGHT = datetime(2026, 1, 4, 17, tzinfo=UTC)  # of that day, in Thailand
HOUR = timedelta(hours=1)
KEPT = "SELECT day, hour, stations FROM published.rasters ORDER BY ends_at"


@pytest.fixture(autouse=True)
def measured(fresh: Connection) -> None:
    """Three stations, an hour that ends at 01:00 and one that ends at midnight."""
    months(fresh)
    for station, value in (("a", 20.0), ("b", 25.0), ("c", 30.0)):
        read(fresh, station, MIDNIGHT + HOUR, pm25_1h=value)
        read(fresh, station, MIDNIGHT + 24 * HOUR, pm25_1h=value + 40)


def test_an_hour_is_of_the_day_on_which_it_begins(fresh: Connection, home: Path) -> None:
    said = analyse(fresh, NAME, Settings(home))

    assert rows(fresh, KEPT) == [(DAY, 1, 3), (DAY, 24, 3)]
    assert said.startswith(f"{NAME}: 2 hours to 2026-01-05 24:00, 3 stations")


def test_a_file_has_the_hours_value_with_its_error(fresh: Connection, home: Path) -> None:
    analyse(fresh, NAME, Settings(home))

    [(path,)] = rows(fresh, "SELECT path FROM raster WHERE hour = 24")
    with rasterio.open(home / str(path)) as surface:
        assert surface.descriptions[2] == "Standard error"
        value, _, error = next(surface.sample([(100.5, 13.8)]))
    assert 60 < value < 70
    assert 0 < error < 12.5


def test_only_hours_whose_readings_changed_are_made_again(fresh: Connection, home: Path) -> None:
    analyse(fresh, NAME, Settings(home))
    again = analyse(fresh, NAME, Settings(home))
    rows(
        fresh,
        "UPDATE air_measurement SET pm25_1h = 26, run_id = 7"
        f" WHERE station_id = 'b' AND observed_at = '{MIDNIGHT + HOUR}' RETURNING 1",
    )

    changed = analyse(fresh, NAME, Settings(home))

    assert again == f"{NAME}: every hour up to 2026-01-06 00:00 is there"
    assert changed.startswith(f"{NAME}: 1 hours to 2026-01-05 01:00")
    assert rows(fresh, KEPT) == [(DAY, 1, 3), (DAY, 24, 3)]


def test_a_day_asked_for_is_made_however_old_and_one_without_hours_is_refused(
    fresh: Connection, home: Path
) -> None:
    for station in ("a", "b", "c"):
        read(fresh, station, MIDNIGHT + 24 * 20 * HOUR, pm25_1h=10.0)

    assert "2 hours to 2026-01-05" in analyse(fresh, NAME, Settings(home), DAY)
    with pytest.raises(TooFewStations, match="2026-01-07 has none such"):
        analyse(fresh, NAME, Settings(home), date(2026, 1, 7))


def test_an_hour_that_too_few_measured_has_no_surface(fresh: Connection, home: Path) -> None:
    read(fresh, "a", MIDNIGHT + 2 * HOUR, pm25_1h=10.0)
    read(fresh, "b", MIDNIGHT + 2 * HOUR, pm25_1h=np.nan)

    analyse(fresh, NAME, Settings(home))

    assert [hour for _, hour, _ in rows(fresh, KEPT)] == [1, 24]


def test_an_hour_whose_readings_are_withdrawn_has_no_surface_any_more(
    fresh: Connection, home: Path
) -> None:
    analyse(fresh, NAME, Settings(home))
    rows(fresh, f"DELETE FROM air_measurement WHERE observed_at = '{MIDNIGHT + HOUR}' RETURNING 1")

    said = analyse(fresh, NAME, Settings(home))

    assert rows(fresh, KEPT) == [(DAY, 24, 3)] and said.endswith("; 1 no more")
    rows(fresh, "DELETE FROM air_measurement RETURNING 1")
    analyse(fresh, NAME, Settings(home))
    assert rows(fresh, KEPT) == []


def test_stations_at_one_place_are_one_in_an_hour(fresh: Connection, home: Path) -> None:
    for station in ("a", "a-b", "b"):
        read(fresh, station, MIDNIGHT + 2 * HOUR, pm25_1h=10.0)
    read(fresh, "b-c", MIDNIGHT + 24 * HOUR, pm25_1h=65.0)

    analyse(fresh, NAME, Settings(home))

    assert rows(fresh, KEPT) == [(DAY, 1, 3), (DAY, 24, 3)]
