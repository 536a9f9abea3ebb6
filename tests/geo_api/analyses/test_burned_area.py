"""Burned land of pairs of images made by hand, with a scar of a known area."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from numpy.typing import NDArray
from psycopg2.extensions import connection as Connection
from pyproj import Geod, Transformer
from shapely.geometry import Polygon

from geo_api.analyses import analyse
from geo_api.analyses.burned_area import ImageGone
from geo_api.rasters.burn_scars import Images
from geo_api.rasters.burned_pairs import BadPair, register_pair
from geo_api.rasters.source_grids import UnusableRaster
from geo_api.settings import Settings

BEFORE, AFTER = date(2026, 1, 1), date(2026, 1, 8)
# Zone 47 north in metres, and a grid of 20 m from there.
UTM, CORNER, STEP = 32647, (600_000.0, 1_700_000.0), 20.0
SIDE = 60
# Green land, and what is left after a fire: NBR 0.6 and -0.33.
GREEN, BLACK = (4000, 1000), (1000, 2000)
NONE = 0

Cells = NDArray[np.int16]


def scarred(rows: slice, columns: slice) -> Cells:
    """Bands of near and short-wave infrared, green but for the scar."""
    found = green()
    for band, value in enumerate(BLACK):
        found[band, rows, columns] = value
    return found


def green() -> Cells:
    return np.stack([np.full((SIDE, SIDE), value, np.int16) for value in GREEN])


def image(path: Path, cells: Cells, crs: int = UTM, to: rasterio.Affine | None = None) -> Path:
    at = to or rasterio.Affine(STEP, 0, CORNER[0], 0, -STEP, CORNER[1])
    bands, rows, columns = cells.shape
    with rasterio.open(
        path, "w", "GTiff", columns, rows, bands, f"EPSG:{crs}", at, dtype="int16", nodata=NONE
    ) as made:
        made.write(cells)
    return path


def geodesic_ha(rows: slice, columns: slice) -> float:
    """The area on the spheroid of a rectangle of the grid."""
    west, east = (CORNER[0] + STEP * one for one in (columns.start, columns.stop))
    north, south = (CORNER[1] - STEP * one for one in (rows.start, rows.stop))
    corners = [(west, south), (east, south), (east, north), (west, north)]
    to = Transformer.from_crs(UTM, 4326, always_xy=True)
    area, _ = Geod(ellps="WGS84").geometry_area_perimeter(
        Polygon([to.transform(x, y) for x, y in corners])
    )
    return float(area) / 10_000


def add(connection: Connection, home: Path, before: Path, after: Path, *clouds: Path) -> str:
    register_pair(connection, Images(before, after, 1, 2, clouds), BEFORE, AFTER, "test")
    return analyse(connection, "burned_area", Settings(home))


def shown(connection: Connection, columns: str = "hectares, rai") -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM published.burned_area ORDER BY hectares DESC")
        return cursor.fetchall()


SCAR = slice(10, 30), slice(15, 40)  # 500 cells of 0.04 ha


def test_a_scar_has_its_area_on_the_spheroid_in_hectares_and_rai(
    fresh: Connection, home: Path, tmp_path: Path
) -> None:
    before, after = image(tmp_path / "a.tif", green()), image(tmp_path / "b.tif", scarred(*SCAR))

    said = add(fresh, home, before, after)

    [(hectares, rai)] = shown(fresh)
    assert hectares == pytest.approx(geodesic_ha(*SCAR), rel=1e-6)
    assert hectares == pytest.approx(20.0, rel=2e-3)  # as the grid has it
    assert rai == pytest.approx(hectares * 6.25)
    assert said.startswith("burned_area 20260101-20260108-b: 1 patches, 20.0 ha (125.")
    assert shown(fresh, "severity, dnbr_mean, moderate_share, clear_share, hectares")[0][:4] == (
        "high",
        pytest.approx(1000 * (0.6 + 1 / 3), rel=1e-5),
        1.0,
        1.0,
    )


def test_an_image_before_of_another_crs_gives_the_same_scar(
    fresh: Connection, home: Path, tmp_path: Path
) -> None:
    # All green, in degrees and finer, around the image after.
    wide = np.stack([np.full((120, 120), value, np.int16) for value in GREEN])
    lon, lat = Transformer.from_crs(UTM, 4326, always_xy=True).transform(
        CORNER[0] - 300, CORNER[1] + 300
    )
    degrees = rasterio.Affine(0.00018, 0, lon, 0, -0.00018, lat)
    before = image(tmp_path / "a.tif", wide, 4326, degrees)
    after = image(tmp_path / "b.tif", scarred(*SCAR))

    add(fresh, home, before, after)

    [(hectares, _)] = shown(fresh)
    assert hectares == pytest.approx(geodesic_ha(*SCAR), rel=1e-6)


def test_a_scar_found_in_degrees_is_as_large_as_in_metres(
    fresh: Connection, home: Path, tmp_path: Path
) -> None:
    lon, lat = Transformer.from_crs(UTM, 4326, always_xy=True).transform(*CORNER)
    degrees = rasterio.Affine(0.0002, 0, lon, 0, -0.0002, lat)
    before = image(tmp_path / "a.tif", green(), 4326, degrees)
    after = image(tmp_path / "b.tif", scarred(*SCAR), 4326, degrees)

    add(fresh, home, before, after)

    west, north = lon + 15 * 0.0002, lat - 10 * 0.0002
    east, south = lon + 40 * 0.0002, lat - 30 * 0.0002
    box = Polygon([(west, south), (east, south), (east, north), (west, north)])
    area, _ = Geod(ellps="WGS84").geometry_area_perimeter(box)
    assert shown(fresh)[0][0] == pytest.approx(area / 10_000, rel=1e-4)


def test_clouds_and_no_data_are_neither_burned_nor_seen(
    fresh: Connection, home: Path, tmp_path: Path
) -> None:
    after = scarred(*SCAR)
    after[:, 10:20, 15:40] = NONE
    clouds = np.zeros((1, SIDE, SIDE), np.int16)
    clouds[0, 20:30, 15:25] = 2
    cloud = tmp_path / "c.tif"
    at = rasterio.Affine(STEP, 0, CORNER[0], 0, -STEP, CORNER[1])
    with rasterio.open(
        cloud, "w", "GTiff", SIDE, SIDE, 1, f"EPSG:{UTM}", at, dtype="int16"
    ) as made:
        made.write(clouds)

    add(fresh, home, image(tmp_path / "a.tif", green()), image(tmp_path / "b.tif", after), cloud)

    [(hectares, _)] = shown(fresh)
    assert hectares == pytest.approx(geodesic_ha(slice(20, 30), slice(25, 40)), rel=1e-6)
    [(clear, _)] = shown(fresh, "clear_share, hectares")
    assert clear == pytest.approx((SIDE**2 - 250 - 100) / (SIDE**2 - 250))


def test_what_is_smaller_than_a_rai_is_left_out(
    fresh: Connection, home: Path, tmp_path: Path
) -> None:
    after = scarred(slice(5, 6), slice(5, 8))  # 0.12 ha, and a rai is 0.16
    after[:, 40:42, 40:43] = np.array(BLACK)[:, None, None]  # 0.24 ha

    add(fresh, home, image(tmp_path / "a.tif", green()), image(tmp_path / "b.tif", after))

    assert [hectares for hectares, _ in shown(fresh)] == [pytest.approx(0.24, rel=1e-2)]


def test_a_pair_that_is_given_again_takes_the_place_of_the_former(
    fresh: Connection, home: Path, tmp_path: Path
) -> None:
    before, after = image(tmp_path / "a.tif", green()), image(tmp_path / "b.tif", scarred(*SCAR))
    add(fresh, home, before, after)
    first = shown(fresh, "id, hectares")
    nothing = analyse(fresh, "burned_area", Settings(home))

    add(fresh, home, before, after)

    assert shown(fresh, "id, hectares") == first
    assert nothing.startswith("burned_area: no pair of images waits")


def test_images_that_are_no_pair_are_refused_with_the_remedy(
    fresh: Connection, home: Path, tmp_path: Path
) -> None:
    before, after = image(tmp_path / "a.tif", green()), image(tmp_path / "b.tif", scarred(*SCAR))

    with pytest.raises(BadPair, match="later than the one before"):
        register_pair(fresh, Images(before, after, 1, 2), AFTER, BEFORE, "test")
    with pytest.raises(UnusableRaster, match=r"bands 1 to 2, and no 7.*--nir"):
        register_pair(fresh, Images(before, after, 1, 7), BEFORE, AFTER, "test")
    register_pair(fresh, Images(before, after, 1, 2), BEFORE, AFTER, "test")
    after.unlink()
    with pytest.raises(ImageGone, match="register the pair again"):
        analyse(fresh, "burned_area", Settings(home))
