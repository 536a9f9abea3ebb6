"""What the winds of reports say by direction and strength, against the same hours of other days."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.methods import wind
from layers.methods.cpf import threshold_of

Floats = NDArray[np.float64]
Table = NDArray[np.float32]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

# Directions in which a source is looked for, in steps of 10°: half the spread of the kernel.
BEARINGS = 36
# Half-width of the wind's cone, our choice: the spread of direction within an hour and the error of
# a station some kilometres off. With 30° the real case of the tests ends up at the same places.
SPREAD_DEG = 20.0
# The hour of a report and the two before it: people report what they smelt a while ago.
REPORT_LAGS_H = (0, 1, 2)
MONITOR_LAGS_H = (0,)
# Excess rates over the background at which the likelihood is tabulated, evenly by logarithm.
EXCESS = np.concatenate(([0.0], np.geomspace(0.05, 50.0, 16)))
# Of a monitor: the hours among its highest tenth are its reports.
MONITOR_PERCENTILE = 90.0
_EXCESS = EXCESS.astype(np.float32)
_HOURS_OF_DAY = 24


@dataclass(frozen=True)
class Receptors:
    """n places (degrees WGS 84) over h hours: where the wind comes from at each, (n, h), NaN where
    it is calm or not known. `local_hours`, (h,), are consecutive hours of local time, by which
    hours of the day are matched. A monitor's wind is NaN where it measured nothing."""

    lon: Floats
    lat: Floats
    is_monitor: Booleans
    from_deg: Floats
    local_hours: NDArray[np.datetime64]

    @property
    def hour_of_day(self) -> Integers:
        """0 to 23."""
        return self.local_hours.astype("datetime64[h]").astype(np.int64) % _HOURS_OF_DAY

    @property
    def day(self) -> Integers:
        """Counted from any day."""
        return self.local_hours.astype("datetime64[D]").astype(np.int64)


@dataclass(frozen=True)
class Reports:
    """By number of the receptor and of the hour; several of one receptor and hour count once, for
    neighbours smell the same cloud."""

    receptor: Integers
    hour: Integers

    def distinct(self) -> "Reports":
        """Each receptor and hour once, in order."""
        pairs = np.unique(np.column_stack((self.receptor, self.hour)), axis=0)
        return Reports(pairs[:, 0], pairs[:, 1])


@dataclass(frozen=True)
class Evidence:
    """Log likelihood ratios of k reports with a known wind, (k, BEARINGS, EXCESS): by the bearing
    of a source and by its excess rate there. `without_wind` reports are left out."""

    receptor: Integers
    day: Integers
    log_ratio: Table
    without_wind: int


def winds_at(stations: wind.Stations, lon: Floats, lat: Floats) -> Floats:
    """Where the wind comes from at places, in every hour of the stations: (places, hours), NaN
    where it is calm or no station tells."""
    hours = len(stations.hours)
    found = wind.at(
        stations,
        np.repeat(lon, hours),
        np.repeat(lat, hours),
        np.tile(stations.hours, len(lon)),
        max_age_h=0,  # the hours before a report are looked at as such
    )
    return found.from_deg.reshape(len(lon), hours).astype(np.float64)


def exceedances(concentration: Floats, percentile: float = MONITOR_PERCENTILE) -> Integers:
    """The hours of a monitor's series above its percentile, which are its reports. Raises
    NothingMeasured."""
    return np.flatnonzero(concentration > threshold_of(concentration, percentile))


@dataclass(frozen=True)
class Upwind:
    """How much each bearing was upwind of each receptor, 0 to 1, NaN where the wind is not known:
    in every hour, (n, h, BEARINGS), and as a mean by hour of the day, (n, 24, BEARINGS)."""

    by_hour: Table
    usual: Table
    hour_of_day: Integers
    day: Integers

    @property
    def windy_hours(self) -> tuple[int, int]:
        """The first hour of which any receptor's wind is known, and how many there are to the
        last, in whole days."""
        known = np.flatnonzero(np.isfinite(self.by_hour[:, :, 0]).any(axis=0))
        if not len(known):
            return 0, 0
        return int(known[0]), int(known[-1] + 1 - known[0]) // _HOURS_OF_DAY * _HOURS_OF_DAY


