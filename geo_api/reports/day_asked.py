"""The day that a report is of: the one asked for, or the newest that is over."""

from datetime import date, datetime

from layers.reports.measures import NotReported, newest_day


def day_asked(day: date | None, now: datetime) -> date:
    """Raises NotReported for a day whose 08:00 is still to come."""
    newest = newest_day(now)
    if day is not None and day > newest:
        raise NotReported(f"there is no report of {day} yet; the newest is of {newest}")
    return day or newest
