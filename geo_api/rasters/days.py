"""Which days are asked for: rasters are of days, from midnight in Thailand, or of hours."""

from dataclasses import dataclass
from datetime import date, datetime

from layers.query import BadQuery, Query, date_of
from layers.times import THAI_TIME

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
    during = Query.from_params({"datetime": datetime}).during if datetime is not None else None
    if not during:
        return EVERY_DAY
    first, last = (time and day_in_thailand(time) for time in during)
    return Days(first, last, True, *during)


def day_in_thailand(time: datetime) -> date:
    """The day (UTC+7) that a time with a zone falls on."""
    try:
        return time.astimezone(THAI_TIME).date()
    except OverflowError:  # the last hours of the year 9999
        return date.max
