"""/api/rasters: the days of a layer, their pictures and their files."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import numpy as np
import pytest
import rasterio
from fastapi.testclient import TestClient
from PIL import Image
from psycopg2.extensions import connection as Connection
from pyproj import Geod
from rasterio.windows import Window

from geo_api.app import create_app
from geo_api.database.connections import Reads
from geo_api.rasters.cog_writer import Grid
from geo_api.rasters.registration import Chosen, Declaration, register
from geo_api.settings import Settings
from layers.catalog import catalog, layer_named
from tests.geo_api.database.servers import wait_until
from tests.rasters import raster_day

DAY = date(2026, 1, 5)
# The nearest place to 101.25° E, 14.25° N, and the line to it.
TO_STATION = (101.25, 14.25, 100.25, 14.25)
STATION = "SRID=4326;MULTIPOINT((100.25 14.25),(90 10))"


@pytest.fixture
def client(reads: Reads, home: Path) -> Iterator[TestClient]:
    """A browser of the service over the test's own rows and a home of its own."""
    with TestClient(create_app(reads, Settings(home))) as opened:
        yield opened


def test_the_days_of_a_layer_come_newest_first(
    client: TestClient, connection: Connection, home: Path
) -> None:
    raster_day(connection, home, date(2026, 1, 5), stations=5, rmse=4.2)
    raster_day(connection, home, date(2026, 1, 6), simulated=True)

    answer = client.get("/api/rasters/pm25_surface", params={"lang": "en"}).json()

    assert [day["day"] for day in answer["days"]] == ["2026-01-06", "2026-01-05"]
    assert answer["days"][1] | {"made_at": None, "run_id": None} == {
        "day": "2026-01-05",
        "starts_at": "2026-01-05T00:00:00+07:00",
        "ends_at": "2026-01-06T00:00:00+07:00",
        "bounds": [100, 13, 102, 15],
        "method": "by hand",
        "stations": 5,
        "rmse": 4.2,
        "within_error": None,
        "simulated": False,
        "made_at": None,
        "run_id": None,
        "inputs": [],
        "png": "/api/rasters/pm25_surface/2026-01-05.png",
        "geotiff": "/api/rasters/pm25_surface/2026-01-05.tif",
        "tiles": "/tiles/pm25_surface/{z}/{x}/{y}.png?day=2026-01-05",
    }
    assert (answer["title"], answer["unit"]) == ("Daily PM2.5 surface", "µg/m³")
    assert answer["simulated"] is True


def test_the_legend_names_each_class_with_its_colour_and_range(client: TestClient) -> None:
    legend = client.get("/api/rasters/pm25_surface").json()["legend"]

    assert legend[0] == {
        "class": "very_good",
        "title": "ดีมาก",
        "color": "#3bccff",
        "above": None,
        "up_to": 15.0,
    }
    assert [(entry["above"], entry["up_to"]) for entry in legend[1:]] == [
        (15.0, 25.0),
        (25.0, 37.5),
        (37.5, 75.0),
        (75.0, None),
    ]


