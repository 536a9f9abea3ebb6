"""Whether values cluster in space, and where: Moran's I, Gi*, which of many tests to believe.

Moran, P. A. P. (1950), Biometrika 37, 17–23; Ord, J. K. and Getis, A. (1995), Geographical Analysis
27, 286–306; Benjamini, Y. and Hochberg, Y. (1995), J. R. Stat. Soc. B 57, 289–300. Computed by esda
with libpysal, and by scipy. Where a statistic is not defined it is NaN, and `reason` says why:
equal values everywhere are no evidence of randomness, and no 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

# With fewer the normal distribution, by which significance is told, is far off.
LEAST_PLACES = 6
ALL_EQUAL = "all values are equal: there is nothing to compare"
NO_NEIGHBOURS = "no place has a neighbour"
# Differences below this share of the largest value are rounding.
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Neighbours:
    """Of each place, by its position, the positions of those beside it; never itself."""

    of: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Moran:
    """`i` against its expectation where values lie at random; `p` two-sided, by randomisation."""

    i: float
    expected: float
    variance: float
    z: float
    p: float
    reason: str | None = None


@dataclass(frozen=True)
class HotSpots:
    """Of each place: z, above 0 where it and its neighbours are high together; `p` two-sided."""

    z: Floats
    p: Floats
    reason: str | None = None


def within(places: ArrayLike, distance: float) -> Neighbours:
    """Neighbours no farther than `distance`; `places` are rows of plane or Earth-centred
    coordinates in the same unit."""
    from scipy.spatial import cKDTree

    rows = np.asarray(places, dtype=float)
    found = cKDTree(rows).query_ball_point(rows, distance)
    return Neighbours(tuple(tuple(sorted(set(of) - {n})) for n, of in enumerate(found)))


def touching(pairs: Sequence[tuple[int, int]], count: int) -> Neighbours:
    """Neighbours as `pairs` of positions below `count` say, in both directions."""
    of: Mapping[int, set[int]] = {n: set() for n in range(count)}
    for one, other in pairs:
        if one != other:
            of[one].add(other)
            of[other].add(one)
    return Neighbours(tuple(tuple(sorted(of[n])) for n in range(count)))


def moran(values: ArrayLike, neighbours: Neighbours, row_standardised: bool = False) -> Moran:
    """Moran's I with weights of 1, or of 1 / number of neighbours. Raises ValueError as `hot_spots`
    does."""
    known = _sound(values, neighbours)
    if reason := _undefined(known, neighbours):
        return Moran(np.nan, np.nan, np.nan, np.nan, np.nan, reason)
    from esda.moran import Moran as Esda

    told = Esda(
        known,
        _weights(neighbours),
        transformation="R" if row_standardised else "B",
        permutations=0,
    )
    i, expected, variance = float(told.I), float(told.EI), float(told.VI_rand)
    return Moran(i, expected, variance, float(told.z_rand), float(told.p_rand))


def hot_spots(values: ArrayLike, neighbours: Neighbours) -> HotSpots:
    """Gi* of each place, its own value among those of its neighbours; NaN for one that has all
    others as neighbours. Raises ValueError where the values are not as many as the places, fewer
    than LEAST_PLACES, or not all known."""
    known = _sound(values, neighbours)
    if reason := _undefined(known, neighbours):
        none = np.full(len(known), np.nan)
        return HotSpots(none, none, reason)
    from esda.getisord import G_Local
    from scipy.stats import norm

    # Its own z does not change with what is added to all values; its G divides by their sum.
    positive = known - known.min() + np.ptp(known)
    with np.errstate(invalid="ignore", divide="ignore"):
        z = G_Local(positive, _weights(neighbours), transform="B", star=True, permutations=0).Zs
    z = np.where(np.isfinite(z), z, np.nan)
    return HotSpots(z, 2 * norm.sf(np.abs(z)))


def discoveries(p: ArrayLike, rate: float) -> Booleans:
    """Which of many tests to believe, so that of these at most the share `rate` is expected to be
    false (Benjamini and Hochberg); NaN is never believed."""
    # esda's own asks for less than the limit, where the rule says no more than it.
    from scipy.stats import false_discovery_control

    values: Floats = np.asarray(p, dtype=float)
    believed: Booleans = np.zeros(values.shape, dtype=bool)
    told = np.isfinite(values)
    if told.any():
        believed[told] = false_discovery_control(values[told]) <= rate
    return believed


def _sound(values: ArrayLike, neighbours: Neighbours) -> Floats:
    known = np.asarray(values, dtype=float)
    if len(known) != len(neighbours.of):
        raise ValueError(f"{len(known)} values for {len(neighbours.of)} places")
    if len(known) < LEAST_PLACES:
        raise ValueError(f"needs {LEAST_PLACES} places, got {len(known)}")
    if not np.isfinite(known).all():
        raise ValueError(
            f"leave out places without a value: {(~np.isfinite(known)).sum()} have none"
        )
    return known


def _undefined(values: Floats, neighbours: Neighbours) -> str | None:
    if np.ptp(values) <= _ROUNDING * np.abs(values).max():
        return ALL_EQUAL
    return None if any(neighbours.of) else NO_NEIGHBOURS


def _weights(neighbours: Neighbours) -> Any:
    from libpysal.weights import W

    # A place without neighbours is stated by them, and needs no warning.
    return W(dict(enumerate(map(list, neighbours.of))), silence_warnings=True)
