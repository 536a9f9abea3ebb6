"""Which days are asked for: rasters are of days, from midnight in Thailand, or of hours."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from layers.query import BadQuery, date_of
from layers.query.moments import interval_of
from layers.times import THAI_TIME, thai_day, thai_midnight

# date.fromisoformat alone would also take week dates.


@dataclass(frozen=True)
class Days:
    """From `first` to `last`, both included; None where it is open. Of a layer of hours those of
    these days, or where it was asked for by time (`timed`) those from `start` to `end`."""

    first: date | None = None
    last: date | None = None
    timed: bool = False
    start: datetime | None = None
    end: datetime | None = None

    def __str__(self) -> str:
        if self.timed and self.start == self.end and self.start:
            return self.start.astimezone(THAI_TIME).isoformat()
        if self.first == self.last:
            return str(self.first)
        return f"the days from {self.first or '..'} to {self.last or '..'}"


EVERY_DAY = Days()


def days_of(day: str | None, datetime: str | None) -> Days:
    """As `day` (one of them) or `datetime` (those that it touches) says, or every day; raises
    BadQuery."""
    if day is not None and datetime is not None:
        raise BadQuery("day", "give day or datetime, not both")
    if day is not None:
        one = date_of("day", day)
        return Days(one, one)
    return EVERY_DAY if datetime is None else days_touched("datetime", datetime)


def days_touched(name: str, text: str) -> Days:
    """The days or hours that a time, a day or an interval in the parameter `name` touches; raises
    BadQuery."""
    during = interval_of(name, text)
    first, last = (at and day_in_thailand(at) for at in during)
    return Days(first, last, True, *during)


def hour_of(day: date, hour: str | None) -> Days:
    """The day, or the hour of it, 1 to 24, that is named by its end in Thai time; raises
    BadQuery."""
    if hour is None:
        return Days(day, day)
    if not (hour.isascii() and hour.isdigit() and 1 <= int(hour) <= 24):
        raise BadQuery("hour", f"hour must be a whole number from 1 to 24, got {hour!r}")
    ends_at = thai_midnight(day) + timedelta(hours=int(hour))
    return Days(day, day, True, ends_at, ends_at)


def day_in_thailand(time: datetime) -> date:
    """The day (UTC+7) that a time with a zone falls on."""
    try:
        return thai_day(time)
    except OverflowError:  # the last hours of the year 9999
        return date.max
