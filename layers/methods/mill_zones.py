"""To which mills' zones a place belongs, and by how much: shares by distance, which sum to one.

Nobody publishes from where a mill buys. What is known is that a new mill must be 50 km or more in a
straight line from others (Cabinet, 21 April 2015); that one buys from so far is a guess. So a place
within reach of several mills is of each by a share that falls with the geodesic distance d as
exp(-d / decay); of a place out of every mill's reach nothing is said. Where zones are declared, a
place in some is of these mills alone. A share is no finding about who bought or burned.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

_CHUNK = 20_000
_M_PER_DEGREE = 111_320.0
# How far the plane may be off the ellipsoid, in Thailand and a few hundred km: half a percent.
_MARGIN = 1.02


@dataclass(frozen=True)
class Shares:
    """Pairs of a place and a mill within its reach, by their indices, in the order of the places;
    the `share` of each mill, and whether it is the `nearest` of the place's."""

    place: Indices
    mill: Indices
    share: Numbers
    nearest: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Declared:
    """Pairs of a place and a mill in whose declared zone it lies, by their indices."""

    place: Indices
    mill: Indices


def zone_shares(
    lon: Numbers,
    lat: Numbers,
    mill_lon: Numbers,
    mill_lat: Numbers,
    *,
    reach_m: float,
    decay_m: float,
    declared: Declared | None = None,
) -> Shares:
    """Of places among mills (degrees, WGS84). A place without a pair is out of reach of all.

    Of mills equally near, the first is the nearest. Raises ValueError for a reach or a decay that
    is not positive.
    """
    if reach_m <= 0 or decay_m <= 0:
        raise ValueError(f"reach and decay are metres above 0, got {reach_m:g} and {decay_m:g}")
    pairs = [np.empty((0, 2), np.int64), *_near(lon, lat, mill_lon, mill_lat, reach_m)]
    place, mill = np.concatenate(pairs).T
    distance = _distance_m(lon[place], lat[place], mill_lon[mill], mill_lat[mill])
    within = distance <= reach_m
    place, mill, distance = place[within], mill[within], distance[within]
    if declared is not None and len(declared.place):
        kept = ~np.isin(place, declared.place)
        place = np.concatenate([place[kept], declared.place])
        mill = np.concatenate([mill[kept], declared.mill])
        far = _distance_m(
            lon[declared.place], lat[declared.place],
            mill_lon[declared.mill], mill_lat[declared.mill],
        )  # fmt: skip
        distance = np.concatenate([distance[kept], far])
    return _shared(place, mill, distance, len(lon), decay_m)


def _near(
    lon: Numbers, lat: Numbers, mill_lon: Numbers, mill_lat: Numbers, reach_m: float
) -> Iterator[Indices]:
    """Pairs that may be within reach, of some places at a time."""
    for start in range(0, len(lon), _CHUNK):
        x, y = lon[start : start + _CHUNK, None], lat[start : start + _CHUNK, None]
        east = (mill_lon - x) * np.cos(np.radians(y))
        found = np.argwhere(np.hypot(east, mill_lat - y) * _M_PER_DEGREE <= reach_m * _MARGIN)
        yield found + np.array([start, 0])


def _distance_m(lon: Numbers, lat: Numbers, mill_lon: Numbers, mill_lat: Numbers) -> Numbers:
    from pyproj import Geod

    _, _, metres = Geod(ellps="WGS84").inv(lon, lat, mill_lon, mill_lat)
    return np.asarray(metres, dtype=np.float64)


def _shared(
    place: Indices, mill: Indices, distance: Numbers, places: int, decay_m: float
) -> Shares:
    order = np.lexsort((mill, distance, place))
    place, mill, distance = place[order], mill[order], distance[order]
    nearest = np.ones(len(place), dtype=bool)
    nearest[1:] = place[1:] != place[:-1]
    # By how much each is farther than the nearest: of far mills no weight vanishes altogether.
    least = np.zeros(places)
    least[place[nearest]] = distance[nearest]
    weight = np.exp(-(distance - least[place]) / decay_m)
    share = weight / np.bincount(place, weight, minlength=places)[place]
    return Shares(place, mill, share, nearest)


def sums_by_mill(
    shares: Shares, unit: Indices, units: int, mills: int, unit_place: Indices
) -> tuple[Any, Any, Any]:
    """Of fires, each at a place `unit_place` and of a unit of time `unit` (as a day's index): by
    unit and mill the sum of shares, its variance where each fire is of one mill alone and of this
    one with the chance of its share, and how many fires it is the nearest of. The last column is of
    fires out of every mill's reach."""
    first = np.searchsorted(shares.place, np.arange(int(unit_place.max(initial=-1)) + 2))
    per_fire = (first[1:] - first[:-1])[unit_place]
    fire = np.repeat(np.arange(len(unit_place)), per_fire)
    offset = np.arange(len(fire)) - np.repeat(np.cumsum(per_fire) - per_fire, per_fire)
    pair = first[unit_place][fire] + offset
    share = shares.share[pair]
    cell = unit[fire] * (mills + 1) + shares.mill[pair]
    size = units * (mills + 1)
    fires = np.bincount(cell, share, minlength=size)
    variance = np.bincount(cell, share * (1 - share), minlength=size)
    nearest = np.bincount(cell, shares.nearest[pair], minlength=size)
    alone = np.bincount(unit[per_fire == 0] * (mills + 1) + mills, minlength=size)
    shape = (units, mills + 1)
    return (
        (fires + alone).reshape(shape),
        variance.reshape(shape),
        (nearest + alone).reshape(shape),
    )
