"""/api/rasters/{layer}/point, timeseries and zonal: values with their errors, and differences."""

import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.connections import Reads
from geo_api.settings import Settings
from tests.makers import box, insert, province
from tests.rasters import raster_day

DAY, BEFORE = date(2026, 1, 6), date(2026, 1, 5)
HOURLY = "pm25_surface_hourly"
NEAR = np.full((4, 4), 1000.0)


@pytest.fixture
def client(reads: Reads, home: Path) -> Iterator[TestClient]:
    """A browser of the service over the test's own rows and a home of its own."""
    with TestClient(create_app(reads, Settings(home))) as opened:
        yield opened


def ask(client: TestClient, path: str, **params: str) -> Any:
    answer = client.get(f"/api/rasters/{path}", params={"lang": "en", **params})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_point_of_a_surface_has_its_own_standard_error(
    client: TestClient, connection: Connection, home: Path
) -> None:
    errors = np.full((4, 4), 3.0)
    errors[1, 2] = 7.5
    raster_day(connection, home, DAY, nearest_m=NEAR, standard_error=errors, within_error=0.7)

    told = ask(client, "pm25_surface/point", lon="101.25", lat="14.25")

    assert (told["value"], told["standard_error"], told["within_error"]) == (30.0, 7.5, 0.7)


def test_off_the_land_and_where_it_is_too_uncertain_a_point_says_which(
    client: TestClient, connection: Connection, home: Path
) -> None:
    far = NEAR.copy()
    far[0, 0] = np.nan
    none = np.full((4, 4), np.nan)
    raster_day(connection, home, DAY, none, nearest_m=far, standard_error=none)

    at_sea = ask(client, "pm25_surface/point", lon="100.25", lat="14.75")
    unsure = ask(client, "pm25_surface/point", lon="101.25", lat="14.25")

    assert (at_sea["value"], at_sea["note"]) == (None, "Not estimated off the land")
    assert unsure["note"] == "Not estimated at this place: it would be too uncertain"


def test_an_instant_is_one_value_and_an_interval_a_series(
    client: TestClient, connection: Connection, home: Path
) -> None:
    for day, value in ((BEFORE, 10.0), (DAY, 40.0)):
        raster_day(connection, home, day, np.full((4, 4), value))
    place = {"lon": "101", "lat": "14"}

    one = ask(client, "pm25_surface/point", **place, datetime="2026-01-05T03:00:00Z")
    series = ask(client, "pm25_surface/timeseries", **place, datetime="2026-01-05/2026-01-06")
    all_days = ask(client, "pm25_surface/timeseries", **place)["series"]

    assert (one["day"], one["value"]) == ("2026-01-05", 10.0)
    assert [(told["day"], told["value"]) for told in series["series"]] == [
        ("2026-01-06", 40.0),
        ("2026-01-05", 10.0),
    ]
    assert all_days == series["series"]


def test_an_hour_is_found_by_the_time_with_which_it_ends(
    client: TestClient, connection: Connection, home: Path
) -> None:
    for hour, value in ((23, 20.0), (24, 50.0)):
        raster_day(connection, home, BEFORE, np.full((4, 4), value), layer=HOURLY, hour=hour)
    place = {"lon": "101", "lat": "14"}

    def read(**when: str) -> float:
        told = ask(client, f"{HOURLY}/point", **place, **when)
        return float(told["value"])

    assert read(datetime="2026-01-05T23:00:00+07:00") == 20
    assert read(datetime="2026-01-05T23:00:01+07:00") == 50
    assert read(datetime="2026-01-06T00:00:00+07:00") == 50
    assert read(day="2026-01-05") == 50
    days = ask(client, HOURLY, datetime="2026-01-05T22:30:00+07:00/2026-01-05T23:00:00+07:00")
    assert [day["hour"] for day in days["days"]] == [23]
    shown = client.get(days["days"][0]["png"])
    assert shown.status_code == client.get(days["days"][0]["geotiff"]).status_code == 200
    assert client.get(days["days"][0]["tiles"].format(z=9, x=399, y=235)).status_code == 200
    assert client.get(f"/api/rasters/{HOURLY}/2026-01-05.png?hour=7").status_code == 404


def test_a_zone_is_the_mean_of_its_cells_by_their_parts_in_it(
    client: TestClient, connection: Connection, home: Path
) -> None:
    values = np.full((4, 4), np.nan)
    values[0, 0], values[0, 1] = 10.0, 40.0
    raster_day(connection, home, DAY, values, nearest_m=NEAR, standard_error=values / 10)

    told = ask(client, "pm25_surface/zonal", bbox="100,14.5,100.75,15")
    shape = {
        "type": "Polygon",
        "coordinates": [[[100, 14.5], [101.5, 14.5], [101.5, 15], [100, 15], [100, 14.5]]],
    }
    half = ask(client, "pm25_surface/zonal", polygon=json.dumps(shape))

    assert (told["value"], told["standard_error"], told["coverage"]) == (
        pytest.approx(20),
        pytest.approx(2),
        1.0,
    )
    assert told["class_title"] == "Good"
    assert (half["value"], half["coverage"]) == (pytest.approx(25), pytest.approx(2 / 3, abs=1e-3))


