"""The time of Thailand, the same all year."""

from datetime import date, datetime, time, timedelta, timezone

THAI_TIME = timezone(timedelta(hours=7), "ICT")


def thai_day(at: datetime) -> date:
    """The day of the calendar in which a moment (aware) lies in Thailand."""
    return at.astimezone(THAI_TIME).date()


def thai_midnight(day: date) -> datetime:
    """The beginning of a day of the calendar, in Thai time."""
    return datetime.combine(day, time.min, THAI_TIME)