def test_a_day_is_a_picture_and_a_file(
    client: TestClient, connection: Connection, home: Path
) -> None:
    path = raster_day(connection, home, date(2026, 1, 5))

    picture = client.get("/api/rasters/pm25_surface/2026-01-05.png")
    file = client.get("/api/rasters/pm25_surface/2026-01-05.tif")

    assert (picture.headers["content-type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert file.headers["content-type"].startswith("image/tiff; application=geotiff")
    assert file.content == path.read_bytes()


def test_parts_of_the_file_can_be_asked_for(
    client: TestClient, connection: Connection, home: Path
) -> None:
    whole = raster_day(connection, home, DAY).read_bytes()

    def asked(**headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer: httpx.Response = client.get(
            "/api/rasters/pm25_surface/2026-01-05.tif", headers=named
        )
        return answer

    etag, changed = (asked().headers[name] for name in ("ETag", "Last-Modified"))
    part = asked(Range="bytes=2-5")
    assert (part.status_code, part.content) == (206, whole[2:6])
    assert part.headers["Content-Range"] == f"bytes 2-5/{len(whole)}"
    assert asked(Range="bytes=-3").content == whole[-3:]
    beyond = asked(Range=f"bytes={len(whole)}-")
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(whole)}")
    assert beyond.headers["Content-Type"] == "application/problem+json"
    assert f"the file has {len(whole)} bytes" in beyond.json()["detail"]
    assert asked(Range="bytes=2-5", If_Range=etag).status_code == 206
    assert asked(Range="bytes=2-5", If_Range=changed).status_code == 206
    assert asked(Range="bytes=2-5", If_Range='"another"').content == whole
    for known in (etag, f"W/{etag}", f'"another", {etag}', "*"):
        assert asked(If_None_Match=known).status_code == 304
    assert asked(If_None_Match='"another"').status_code == 200


@pytest.mark.parametrize(
    "range", ["lines=1-2", "bytes=5-2", "bytes=a-b", "bytes=", "bytes=--5", "bytes", "bytes=1-2,x"]
)
def test_a_range_that_is_none_is_passed_over(
    client: TestClient, connection: Connection, home: Path, range: str
) -> None:
    whole = raster_day(connection, home, DAY).read_bytes()

    answer = client.get("/api/rasters/pm25_surface/2026-01-05.tif", headers={"Range": range})

    assert (answer.status_code, answer.content) == (200, whole)


def test_gdal_reads_a_window_of_the_file_from_afar(
    server_url: str, fresh: Connection, settings: Settings
) -> None:
    grid = Grid(west=100, north=15, step=0.01, columns=600, rows=600)
    lon, lat = grid.centres()
    file = raster_day(fresh, settings.home, DAY, lon + lat, grid=grid)
    fresh.commit()

    with (
        rasterio.Env(GDAL_DISABLE_READDIR_ON_OPEN="EMPTY_DIR"),
        rasterio.open(f"/vsicurl/{server_url}/api/rasters/pm25_surface/2026-01-05.tif") as afar,
    ):
        window = afar.read(1, window=Window(300, 200, 50, 40))

    with rasterio.open(file) as here:
        assert np.array_equal(window, here.read(1, window=Window(300, 200, 50, 40)))


def test_a_point_has_its_cells_value_its_class_and_how_sure_it_is(
    client: TestClient, connection: Connection, home: Path
) -> None:
    values = np.full((4, 4), 10.0)
    values[1, 2] = 40.0  # 101 to 101.5° E, 14 to 14.5° N
    raster_day(connection, home, DAY, values, stations=7, rmse=4.2, places=STATION)

    told = point(client, lon="101.25", lat="14.25", lang="en")

    assert told | {"made_at": None, "run_id": None} == {
        "layer": "pm25_surface",
        "title": "Daily PM2.5 surface",
        "licence": layer_named("pm25_surface").licence,
        "attribution": layer_named("pm25_surface").attribution,
        "lon": 101.25,
        "lat": 14.25,
        "quantity": "24-hour mean PM2.5",
        "unit": "µg/m³",
        "day": "2026-01-05",
        "ends_at": "2026-01-06T00:00:00+07:00",
        "value": 40.0,
        "standard_error": None,
        "interpolated": 40.0,
        "class": "unhealthy_start",
        "class_title": "Starts to affect health",
        "color": "#ffa200",
        "method": "by hand",
        "rmse": 4.2,
        "within_error": None,
        "made_at": None,
        "run_id": None,
        "inputs": [],
        "stations": 7,
        "nearest_station_m": pytest.approx(Geod(ellps="WGS84").inv(*TO_STATION)[2], abs=0.1),
        "simulated": False,
    }
    beside = point(client, lon="101.01", lat="14.25")
    assert (beside["value"], beside["class_title"]) == (40.0, "เริ่มมีผลกระทบต่อสุขภาพ")
    # As the map draws it: 26 hundredths of a degree of 50 from the centre of the cell beside.
    assert beside["interpolated"] == pytest.approx(10 + 30 * 0.52, abs=0.01)


def test_where_nothing_is_known_a_point_says_so_and_not_zero(
    client: TestClient, connection: Connection, home: Path
) -> None:
    values = np.full((4, 4), np.nan)
    raster_day(connection, home, DAY, values)

    for lon in ("101", "0"):
        told = point(client, lon=lon, lat="14", lang="en")

        assert (told["value"], told["class"], told["nearest_station_m"]) == (None, None, None)
        assert told["note"] == "No data at this place, which is not to say zero"


def test_a_place_far_from_every_station_is_said_to_be_not_estimated(
    client: TestClient, connection: Connection, home: Path
) -> None:
    raster_day(connection, home, DAY, np.full((4, 4), np.nan))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE raster SET places = 'SRID=4326;MULTIPOINT(100 14)'")

    told = point(client, lon="101", lat="14", lang="en")

    assert told["note"] == (
        "Not estimated at this place: the nearest station is 108 km away, beyond 80 km"
    )


def test_a_series_of_a_point_has_every_day_or_those_asked_for(
    client: TestClient, connection: Connection, home: Path
) -> None:
    for day, value in ((4, 10.0), (5, 30.5), (6, 90.0)):
        raster_day(connection, home, date(2026, 1, day), np.full((4, 4), value))

    def series(**params: str) -> list[tuple[str, float]]:
        days = point(client, lon="101", lat="14", **params)["series"]
        return [(day["day"], day["value"]) for day in days]

    assert series(days="all") == [("2026-01-06", 90), ("2026-01-05", 30.5), ("2026-01-04", 10)]
    assert series(datetime="../2026-01-05T00:00:00Z") == [("2026-01-05", 30.5), ("2026-01-04", 10)]
    assert point(client, lon="101", lat="14", day="2026-01-05")["value"] == 30.5


@pytest.mark.parametrize(
    ("params", "status", "told"),
    [
        ("lat=14", 400, "lon is missing"),
        ("lon=181&lat=14", 400, "lon must be a number from -180 to 180"),
        ("lon=101&lat=14&days=some", 400, "days can only be all"),
        ("lon=101&lat=14&days=all&day=2026-01-05", 400, "days, day or datetime"),
        ("lon=101&lat=14&day=2020-01-01", 404, "has no raster of 2020-01-01"),
    ],
)
def test_a_point_that_cannot_be_told_is_answered_with_a_problem(
    client: TestClient, connection: Connection, home: Path, params: str, status: int, told: str
) -> None:
    raster_day(connection, home, DAY)

    answer = client.get(f"/api/rasters/pm25_surface/point?{params}")

    assert (answer.status_code, told in answer.json()["detail"]) == (status, True)


def test_tilejson_leads_to_tiles_of_its_day(
    client: TestClient, connection: Connection, home: Path
) -> None:
    raster_day(connection, home, DAY)
    raster_day(connection, home, date(2026, 1, 6))

    found = client.get("/api/rasters/pm25_surface/tilejson.json?day=2026-01-05&lang=en").json()

    (tiles,) = found.pop("tiles")
    assert found == {
        "tilejson": "3.0.0",
        "name": "Daily PM2.5 surface 2026-01-05",
        "description": layer_named("pm25_surface").description.en,
        "attribution": layer_named("pm25_surface").attribution,
        "scheme": "xyz",
        "minzoom": 0,
        # A pixel is 0.044° wide there, and a cell 0.5°.
        "maxzoom": 5,
        "bounds": [100, 13, 102, 15],
        "center": [101, 14, 5],
    }
    assert tiles.endswith("/tiles/pm25_surface/{z}/{x}/{y}.png?day=2026-01-05")
    assert client.get(tiles.format(z=9, x=399, y=235)).status_code == 200


def test_the_legend_is_a_picture_too_in_either_language(client: TestClient) -> None:
    answer = client.get("/api/rasters/pm25_surface/legend.svg?lang=th")

    assert answer.headers["content-type"].startswith("image/svg+xml")
    drawn = ElementTree.fromstring(answer.text)
    texts = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[0] == "ค่าเฉลี่ย PM2.5 24 ชั่วโมง (µg/m³)"
    assert texts[1] == "ดีมาก (≤ 15)"
    assert texts[5:] == [
        "มีผลกระทบต่อสุขภาพ (> 75)",
        "สีจางลงเมื่อห่างสถานีเกิน 45, 62.5 กม.",
        "ห่างสถานีเกิน 80 กม. ไม่ประมาณค่า",
    ]


def test_a_layer_is_served_by_whoever_runs_as_soon_as_it_is_registered(
    server_url: str, fresh: Connection, settings: Settings, tmp_path: Path
) -> None:
    address = f"{server_url}/tiles/dust/9/399/235.png"
    assert httpx.get(address).status_code == 404
    file = tmp_path / "dust.tif"
    at = rasterio.Affine(0.5, 0, 100, 0, -0.5, 15)
    with rasterio.open(file, "w", "GTiff", 4, 4, 1, "EPSG:4326", at, dtype="float32") as made:
        made.write(np.full((4, 4), 7, dtype="float32"), 1)
    dust = Declaration(
        "ฝุ่น", "<b>Dust</b>", "mg", "CC0-1.0", "<script>", [5.0], ["#000000", "#ff0000"]
    )

    register(fresh, settings.home, catalog(), "dust", file, dust, Chosen(day=DAY))

    answer = httpx.get(address)
    assert answer.status_code == 200
    assert Image.open(BytesIO(answer.content)).convert("RGBA").getpixel((9, 9)) == (255, 0, 0, 255)
    days = httpx.get(f"{server_url}/api/rasters/dust?lang=en").json()
    assert [entry["title"] for entry in days["legend"]] == ["≤ 5 mg", "> 5 mg"]
    tilejson = httpx.get(f"{server_url}/api/rasters/dust/tilejson.json").json()
    assert tilejson["attribution"] == "&lt;script&gt;"
    assert "<b>" not in httpx.get(f"{server_url}/api/rasters/dust/legend.svg?lang=en").text


def test_a_day_that_is_made_again_is_soon_shown_anew_by_a_running_server(
    server_url: str, fresh: Connection, settings: Settings
) -> None:
    address = f"{server_url}/tiles/pm25_surface/9/399/235.png"
    raster_day(fresh, settings.home, DAY)
    fresh.commit()
    before = httpx.get(address).content
    again = raster_day(fresh, settings.home, date(2026, 1, 6), np.full((4, 4), 90.0))
    with fresh.cursor() as cursor:
        cursor.execute("DELETE FROM raster WHERE day = '2026-01-06'")
        path = str(again.relative_to(settings.home))
        cursor.execute("UPDATE raster SET path = %(path)s", {"path": path})
    fresh.commit()

    # Notice of the change comes within a moment.
    wait_until(lambda: httpx.get(address).content != before)

    assert Image.open(BytesIO(httpx.get(address).content)).convert("RGB").getpixel((9, 9)) == (
        *bytes.fromhex("f04646"),
    )


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/api/rasters/hotspots", 404, "no raster layer 'hotspots'; there are: pm25_surface"),
        ("/api/rasters/pm25_surface/2020-01-01.png", 404, "has no raster of 2020-01-01"),
        ("/api/rasters/pm25_surface/2020-01-01.tif", 404, "has no raster of 2020-01-01"),
        ("/api/rasters/pm25_surface/yesterday.png", 400, "in 2026-01-31, got 'yesterday'"),
        ("/api/rasters/pm25_surface/1767571200.tif", 400, "in 2026-01-31, got '1767571200'"),
        ("/api/rasters/pm25_surface?colour=red", 400, "colour"),
    ],
)
def test_what_there_is_not_is_answered_with_a_problem(
    client: TestClient, path: str, status: int, told: str
) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert told in answer.json()["detail"]


@pytest.mark.parametrize("path", ["", "/tilejson.json", "/legend.svg", "/point?lon=101&lat=14"])
def test_what_is_in_a_language_says_so(
    client: TestClient, connection: Connection, home: Path, path: str
) -> None:
    raster_day(connection, home, DAY)

    answer = client.get(f"/api/rasters/pm25_surface{path}", headers={"Accept-Language": "en"})

    assert answer.status_code == 200
    assert (answer.headers["Content-Language"], answer.headers["Vary"]) == ("en", "Accept-Language")


def test_a_file_that_was_taken_away_is_said_to_be_gone(
    client: TestClient, connection: Connection, home: Path
) -> None:
    raster_day(connection, home, date(2026, 1, 5)).unlink()

    answer = client.get("/api/rasters/pm25_surface/2026-01-05.tif")

    assert (answer.status_code, "is gone" in answer.json()["detail"]) == (404, True)


def point(client: TestClient, **params: str) -> dict[str, Any]:
    answer = client.get("/api/rasters/pm25_surface/point", params=params)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told
