"""Days and months that a report compares, and the series made of what is known of them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from layers.reports.measures import Base, Comparison, Series, year_before
from layers.times import thai_day

WEEK = 7
_DAY = timedelta(days=1)

# By day or month; what is not in it is not known.
Known = Mapping[date, float]


def days_to(day: date, count: int) -> list[date]:
    """The `count` days that end with `day`."""
    return [day - _DAY * back for back in reversed(range(count))]


def daily(day: date, count: int, known: Known) -> Series:
    """The `count` days that end with `day`."""
    days = days_to(day, count)
    return Series(days[0], "day", tuple(known.get(one) for one in days))


def days_compared(day: date, count: int) -> list[date]:
    """The `count` days that end with `day` and those that end a year before, with the week before
    each."""
    count = max(count, WEEK + 1)
    return [*days_to(day, count), *days_to(year_before(day), count)]


def with_week_and_season(day: date, known: Known) -> tuple[Comparison, ...]:
    """A day's value beside the mean of the seven days before it, and of the same seven a year
    ago; of those of them that are known."""
    value = known.get(day)
    then = year_before(day)
    return (
        Comparison(Base.DAYS_BEFORE, value, _mean(days_to(day - _DAY, WEEK), known)),
        Comparison(Base.LAST_SEASON, value, _mean(days_to(then - _DAY, WEEK), known)),
    )


def _mean(days: Iterable[date], known: Known) -> float | None:
    values = [known[day] for day in days if day in known]
    return sum(values) / len(values) if values else None


def months_to(month: date, count: int) -> list[date]:
    """The first days of the `count` months that end with the one of `month`."""
    last = month.year * 12 + month.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - count + 1, last + 1)]


def monthly(month: date, count: int, known: Known) -> Series:
    """The `count` months that end with `month`."""
    months = months_to(month, count)
    return Series(months[0], "month", tuple(known.get(one) for one in months))


def next_month(month: date) -> date:
    """The first day of the month after one."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


def last_whole_month(end: datetime) -> date:
    """The first day of the last month that was over at `end`."""
    return months_to(thai_day(end), 2)[0]
