"""Rasters as files and as pictures: where every cell lies, and in which colour."""

from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import rasterio
from numpy.typing import NDArray
from PIL import Image

from geo_api.rasters import cog_writer
from geo_api.rasters.cog_writer import Grid, Quantity, in_memory, keep
from geo_api.rasters.rendering import picture
from layers.catalog import layer_named

GRID = Grid(west=100, north=20, step=0.5, columns=8, rows=20)
STYLE = layer_named("pm25_surface").style


def test_a_written_raster_is_read_back_where_it_was_meant(tmp_path: Path) -> None:
    lon, lat = GRID.centres()

    path = write(tmp_path, lon + lat, UNIT="µg/m³")

    with rasterio.open(path) as written:
        assert tuple(written.bounds) == pytest.approx((100, 10, 104, 20)) == GRID.bounds
        (value,) = next(written.sample([(102.25, 13.75)]))
        assert value == pytest.approx(116.0)
        assert written.tags()["UNIT"] == "µg/m³"


def test_the_picture_lies_right_on_a_web_mercator_map(tmp_path: Path) -> None:
    _, lat = GRID.centres()
    path = write(tmp_path, np.where(lat > 15, 10.0, 90.0))

    painted = pixels(picture(path, STYLE, GRID.bounds))

    # 15° N in Web Mercator between 10° and 20°: y = ln tan(π/4 + φ/2).
    y = [np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2)) for latitude in (20, 15, 10)]
    edge = (y[0] - y[1]) / (y[0] - y[2])
    blue = (painted == rgba("#3bccff")).all(axis=2)[:, 0]
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
    path = write(tmp_path, np.full((20, 8), value))

    painted = pixels(picture(path, STYLE, GRID.bounds))

    assert (painted == rgba(color)).all()


def test_where_nothing_is_known_the_picture_is_transparent(tmp_path: Path) -> None:
    values = np.full((20, 8), 30.0)
    values[:, 4:] = np.nan
    path = write(tmp_path, values)

    alpha = pixels(picture(path, STYLE, GRID.bounds))[:, :, 3]

    assert set(np.unique(alpha)) == {0, 255}
    assert (alpha[:, : alpha.shape[1] // 2] == 255).all()
    assert (alpha[:, -alpha.shape[1] // 4 :] == 0).all()


def test_a_raster_that_failed_half_way_leaves_the_former_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, np.full((20, 8), 30.0))

    def fill_the_disk(_: object, unfinished: Path, **options: str) -> None:
        unfinished.write_bytes(b"II")
        raise OSError("No space left on device")

    monkeypatch.setattr(cog_writer, "copy", fill_the_disk)
    with pytest.raises(OSError, match="No space"):
        write(tmp_path, np.full((20, 8), 90.0))

    assert list(path.parent.iterdir()) == [path]


def test_the_same_raster_is_the_same_file_and_another_one_another(tmp_path: Path) -> None:
    first, again, other = (write(tmp_path, np.full((20, 8), v)) for v in (30.0, 30.0, 31.0))

    assert first == again
    assert first != other
    assert first.is_file()


def write(home: Path, values: NDArray[np.float64], **tags: str) -> Path:
    with in_memory(GRID, values, tags, Quantity("", None)) as made:
        return home / keep(home, "some", date(2026, 1, 5), made)


def pixels(png: bytes) -> NDArray[np.uint8]:
    """Rows, columns, and red, green, blue and opacity."""
    return np.asarray(Image.open(BytesIO(png)).convert("RGBA"))


def rgba(color: str) -> tuple[int, ...]:
    return (*bytes.fromhex(color[1:]), 255)
