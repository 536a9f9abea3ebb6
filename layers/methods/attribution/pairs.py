"""Which factories may be the cause of which complaints: those within reach, as sparse rows."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layers.methods import ellipsoid

Floats = NDArray[np.floating[Any]]
Floats32 = NDArray[np.float32]
Integers = NDArray[np.int64]
Integers32 = NDArray[np.int32]
Texts = NDArray[np.object_]
Times = NDArray[np.datetime64]

# Farther off no complaint is put down to a factory: our choice; of smells that were traced, hardly
# one was carried farther.
REACH_M = 4_000.0


@dataclass(frozen=True)
class Complaints:
    """Places (degrees WGS 84), times of report (UTC, seconds) and categories; one each."""

    lon: Floats
    lat: Floats
    at: Times
    category: Texts

    def __len__(self) -> int:
        return len(self.lon)

    def take(self, which: NDArray[np.generic]) -> "Complaints":
        """Those of an index or a mask."""
        return Complaints(self.lon[which], self.lat[which], self.at[which], self.category[which])


@dataclass(frozen=True)
class Factories:
    """Places (degrees WGS 84) and kinds, as the class of the register; one each."""

    lon: Floats
    lat: Floats
    kind: Texts


@dataclass(frozen=True)
class Pairs:
    """Complaints and the factories within reach of them: those of complaint i are
    `start[i]:start[i + 1]`. The bearing is that of the factory from the complaint."""

    start: Integers
    complaint: Integers32
    factory: Integers32
    distance_m: Floats32
    bearing_deg: Floats32

    def __len__(self) -> int:
        return len(self.factory)


def pairs(complaints: Complaints, factories: Factories, reach_m: float = REACH_M) -> Pairs:
    """All pairs within `reach_m`, by complaint, then by factory."""
    from scipy.spatial import cKDTree

    if not len(factories.lon) or not len(complaints):
        return _none(len(complaints))
    lon, lat = complaints.lon, complaints.lat
    found = cKDTree(ellipsoid.cartesian_m(lon, lat)).sparse_distance_matrix(
        cKDTree(ellipsoid.cartesian_m(factories.lon, factories.lat)),
        reach_m,
        output_type="ndarray",
    )
    order = np.lexsort((found["j"], found["i"]))
    row, factory = found["i"][order].astype(np.int32), found["j"][order].astype(np.int32)
    of_lon, of_lat = ellipsoid.metres_per_degree(lat)
    east = (factories.lon[factory] - lon[row]) * of_lon[row]
    north = (factories.lat[factory] - lat[row]) * of_lat[row]
    return Pairs(
        np.searchsorted(row, np.arange(len(complaints) + 1)).astype(np.int64),
        row,
        factory,
        found["v"][order].astype(np.float32),
        ellipsoid.bearing_deg(east, north).astype(np.float32),
    )


def _none(complaints: int) -> Pairs:
    whole, real = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
    return Pairs(np.zeros(complaints + 1, dtype=np.int64), whole, whole, real, real)
