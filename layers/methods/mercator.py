"""Web Mercator (EPSG:3857) and the tiles that cut it: where on the earth their pixels lie.

The tiles are those of OGC's WebMercatorQuad (17-083r4, annex D): row 0 is the northernmost.
"""

import math

import numpy as np
from numpy.typing import NDArray

TILE_PX = 256
# Where the square of the world ends: atan(sinh(π)).
HIGHEST_LAT = math.degrees(math.atan(math.sinh(math.pi)))
# Degrees of longitude across a pixel of the only tile of zoom 0.
WIDEST_PIXEL_DEG = 360 / TILE_PX

Floats = NDArray[np.float64]


def longitudes(zoom: int, x: int) -> Floats:
    """The centres of a tile's columns of pixels, west to east, in degrees."""
    places: Floats = (x + _centres(TILE_PX)) / 2**zoom
    return places * 360 - 180


def latitudes(zoom: int, y: int) -> Floats:
    """The centres of a tile's rows of pixels, north to south, in degrees."""
    places: Floats = (y + _centres(TILE_PX)) / 2**zoom
    return lat_of(math.pi * (1 - 2 * places))


def y_of(lat: float) -> float:
    """The ordinate of a latitude in radii of the earth: ln tan(π/4 + φ/2), at most π."""
    return math.asinh(math.tan(math.radians(max(-HIGHEST_LAT, min(HIGHEST_LAT, lat)))))


def lat_of(y: Floats) -> Floats:
    """The inverse of `y_of`, in degrees."""
    return np.degrees(np.arctan(np.sinh(y)))


def between(north: float, south: float, rows: int) -> Floats:
    """The latitudes of the centres of so many rows that are equally high on the map."""
    top, bottom = y_of(north), y_of(south)
    return lat_of(top + (bottom - top) * _centres(rows))


def _centres(count: int) -> Floats:
    """The middles of equal parts of the line from 0 to 1."""
    return (np.arange(count) + 0.5) / count
