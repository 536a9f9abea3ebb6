"""Reads times as NetCDF files give them: numbers of a unit since a date (CF conventions 1.11, 4.4).

Calendars other than the one that people use (and `standard`, its Julian past apart) are refused:
their days are not ours.
"""

import re
from datetime import UTC, datetime, timedelta

_UNIT = re.compile(
    r"(?P<unit>second|minute|hour|day|sec|min|hr|s|h|d)s?\s+since\s+"
    r"(?P<year>\d{1,4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"(?:[T\s]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d*)?)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{1,2}:?\d{2})?",
    re.ASCII | re.IGNORECASE,
)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_CALENDARS = ("standard", "gregorian", "proleptic_gregorian")


class BadTime(ValueError):
    """A file's time cannot be understood; the message names what it says."""


def cf_time(value: float, units: str, calendar: str = "standard") -> datetime:
    """The time in UTC; without a zone, units are in UTC. Raises BadTime."""
    found = _UNIT.fullmatch(units.strip())
    if not found:
        raise BadTime(f"time must be as in 'hours since 2026-01-01', got {units!r}")
    if calendar.lower() not in _CALENDARS:
        raise BadTime(f"the calendar must be one of {', '.join(_CALENDARS)}, got {calendar!r}")
    part = {name: int(text or 0) for name, text in found.groupdict().items() if name in _PARTS}
    try:
        since = datetime(**part, tzinfo=UTC) - _offset(found["zone"])
        return since + timedelta(seconds=value * _SECONDS[found["unit"][0].lower()])
    except (ValueError, OverflowError) as problem:
        raise BadTime(f"{value} {units} is no time: {problem}") from problem


_PARTS = ("year", "month", "day", "hour", "minute", "second")


def _offset(zone: str | None) -> timedelta:
    if not zone or zone[0] not in "+-":
        return timedelta(0)
    digits = zone[1:].replace(":", "")
    size = timedelta(hours=int(digits[:-2]), minutes=int(digits[-2:]))
    return size if zone[0] == "+" else -size
