"""Spans of days that reports tell of: months back, a burning season, the season before it."""

from collections.abc import Mapping
from datetime import date, timedelta

from layers.reports.measures import Series, season_of

_DAY = timedelta(days=1)


def first_month(day: date, months: int) -> date:
    """The first day of the first of so many months, of which that of `day` is the last."""
    place = day.year * 12 + day.month - months
    return date(place // 12, place % 12 + 1, 1)


def season_days(day: date) -> tuple[date, date]:
    """From 1 December to `day`, or to 30 April where that has passed."""
    year = season_of(day)
    return date(year, 12, 1), min(day, date(year + 1, 4, 30))


def last_season_days(day: date) -> tuple[date, date]:
    """The whole season before."""
    year = season_of(day) - 1
    return date(year, 12, 1), date(year + 1, 4, 30)


def days_between(first: date, last: date) -> list[date]:
    """Both included."""
    return [first + n * _DAY for n in range((last - first).days + 1)]


def daily(
    values: Mapping[date, float],
    first: date,
    last: date,
    known_from: date | None,
    known_to: date | None = None,
) -> Series:
    """The values of every day; of those that are missing 0 from `known_from` to `known_to`, and on
    without it, else not known."""

    def value(day: date) -> float | None:
        is_known = known_from and known_from <= day <= (known_to or day)
        return values.get(day, 0 if is_known else None)

    return Series(first, "day", tuple(value(day) for day in days_between(first, last)))
