"""A season's counts against those of earlier ones on the same days, by the same satellites.

Satellites come and go: a season that one more of them saw has more detections of the same fires. So
what is compared is what satellites counted that were there in every season compared, on days that
every season has; all that was counted stands beside it, each satellite's apart.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

WEEK = 7
# A satellite that was not heard of for longer was away, or its feed was.
MOST_GAP_DAYS = 7
# Fewer weeks tell little of how much they differ.
LEAST_WEEKS = 4
# So much of a season's detections must remain, for an earlier one to be compared with it.
LEAST_SHARE = 0.5
# A base below this makes ratios jump.
LEAST_BASE = 20
_Z = 1.959964


@dataclass(frozen=True)
class Ratio:
    """A count as a multiple of another, with the bounds of 95 %; None where weeks are too few."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Comparable:
    """Which satellites are counted, and the earlier seasons that are compared, the newest first."""

    satellites: tuple[str, ...]
    seasons: tuple[int, ...]


def same_day(day: date, year: int) -> date:
    """The same day of another year; of 29 February the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def leap_day(first: date) -> date | None:
    """The 29 February within a year from `first` on, if there is one."""
    year = first.year + (first > same_day(date(2000, 2, 29), first.year))
    leap = same_day(date(2000, 2, 29), year)
    return leap if leap.day == 29 else None


def slot(day: date, first: date) -> int | None:
    """How many days after `first` it is, 29 February left out: the same for the same day of any
    season; None of 29 February itself."""
    leap = leap_day(first)
    if day == leap:
        return None
    return (day - first).days - (leap is not None and day > leap)


def was_there(seen: Sequence[int], days: int) -> bool:
    """Whether a satellite that was heard of on some of so many days, by their number, was there all
    along: silent for MOST_GAP_DAYS at a time at most, and not all the time."""
    edges = [-1, *sorted(set(seen)), days]
    return len(edges) > 2 and max(b - a - 1 for a, b in pairwise(edges)) <= MOST_GAP_DAYS


def comparable(
    there: Mapping[int, frozenset[str]], counts: Mapping[str, float], season: int
) -> Comparable:
    """Given by season the satellites that were there all along, and how many of this season's
    detections are of each. An earlier season by which too few of these would remain is left out."""
    common, kept = set(there.get(season, ())), []
    whole = sum(counts.values())
    for earlier in sorted((one for one in there if one < season), reverse=True):
        both = common & there[earlier]
        if both and sum(counts.get(one, 0) for one in both) >= LEAST_SHARE * whole:
            common = both
            kept.append(earlier)
    return Comparable(tuple(sorted(common)), tuple(kept))


def weeks(days: int) -> int:
    """How many blocks of seven days there are; what remains is of the last."""
    return max(days // WEEK, 1)


def ratio(now: Sequence[float], base: Sequence[float]) -> Ratio | None:
    """Of counts by week, the same weeks of two seasons: the ratio of their sums. None of a base
    below LEAST_BASE.

    The bounds are those of a ratio of sums over paired blocks (Cochran 1977, Sampling Techniques,
    section 6.3), on its logarithm, with Student's t: how far the weeks agree on it.
    """
    whole = sum(base)
    if whole < LEAST_BASE:
        return None
    value, count = sum(now) / whole, len(base)
    if count < LEAST_WEEKS or value == 0:
        return Ratio(value)
    squares = sum((a - value * b) ** 2 for a, b in zip(now, base, strict=True))
    error = math.sqrt(count / (count - 1) * squares) / whole
    reach = math.exp(_student(count - 1) * error / value)
    return Ratio(value, value / reach, value * reach)


def _student(freedom: int) -> float:
    """The 97.5th percentile of Student's t, to a hundredth part from three degrees on: Abramowitz
    and Stegun 26.7.5."""
    z = _Z
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )


def days_between(first: date, last: date) -> list[date]:
    """Both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
