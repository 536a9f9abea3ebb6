"""Which days are asked for: rasters are daily, and their days begin at midnight in Thailand."""

from dataclasses import dataclass
from datetime import date, datetime

from layers.query import BadQuery, Query, date_of
from layers.times import THAI_TIME

# date.fromisoformat alone would also take week dates.


@dataclass(frozen=True)
class Days:
    """From `first` to `last`, both included; None where it is open."""

    first: date | None = None
    last: date | None = None

    def __str__(self) -> str:
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
    return Days(*(time and day_in_thailand(time) for time in during)) if during else EVERY_DAY


def day_in_thailand(time: datetime) -> date:
    """The day (UTC+7) that a time with a zone falls on."""
    try:
        return time.astimezone(THAI_TIME).date()
    except OverflowError:  # the last hours of the year 9999
        return date.max
