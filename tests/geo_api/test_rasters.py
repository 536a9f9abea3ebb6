"""Rasters as files and as pictures: where every cell lies, and in which colour."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import rasterio
from numpy.typing import NDArray
from PIL import Image

from geo_api.rasters import Grid, paint, write
from layers.catalog import layer_named

GRID = Grid(west=100, north=20, step=0.5, columns=8, rows=20)
STYLE = layer_named("pm25_surface").style


def test_a_written_raster_is_read_back_where_it_was_meant(tmp_path: Path) -> None:
    lon, lat = GRID.centres()

    write(tmp_path / "deep" / "day.tif", GRID, lon + lat, {"UNIT": "µg/m³"})

    with rasterio.open(tmp_path / "deep" / "day.tif") as written:
        assert tuple(written.bounds) == pytest.approx((100, 10, 104, 20)) == GRID.bounds
        (value,) = next(written.sample([(102.25, 13.75)]))
        assert value == pytest.approx(116.0)
        assert written.tags()["UNIT"] == "µg/m³"


def test_the_picture_lies_right_on_a_web_mercator_map(tmp_path: Path) -> None:
    _, lat = GRID.centres()
    write(tmp_path / "day.tif", GRID, np.where(lat > 15, 10.0, 90.0), {})

    picture = pixels(paint(tmp_path / "day.tif", STYLE))

    # 15° N in Web Mercator between 10° and 20°: y = ln tan(π/4 + φ/2).
    y = [np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2)) for latitude in (20, 15, 10)]
    edge = (y[0] - y[1]) / (y[0] - y[2])
    blue = (picture == rgba("#3bccff")).all(axis=2)[:, 0]
    half_a_cell = 0.25 / 10
    assert blue[: int(len(blue) * (edge - half_a_cell))].all()
    assert not blue[int(len(blue) * (edge + half_a_cell)) :].any()


@pytest.mark.parametrize(
    ("value", "color"),
    [
        (0, "#3bccff"),
        (15.04, "#3bccff"),
        (15.06, "#92d050"),
        (25, "#92d050"),
        (37.5, "#ffff00"),
        (75, "#ffa200"),
        (75.1, "#f04646"),
        (900, "#f04646"),
    ],
)
def test_a_value_has_the_colour_of_its_thai_class(tmp_path: Path, value: float, color: str) -> None:
    write(tmp_path / "day.tif", GRID, np.full((20, 8), value), {})

    picture = pixels(paint(tmp_path / "day.tif", STYLE))

    assert (picture == rgba(color)).all()


def test_where_nothing_is_known_the_picture_is_transparent(tmp_path: Path) -> None:
    values = np.full((20, 8), 30.0)
    values[:, 4:] = np.nan
    write(tmp_path / "day.tif", GRID, values, {})

    alpha = pixels(paint(tmp_path / "day.tif", STYLE))[:, :, 3]

    assert set(np.unique(alpha)) == {0, 255}
    assert (alpha[:, : alpha.shape[1] // 2] == 255).all()
    assert (alpha[:, -alpha.shape[1] // 4 :] == 0).all()


def test_a_raster_that_failed_half_way_leaves_the_former_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "day.tif"
    write(path, GRID, np.full((20, 8), 30.0), {})
    before = path.read_bytes()

    def fill_the_disk(_: str, unfinished: Path, **options: str) -> None:
        unfinished.write_bytes(b"II")
        raise OSError("No space left on device")

    monkeypatch.setattr("geo_api.rasters.copy", fill_the_disk)
    with pytest.raises(OSError, match="No space"):
        write(path, GRID, np.full((20, 8), 90.0), {})

    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def pixels(png: bytes) -> NDArray[np.uint8]:
    """Rows, columns, and red, green, blue and opacity."""
    return np.asarray(Image.open(BytesIO(png)).convert("RGBA"))


def rgba(color: str) -> tuple[int, ...]:
    return (*bytes.fromhex(color[1:]), 255)
