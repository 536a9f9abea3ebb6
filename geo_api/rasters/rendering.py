"""Paints a raster in the colours of its layer's classes: a map tile, or a day as one picture.

Between the centres of cells the value is interpolated, so that the edges of classes run smoothly
on a map finer than the grid; where the cell has no data the picture is transparent, and where it
lies far from what was measured partly so.
"""

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geo_api.rasters.cog_reader import DISTANCE_BAND, Floats, Values, cells
from layers.methods import mercator
from layers.methods.png import palette_png
from layers.model import Style

Bounds = tuple[float, float, float, float]

# A painted day is this much finer than its grid, within what a browser draws without trouble.
_FINER = 4
_LARGEST_PX = 4096
_EMPTY = palette_png(np.zeros((mercator.TILE_PX, mercator.TILE_PX), np.uint8), ["#000000"])


def tile(path: Path, style: Style, zoom: int, x: int, y: int, minus: Path | None = None) -> bytes:
    """A PNG of 256 × 256 pixels; beyond the raster all of it is transparent. What is painted is the
    raster's value, or what it is more than that of the file `minus`."""
    lon, lat = mercator.longitudes(zoom, x), mercator.latitudes(zoom, y)
    pixels = _pixels(path, style, lon, lat, minus)
    return _painted(pixels, style) if pixels.any() else _EMPTY


def picture(path: Path, style: Style, bounds: Bounds, minus: Path | None = None) -> bytes:
    """A PNG in Web Mercator over `bounds`: west, south, east, north in degrees."""
    west, south, east, north = bounds
    read = cells(path)
    width = min(round((east - west) / read.levels[0].width) * _FINER, _LARGEST_PX)
    tall = (mercator.y_of(north) - mercator.y_of(south)) / np.radians(east - west)
    height = max(1, round(width * tall))
    lon = west + (np.arange(width) + 0.5) * (east - west) / width
    lat = mercator.between(north, south, height)
    return _painted(_pixels(path, style, lon, lat, minus), style)


def class_of(value: float, style: Style) -> str:
    """The name of a value's class."""
    names = list(style.colors)
    return names[int(_classes(np.array([value], dtype=np.float32), style.breaks)[0]) - 1]


def _pixels(
    path: Path, style: Style, lon: Floats, lat: Floats, minus: Path | None
) -> NDArray[np.uint8]:
    """0 for nothing, else the place in the palette: the classes, then again for each fading."""
    read = cells(path)
    values = read.between(lon, lat)
    if minus is not None:
        values = values - cells(minus).between(lon, lat)
    found = _classes(values, style.breaks)
    if not style.fades or read.bands < DISTANCE_BAND or not found.any():
        return found
    far_m = cells(path, DISTANCE_BAND).between(lon, lat)
    shown = found > 0
    for beyond_m, opacity in style.fades:
        is_far = shown & (far_m > beyond_m)
        if opacity:
            found[is_far] += np.uint8(len(style.colors))
        else:
            found[is_far] = 0
    return found


def _painted(pixels: NDArray[np.uint8], style: Style) -> bytes:
    colors = list(style.colors.values())
    if pixels.max() <= len(colors):  # nothing fades
        return palette_png(pixels, colors)
    opacities = [1.0, *(opacity for _, opacity in style.fades if opacity)]
    return palette_png(
        pixels,
        colors * len(opacities),
        [opacity for opacity in opacities for _ in colors],
    )


def _classes(values: Values, breaks: tuple[float, ...]) -> NDArray[np.uint8]:
    """The class of each value, from 1; 0 for NaN."""
    found = (~np.isnan(values)).view(np.uint8)
    for least in _least_above(breaks):
        found += values >= least
    return found


@lru_cache(maxsize=256)
def _least_above(breaks: tuple[float, ...]) -> tuple[np.float32, ...]:
    """The least value of each class but the first. Values are classed as they are shown: rounded to
    the decimals of the breaks, and to one at least."""
    decimals = max([1, *(len(f"{one:f}".rstrip("0").partition(".")[2]) for one in breaks)])
    return tuple(_least(one, decimals) for one in breaks)


def _least(highest: float, decimals: int) -> np.float32:
    """The least float32 that, rounded, exceeds the class below. One comparison with it says what
    rounding every pixel would, and costs a fifth."""
    value = np.float32(highest + 0.5 / 10**decimals)
    while np.round(float(value), decimals) > highest:
        value = np.nextafter(value, np.float32(-np.inf))
    while np.round(float(value), decimals) <= highest:
        value = np.nextafter(value, np.float32(np.inf))
    return value
