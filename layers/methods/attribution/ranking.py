"""The few factories that are told of a complaint, and those that cannot be told apart."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.methods import ellipsoid, wind
from layers.methods.attribution.answers import Answers
from layers.methods.attribution.pairs import Complaints, Factories, Floats, Integers

# So many are told at most, and none of a smaller share in either answer.
MOST, LEAST_SHARE = 6, 0.01
# Factories within this angle of the leading one, and with at least this part of its share, lie in
# its line: the wind does not tell them apart.
GROUP_DEG, GROUP_SHARE = 12.0, 1 / 3


@dataclass(frozen=True)
class Candidates:
    """By candidate: the rows of the complaint and of the factory, where it lies, its shares, and
    whether it `leads`: alone, or as one of a group that is in one line."""

    complaint: Integers
    factory: Integers
    distance_m: Floats
    bearing_deg: Floats
    before: Floats
    single: Floats
    pooled: Floats
    leads: NDArray[np.bool_]


@dataclass(frozen=True)
class Others:
    """By complaint: how many factories within reach are not among its candidates, and what share
    they have together; with the candidates and "none of these" that makes 1."""

    count: Integers
    single: Floats
    pooled: Floats


def candidates(found: Answers, complaints: Complaints, factories: Factories) -> Candidates:
    """Of each answered complaint the likeliest, by the pooled answer, the likeliest first."""
    told = np.flatnonzero((found.pooled >= LEAST_SHARE) | (found.single >= LEAST_SHARE))
    order = told[np.lexsort((-found.pooled[told], found.complaint[told]))]
    row = found.complaint[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    order = order[rank < MOST]
    row, factory = found.complaint[order], found.factory[order].astype(np.int64)
    of_lon, of_lat = ellipsoid.metres_per_degree(complaints.lat[row])
    east = (factories.lon[factory] - complaints.lon[row]) * of_lon
    north = (factories.lat[factory] - complaints.lat[row]) * of_lat
    bearing, pooled = ellipsoid.bearing_deg(east, north), found.pooled[order]
    first = np.searchsorted(row, row)
    in_line = np.abs(wind.angle_between(bearing, bearing[first])) <= GROUP_DEG
    leads = in_line & (pooled >= GROUP_SHARE * pooled[first])
    return Candidates(
        row,
        factory,
        np.hypot(east, north),
        bearing,
        found.before[order],
        found.single[order],
        pooled,
        leads,
    )


def others(found: Answers, told: Candidates) -> Others:
    """What is left of each answer beside the candidates that are told of it."""
    size = len(found.reason)

    def left(of_all: Floats | None, of_told: Floats | None) -> Floats:
        every = np.bincount(found.complaint, of_all, size)
        rest: Floats = np.maximum(every - np.bincount(told.complaint, of_told, size), 0.0)
        return rest

    return Others(
        left(None, None).astype(np.int64),
        np.minimum(left(found.single, told.single), 1.0),
        np.minimum(left(found.pooled, told.pooled), 1.0),
    )
