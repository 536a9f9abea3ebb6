"""Positions in any supported CRS as degrees, where the CRS has them."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from layers.crs import WGS84, Crs

# How far a position may be off once it has been there and back.
_OFF_M = 1.0


def to_degrees(positions: NDArray[np.float64], crs: Crs) -> NDArray[np.float64]:
    """Longitudes and latitudes (WGS84) of rows of x and y in metres of `crs`.

    Infinite where the CRS has no such place, or knows it by other numbers: beyond its edge a
    projection begins again from the other side.
    """
    transformer = _transformer(crs.srid)
    x, y = positions.T
    lon, lat = transformer.transform(x, y)
    back = np.column_stack(transformer.transform(lon, lat, direction="INVERSE"))
    # Infinite less infinite is no number, which is not near either.
    with np.errstate(invalid="ignore"):
        near = np.abs(back - positions).max(axis=1) < _OFF_M
    return np.where(near[:, np.newaxis], np.column_stack((lon, lat)), np.inf)


@cache
def _transformer(srid: int) -> Transformer:
    return Transformer.from_crs(srid, WGS84.srid, always_xy=True)
