"""Which observations belong together in space and time: density clusters, the same in any order.

ST-DBSCAN (Birant & Kut 2007, Data & Knowledge Engineering 60: 208–221), with its two radii, of
space and of time, and without its third, of a value. With one sample a cluster is a chain of
neighbours, as fires are joined from detections: Chen et al. 2022 (FEDS), doi
10.1038/s41597-022-01343-0, from whom the constants are.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.methods.ellipsoid import cartesian_m

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]

# FEDS: pixels of one fire lie so near to each other, and it is over after so long without any.
FIRE_WITHIN_M = 700.0
FIRE_WITHIN_S = 5 * 86_400.0

NOISE = -1
# Pairs of so many points at once: more would need gigabytes where they lie close.
_AT_ONCE = 100_000
# A little wider than asked for, so that rounding loses no pair before it is measured.
_WIDER = 1 + 1e-9


@dataclass(frozen=True)
class Clusters:
    """Of each point its cluster, numbered in the order of the points, or NOISE; and whether it is a
    core point: one that has as many neighbours, itself among them, as were asked for."""

    labels: Integers
    is_core: NDArray[np.bool_]


def st_dbscan(
    x_m: Floats,
    y_m: Floats,
    t: Floats,
    eps_m: float,
    eps_t: float,
    min_samples: int,
    z_m: Floats | None = None,
) -> Clusters:
    """Clusters of points that lie within `eps_m` metres and `eps_t` (in the unit of `t`) of each
    other, limits included. Coordinates are of a plane, or geocentric with `z_m`.

    A border point goes to its nearest core point, each radius counting as one, of equally near
    ones to the first in time and place: so that the order of points changes nothing but numbers.
    """
    places = np.column_stack([x_m, y_m] if z_m is None else [x_m, y_m, z_m]).astype(float)
    times = np.asarray(t, dtype=float)
    count = len(times)
    if count == 0:
        return Clusters(np.empty(0, np.intp), np.empty(0, bool))
    found = list(_pairs(places, times, eps_m, eps_t))
    first, second = (np.concatenate([pair[side] for pair in found]) for side in (0, 1))
    neighbours = np.bincount(first, minlength=count) + np.bincount(second, minlength=count) + 1
    is_core = neighbours >= min_samples
    labels = _components(first, second, is_core)
    _join_borders(labels, first, second, is_core, places / eps_m, times / eps_t)
    return Clusters(_numbered(labels), is_core)


def fire_events(lon: Floats, lat: Floats, seconds: Floats) -> Integers:
    """Of each detection (degrees WGS 84, seconds since any moment) the number of its event: those
    that a chain of detections joins, each within FIRE_WITHIN_M and FIRE_WITHIN_S of the next."""
    x, y, z = cartesian_m(lon, lat).T
    return st_dbscan(x, y, seconds, FIRE_WITHIN_M, FIRE_WITHIN_S, 1, z).labels


def _pairs(
    places: Floats, times: Floats, eps_m: float, eps_t: float
) -> Iterator[tuple[Integers, Integers]]:
    """Each pair of neighbours once, slice by slice of the time."""
    from scipy.spatial import cKDTree

    order = np.argsort(times, kind="stable")
    scaled = np.column_stack([places / eps_m, times / eps_t])[order]
    for start in range(0, len(order), _AT_ONCE):
        end = min(start + _AT_ONCE, len(order))
        reach = int(np.searchsorted(scaled[:, -1], scaled[end - 1, -1] + _WIDER, side="right"))
        near = cKDTree(scaled[start:reach]).query_pairs(_WIDER, p=np.inf, output_type="ndarray")
        near = near[near[:, 0] < end - start] + start
        first, second = order[near[:, 0]], order[near[:, 1]]
        apart = np.sqrt(((places[first] - places[second]) ** 2).sum(axis=1))
        is_near = (apart <= eps_m) & (np.abs(times[first] - times[second]) <= eps_t)
        yield first[is_near], second[is_near]


def _components(first: Integers, second: Integers, is_core: NDArray[np.bool_]) -> Integers:
    """Of each core point the component of its chain of core points; NOISE of others."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    count = len(is_core)
    both = is_core[first] & is_core[second]
    ones = np.ones(int(both.sum()), dtype=np.int8)
    graph = coo_array((ones, (first[both], second[both])), shape=(count, count))
    _, component = connected_components(graph, directed=False)
    return np.where(is_core, component, NOISE).astype(np.intp)


def _join_borders(
    labels: Integers,
    first: Integers,
    second: Integers,
    is_core: NDArray[np.bool_],
    places: Floats,
    times: Floats,
) -> None:
    """Labels those that are no core point, but neighbours of one; places and times in radii."""
    one, two = is_core[first] & ~is_core[second], ~is_core[first] & is_core[second]
    core = np.concatenate([first[one], second[two]])
    border = np.concatenate([second[one], first[two]])
    apart = ((places[core] - places[border]) ** 2).sum(axis=1) + (times[core] - times[border]) ** 2
    by_place = np.lexsort((*places.T, times))
    rank = np.empty(len(labels), np.intp)
    rank[by_place] = np.arange(len(labels))
    nearest_first = np.lexsort((rank[core], apart, border))
    border, core = border[nearest_first], core[nearest_first]
    is_nearest = np.ones(len(border), bool)
    is_nearest[1:] = border[1:] != border[:-1]
    labels[border[is_nearest]] = labels[core[is_nearest]]


def _numbered(labels: Integers) -> Integers:
    """From 0 in the order in which they first come up."""
    known = labels != NOISE
    numbered = np.full(len(labels), NOISE, np.intp)
    _, where, number = np.unique(labels[known], return_index=True, return_inverse=True)
    of_label = np.empty(len(where), np.intp)
    of_label[np.argsort(where)] = np.arange(len(where))
    numbered[known] = of_label[number]
    return numbered
