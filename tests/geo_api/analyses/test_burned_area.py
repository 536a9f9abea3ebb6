"""Burned land of pairs of images made by hand, with a scar of a known area."""

import re
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
from geo_api.rasters.burn_scars import Images
from geo_api.rasters.burned_pairs import BadPair, PairNotFound, pairs, register_pair, remove_pair
from geo_api.rasters.source_grids import UnusableRaster
from geo_api.settings import Settings

BEFORE, AFTER, TODAY = date(2026, 1, 1), date(2026, 1, 8), date(2026, 1, 31)
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


def register(
    connection: Connection, images: Images, before: date = BEFORE, after: date = AFTER
) -> str:
    return register_pair(connection, images, (before, after), "test", TODAY)


def add(connection: Connection, home: Path, before: Path, after: Path, *clouds: Path) -> str:
    register(connection, Images(before, after, 1, 2, clouds))
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
    assert re.match(r"burned_area 20260101-20260108-\w{10}: 1 patches, 20\.0 ha \(125\.", said)
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
    fresh: Connection, tmp_path: Path
) -> None:
    before, after = image(tmp_path / "a.tif", green()), image(tmp_path / "b.tif", scarred(*SCAR))
    images = Images(before, after, 1, 2)

    with pytest.raises(BadPair, match="later than the one before"):
        register(fresh, images, AFTER, BEFORE)
    with pytest.raises(BadPair, match=r"2569 is a year of the Buddhist era .*, write 2026"):
        register(fresh, images, BEFORE, date(2569, 1, 8))
    with pytest.raises(BadPair, match=r"2026-02-01, which is to come$"):
        register(fresh, images, BEFORE, date(2026, 2, 1))
    with pytest.raises(BadPair, match="no satellite saw"):
        register(fresh, images, date(1926, 1, 1), AFTER)
    with pytest.raises(UnusableRaster, match=r"bands 1 to 2, and no 7.*--nir"):
        register(fresh, Images(before, after, 1, 7))
    assert pairs(fresh) == []


def test_a_pair_that_cannot_be_read_holds_no_other_up_and_is_computed_once_it_can(
    fresh: Connection, home: Path, tmp_path: Path
) -> None:
    before, after = image(tmp_path / "a.tif", green()), image(tmp_path / "b.tif", scarred(*SCAR))
    gone = image(tmp_path / "gone.tif", scarred(*SCAR))
    broken = image(tmp_path / "broken.tif", scarred(*SCAR))
    for one in (gone, broken, after):
        register(fresh, Images(before, one, 1, 2))
    gone.rename(tmp_path / "kept.tif")
    broken.write_bytes(broken.read_bytes()[:400])

    said = analyse(fresh, "burned_area", Settings(home))

    [(hectares, _)] = shown(fresh)
    assert hectares == pytest.approx(20.0, rel=2e-3)
    refused = {Path(one.image).name: one.refused for one in pairs(fresh)}
    assert refused["b.tif"] is None
    assert refused["gone.tif"] and refused["gone.tif"].startswith("gone.tif is gone")
    assert refused["broken.tif"]
    assert str(tmp_path) not in said and "not computed, gone.tif is gone" in said
    (tmp_path / "kept.tif").rename(gone)
    assert "1 patches" in analyse(fresh, "burned_area", Settings(home))
    assert sum(one.refused is None for one in pairs(fresh)) == 2


def test_where_nothing_could_be_compared_nothing_is_estimated(
    fresh: Connection, home: Path, tmp_path: Path
) -> None:
    empty = np.full((2, SIDE, SIDE), NONE, np.int16)
    before = image(tmp_path / "a.tif", green())

    said = add(fresh, home, before, image(tmp_path / "b.tif", empty))

    assert "not estimated" in said and " 0.0 ha (" not in said
    [pair] = pairs(fresh)
    assert "not estimated" in str(pair)


def test_two_images_of_one_name_are_two_pairs(
    fresh: Connection, home: Path, tmp_path: Path
) -> None:
    before = image(tmp_path / "a.tif", green())
    for tile in ("east", "west"):
        (tmp_path / tile).mkdir()
        register(fresh, Images(before, image(tmp_path / tile / "b.tif", green()), 1, 2))
    register(fresh, Images(before, tmp_path / "west" / "b.tif", 1, 2))

    assert len({pair.id for pair in pairs(fresh)}) == 2


def test_a_place_that_two_pairs_of_overlapping_days_show_counts_once(
    fresh: Connection, home: Path, tmp_path: Path
) -> None:
    before = image(tmp_path / "a.tif", green())
    wider = slice(10, 40), slice(15, 40)
    register(fresh, Images(before, image(tmp_path / "b.tif", scarred(*SCAR)), 1, 2))
    longer = Images(before, image(tmp_path / "c.tif", scarred(*wider)), 1, 2)
    register(fresh, longer, BEFORE, date(2026, 1, 9))
    # It burned again later: another fire.
    again = Images(before, image(tmp_path / "d.tif", scarred(*SCAR)), 1, 2)
    register(fresh, again, date(2026, 1, 9), date(2026, 1, 20))

    analyse(fresh, "burned_area", Settings(home))

    found = shown(fresh, "after_day, hectares_counted, hectares")
    counted = {day: hectares for day, hectares, _ in found}
    assert counted[AFTER] == pytest.approx(geodesic_ha(*SCAR), rel=1e-6)
    rest = geodesic_ha(*wider) - geodesic_ha(*SCAR)
    assert counted[date(2026, 1, 9)] == pytest.approx(rest, rel=1e-4)
    assert counted[date(2026, 1, 20)] == pytest.approx(geodesic_ha(*SCAR), rel=1e-6)


def test_a_pair_that_is_removed_is_gone_and_what_it_covered_counts_again(
    fresh: Connection, home: Path, tmp_path: Path
) -> None:
    before, after = image(tmp_path / "a.tif", green()), image(tmp_path / "b.tif", scarred(*SCAR))
    first = register(fresh, Images(before, after, 1, 2))
    longer = Images(before, image(tmp_path / "c.tif", scarred(*SCAR)), 1, 2)
    register(fresh, longer, BEFORE, date(2026, 1, 9))
    analyse(fresh, "burned_area", Settings(home))

    remove_pair(fresh, first)
    analyse(fresh, "burned_area", Settings(home))

    [(day, counted, _)] = shown(fresh, "after_day, hectares_counted, hectares")
    assert day == date(2026, 1, 9) and counted == pytest.approx(geodesic_ha(*SCAR), rel=1e-6)
    with pytest.raises(PairNotFound, match="burned-area list"):
        remove_pair(fresh, first)


def test_an_image_of_too_many_cells_is_refused_with_their_number_and_the_limit(
    fresh: Connection, tmp_path: Path
) -> None:
    before, after = image(tmp_path / "a.tif", green()), tmp_path / "b.tif"
    at = rasterio.Affine(STEP, 0, CORNER[0], 0, -STEP, CORNER[1])
    with rasterio.open(
        after, "w", "GTiff", 20_000, 10_000, 2, f"EPSG:{UTM}", at, dtype="int16", sparse_ok=True
    ):
        pass

    with pytest.raises(UnusableRaster, match="= 200,000,000 cells, and at most 125,000,000"):
        register(fresh, Images(before, after, 1, 2))
