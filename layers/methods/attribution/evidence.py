"""What the wind says of each pair: how much likelier this direction is if the factory is the cause.

A direction is compared with those that are usual at the same station, season and time of day:
what blows from a factory most evenings tells little of one evening. All densities are relative to
that of a wind from anywhere, so that 1 says nothing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.methods import ellipsoid, wind
from layers.methods.attribution.pairs import Complaints, Floats, Integers, Pairs

Bytes = NDArray[np.uint8]

# Minutes before the report whose wind is asked: what blew earlier than three hours told nothing in
# trials.
LAGS_MIN = (15, 45, 90, 150)
# Widths of the kernel (standard deviation, degrees), of which a mixture is fitted.
WIDTHS_DEG = (10.0, 22.0, 45.0)
# Components of the kernel: each lag with each width.
COMPONENTS = len(LAGS_MIN) * len(WIDTHS_DEG)
# Kernels differ by the wind's speed, the station's distance and the factory's: limits of classes.
_SPEEDS_M_S, _STATIONS_M, _NEAR_M = (1.25, 2.25), (5_000.0, 15_000.0), (400.0, 1_000.0)
STRATA = (len(_SPEEDS_M_S) + 1) * (len(_STATIONS_M) + 1) * (len(_NEAR_M) + 1)
# Where a table by whole degrees of turn has the value of no wind.
SILENT = 181
# A flow between two hours that is slower has no direction.
_STILL_M_S = 0.3
_BINS, _SEASONS, _TIMES = 72, 4, 8
# So many hours of a wind from anywhere are added to a station's own.
_PRIOR_HOURS = 20.0


@dataclass(frozen=True)
class Usual:
    """Relative density of directions by 5° (rows × bins): a row per station, season of three months
    and three hours of the day."""

    stations: wind.Stations
    density: Floats

    def rows(self, complaints: Complaints) -> Integers:
        """The row of each complaint: that of its nearest station."""
        from scipy.spatial import cKDTree

        if not len(self.stations.lon):
            return np.zeros(len(complaints), dtype=np.int64)
        tree = cKDTree(ellipsoid.cartesian_m(self.stations.lon, self.stations.lat))
        _, nearest = tree.query(ellipsoid.cartesian_m(complaints.lon, complaints.lat))
        row: Integers = nearest * (_SEASONS * _TIMES) + _season_and_time(
            wind.hour_of(complaints.at)
        )
        return row


@dataclass(frozen=True)
class Evidence:
    """By pair: the stratum, the turn of the wind of each lag from the factory's bearing (lags ×
    pairs, whole degrees, 181 where there is no wind), the row of usual directions and the bin of
    the bearing in it."""

    stratum: Bytes
    turn: Bytes
    row: Integers
    bearing: Bytes


def usual_directions(stations: wind.Stations) -> Usual:
    """Of all hours that stations measured and that were not calm."""
    known = np.isfinite(stations.from_deg) & (stations.speed_m_s >= wind.CALM_M_S)
    number, column = np.nonzero(known)
    row = number * (_SEASONS * _TIMES) + _season_and_time(stations.hours)[column]
    toward = (stations.from_deg[known] * (_BINS / 360)).astype(np.int64) % _BINS
    rows = max(1, len(stations.lon)) * _SEASONS * _TIMES
    count = np.bincount(row * _BINS + toward, minlength=rows * _BINS).reshape(rows, _BINS)
    hours = count + _PRIOR_HOURS / _BINS
    return Usual(stations, hours * _BINS / hours.sum(axis=1, keepdims=True))


def evidence(complaints: Complaints, pairs: Pairs, usual: Usual) -> Evidence:
    """The winds of each pair."""
    hour = wind.hour_of(complaints.at)
    asked = range(1 + (max(LAGS_MIN) + 59) // 60)
    winds = [wind.at(usual.stations, complaints.lon, complaints.lat, hour - lag) for lag in asked]
    turn = np.empty((len(LAGS_MIN), len(pairs)), dtype=np.uint8)
    for number, minutes in enumerate(LAGS_MIN):
        from_deg = _before(complaints.at, winds, minutes).astype(np.float32)[pairs.complaint]
        away = np.abs(wind.angle_between(from_deg, pairs.bearing_deg))
        turn[number] = np.where(np.isfinite(away), np.round(np.nan_to_num(away)), SILENT)
    return Evidence(
        _strata(winds[0], pairs),
        turn,
        usual.rows(complaints)[pairs.complaint],
        (pairs.bearing_deg * (_BINS / 360)).astype(np.uint8) % _BINS,
    )


def kernels() -> Floats:
    """(widths, 182): wrapped normal densities relative to the uniform one, by whole degrees; each
    has the mean 1 over the circle."""
    turn = np.arange(-180, 181)
    width = np.array(WIDTHS_DEG)[:, None]
    wrapped = np.sum([np.exp(-0.5 * ((turn + 360 * k) / width) ** 2) for k in (-1, 0, 1)], axis=0)
    relative = wrapped[:, 180:] / wrapped[:, :-1].mean(axis=1, keepdims=True)
    return np.concatenate([relative, np.ones((len(width), 1))], axis=1)


def usual_kernels(usual: Usual) -> Floats:
    """(widths, rows of usual directions, bins of bearing): the mean of each kernel over them."""
    bins = np.arange(_BINS)
    gap = np.abs((bins[:, None] - bins + _BINS // 2) % _BINS - _BINS // 2) * (360 // _BINS)
    mean: Floats = usual.density @ (kernels()[:, gap] / _BINS)
    return mean


def _before(at: NDArray[np.datetime64], winds: list[wind.Wind], minutes: int) -> Floats:
    """The direction so many minutes before the report, between the means of hours, each of which
    holds for the hour's middle."""
    to_end = (wind.hour_of(at) - at) / np.timedelta64(1, "h")
    back = np.clip(to_end - 0.5 + minutes / 60, 0, len(winds) - 1.001)
    first, everyone = back.astype(np.int64), np.arange(len(at))
    flow = []
    for part in ("u", "v"):
        values = np.array([getattr(one, part) for one in winds])
        one, other = values[first, everyone], values[first + 1, everyone]
        one, other = np.where(np.isnan(one), other, one), np.where(np.isnan(other), one, other)
        flow.append(one + (other - one) * (back - first))
    u, v = flow
    return np.where(np.hypot(u, v) >= _STILL_M_S, wind.direction(u, v), np.nan)


def _season_and_time(hours: wind.Hours) -> Integers:
    month = hours.astype("datetime64[M]").astype(np.int64) % 12
    # The monsoons turn in March, June, September and December.
    time = (hours.astype("datetime64[h]").astype(np.int64) % 24) // (24 // _TIMES)
    return ((month + 1) % 12) // 3 * _TIMES + time


def _strata(winds: wind.Wind, pairs: Pairs) -> Bytes:
    speed = np.digitize(np.nan_to_num(winds.speed_m_s), _SPEEDS_M_S)
    station = np.digitize(np.nan_to_num(winds.station_m), _STATIONS_M)
    of_complaint = (speed * (len(_STATIONS_M) + 1) + station) * (len(_NEAR_M) + 1)
    near = np.digitize(pairs.distance_m, _NEAR_M)
    return (of_complaint[pairs.complaint] + near).astype(np.uint8)