def test_a_zone_may_be_an_area_of_a_layer(
    client: TestClient, connection: Connection, home: Path
) -> None:
    province(connection)
    named = {"name_th": "เมือง", "name_en": "Mueang", "province_code": "74", "source": "boundaries"}
    insert(connection, "district", code="7401", wkt=box(100.0, 14.5, 100.5, 15.0), **named)
    values = np.full((4, 4), 10.0)
    values[0, 0] = 80.0
    raster_day(connection, home, DAY, values)

    told = ask(client, "pm25_surface/zonal", collection="districts", id="7401")

    assert told["value"] == pytest.approx(80)
    assert told["zone"] == {
        "collection": "districts",
        "id": "7401",
        "bounds": [100.0, 14.5, 100.5, 15.0],
    }


def test_a_zone_beyond_the_raster_has_no_value_and_says_so(
    client: TestClient, connection: Connection, home: Path
) -> None:
    raster_day(connection, home, DAY)

    told = ask(client, "pm25_surface/zonal", bbox="10,10,11,11")

    assert (told["value"], told["coverage"]) == (None, 0.0)
    assert told["note"] == "No data in this area, which is not to say zero"


def test_a_difference_has_both_days_and_their_errors_together(
    client: TestClient, connection: Connection, home: Path
) -> None:
    for day, value, error in ((BEFORE, 50.0, 3.0), (DAY, 20.0, 4.0)):
        errors = np.full((4, 4), error)
        cells = np.full((4, 4), value)
        raster_day(connection, home, day, cells, nearest_m=NEAR, standard_error=errors)

    point = ask(client, "pm25_surface/point", lon="101", lat="14", minus="2026-01-05")
    zone = ask(client, "pm25_surface/zonal", bbox="100,13,101,14", minus="2026-01-05")

    for told in (point, zone):
        assert (told["value"], told["standard_error"]) == (pytest.approx(-30), pytest.approx(5))
        assert told["minus"] | {"ends_at": None} == {
            "day": "2026-01-05",
            "ends_at": None,
            "value": 50.0,
            "standard_error": 3.0,
        }
        assert (told["class_title"], told["color"]) == ("≤ -20 µg/m³", "#2166ac")
        assert told["quantity"] == "Difference of 24-hour mean PM2.5"


def test_a_raster_less_itself_is_nothing_for_sure(
    client: TestClient, connection: Connection, home: Path
) -> None:
    errors = np.full((4, 4), 4.0)
    raster_day(connection, home, DAY, np.full((4, 4), 20.0), nearest_m=NEAR, standard_error=errors)

    point = ask(client, "pm25_surface/point", lon="101", lat="14", minus=str(DAY))
    zone = ask(client, "pm25_surface/zonal", bbox="100,13,101,14", minus=str(DAY))

    assert [(told["value"], told["standard_error"]) for told in (point, zone)] == [(0, 0)] * 2


def test_a_difference_is_painted_on_a_scale_of_its_own(
    client: TestClient, connection: Connection, home: Path
) -> None:
    raster_day(connection, home, BEFORE, np.full((4, 4), 20.0))
    raster_day(connection, home, DAY, np.full((4, 4), 90.0))
    legend = ask(client, "pm25_surface")["difference_legend"]

    tile = client.get("/tiles/pm25_surface/9/399/235.png?day=2026-01-06&minus=2026-01-05")
    picture = client.get("/api/rasters/pm25_surface/2026-01-06.png?minus=2026-01-05")
    tiles = ask(client, "pm25_surface/tilejson.json", minus="2026-01-05")["tiles"][0]

    assert [one["up_to"] for one in legend] == [-20, -10, -5, 5, 10, 20, None]
    for painted, at in ((tile, (9, 9)), (picture, (5, 5))):
        color = Image.open(BytesIO(painted.content)).convert("RGB").getpixel(at)
        assert isinstance(color, tuple)
        assert "#" + bytes(color).hex() == legend[-1]["color"]
    assert client.get(tiles.format(z=9, x=399, y=235)).content == tile.content


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("zonal", 400, "one of them: the area"),
        ("zonal?bbox=100,13,101,14&polygon=POINT(1 1)", 400, "one of them: the area"),
        ("zonal?collection=districts", 400, "id names an area of collection"),
        ("zonal?collection=factories&id=1", 404, "no layer of areas 'factories'"),
        ("zonal?collection=districts&id=9999", 404, "has no feature '9999'"),
        ("zonal?polygon=POINT(100 13)", 400, "polygon must be a polygon"),
        ("zonal?polygon=nonsense", 400, "got 'nonsense'"),
        ("zonal?polygon=POLYGON((100 13,101 14,101 13,100 14,100 13))", 400, "no valid one"),
        ("zonal?polygon=POLYGON((13 100,14 100,14 101,13 100))", 400, "longitude first"),
        ("zonal?bbox=100,13,100,14", 400, "must have an area"),
        ("zonal?bbox=100,13,101,14&day=2020-01-01", 404, "has no raster of 2020-01-01"),
        ("point?lon=101&lat=14&minus=2020-01-01", 404, "has no raster of 2020-01-01"),
        ("point?lon=101&lat=14&minus=yesterday", 400, "minus"),
        ("timeseries?lon=101", 400, "lat is missing"),
        ("timeseries?lon=101&lat=14&datetime=2026-02-01/2026-01-01", 400, "end before it starts"),
        ("2026-01-06.png?hour=25", 400, "hour must be a whole number from 1 to 24"),
    ],
)
def test_what_cannot_be_told_is_answered_with_a_problem_that_names_the_remedy(
    client: TestClient, connection: Connection, home: Path, path: str, status: int, told: str
) -> None:
    raster_day(connection, home, DAY)

    answer = client.get(f"/api/rasters/pm25_surface/{path}")

    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert told in answer.json()["detail"]
