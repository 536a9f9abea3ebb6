"""Cuts an interval of time into the months and parts of days for which counts are kept."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

# As the function `point_count_grids` has them in the database.
MONTH = "month"
DAY_PART = "day-part"

# Where a day of UTC is cut: its own midnight, 08:00 and midnight in Thailand.
_CUTS = tuple(timedelta(hours=hours) for hours in (0, 1, 17))
_DAY = timedelta(days=1)


class Span(NamedTuple):
    """From `start` up to `end`, in UTC, to be added or, with the sign -1, taken away. It is a whole
    `unit`, or of no unit where nothing is kept."""

    unit: str | None
    start: datetime
    end: datetime
    sign: int = 1


def spans(start: datetime, end: datetime, units: Sequence[str], sign: int = 1) -> Iterator[Span]:
    """What together is the time from `start` up to `end`; the first of the `units` is the longest.
    Of a unit that is covered for the most part the rest is taken away."""
    if start >= end:
        return
    if not units:
        yield Span(None, start, end, sign)
        return
    unit = units[0]
    first, last = _floor(start, unit), _floor(end, unit)
    if first == last:
        yield from _within(start, end, units, sign)
        return
    if first < start:
        first = _next(first, unit)
        yield from _within(start, first, units, sign)
    while first < last:
        after = _next(first, unit)
        yield Span(unit, first, after, sign)
        first = after
    if last < end:
        yield from _within(last, end, units, sign)


def next_month(month: datetime) -> datetime:
    """The beginning of the month after one that begins at `month`."""
    return _next(month, MONTH)


def _within(start: datetime, end: datetime, units: Sequence[str], sign: int) -> Iterator[Span]:
    """As `spans`, for a part of one unit."""
    unit, finer = units[0], units[1:]
    first = _floor(start, unit)
    after = _next(first, unit)
    if (end - start) * 2 <= after - first:
        yield from spans(start, end, finer, sign)
        return
    yield Span(unit, first, after, sign)
    yield from spans(first, start, finer, -sign)
    yield from spans(end, after, finer, -sign)


def _floor(time: datetime, unit: str) -> datetime:
    day = time.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == MONTH:
        return day.replace(day=1)
    return day + max(cut for cut in _CUTS if cut <= time - day)


def _next(start: datetime, unit: str) -> datetime:
    if unit == MONTH:
        return (start + timedelta(days=31)).replace(day=1)
    day = start.replace(hour=0)
    return day + min((cut for cut in _CUTS if cut > start - day), default=_DAY)
