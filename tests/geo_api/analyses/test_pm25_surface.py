"""The PM2.5 surface: which readings make a day, and what the file says of itself."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import rasterio
from psycopg2.extensions import connection as Connection
from pyproj import Geod

from geo_api.analyses import analyse
from geo_api.analyses.pm25_surface import TooFewStations
from geo_api.rasters.registration import Chosen, Declaration, register
from geo_api.settings import Settings
from layers.catalog import catalog, layer_named
from layers.methods.pm25_surface import REACH_M
from tests.makers import box, insert, province

DAY = date(2026, 1, 5)
DAY_BEGINS = datetime(2026, 1, 4, 17, tzinfo=UTC)  # midnight in Thailand
KEPT = "SELECT day, stations FROM published.rasters ORDER BY day"
PLACES = {"a": (100.5, 13.7), "b": (100.9, 13.9), "c": (100.1, 14.1)}


def test_the_surface_meets_each_stations_mean_of_the_day(fresh: Connection, home: Path) -> None:
    months(fresh)
    for station, value in (("a", 20.0), ("b", 25.0), ("c", 30.0)):
        measured(fresh, station, value)

    analyse(fresh, "pm25_surface", Settings(home), DAY)

    with rasterio.open(file(home)) as surface:
        cells = {
            s: float(v[0]) for s, v in zip(PLACES, surface.sample(PLACES.values()), strict=True)
        }
    # A tenth of the variance is a station's own, and the centre of its cell is up to 4 km away.
    assert cells == {
        "a": pytest.approx(20, abs=2),
        "b": pytest.approx(25, abs=2),
        "c": pytest.approx(30, abs=2),
    }
    assert cells["a"] < cells["b"] < cells["c"]


def test_the_file_is_a_cloud_optimised_geotiff_that_says_how_it_was_made(
    fresh: Connection, home: Path
) -> None:
    months(fresh)
    for station in PLACES:
        measured(fresh, station, 30.0)

    analyse(fresh, "pm25_surface", Settings(home), DAY)

    with rasterio.open(file(home)) as surface:
        assert surface.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert (surface.crs.to_epsg(), surface.dtypes) == (4326, ("float32",) * 3)
        assert (surface.block_shapes, surface.profile["compress"]) == ([(128, 128)] * 3, "deflate")
        assert surface.overviews(1)
        assert surface.tags()["METHOD"].startswith(
            "ordinary kriging of square roots (version 3), 3 stations"
        )
        assert surface.tags()["SIMULATED"] == "no"
        nothing, *_ = next(surface.sample([(99.0, 19.0)]))
    assert nothing != nothing  # no station within 80 km


def test_the_file_tells_how_far_each_cell_lies_from_a_station_and_has_no_value_beyond_80_km(
    fresh: Connection, home: Path
) -> None:
    months(fresh)
    for station in PLACES:
        measured(fresh, station, 30.0)

    analyse(fresh, "pm25_surface", Settings(home), DAY)

    with rasterio.open(file(home)) as surface:
        value, far_m, error = surface.read()
        assert surface.descriptions[1] == "Distance to the nearest station"
        (there,) = surface.sample([(99.375, 14.125)])  # the middle of a cell
    assert there[1] == pytest.approx(
        Geod(ellps="WGS84").inv(99.375, 14.125, 100.1, 14.1)[2], rel=1e-3
    )
    assert np.array_equal(np.isnan(value), far_m > REACH_M)
    assert np.array_equal(np.isnan(value), np.isnan(error))
    assert layer_named("pm25_surface").style.fades[-1] == (REACH_M, 0.0)


def test_the_day_is_recorded_with_its_error_and_replaced_when_made_again(
    fresh: Connection, home: Path
) -> None:
    months(fresh)
    for station in PLACES:
        measured(fresh, station, 30.0)

    said = [analyse(fresh, "pm25_surface", Settings(home), DAY) for _ in range(2)]

    assert said[0] == (
        "pm25_surface of 2026-01-05: 3 stations, leave-one-out error 0.0 µg/m³, 100 % within the"
        " band"
    )
    assert rows(fresh, "SELECT day, hour, stations, rmse, simulated FROM published.rasters") == [
        (DAY, None, 3, pytest.approx(0, abs=1e-9), False)
    ]
    assert rows(fresh, "SELECT status, read, inserted, updated FROM run ORDER BY id") == [
        ("succeeded", 3, 1, 0),
        ("succeeded", 3, 0, 1),
    ]


def test_too_few_stations_fail_the_run_and_write_nothing(fresh: Connection, home: Path) -> None:
    months(fresh)
    measured(fresh, "a", 20.0)
    measured(fresh, "b", 50.0)

    with pytest.raises(TooFewStations, match="on 2026-01-05, found 2"):
        analyse(fresh, "pm25_surface", Settings(home), DAY)

    assert not (home / "rasters").exists()
    assert rows(fresh, "SELECT status FROM run") == [("failed",)]


def test_a_station_with_too_few_hours_of_the_day_is_left_out(fresh: Connection, home: Path) -> None:
    months(fresh)
    for station in PLACES:
        measured(fresh, station, 30.0, hours=18)
    measured(fresh, "short", 500.0, hours=17)

    assert "3 stations" in analyse(fresh, "pm25_surface", Settings(home), DAY)


def test_a_running_mean_counts_if_it_was_read_late_in_the_day(
    fresh: Connection, home: Path
) -> None:
    months(fresh)
    for station in PLACES:
        read(fresh, station, DAY_BEGINS + timedelta(hours=18), pm25_24h=30.0)
    read(fresh, "early", DAY_BEGINS + timedelta(hours=17), pm25_24h=500.0)

    assert "3 stations" in analyse(fresh, "pm25_surface", Settings(home), DAY)


def test_models_and_forecasts_are_no_stations(fresh: Connection, home: Path) -> None:
    months(fresh)
    for station in PLACES:
        measured(fresh, station, 30.0)
    measured(fresh, "grid", 500.0, kind="model")
    measured(fresh, "tomorrow", 500.0, forecast=True)

    assert "3 stations" in analyse(fresh, "pm25_surface", Settings(home), DAY)


def test_one_simulated_station_makes_the_surface_simulated(fresh: Connection, home: Path) -> None:
    months(fresh)
    for station in PLACES:
        measured(fresh, station, 30.0, source="demo" if station == "a" else "air4thai")

    analyse(fresh, "pm25_surface", Settings(home), DAY)

    assert rows(fresh, "SELECT simulated FROM published.rasters") == [(True,)]


def test_without_a_day_the_newest_whole_enough_day_is_taken(fresh: Connection, home: Path) -> None:
    months(fresh)
    for station in PLACES:
        measured(fresh, station, 30.0)
        read(fresh, station, DAY_BEGINS + timedelta(hours=24 + 17), pm25_1h=90.0)

    assert "2026-01-05" in analyse(fresh, "pm25_surface", Settings(home))


def test_without_any_reading_the_run_fails(fresh: Connection, home: Path) -> None:
    with pytest.raises(TooFewStations, match="there are none"):
        analyse(fresh, "pm25_surface", Settings(home))


def file(home: Path) -> Path:
    """The only one there is."""
    (found,) = (home / "rasters/pm25_surface").iterdir()
    assert found.name.startswith("2026-01-05-")
    return found


def measured(
    connection: Connection,
    station: str,
    value: float,
    *,
    hours: int = 24,
    kind: str = "ground",
    forecast: bool = False,
    source: str = "air4thai",
) -> None:
    """A station that measured the same in each of the day's first hours."""
    make_station(connection, station, kind, source)
    for hour in range(1, hours + 1):
        when = DAY_BEGINS + timedelta(hours=hour)
        add(connection, station, when, source, forecast=forecast, pm25_1h=value)


