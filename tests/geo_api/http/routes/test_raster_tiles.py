"""/tiles/…png: whichever day, the right class in the right place, as GDAL would put it."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import rasterio
from fastapi.testclient import TestClient
from numpy.typing import NDArray
from PIL import Image
from psycopg2.extensions import connection as Connection
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT

from geo_api.app import create_app
from geo_api.database.connections import Reads
from geo_api.rasters.cog_writer import Grid
from geo_api.settings import Settings
from layers.catalog import layer_named
from tests.rasters import raster_day

DAY = date(2026, 1, 5)
STYLE = layer_named("pm25_surface").style
# Half the world's width in metres of EPSG:3857.
HALF_M = 20037508.342789244
Pixels = NDArray[np.uint8]


@pytest.fixture
def client(reads: Reads, home: Path) -> Iterator[TestClient]:
    """A browser of the service over the test's own rows and a home of its own."""
    with TestClient(create_app(reads, Settings(home))) as opened:
        yield opened


@pytest.mark.parametrize(
    ("zoom", "x", "y", "agreeing"),
    # Where overviews are read GDAL blurs over several cells and we between two.
    [
        (3, 6, 3, 0.97),
        (4, 12, 7, 0.98),
        (5, 25, 14, 0.995),
        (7, 100, 58, 0.995),
        (9, 399, 236, 0.99),
    ],
)
def test_a_tile_has_the_classes_that_gdal_would_warp_there(
    client: TestClient,
    connection: Connection,
    home: Path,
    zoom: int,
    x: int,
    y: int,
    agreeing: float,
) -> None:
    grid = Grid(west=97.3, north=20.5, step=0.05, columns=168, rows=298)
    path = raster_day(connection, home, DAY, hills(grid), grid=grid)

    ours = classes(client.get(f"/tiles/pm25_surface/{zoom}/{x}/{y}.png").content)

    theirs = warped(path, zoom, x, y)
    known = (ours > 0) & (theirs > 0)
    assert known.mean() > 0.01
    assert (ours[known] == theirs[known]).mean() >= agreeing
    # Never two classes apart: they differ by a hair's breadth at an edge, if at all.
    assert np.abs(ours[known].astype(int) - theirs[known]).max() <= 1
    assert ((ours > 0) == (theirs > 0)).mean() > 0.97


def test_cells_without_data_are_transparent_to_their_very_edge(
    client: TestClient, connection: Connection, home: Path
) -> None:
    values = np.full((4, 4), 30.0)
    values[:, 2:] = np.nan
    raster_day(connection, home, DAY, values)

    # From 100.55 to 101.25° E; the data end at 101° E.
    tile = classes(client.get("/tiles/pm25_surface/9/399/235.png").content)

    lon = (399 + (np.arange(256) + 0.5) / 256) / 512 * 360 - 180
    assert (tile[:, lon < 101] == 3).all()
    assert (tile[:, lon > 101] == 0).all()


def test_tiles_join_as_if_they_were_one(
    client: TestClient, connection: Connection, home: Path
) -> None:
    grid = Grid(west=97.3, north=20.5, step=0.05, columns=168, rows=298)
    raster_day(connection, home, DAY, hills(grid), grid=grid)

    def tile(z: int, x: int, y: int) -> Pixels:
        return classes(client.get(f"/tiles/pm25_surface/{z}/{x}/{y}.png").content)

    # Every other pixel of four tiles lies beside, and not on, the pixel of the tile above them.
    four = np.block([[tile(8, 200 + i, 116 + j) for i in (0, 1)] for j in (0, 1)])

    one = tile(7, 100, 58)
    assert (four[::2, ::2] == one).mean() > 0.97
    assert np.abs(np.diff(four[:, 255:257].astype(int), axis=1)).max() <= 1
    assert np.abs(np.diff(four[255:257].astype(int), axis=0)).max() <= 1


@pytest.mark.parametrize("path", ["0/0/0", "8/0/0", "8/255/255", "24/0/0", "6/63/31"])
def test_beyond_the_raster_tiles_are_transparent(
    client: TestClient, connection: Connection, home: Path, path: str
) -> None:
    grid = Grid(west=100.0, north=15.0, step=0.001, columns=4, rows=4)
    raster_day(connection, home, DAY, grid=grid)

    answer = client.get(f"/tiles/pm25_surface/{path}.png")

    assert answer.status_code == 200
    picture = Image.open(BytesIO(answer.content))
    assert picture.size == (256, 256)
    assert picture.convert("RGBA").getchannel("A").getextrema() == (0, 0)


def test_a_grid_round_the_world_that_begins_at_greenwich_has_no_seam(
    client: TestClient, connection: Connection, home: Path
) -> None:
    grid = Grid(west=-0.5, north=90.5, step=1.0, columns=360, rows=181)
    lon, _ = grid.centres()
    raster_day(connection, home, DAY, np.where(lon < 180, 10.0, 90.0), grid=grid)

    world = classes(client.get("/tiles/pm25_surface/0/0/0.png").content)

    # Column 128 begins at Greenwich: 10 µg/m³ to the east, 90 to the west, nothing transparent.
    assert (world > 0).all()
    assert (world[:, :126] == 5).all()
    assert (world[:, 130:254] == 1).all()
    edge = classes(client.get("/tiles/pm25_surface/5/31/15.png").content)
    assert (edge > 0).all()