def upwind_of(receptors: Receptors) -> Upwind:
    """A report's hour is taken together with those before it, a monitor's alone."""
    number, hours = receptors.from_deg.shape
    by_hour = np.empty((number, hours, BEARINGS), dtype=np.float32)
    usual = np.empty((number, _HOURS_OF_DAY, BEARINGS), dtype=np.float32)
    hour_of_day = receptors.hour_of_day
    for place in range(number):
        lags_h = MONITOR_LAGS_H if receptors.is_monitor[place] else REPORT_LAGS_H
        by_hour[place] = _upwind(receptors.from_deg[place], lags_h)
        usual[place] = _means_by_hour(by_hour[place], int(hour_of_day[0]))
    return Upwind(by_hour, usual, hour_of_day, receptors.day)


def evidence_of(upwind: Upwind, reports: Reports, shift_days: int = 0) -> Evidence:
    """Of distinct reports. `shift_days` gives each the winds of a day so much earlier, from the end
    of the windy hours before their beginning: what is found so is chance."""
    first, windy = upwind.windy_hours
    taken = reports.hour
    if shift_days and windy:
        taken = first + (reports.hour - first - _HOURS_OF_DAY * shift_days) % windy
    known = np.isfinite(upwind.by_hour[reports.receptor, taken, 0])
    receptor, taken = reports.receptor[known], taken[known]
    now = upwind.by_hour[receptor, taken]
    usual = upwind.usual[receptor, upwind.hour_of_day[taken]]
    return Evidence(
        receptor,
        upwind.day[reports.hour[known]],
        _log_ratios(now, usual),
        int((~known).sum()),
    )


def _upwind(from_deg: Floats, lags_h: tuple[int, ...]) -> Table:
    """(hours, BEARINGS), as a mean over the hours before whose wind is known."""
    known = np.isfinite(from_deg)
    degree = np.where(known, np.rint(from_deg), 0).astype(np.int64) % 360
    at_hour = np.where(known[:, None], _CONE[degree], np.float32(0))
    total, hours = np.zeros_like(at_hour), np.zeros(len(from_deg), dtype=np.float32)
    for lag in lags_h:
        total[lag:] += at_hour[: len(at_hour) - lag]
        hours[lag:] += known[: len(known) - lag]
    return _divided(total, hours[:, None])


def _means_by_hour(upwind: Table, first_hour: int) -> Table:
    """(24, BEARINGS): over all days, of the hours whose wind is known; the first is `first_hour` of
    its day."""
    after = -(first_hour + len(upwind)) % _HOURS_OF_DAY
    whole = np.pad(upwind, ((first_hour, after), (0, 0)), constant_values=np.nan)
    by_day = whole.reshape(-1, _HOURS_OF_DAY, BEARINGS)
    known = np.isfinite(by_day)
    total = np.where(known, by_day, np.float32(0)).sum(axis=0)
    return _divided(total, known.sum(axis=0).astype(np.float32))


def _divided(total: Table, by: Table) -> Table:
    mean = np.full_like(total, np.nan)
    np.divide(total, by, out=mean, where=by > 0)
    return mean


def _log_ratios(now: Table, usual: Table) -> Table:
    """(reports, BEARINGS, EXCESS)."""
    rates = 1 + _EXCESS * now[:, :, None]
    expected = 1 + _EXCESS * usual[:, :, None]
    odds: Table = np.log(rates / expected, dtype=np.float32)
    return odds


def _cone() -> Table:
    """(360, BEARINGS): how much each bearing is upwind, by the whole degree that the wind comes
    from."""
    bearings = np.arange(BEARINGS) * 360.0 / BEARINGS
    turn = wind.angle_between(np.arange(360.0)[:, None], bearings[None])
    cone: Table = np.exp(-0.5 * (turn / SPREAD_DEG) ** 2).astype(np.float32)
    return cone


_CONE = _cone()