def read(connection: Connection, station: str, observed_at: datetime, **values: float) -> None:
    if not rows(connection, f"SELECT FROM air_station WHERE id = '{station}'"):
        make_station(connection, station, "ground", "air4thai")
    add(connection, station, observed_at, "air4thai", forecast=False, **values)


def make_station(connection: Connection, station: str, kind: str, source: str) -> None:
    # One that is called as another with a dash stands beside it.
    lon, lat = PLACES.get(station.partition("-")[0], (100.3, 13.9))
    insert(connection, "air_station", id=station, lon=lon, lat=lat, kind=kind, source=source)


def add(
    connection: Connection,
    station: str,
    observed_at: datetime,
    source: str,
    forecast: bool,
    **values: float,
) -> None:
    insert(
        connection,
        "air_measurement",
        station_id=station,
        observed_at=observed_at,
        source=source,
        forecast=forecast,
        **values,
    )


def months(connection: Connection) -> None:
    rows(connection, "SELECT ensure_months('air_measurement', '2026-01-01', '2026-01-31')")


def rows(connection: Connection, statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_the_surface_ends_at_the_coast(fresh: Connection, home: Path) -> None:
    months(fresh)
    province(fresh, wkt=box(100.0, 13.5, 100.5, 13.8))
    for station in PLACES:
        measured(fresh, station, 30.0)

    analyse(fresh, "pm25_surface", Settings(home), DAY)

    with rasterio.open(file(home)) as surface:
        [(on_land, *_), (at_sea, *_)] = surface.sample([(100.25, 13.65), (100.7, 13.65)])
    assert on_land == pytest.approx(30, abs=0.01)
    assert at_sea != at_sea


def test_every_day_whose_readings_changed_is_made_and_no_other(
    fresh: Connection, home: Path
) -> None:
    months(fresh)
    for station in PLACES:
        measured(fresh, station, 30.0)
        for hour in range(1, 25):
            read(fresh, station, DAY_BEGINS + timedelta(days=2, hours=hour), pm25_1h=20.0)

    first = analyse(fresh, "pm25_surface", Settings(home))
    again = analyse(fresh, "pm25_surface", Settings(home))
    rows(
        fresh,
        "UPDATE air_measurement SET run_id = 7 WHERE observed_at ="
        f" '{DAY_BEGINS + timedelta(hours=1)}' RETURNING 1",
    )
    changed = analyse(fresh, "pm25_surface", Settings(home))

    assert first.startswith("pm25_surface 2 days to 2026-01-07: 3 stations")
    assert again == "pm25_surface: every day up to 2026-01-07 is there as its readings are"
    assert changed.startswith("pm25_surface of 2026-01-05:")


def test_a_surface_names_the_runs_that_it_was_made_from(fresh: Connection, home: Path) -> None:
    months(fresh)
    for station in PLACES:
        measured(fresh, station, 30.0)
    values = {"source": "air4thai", "input": "file", "status": "succeeded"}
    insert(fresh, "run", **values, finished_at=DAY_BEGINS)
    [(run,)] = rows(fresh, "SELECT max(id) FROM run")

    analyse(fresh, "pm25_surface", Settings(home), DAY)

    assert rows(fresh, "SELECT inputs FROM published.rasters") == [
        ([{"run": run, "source": "air4thai"}],)
    ]


def test_a_model_that_is_registered_is_compared_at_the_stations(
    fresh: Connection, home: Path, tmp_path: Path
) -> None:
    months(fresh)
    for station in PLACES:
        measured(fresh, station, 30.0)
    file = tmp_path / "cams.tif"
    to = rasterio.Affine(1.0, 0, 99, 0, -1.0, 16)
    with rasterio.open(file, "w", "GTiff", 4, 4, 1, "EPSG:4326", to, dtype="float32") as made:
        made.write(np.full((4, 4), 36, dtype="float32"), 1)
    told = Declaration(
        "แบบจำลอง", "CAMS", "µg/m³", "CC-BY-4.0", "CAMS", [25.0], ["#fff000", "#ff0000"]
    )
    register(fresh, home, catalog(), "cams_pm25", file, told, Chosen(day=DAY))

    said = analyse(fresh, "pm25_surface", Settings(home), DAY)

    assert said.endswith("; cams_pm25 at the same stations: error 6.0 µg/m³, bias +6.0")


def test_a_newest_day_with_too_few_stations_holds_no_other_up(
    fresh: Connection, home: Path
) -> None:
    months(fresh)
    for station in PLACES:
        measured(fresh, station, 30.0)
    for hour in range(1, 25):
        read(fresh, "a", DAY_BEGINS + timedelta(days=1, hours=hour), pm25_1h=20.0)

    said = analyse(fresh, "pm25_surface", Settings(home))

    assert rows(fresh, KEPT) == [(DAY, 3)]
    assert "not made: 3 stations with a 24-hour mean on 2026-01-06, found 1" in said


def test_days_of_too_few_hours_are_not_due_over_and_over(fresh: Connection, home: Path) -> None:
    months(fresh)
    rows(fresh, "SELECT ensure_months('air_measurement', '2026-02-01', '2026-06-30')")
    for station in PLACES:
        measured(fresh, station, 30.0)
    # More days than a pass makes, each with stations enough and hours too few.
    rows(
        fresh,
        "INSERT INTO air_measurement (station_id, observed_at, source, forecast, pm25_1h, run_id)"
        " SELECT s.id, TIMESTAMPTZ '2026-01-06 05:00+07' + make_interval(days => d), 'air4thai',"
        " false, 20, s.run_id FROM air_station AS s, generate_series(0, 129) AS d RETURNING 1",
    )

    analyse(fresh, "pm25_surface", Settings(home))

    assert rows(fresh, KEPT) == [(DAY, 3)]


def test_a_reading_that_is_withdrawn_makes_its_day_anew_or_leaves_it_without_a_surface(
    fresh: Connection, home: Path
) -> None:
    months(fresh)
    for station in (*PLACES, "d"):
        measured(fresh, station, 30.0)
    analyse(fresh, "pm25_surface", Settings(home))
    at = f"observed_at = '{DAY_BEGINS + timedelta(hours=1)}'"

    rows(fresh, f"DELETE FROM air_measurement WHERE station_id = 'd' AND {at} RETURNING 1")
    one_hour = analyse(fresh, "pm25_surface", Settings(home))
    rows(fresh, "DELETE FROM air_measurement WHERE station_id = 'd' RETURNING 1")
    analyse(fresh, "pm25_surface", Settings(home))
    without_d = rows(fresh, KEPT)
    rows(fresh, "DELETE FROM air_measurement WHERE station_id <> 'a' RETURNING 1")
    said = analyse(fresh, "pm25_surface", Settings(home))
    rows(fresh, "DELETE FROM air_measurement RETURNING 1")

    assert one_hour.startswith("pm25_surface of 2026-01-05: 4 stations")
    assert without_d == [(DAY, 3)]
    assert rows(fresh, KEPT) == [] and "1 no more" in said
    with pytest.raises(TooFewStations, match="there are none"):
        analyse(fresh, "pm25_surface", Settings(home))


def test_stations_at_one_place_are_one_with_their_mean(fresh: Connection, home: Path) -> None:
    months(fresh)
    for station, value in (("a", 20.0), ("a-b", 40.0), ("b", 30.0), ("b-c", 30.0)):
        measured(fresh, station, value)
    with pytest.raises(TooFewStations, match="found 2"):
        analyse(fresh, "pm25_surface", Settings(home), DAY)
    measured(fresh, "c", 30.0)

    said = analyse(fresh, "pm25_surface", Settings(home))

    assert said.startswith("pm25_surface of 2026-01-05: 3 stations, leave-one-out error 0.0")
