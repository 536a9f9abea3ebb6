"""Tiles of the square map of the world: OGC's tile matrix set WebMercatorQuad (17-083r4, D.1)."""

import math
from typing import Any, NamedTuple

from layers.query import Box

# As the standard has it: a 4096th of a tile of the last matrix is half a millimetre.
LAST_ZOOM = 24
MATRIX_SET = "WebMercatorQuad"
MATRIX_SET_URI = f"http://www.opengis.net/def/tilematrixset/OGC/1.0/{MATRIX_SET}"
CRS_URI = "http://www.opengis.net/def/crs/EPSG/0/3857"

# Half the equator of WGS84 in metres.
_EDGE_M = math.pi * 6_378_137.0
_TILE_PX = 256
# The standard's pixel, in metres.
_PIXEL_M = 0.00028


class TileNotFound(LookupError):
    """There is no such tile, tile matrix or tile matrix set."""


class Tile(NamedTuple):
    """`z` is the zoom or tile matrix, `x` the column from the west, `y` the row from the north."""

    z: int
    x: int
    y: int

    @property
    def box(self) -> Box:
        """In degrees, WGS84."""
        return Box(
            west=_lon(self.x, self.z),
            south=_lat(self.y + 1, self.z),
            east=_lon(self.x + 1, self.z),
            north=_lat(self.y, self.z),
        )


def tile_at(z: int, x: int, y: int) -> Tile:
    """Raises TileNotFound, naming those there are."""
    if not 0 <= z <= LAST_ZOOM:
        raise TileNotFound(f"no zoom {z}; there are 0 to {LAST_ZOOM}")
    last = 2**z - 1
    if not (0 <= x <= last and 0 <= y <= last):
        raise TileNotFound(f"no column {x} and row {y} at zoom {z}; each is from 0 to {last}")
    return Tile(z, x, y)


def matrix_set() -> dict[str, Any]:
    """The definition as JSON (17-083r4, clause 7)."""
    return {
        "id": MATRIX_SET,
        "title": "Google Maps Compatible for the World",
        "uri": MATRIX_SET_URI,
        "crs": CRS_URI,
        "orderedAxes": ["E", "N"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": [_matrix(z) for z in range(LAST_ZOOM + 1)],
    }


def _matrix(z: int) -> dict[str, Any]:
    cell_m = 2 * _EDGE_M / _TILE_PX / 2**z
    return {
        "id": str(z),
        "scaleDenominator": cell_m / _PIXEL_M,
        "cellSize": cell_m,
        "cornerOfOrigin": "topLeft",
        "pointOfOrigin": [-_EDGE_M, _EDGE_M],
        "tileWidth": _TILE_PX,
        "tileHeight": _TILE_PX,
        "matrixWidth": 2**z,
        "matrixHeight": 2**z,
    }


def _lon(x: int, z: int) -> float:
    return 360 * x / float(2**z) - 180


def _lat(y: int, z: int) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / float(2**z)))))
