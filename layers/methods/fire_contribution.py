"""Which days of a station's dust came through fires: each day judged, or why it cannot be.

Puts together the wind at the station (`wind`), the ways of the air (`trajectory`) and the fires
that it met (`fires_met`). A day on which the air met more fires than the same ways meet on other
days is associated with fires; that is no proof that they caused it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from layers.methods import trajectory, wind
from layers.methods.fires_met import (
    ARRIVALS_H,
    BACK_H,
    MEMBERS,
    SHORT_H,
    WITHIN_H,
    WITHIN_M,
    FireHours,
    Met,
    chance,
    met,
)
from layers.methods.trajectory import Field, Grid, Paths, Residual
from layers.methods.wind import Booleans, Floats, Integers, Stations

VERSION = 1
# Of the wind: Thailand and 100 km around it.
WIND_GRID = Grid(west=96.5, south=5.0, step=0.25, columns=41, rows=64)
# Of the fires: the box that FIRMS is asked for.
FIRE_GRID = Grid(west=97.3, south=5.6, step=0.1, columns=85, rows=150)
# Of BACK_H hours so many must be known on average, and of a day's arrivals half.
LEAST_TOLD_H = 24
LEAST_ARRIVALS = len(ARRIVALS_H) // 2
# Of the members so many lie between the ends of the band.
BAND = (0.05, 0.95)
_DAYS_AT_ONCE = 32
_WGS84 = Geod(ellps="WGS84")

# Those of `wind`, or the way leaves the wind that is known.
Abstained = Literal["calm", "no_wind", "old_wind", "far_station", "left_wind"]


@dataclass(frozen=True)
class Air:
    """What is known of the air of a month: winds from BACK_H and a day before its first day on."""

    stations: Stations
    field: Field
    residual: Residual


@dataclass(frozen=True)
class Days:
    """Of n days: the station's place (degrees), and the hour with which the day ends, as an index
    of the wind's hours and of the fires'."""

    lon: Floats
    lat: Floats
    wind_hour: Integers
    fire_hour: Integers


@dataclass(frozen=True)
class Contribution:
    """Of n days, NaN where `abstained` says why. Fires are detections around the air in a mean hour
    of its way: `fires` with its band over the members, `placebo` the mean of other days; `p` is
    that of `fires_met.chance`. SHORT_H before its end the air was `from_km` away towards
    `from_deg`, within `spread_km` (root mean square)."""

    abstained: NDArray[np.object_]
    told_h: Floats
    from_deg: Floats
    from_km: Floats
    spread_km: Floats
    fires_short: Floats
    placebo_short: Floats
    p_short: Floats
    fires: Floats
    low: Floats
    high: Floats
    placebo: Floats
    p: Floats


def air_of(stations: Stations) -> Air:
    """Spreads the stations' wind, and finds by how much it errs."""
    field = trajectory.spread(stations, WIND_GRID)
    return Air(stations, field, trajectory.residual(stations))


def method(air: Air) -> str:
    """What a row says of how it was made."""
    return (
        f"fire_contribution {VERSION}: backward trajectories {BACK_H} h, {len(ARRIVALS_H)} arrivals"
        f" x {MEMBERS} members, wind error {air.residual.error_m_s:.2f} m/s (lag"
        f" {air.residual.lag:.2f}) of {len(air.stations.lon)} stations; detections within"
        f" {WITHIN_M / 1000:g} km and {WITHIN_H} h"
    )


def contributions(air: Air, fires: FireHours, days: Days, shifts: Sequence[int]) -> Contribution:
    """Judges each day beside the fires of the days that lie `shifts` from it."""
    parts = [
        _judged(air, fires, Days(*(values[some] for values in vars(days).values())), shifts)
        for some in _blocks(len(days.lon))
    ]
    joined = zip(*(vars(part).values() for part in parts), strict=True)
    return Contribution(*(np.concatenate(values) for values in joined))


def _blocks(count: int) -> list[slice]:
    return [slice(n, n + _DAYS_AT_ONCE) for n in range(0, max(count, 1), _DAYS_AT_ONCE)]


