"""The places at which a source is looked for, and how each is seen from the receptors."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from layers.methods import ellipsoid
from layers.methods.source_area.evidence import BEARINGS, EXCESS

Floats = NDArray[np.float64]

# How fast a source's effect on the rate of reports falls off, our choice: fitted to real smells it
# explains them a little better than 1/d, and more than no decay.
DECAY_M = 10_000.0
# Nearer than this a receptor, which stands for homes around it, is beside the source.
BESIDE_M = 500.0
# Strengths that are tried, at the receptor's own place: all of EXCESS, and as many beyond it as
# make up for the decay.
STRENGTHS = len(EXCESS) - 1 + 4
_STEP = float(np.log(EXCESS[2] / EXCESS[1]))
_CELLS = 51
_REACH_M = 15_000.0


@dataclass(frozen=True)
class Plane:
    """A square of `cells` × `cells` places every `step_m`, metres east and north of its centre
    (degrees WGS 84). Right to some metres within 30 km of the centre."""

    lon: float
    lat: float
    step_m: float
    cells: int

    @property
    def axis_m(self) -> Floats:
        """Of cells' centres, in either direction."""
        axis: Floats = np.arange(self.cells, dtype=np.float64)
        return (axis - (self.cells - 1) / 2) * self.step_m

    @cached_property
    def places_m(self) -> tuple[Floats, Floats]:
        """(east, north) of every cell, row by row from the south, as one dimension."""
        east, north = np.meshgrid(self.axis_m, self.axis_m)
        return east.ravel(), north.ravel()

    def metres(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """(east, north) of the centre."""
        of_lon, of_lat = ellipsoid.metres_per_degree(np.array(self.lat))
        return (lon - self.lon) * of_lon, (lat - self.lat) * of_lat

    def degrees(self, east_m: Floats, north_m: Floats) -> tuple[Floats, Floats]:
        """(lon, lat)."""
        of_lon, of_lat = ellipsoid.metres_per_degree(np.array(self.lat))
        return self.lon + east_m / of_lon, self.lat + north_m / of_lat


def plane_around(lon: Floats, lat: Floats, reach_m: float = _REACH_M, cells: int = _CELLS) -> Plane:
    """Of all places within `reach_m` of some receptor, and some more in the corners."""
    middle_lon, middle_lat = (lon.min() + lon.max()) / 2, (lat.min() + lat.max()) / 2
    of_lon, of_lat = ellipsoid.metres_per_degree(np.array(middle_lat))
    half = max(float(np.ptp(lon) * of_lon), float(np.ptp(lat) * of_lat)) / 2 + reach_m
    return Plane(float(middle_lon), float(middle_lat), 2 * half / (cells - 1), cells)


def log_likelihood(
    tables: NDArray[np.float32],
    receptors_m: tuple[Floats, Floats],
    east_m: Floats,
    north_m: Floats,
) -> Floats:
    """(tables, places): the log likelihood ratio of a source at each place, at its best strength,
    0 where none explains anything. `tables` are (tables, receptors, BEARINGS, EXCESS)."""
    from scipy.sparse import csr_array

    flat = np.ascontiguousarray(tables.reshape(len(tables), -1).T)
    bearing, excess = _seen(receptors_m, east_m, north_m)
    best = np.zeros((len(east_m), len(tables)), dtype=np.float32)
    shape = (len(east_m), flat.shape[0])
    pointers = np.arange(len(east_m) + 1) * 4 * bearing.shape[1]
    for strength in range(STRENGTHS):
        columns, weights = _cells_of_tables(bearing, excess + strength)
        looked_up = csr_array((weights, columns, pointers), shape=shape)
        np.maximum(best, looked_up @ flat, out=best)
    return best.T.astype(np.float64)


def _seen(
    receptors_m: tuple[Floats, Floats], east_m: Floats, north_m: Floats
) -> tuple[Floats, ...]:
    """(places, receptors) each: the bearing in steps of the tables, and the position among EXCESS
    of the least strength."""
    east = east_m[:, None] - receptors_m[0][None]
    north = north_m[:, None] - receptors_m[1][None]
    away = np.maximum(np.hypot(east, north), BESIDE_M)
    bearing = ellipsoid.bearing_deg(east, north).astype(np.float64)
    return bearing * (BEARINGS / 360), 1 - away / DECAY_M / _STEP


def _cells_of_tables(
    bearing: Floats, excess: Floats
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Which four numbers of the tables stand for a receptor as seen from a place, and their
    weights: linear between bearings and between logarithms of excess."""
    at = np.clip(excess, 0, len(EXCESS) - 1.001)
    low, first = np.floor(at).astype(np.int64), np.floor(bearing).astype(np.int64)
    up, along = at - low, bearing - first
    receptor = np.arange(bearing.shape[1])[None]
    columns, weights = [], []
    for turn, of_turn in ((0, 1 - along), (1, along)):
        start = (receptor * BEARINGS + (first + turn) % BEARINGS) * len(EXCESS)
        for step, of_step in ((0, 1 - up), (1, up)):
            columns.append(start + low + step)
            weights.append(of_turn * of_step)
    return (
        np.stack(columns, axis=2).ravel(),
        np.stack(weights, axis=2).astype(np.float32).ravel(),
    )
