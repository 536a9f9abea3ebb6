"""Palette pictures, read back by another library."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from layers.methods.png import palette_png


@pytest.mark.parametrize("colors", [1, 5, 15, 16, 255])
@pytest.mark.parametrize("shape", [(1, 1), (3, 7), (256, 256)])
def test_every_pixel_has_its_colour_and_none_is_transparent(
    colors: int, shape: tuple[int, int]
) -> None:
    palette = [f"#{number:02x}80{255 - number:02x}" for number in range(colors)]
    pixels = np.random.default_rng(1).integers(0, colors + 1, shape).astype(np.uint8)

    picture = Image.open(BytesIO(palette_png(pixels, palette)))

    shown = np.asarray(picture.convert("RGBA"))
    of_color = np.array([(0, 0, 0, 0), *((n, 128, 255 - n, 255) for n in range(colors))])
    assert (shown == of_color[pixels]).all()


def test_few_colours_take_half_a_byte() -> None:
    pixels = np.zeros((4, 4), dtype=np.uint8)

    bits = [palette_png(pixels, ["#000000"] * colors)[24] for colors in (15, 16)]

    assert bits == [4, 8]
