"""Which hours of a station's wind no instrument can have measured: stuck, or not there at all.

A logger without an anemometer writes 0, and a vane that is seized writes one direction: neither is
wind, and neither is calm. The three rules hold for any window of consecutive hours:

- the speed is 0 for two days (48 h): a calm night is followed by a day whose sun mixes the air;
- the direction stays within 5° for a day (24 h), whatever the speed: that is less than the
  uncertainty allowed to a vane (WMO-No. 8, 5°), so that it did not turn;
- the speed is 0 and the direction stays within 20° for a day: air that moves no cup at all leaves a
  free vane to the gusts.

The limits are derived from the ten stations of Air4Thai that we have, 1,968 hours each (December
2023 to February 2024). Six turn and blow: their longest calm is 22 h, and within 24 h their vanes
sweep at least 11° (in a steady monsoon at 1 to 5 m/s, 28t). At 31t the longest calm with a turning
vane is 42 h; before it was repaired it wrote 0 m/s for 322 h, 298 of them from 0°, and later one
degree for 24 h. Three have no instrument and write 0 m/s from 0° throughout. Stations that write
0 m/s from 2 to 17° hour after hour (33t, 77t) fall under the third rule, and under the first.

Where the hours of a window are few nothing is concluded: three quarters must be there. A model is
no instrument: its wind is not judged. The same in SQL: `geo_api/ingest/functions/stuck_wind.sql`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Hour:
    """One hour of a station's wind as its logger wrote it; degrees clockwise from north."""

    at: datetime
    speed_m_s: float
    from_deg: float | None


@dataclass(frozen=True)
class Rule:
    """Windows of `hours` in which the speed is 0, where `still`, and the direction stays within
    `arc_deg`, where given."""

    hours: int
    still: bool
    arc_deg: float | None


RULES = (Rule(48, True, None), Rule(24, False, 5), Rule(24, True, 20))
# Of a window's hours so many must be there.
LEAST_SHARE = 0.75


def stuck_hours(hours: Sequence[Hour]) -> set[datetime]:
    """The times of those that lie in any window to which a rule applies; `hours` ascending, one
    station's."""
    return {hour.at for rule in RULES for window in _stuck_windows(hours, rule) for hour in window}


def stuck(
    speed_m_s: NDArray[np.floating[Any]], from_deg: NDArray[np.floating[Any]]
) -> NDArray[np.bool_]:
    """The same of many stations at once: (stations, hours), every hour there, NaN where nothing was
    written."""
    written = np.isfinite(speed_m_s)
    found = np.zeros(written.shape, dtype=bool)
    for rule in RULES:
        there = _over(np.add, written, rule.hours)
        holds = there >= LEAST_SHARE * rule.hours
        if rule.still:
            holds &= _over(np.add, written & (speed_m_s != 0), rule.hours) == 0
        if rule.arc_deg is not None:
            holds &= _over(np.add, written & np.isfinite(from_deg), rule.hours) == there
            holds &= _arcs_deg(written, from_deg, rule.hours) <= rule.arc_deg
        # An hour is stuck where any window that it lies in is.
        back = _over(np.add, holds[:, ::-1], rule.hours)[:, ::-1]
        found |= written & (back > 0)
    return found


def _over(fold: np.ufunc, values: NDArray[np.generic], hours: int) -> NDArray[Any]:
    """Of every hour the fold of the window of so many that ends with it, by doubling: two windows
    that overlap fold to their union where the fold does not count."""
    if fold is np.add:
        total = np.cumsum(values, axis=1, dtype=np.int64)
        total[:, hours:] = total[:, hours:] - total[:, :-hours].copy()
        return total
    folded, width = np.asarray(values).copy(), 1
    while width < hours:
        step = min(width, hours - width)
        folded[:, step:] = fold(folded[:, step:], folded[:, :-step])
        width += step
    return folded


def _arcs_deg(
    written: NDArray[np.bool_], from_deg: NDArray[np.floating[Any]], hours: int
) -> NDArray[np.floating[Any]]:
    """As `arc_deg`, of every hour's window."""
    arcs = []
    for turned in (from_deg % 360, (from_deg + 180) % 360):
        most = _over(np.maximum, np.where(written, turned, -np.inf), hours)
        least = _over(np.minimum, np.where(written, turned, np.inf), hours)
        arcs.append(most - least)
    arc: NDArray[np.floating[Any]] = np.minimum(arcs[0], arcs[1])
    return arc


def _stuck_windows(hours: Sequence[Hour], rule: Rule) -> Iterator[Sequence[Hour]]:
    """Every window that ends with an hour."""
    first = 0
    for last, hour in enumerate(hours):
        while hours[first].at <= hour.at - timedelta(hours=rule.hours):
            first += 1
        window = hours[first : last + 1]
        if len(window) >= LEAST_SHARE * rule.hours and _applies(window, rule):
            yield window


def _applies(window: Sequence[Hour], rule: Rule) -> bool:
    if rule.still and any(hour.speed_m_s != 0 for hour in window):
        return False
    if rule.arc_deg is None:
        return True
    turned = [hour.from_deg for hour in window if hour.from_deg is not None]
    return len(turned) == len(window) and arc_deg(turned) <= rule.arc_deg


def arc_deg(directions: Sequence[float]) -> float:
    """The smallest arc that holds all of them, where that is less than half a turn; otherwise a
    number that is no smaller than that arc's half turn."""
    shifted = [(direction + 180) % 360 for direction in directions]
    plain = [direction % 360 for direction in directions]
    # An arc below half a turn crosses north or south, and not both.
    return min(max(plain) - min(plain), max(shifted) - min(shifted))