def test_the_newest_day_is_shown_unless_another_is_asked_for(
    client: TestClient, connection: Connection, home: Path
) -> None:
    for day, value in ((4, 10.0), (5, 30.0), (6, 90.0)):
        raster_day(connection, home, date(2026, 1, day), np.full((4, 4), value))

    def shown(**params: str) -> int:
        tile = client.get("/tiles/pm25_surface/9/399/235.png", params=params)
        return int(classes(tile.content).max())

    assert shown() == 5
    assert shown(day="2026-01-04") == 1
    # 17:00 UTC is midnight in Thailand.
    assert shown(datetime="2026-01-04T16:59:59Z") == 1
    assert shown(datetime="2026-01-04T17:00:00Z") == 3
    assert shown(datetime="../2026-01-05T12:00:00Z") == 3


def test_a_day_that_is_made_again_is_shown_anew(
    client: TestClient, connection: Connection, home: Path
) -> None:
    raster_day(connection, home, DAY, np.full((4, 4), 10.0))
    before = client.get("/tiles/pm25_surface/9/399/235.png")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM raster")
    raster_day(connection, home, DAY, np.full((4, 4), 90.0))

    after = client.get("/tiles/pm25_surface/9/399/235.png")

    assert (classes(before.content).max(), classes(after.content).max()) == (1, 5)


def test_a_tile_that_is_still_the_same_is_not_sent_again(
    client: TestClient, connection: Connection, home: Path
) -> None:
    raster_day(connection, home, DAY)
    first = client.get("/tiles/pm25_surface/9/399/235.png")

    again = client.get(
        "/tiles/pm25_surface/9/399/235.png", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert (again.status_code, again.content) == (304, b"")
    assert "Content-Encoding" not in first.headers  # a PNG is compressed in itself


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("pm25_surface/9/399/235.png", 404, "has no raster; /api/rasters/pm25_surface lists"),
        ("pm25_surface/9/399/235.png?day=2020-01-01", 404, "has no raster of 2020-01-01"),
        (
            "pm25_surface/9/399/235.png?datetime=2020-01-01T00:00:00Z/..",
            404,
            "has no raster of the days from 2020-01-01 to ..",
        ),
        ("pm25_surface/9/399/235.png?day=2020-W01-1", 400, "day must be a day as in 2026-01-31"),
        ("pm25_surface/9/399/235.png?day=2020-01-01&datetime=..", 400, "day or datetime, not both"),
        ("pm25_surface/9/512/235.png", 404, "no column 512 and row 235 at zoom 9; each is from 0"),
        ("pm25_surface/25/0/0.png", 404, "no zoom 25; there are 0 to 24"),
        ("pm25_surface/9/399/235.png?colour=red", 400, "no parameter 'colour'"),
        ("hotspots/9/399/235.png", 404, "no raster layer 'hotspots'; there are: pm25_surface"),
    ],
)
def test_what_there_is_not_is_answered_with_a_problem(
    client: TestClient, path: str, status: int, told: str
) -> None:
    answer = client.get(f"/tiles/{path}")

    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert told in answer.json()["detail"]


def hills(grid: Grid) -> NDArray[np.float64]:
    """From 5 to 85 and back within half a degree or so, with a hole."""
    lon, lat = grid.centres()
    values: NDArray[np.float64] = 45 + 20 * np.sin(lon * 5) + 20 * np.cos(lat * 4)
    values[np.hypot(lon - 101, lat - 16) < 0.7] = np.nan
    return values


def classes(png: bytes) -> Pixels:
    """The class of each pixel by its colour, from 1; 0 where it is transparent."""
    pixels = np.asarray(Image.open(BytesIO(png)).convert("RGBA"))
    found = np.zeros(pixels.shape[:2], dtype=np.uint8)
    for number, color in enumerate(STYLE.colors.values(), 1):
        found[(pixels == (*bytes.fromhex(color[1:]), 255)).all(axis=2)] = number
    assert ((found > 0) == (pixels[:, :, 3] > 0)).all()
    return found


def warped(path: Path, zoom: int, x: int, y: int) -> Pixels:
    """The classes of the tile as GDAL reprojects the file, without any code of ours."""
    side = 2 * HALF_M / 2**zoom
    west, north = x * side - HALF_M, HALF_M - y * side
    with (
        rasterio.open(path) as source,
        WarpedVRT(
            source,
            crs="EPSG:3857",
            transform=rasterio.Affine(side / 256, 0, west, 0, -side / 256, north),
            width=256,
            height=256,
            resampling=Resampling.bilinear,
        ) as tile,
    ):
        values = tile.read(1)
    found = np.digitize(np.round(values.astype(float), 1), STYLE.breaks, right=True) + 1
    return np.where(np.isnan(values), 0, found).astype(np.uint8)


def test_a_surface_pales_by_steps_and_ends_where_stations_are_far(
    client: TestClient, connection: Connection, home: Path
) -> None:
    far = np.repeat([[10e3, 50e3, 70e3, 90e3]], 4, axis=0)
    raster_day(connection, home, DAY, nearest_m=far)

    answer = client.get(f"/api/rasters/pm25_surface/{DAY}.png")
    picture = Image.open(BytesIO(answer.content)).convert("RGBA")

    width, height = picture.size
    pixels = np.asarray(picture)[height // 2]
    row = [tuple(pixels[round(width * part / 8)].tolist()) for part in (1, 3, 5, 7)]
    color = tuple(bytes.fromhex(STYLE.colors["moderate"].removeprefix("#")))
    assert [one[3] for one in row] == [255, round(0.65 * 255), round(0.35 * 255), 0]
    assert [one[:3] for one in row[:3]] == [color] * 3
