"""Where the pixels of Web Mercator tiles lie, against PROJ."""

import numpy as np
import pytest
from pyproj import Transformer

from layers.methods import mercator

HALF_M = 20037508.342789244


@pytest.mark.parametrize(("zoom", "x", "y"), [(0, 0, 0), (3, 6, 3), (12, 3195, 1889), (24, 5, 9)])
def test_the_centres_of_pixels_are_where_proj_puts_them(zoom: int, x: int, y: int) -> None:
    pixel = 2 * HALF_M / 2**zoom / 256
    steps = (np.arange(256) + 0.5) * pixel
    to_degrees = Transformer.from_crs("EPSG:3857", "EPSG:4326", always_xy=True)

    lon, lat = to_degrees.transform(
        x * 256 * pixel - HALF_M + steps, HALF_M - y * 256 * pixel - steps
    )

    assert mercator.longitudes(zoom, x) == pytest.approx(lon, abs=1e-9)
    assert mercator.latitudes(zoom, y) == pytest.approx(lat, abs=1e-9)


def test_rows_between_two_latitudes_are_equally_high() -> None:
    rows = mercator.between(20, 5, 100)

    heights = np.diff([mercator.y_of(lat) for lat in rows])

    assert heights == pytest.approx(heights[0], rel=1e-9)
    assert (rows[0] < 20, rows[-1] > 5) == (True, True)


def test_the_square_of_the_world_ends_at_85_degrees() -> None:
    assert mercator.y_of(90) == pytest.approx(np.pi)
    assert round(mercator.HIGHEST_LAT, 10) == 85.0511287798
