"""Estimates a quantity between the places where it was measured: inverse distance weighting.

Shepard, D. (1968): A two-dimensional interpolation function for irregularly-spaced data.
Proceedings of the 23rd ACM National Conference, 517–524.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from layers.methods.ellipsoid import cartesian_m

Floats = NDArray[np.float64]

# Nearer than this two places are the same one; it keeps a weight finite.
_SAME_PLACE_M = 1.0
_PLACES_AT_ONCE = 4096


@dataclass(frozen=True)
class Samples:
    """What was measured where: degrees WGS 84, and the quantity in any unit."""

    lon: Floats
    lat: Floats
    value: Floats


@dataclass(frozen=True)
class Check:
    """How well each sample is told by the others: root mean square error in the samples' unit
    (None where no sample has another within reach), and the number of samples told."""

    rmse: float | None
    samples: int


def inverse_distance(
    samples: Samples, lon: Floats, lat: Floats, power: float, reach_m: float
) -> Floats:
    """The estimate at each place (degrees, one dimension): the mean of the samples within
    `reach_m`, each weighted by distance to the power of −`power`; NaN where there is none.

    Distances are straight lines between points of the ellipsoid, 1 m short of the geodesic at
    100 km.
    """
    known, wanted = cartesian_m(samples.lon, samples.lat), cartesian_m(lon, lat)
    blocks = np.array_split(wanted, len(wanted) // _PLACES_AT_ONCE + 1)
    means = [
        _weighted_means(_distances_m(block, known), samples.value, power, reach_m)
        for block in blocks
    ]
    return np.concatenate(means)


def nearest_m(samples: Samples, lon: Floats, lat: Floats) -> Floats:
    """How far each place (degrees, one dimension) lies from the next sample."""
    known = cKDTree(cartesian_m(samples.lon, samples.lat))
    found: Floats = known.query(cartesian_m(lon, lat))[0]
    return found


def leave_one_out(samples: Samples, power: float, reach_m: float) -> Check:
    """Estimates each sample from the others alone."""
    places = cartesian_m(samples.lon, samples.lat)
    distances = _distances_m(places, places)
    np.fill_diagonal(distances, np.inf)
    errors = _weighted_means(distances, samples.value, power, reach_m) - samples.value
    told = errors[np.isfinite(errors)]
    rmse = float(np.sqrt(np.mean(told**2))) if len(told) else None
    return Check(rmse, len(told))


def _weighted_means(distances: Floats, values: Floats, power: float, reach_m: float) -> Floats:
    weights = np.maximum(distances, _SAME_PLACE_M) ** -power
    weights[distances > reach_m] = 0
    total = weights.sum(axis=1)
    means = np.full(len(distances), np.nan)
    np.divide(weights @ values, total, out=means, where=total > 0)
    return means


def _distances_m(one: Floats, other: Floats) -> Floats:
    # |a − b|² = |a|² + |b|² − 2ab would lose metres to rounding at the size of the Earth.
    distances: Floats = np.linalg.norm(one[:, None, :] - other[None, :, :], axis=2)
    return distances
