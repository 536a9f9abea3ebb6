"""Places of many complaints as few receptors."""

import numpy as np
from numpy.typing import NDArray

from layers.methods import ellipsoid

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MOST_RECEPTORS = 60
# Neighbours within it smell the same, and no wind tells them apart.
_LEAST_CELL_M = 500.0


def gather(lon: Floats, lat: Floats, most: int = MOST_RECEPTORS) -> tuple[Floats, Floats, Integers]:
    """(lon, lat) of at most `most` receptors (degrees WGS 84), each the mean of the places of a
    square of 500 m or as much more as is needed; and of which receptor each place is."""
    if not len(lon):
        return lon, lat, np.empty(0, dtype=np.int64)
    of_lon, of_lat = ellipsoid.metres_per_degree(lat.mean())
    metres = np.column_stack((lon * of_lon, lat * of_lat))
    cell_m = _LEAST_CELL_M
    while True:
        squares, number = np.unique(
            np.floor(metres / cell_m).astype(np.int64), axis=0, return_inverse=True
        )
        if len(squares) <= most:
            break
        cell_m *= 1.25
    places = np.bincount(number)
    return np.bincount(number, lon) / places, np.bincount(number, lat) / places, number