def _judged(air: Air, fires: FireHours, days: Days, shifts: Sequence[int]) -> Contribution:
    arrivals = np.array(ARRIVALS_H)
    hour = (days.wind_hour[:, None] - arrivals).ravel()
    every = len(arrivals)
    lon, lat = np.repeat(days.lon, every), np.repeat(days.lat, every)
    here = wind.at(air.stations, lon, lat, air.stations.hours[hour])
    blows = _without_reason(here.reason)
    paths = _ways(air, np.where(blows, lon, np.nan), lat, hour)
    found = met(fires, paths, (days.fire_hour[:, None] - arrivals).ravel(), shifts)
    abstained = _abstained(here.reason.reshape(-1, every), found)
    return _told(days, paths, found, abstained)


def _ways(air: Air, lon: Floats, lat: Floats, hour: Integers) -> Paths:
    """An hour errs alike for all arrivals of a day: that is what persistence means."""
    longest = BACK_H + max(ARRIVALS_H)
    noise = trajectory.perturbations(MEMBERS, longest, air.residual)
    of_arrivals = np.stack([noise[:, later : later + BACK_H] for later in ARRIVALS_H])
    days = len(lon) // len(ARRIVALS_H)
    added = np.tile(of_arrivals, (days, 1, 1, 1))
    return trajectory.backward(air.field, lon, lat, hour, BACK_H, added)


def _abstained(reasons: NDArray[np.object_], found: Met) -> NDArray[np.object_]:
    """The commonest reason of the arrivals, where too few of them had a wind."""
    abstained: NDArray[np.object_] = np.full(len(reasons), None, dtype=object)
    abstained[found.told_h < LEAST_TOLD_H] = "left_wind"
    for day, those in enumerate(reasons):
        missing = [reason for reason in those if reason is not None]
        if len(those) - len(missing) < LEAST_ARRIVALS:
            abstained[day] = max(sorted(set(missing)), key=missing.count)
    return abstained


def _told(days: Days, paths: Paths, found: Met, abstained: NDArray[np.object_]) -> Contribution:
    known = _without_reason(abstained)

    def shown(values: Floats) -> Floats:
        return np.where(known, values, np.nan)

    low, high = np.full((2, len(known)), np.nan)
    if known.any():
        low[known], high[known] = np.nanquantile(found.long.members[known], BAND, axis=1)
    from_deg, from_km, spread_km = _before(days, paths)
    return Contribution(
        abstained,
        found.told_h,
        shown(from_deg),
        shown(from_km),
        shown(spread_km),
        shown(found.short.fires),
        shown(found.short.placebos.mean(axis=1)),
        shown(chance(found.short.fires, found.short.placebos)),
        shown(found.long.fires),
        low,
        high,
        shown(found.long.placebos.mean(axis=1)),
        shown(chance(found.long.fires, found.long.placebos)),
    )


def _before(days: Days, paths: Paths) -> tuple[Floats, Floats, Floats]:
    """(bearing, kilometres, spread in kilometres) of where the air was SHORT_H before."""
    lon, lat = (
        part[..., SHORT_H].reshape(len(days.lon), len(ARRIVALS_H) * MEMBERS).astype(float)
        for part in (paths.lon, paths.lat)
    )
    known = np.isfinite(lon) & np.isfinite(lat)
    count = np.where(known.any(axis=1), known.sum(axis=1), np.nan)
    mean_lon, mean_lat = (np.where(known, part, 0).sum(axis=1) / count for part in (lon, lat))
    azimuth, _, metres = _WGS84.inv(days.lon, days.lat, mean_lon, mean_lat)
    to_lon, to_lat = (np.broadcast_to(one[:, None], lon.shape) for one in (mean_lon, mean_lat))
    _, _, off = _WGS84.inv(to_lon, to_lat, lon, lat)
    square = np.where(known, np.asarray(off) ** 2, 0).sum(axis=1) / count
    return np.mod(azimuth, 360), np.asarray(metres) / 1000, np.sqrt(square) / 1000


def _without_reason(reasons: NDArray[np.object_]) -> Booleans:
    return np.array([reason is None for reason in reasons], dtype=bool)
