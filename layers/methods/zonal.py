"""Means of a grid over areas, each cell counted by the part of it that lies in the area, and by its
size on the Earth. The parts are those of exactextract (https://isciences.github.io/exactextract/).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from exactextract import exact_extract
from exactextract.feature import JSONFeatureSource
from exactextract.raster import NumPyRasterSource
from numpy.typing import NDArray
from scipy.sparse import csr_array
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Lattice:
    """A regular grid in degrees (WGS84), north up: its outer corner, its cells' sides, its
    shape."""

    west: float
    north: float
    width: float
    height: float
    columns: int
    rows: int


@dataclass(frozen=True)
class ZonalMeans:
    """Of each area: the mean (NaN where no cell of it has a value), and the share of the area whose
    cells have one, 0 to 1."""

    mean: Floats
    coverage: Floats


class Zones:
    """Some areas over one grid; what is computed of them serves every raster of the grid."""

    def __init__(self, lattice: Lattice, areas: Sequence[BaseGeometry]) -> None:
        # Areas × cells: the part of each cell, from 0 to 1, that lies in the area.
        self._parts = _parts(lattice, areas)
        self._cell_sizes = _cell_sizes(lattice)
        within = self._parts @ self._cell_sizes
        # What lies beyond the grid is of the area, too.
        self._sizes = np.maximum([_size(area) for area in areas], within)

    def means(self, values: Floats) -> ZonalMeans:
        """Of a raster (rows × columns, NaN for no data)."""
        flat = np.asarray(values, dtype=float).ravel()
        known = np.isfinite(flat)
        weight = self._parts @ (self._cell_sizes * known)
        summed = self._parts @ (self._cell_sizes * np.where(known, flat, 0.0))
        mean = np.full(len(weight), np.nan)
        np.divide(summed, weight, out=mean, where=weight > 0)
        coverage = np.divide(weight, self._sizes, out=np.zeros_like(mean), where=self._sizes > 0)
        return ZonalMeans(mean, coverage.clip(0, 1))

    def sums(self, counts: Floats) -> Floats:
        """What lies in each area of counts by cell (rows × columns), as people: of a cell that is
        partly in it that part; no data are none."""
        flat = np.asarray(counts, dtype=float).ravel()
        found: Floats = self._parts @ np.where(np.isfinite(flat), flat, 0.0)
        return found


def _parts(lattice: Lattice, areas: Sequence[BaseGeometry]) -> csr_array:
    east = lattice.west + lattice.columns * lattice.width
    south = lattice.north - lattice.rows * lattice.height
    cells = NumPyRasterSource(
        np.zeros((lattice.rows, lattice.columns)), lattice.west, south, east, lattice.north
    )
    features = [
        {"type": "Feature", "properties": {}, "geometry": json.loads(shapely.to_geojson(area))}
        for area in areas
    ]
    found = exact_extract(cells, JSONFeatureSource(features), ["cell_id", "coverage"])
    told = [one["properties"] for one in found]
    starts = np.cumsum([0, *(len(one["cell_id"]) for one in told)])
    places = np.concatenate([np.empty(0, int), *(one["cell_id"] for one in told)])
    parts = np.concatenate([np.empty(0), *(one["coverage"] for one in told)])
    return csr_array((parts, places, starts), shape=(len(areas), lattice.rows * lattice.columns))


def _cell_sizes(lattice: Lattice) -> Floats:
    """On the sphere, in degrees of longitude times the sine of latitude: shares are all we need."""
    edges = np.sin(np.radians(lattice.north - np.arange(lattice.rows + 1) * lattice.height))
    return np.repeat((edges[:-1] - edges[1:]) * lattice.width, lattice.columns)


def _size(area: BaseGeometry) -> float:
    """In the same measure, by Lambert's cylindrical equal-area projection."""

    def project(corners: Floats) -> Floats:
        return np.column_stack((corners[:, 0], np.sin(np.radians(corners[:, 1]))))

    return float(shapely.transform(area, project).area)
