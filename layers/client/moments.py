"""Times as analysts give them, pandas' and NumPy's among them, as a Query has them."""

import warnings
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pandas as pd

from layers.cleaning.dates import common_year
from layers.query import Interval
from layers.reports.measures import period_of
from layers.times import thai_midnight

Moment = str | date | datetime

_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)


def interval(start: Moment | None, end: Moment | None) -> Interval | None:
    """Both ends included; a day as `end` is all of it. Raises ValueError as `instant`."""
    if start is None and end is None:
        return None
    return Interval(
        None if start is None else instant(start),
        None if end is None else instant(end, last_of_day=True),
    )


def warn_outside(layer: str, during: Interval, first: str | None, newest: str | None) -> None:
    """Warns where the time asked for begins a day before a layer's first observation, or ends a day
    after its newest; less is usual between two. None where nothing was observed."""
    if first is None or newest is None:
        warnings.warn(f"nothing was loaded of {layer}: a count of 0 is not known", stacklevel=4)
        return
    known_from = datetime.fromisoformat(first) - _DAY
    known_to = datetime.fromisoformat(newest) + _DAY
    if (during.start or known_from) < known_from or (during.end or known_to) > known_to:
        warnings.warn(
            f"{layer} is known from {first} to {newest}, and {during} reaches out of that: none"
            " counted there does not say that there was none",
            stacklevel=4,
        )


def report_days(first: date | str, last: date | str | None = None) -> dict[str, datetime]:
    """`start` and `end` of what the service's pages count as these days, both in it: each is the 24
    hours until 08:00 of it in Thailand, where a date by itself is the day from midnight."""
    days = [
        date.fromisoformat(day) if isinstance(day, str) else day for day in (first, last or first)
    ]
    return {"start": period_of(days[0])[0], "end": period_of(days[1])[1] - _TICK}


def as_of_text(moment: Moment | int | None) -> str | None:
    """As an address takes it; a number is a version of the data, a day its last moment. Raises
    ValueError as `instant`."""
    if moment is None or isinstance(moment, int):
        return None if moment is None else str(moment)
    return instant(moment, last_of_day=True).isoformat()


def instant(moment: Moment, last_of_day: bool = False) -> datetime:
    """In UTC; a day means its midnight in Thai time, or with `last_of_day` its last moment. What
    pandas and NumPy hold without a zone and without a time of day is a day. Raises ValueError for
    another time without a zone, and for a year of the Buddhist era."""
    if pd.isna(moment):
        raise ValueError(f"{moment} is no time: leave it out, or give a day")
    known = _python(moment)
    if (common := common_year(known.year)) != known.year:
        raise ValueError(f"{moment} is of the Buddhist era: write {common} for {known.year}")
    if not isinstance(known, datetime):
        midnight = thai_midnight(known)
        known = midnight + _DAY - _TICK if last_of_day else midnight
    if known.tzinfo is None:
        raise ValueError(f"{moment} has no zone; give one, as 2026-01-31T07:00+07:00, or a day")
    return known.astimezone(UTC)


def _python(moment: Any) -> date | datetime:
    if isinstance(moment, str):
        is_day = len(moment) == len("2026-01-31")
        return date.fromisoformat(moment) if is_day else datetime.fromisoformat(moment)
    if isinstance(moment, date) and not isinstance(moment, pd.Timestamp):
        return moment
    stamp: datetime = pd.Timestamp(moment).to_pydatetime(warn=False)
    is_day = stamp.tzinfo is None and stamp.time() == time.min
    return stamp.date() if is_day else stamp
