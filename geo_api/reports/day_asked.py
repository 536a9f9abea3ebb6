"""The day that a report is of: the one asked for, or the newest that is over."""

from datetime import date, datetime

from layers.model import FIRST_YEAR
from layers.reports.measures import NotReported, newest_day


def day_asked(day: date | None, now: datetime) -> date:
    """Raises NotReported for a day whose 08:00 is still to come, or before all that we read."""
    newest = newest_day(now)
    if day is None:
        return newest
    if day > newest:
        raise NotReported(f"there is no report of {day} yet; the newest is of {newest}")
    require_observed(day)
    return day


def require_observed(day: date) -> None:
    """Raises NotReported for a day before all that we read."""
    if day.year < FIRST_YEAR:
        raise NotReported(f"there is no report of {day}; nothing is older than {FIRST_YEAR}")
