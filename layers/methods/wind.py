"""Wind as vectors: components, means, sectors, and the wind at a place between stations.

Directions are where the wind comes from, degrees clockwise from north; speeds are m/s; hours are
the ends of hourly means, in UTC. u is the eastward and v the northward part of the flow:
u = −s·sin φ, v = −s·cos φ (the convention of ECMWF's documentation).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layers.methods import ellipsoid

Floats = NDArray[np.floating[Any]]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
Hours = NDArray[np.datetime64]

# Below this a vane says nothing (starting thresholds of cup and vane, WMO-No. 8, ch. 5).
CALM_M_S = 0.5
# A station this near speaks for a place alone; one farther than the reach does not speak for it.
ALONE_WITHIN_M, REACH_M = 5_000.0, 30_000.0
MAX_AGE_H = 3
# Why there is no direction at a place and time.
CALM, NO_WIND, OLD_WIND, FAR_STATION = "calm", "no_wind", "old_wind", "far_station"
# Power of the distance (m) by which several stations are weighted, and how many at most.
_POWER, _MOST_STATIONS = 2.0, 12
_PLACES_AT_ONCE = 65_536


def hour_of(at: NDArray[np.datetime64]) -> Hours:
    """The end of the hour in which each moment lies: the hourly mean that tells of it."""
    return (at.astype("datetime64[s]") - np.timedelta64(1, "s")).astype("datetime64[h]") + 1


def end_of_hour(at: datetime) -> datetime:
    """The same of one moment (aware), in its own zone: 10:00 of 09:00:01 to 10:00:00."""
    begun = (at - timedelta(seconds=1)).replace(minute=0, second=0, microsecond=0)
    return begun + timedelta(hours=1)


@dataclass(frozen=True)
class Stations:
    """Hourly wind of n stations (degrees WGS 84) over h ascending hours: `speed_m_s` and `from_deg`
    are (n, h), NaN where nothing was measured or an instrument was dead."""

    lon: Floats
    lat: Floats
    hours: Hours
    speed_m_s: Floats
    from_deg: Floats


@dataclass(frozen=True)
class Wind:
    """One value per place. `u` and `v` (m/s) are means of components, which are shorter than
    the winds they are of; `speed_m_s` is a mean of speeds, by which calm is judged. `age_h` is that
    of the oldest reading used, `station_m` the distance to the nearest station used. NaN where
    there is none; `reason` then says why, and is None where there is a direction."""

    u: Floats
    v: Floats
    speed_m_s: Floats
    from_deg: Floats
    age_h: Floats
    station_m: Floats
    is_calm: Booleans
    reason: NDArray[np.object_]


@dataclass(frozen=True)
class LeaveOneOut:
    """How well a station's wind is told by others: median error of direction (degrees) and root
    mean square error of the vector (m/s), over `hours` at which both could tell."""

    hours: int
    nearest_deg: float
    interpolated_deg: float
    nearest_m_s: float
    interpolated_m_s: float


def components(speed_m_s: Floats, from_deg: Floats) -> tuple[Floats, Floats]:
    """(u, v) in m/s."""
    angle = np.radians(from_deg)
    return -speed_m_s * np.sin(angle), -speed_m_s * np.cos(angle)


def direction(u: Floats, v: Floats) -> Floats:
    """Where the flow comes from, in [0, 360)."""
    from_deg: Floats = np.mod(180 + np.degrees(np.arctan2(u, v)), 360)
    return np.where(from_deg >= 360, 0.0, from_deg)  # −tiny modulo 360 rounds to 360


def vector_mean(speed_m_s: Floats, from_deg: Floats) -> tuple[float, float, float]:
    """(speed, direction, persistence) of the mean vector; hours without both are left out.
    Persistence is the speed of the mean vector over the mean of speeds, 1 for a wind that does not
    turn; NaN throughout where nothing blew."""
    known = np.isfinite(speed_m_s) & np.isfinite(from_deg)
    if not known.any():
        return np.nan, np.nan, np.nan
    u, v = components(speed_m_s[known], from_deg[known])
    speed = float(np.hypot(u.mean(), v.mean()))
    of_speeds = float(speed_m_s[known].mean())
    if of_speeds == 0:
        return 0.0, np.nan, np.nan
    return speed, float(direction(u.mean(), v.mean())), speed / of_speeds


def sector(from_deg: Floats, n: int) -> Integers:
    """Which of n equal sectors, the first of which is centred on north."""
    number: Integers = np.floor(np.mod(from_deg + 180 / n, 360) / (360 / n)).astype(np.int64) % n
    return number


def angle_between(one_deg: Floats, other_deg: Floats) -> Floats:
    """The signed turn from the other to the one, in [−180, 180)."""
    turn: Floats = np.mod(one_deg - other_deg + 180, 360) - 180
    return turn


def at(
    stations: Stations, lon: Floats, lat: Floats, hour: Hours, max_age_h: int = MAX_AGE_H
) -> Wind:
    """The wind at places and hours (one dimension each; the hour's end): that of the nearest
    station within 5 km, else of all within 30 km, their components weighted by inverse squared
    distance. A station's newest reading up to the hour counts, unless older than `max_age_h`."""
    from scipy.spatial import cKDTree

    if not len(stations.lon):
        return _nowhere(len(lon))
    newest = _newest(stations)
    tree = cKDTree(ellipsoid.cartesian_m(stations.lon, stations.lat))
    neighbours = range(1, min(_MOST_STATIONS, len(stations.lon)) + 1)
    parts = []
    for start in range(0, max(1, len(lon)), _PLACES_AT_ONCE):
        some = slice(start, start + _PLACES_AT_ONCE)
        places = ellipsoid.cartesian_m(lon[some], lat[some])
        metres, which = tree.query(places, neighbours, distance_upper_bound=REACH_M)
        parts.append(_of_neighbours(stations, newest, metres, which, hour[some], max_age_h))
    return Wind(*(np.concatenate(values) for values in zip(*parts, strict=True)))


def leave_one_out(stations: Stations, reach_m: float = REACH_M) -> LeaveOneOut:
    """Tells each station's wind of every hour from the nearest other one within `reach_m`, and
    from all of them by inverse squared distance; hours of calm are not compared."""
    places = ellipsoid.cartesian_m(stations.lon, stations.lat)
    metres = np.linalg.norm(places[:, None] - places[None], axis=2)
    metres[(metres > reach_m) | np.eye(len(places), dtype=bool)] = np.inf
    u, v = components(stations.speed_m_s, stations.from_deg)
    # One station (rows of the last two axes) told by each other (first axis) in each hour.
    far = np.where(np.isfinite(u)[None], metres[:, :, None], np.inf)
    alone = far == far.min(axis=1, keepdims=True)
    errors = [
        _errors(stations, u, v, weights)
        for weights in (np.where(np.isfinite(far), alone, 0.0), far**-_POWER)
    ]
    known = np.isfinite(errors[0][0]) & np.isfinite(errors[1][0])
    turns = [float(np.median(np.abs(turn[known]))) for turn, _ in errors]
    sizes = [float(np.sqrt(np.mean(size[known] ** 2))) for _, size in errors]
    return LeaveOneOut(int(known.sum()), *turns, *sizes)


def _errors(stations: Stations, u: Floats, v: Floats, weights: Floats) -> tuple[Floats, Floats]:
    total = weights.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        told_u = (weights * np.nan_to_num(u)[None]).sum(axis=1) / total
        told_v = (weights * np.nan_to_num(v)[None]).sum(axis=1) / total
    turn = angle_between(direction(told_u, told_v), stations.from_deg)
    blows = (stations.speed_m_s >= CALM_M_S) & (np.hypot(told_u, told_v) > 0)
    return np.where(blows, turn, np.nan), np.hypot(told_u - u, told_v - v)


def _newest(stations: Stations) -> Integers:
    """By station and hour the index of the newest hour measured up to it, −1 where none is. A calm
    needs no direction."""
    speed = stations.speed_m_s
    measured = np.isfinite(speed) & (np.isfinite(stations.from_deg) | (speed < CALM_M_S))
    index = np.where(measured, np.arange(speed.shape[1]), -1)
    return np.maximum.accumulate(index, axis=1)


def _of_neighbours(
    stations: Stations,
    newest: Integers,
    metres: Floats,
    which: Integers,
    hour: Hours,
    max_age_h: int,
) -> tuple[NDArray[np.generic], ...]:
    """What `Wind` holds, of places whose neighbours (places × neighbours, nearest first; infinitely
    far where there is none) are given."""
    near = np.isfinite(metres)
    until = np.searchsorted(stations.hours, hour, side="right") - 1
    station = np.where(near, which, 0)
    read = np.where(near & (until >= 0)[:, None], newest[station, until[:, None]], -1)
    age = np.full(metres.shape, np.inf)
    some = read >= 0
    age[some] = (hour[:, None] - stations.hours[read])[some] / np.timedelta64(1, "h")
    used = _used(age <= max_age_h, metres)
    weight = np.where(used, np.maximum(metres, 1.0) ** -_POWER, 0.0)
    total = weight.sum(axis=1)
    speeds = np.where(used, stations.speed_m_s[station, read], 0.0)
    froms = np.nan_to_num(np.where(used, stations.from_deg[station, read], 0.0))
    u, v = (_mean(weight, part, total) for part in components(speeds, froms))
    speed = _mean(weight, speeds, total)
    nearest = np.where(used, metres, np.inf).min(axis=1)
    oldest = np.where(used, age, -np.inf).max(axis=1)
    reason = np.full(len(hour), None, dtype=object)
    reason[speed < CALM_M_S] = CALM
    reason[~used.any(axis=1)] = OLD_WIND
    reason[~some.any(axis=1)] = NO_WIND
    reason[~near.any(axis=1)] = FAR_STATION
    gone = ~used.any(axis=1)
    is_calm = speed < CALM_M_S
    from_deg = np.where(gone | is_calm, np.nan, direction(u, v))
    told = (u, v, speed, from_deg, np.where(gone, np.nan, oldest), np.where(gone, np.nan, nearest))
    return (*told, is_calm, reason)


def _nowhere(places: int) -> Wind:
    none = np.full(places, np.nan)
    reason = np.full(places, FAR_STATION, dtype=object)
    return Wind(none, none, none, none, none, none, np.zeros(places, dtype=bool), reason)


def _used(fresh: Booleans, metres: Floats) -> Booleans:
    """The nearest fresh station alone where it is near enough, else all fresh ones."""
    first = np.argmax(fresh, axis=1)
    rows = np.arange(len(fresh))
    alone = fresh[rows, first] & (metres[rows, first] <= ALONE_WITHIN_M)
    return np.where(alone[:, None], np.arange(fresh.shape[1]) == first[:, None], fresh)


def _mean(weight: Floats, values: Floats, total: Floats) -> Floats:
    mean = np.full(len(total), np.nan)
    np.divide((weight * values).sum(axis=1), total, out=mean, where=total > 0)
    return mean
