"""Districts' days over the standard, from a surface made by hand."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import rasterio
from psycopg2.extensions import connection as Connection

from geo_api.analyses import analyse
from geo_api.analyses.exposure import NothingToJudge
from geo_api.rasters.registration import Chosen, Declaration, register
from geo_api.settings import Settings
from layers.catalog import catalog
from tests.makers import box, insert, province
from tests.rasters import raster_day

DAY = date(2026, 1, 5)
NEAR = np.full((4, 4), 1000.0)
# 100 to 102° E, 13 to 15° N by half a degree: one district west, one east, one beyond.
DISTRICTS = {"7401": (100.0, 100.5), "7402": (101.5, 102.0), "7403": (105.0, 105.5)}


@pytest.fixture(autouse=True)
def districts(fresh: Connection) -> None:
    province(fresh)
    for code, (west, east) in DISTRICTS.items():
        named = {"name_th": code, "name_en": code, "province_code": "74", "source": "boundaries"}
        insert(fresh, "district", code=code, wkt=box(west, 14.0, east, 14.5), **named)


def surface(
    connection: Connection, home: Path, day: date = DAY, west: float = 80.0, east: float = 20.0
) -> None:
    values = np.repeat([[west, 30.0, 30.0, east]], 4, axis=0)
    errors = np.full((4, 4), 5.0)
    raster_day(connection, home, day, values, nearest_m=NEAR, standard_error=errors, version=2)


def shown(connection: Connection, columns: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM published.exposure ORDER BY observed_at, id")
        return cursor.fetchall()


def test_a_district_is_judged_by_its_mean_or_it_is_said_why_not(
    fresh: Connection, home: Path
) -> None:
    surface(fresh, home)

    said = analyse(fresh, "exposure", Settings(home))

    assert said.startswith("exposure: 1 days to 2026-01-05, of 3 districts 1 over the standard")
    assert shown(
        fresh, "district_code, pm25_ug_m3, standard_error_ug_m3, days_over, judged, abstained"
    ) == [
        ("7401", pytest.approx(80), pytest.approx(5), 1, "over", None),
        ("7402", pytest.approx(20), pytest.approx(5), 0, "within", None),
        ("7403", None, None, None, "not_estimated", "no_estimate"),
    ]
    assert shown(fresh, "standard_ug_m3, observed_at::text, source")[0] == (
        37.5,
        "2026-01-04 17:00:00+00",
        "air4thai",
    )


def test_the_standard_is_that_of_the_day(fresh: Connection, home: Path) -> None:
    for day in (date(2023, 5, 31), date(2023, 6, 1)):
        surface(fresh, home, day, west=45.0)

    analyse(fresh, "exposure", Settings(home))

    assert shown(fresh, "district_code, standard_ug_m3, days_over")[::3] == [
        ("7401", 50.0, 0),
        ("7401", 37.5, 1),
    ]


def test_only_a_day_whose_surface_changed_is_judged_again(fresh: Connection, home: Path) -> None:
    for day in (DAY, date(2026, 1, 6)):
        surface(fresh, home, day)
    analyse(fresh, "exposure", Settings(home))

    again = analyse(fresh, "exposure", Settings(home))
    with fresh.cursor() as cursor:
        cursor.execute("UPDATE raster SET made_at = clock_timestamp() WHERE day = %s", (DAY,))
    changed = analyse(fresh, "exposure", Settings(home))

    assert again.startswith("exposure: every day is there as its surface is")
    assert changed.startswith("exposure: 1 days to 2026-01-05")
    assert len(shown(fresh, "id")) == 6


def test_people_of_a_registered_raster_make_person_days(
    fresh: Connection, home: Path, tmp_path: Path
) -> None:
    surface(fresh, home)
    people(fresh, home, tmp_path / "people.tif")

    analyse(fresh, "exposure", Settings(home))

    # Five cells by five, of 100 people each.
    assert shown(fresh, "district_code, population, person_days_over") == [
        ("7401", pytest.approx(2500), pytest.approx(2500)),
        ("7402", 0.0, 0.0),
        ("7403", 0.0, None),
    ]


def test_without_a_raster_of_people_there_are_no_person_days(fresh: Connection, home: Path) -> None:
    surface(fresh, home)

    said = analyse(fresh, "exposure", Settings(home))

    assert said.endswith("no raster of people is registered: no person-days")
    assert set(shown(fresh, "population, person_days_over")) == {(None, None)}


def test_without_a_surface_of_the_day_asked_for_it_fails(fresh: Connection, home: Path) -> None:
    with pytest.raises(NothingToJudge, match="fahsai analyse pm25_surface"):
        analyse(fresh, "exposure", Settings(home), DAY)


def people(connection: Connection, home: Path, file: Path) -> None:
    """100 people in each tenth of a degree, west of 100.5° E."""
    to = rasterio.Affine(0.1, 0, 100, 0, -0.1, 14.5)
    values = np.full((5, 5), 100.0, dtype="float32")
    with rasterio.open(file, "w", "GTiff", 5, 5, 1, "EPSG:4326", to, dtype="float32") as made:
        made.write(values, 1)
    told = Declaration(
        "ประชากร", "People", "people", "CC0-1.0", "test", [10.0], ["#ffffff", "#000000"]
    )
    register(connection, home, catalog(), "population", file, told, Chosen(day=date(2025, 1, 1)))
