"""Days, instants and intervals as they stand in an address, read strictly: RFC 3339, or whole days.

A bare date is a day of Thailand, from midnight to midnight (UTC+7), as everywhere in the product.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from layers.cleaning.dates import in_common_era
from layers.query.bad_query import BadQuery
from layers.times import thai_midnight

FIRST_YEAR = 1900
LAST_YEAR = 2399  # beyond it a year is of the Buddhist era, which is refused before
# RFC 3339, section 5.6; fromisoformat alone would also take week dates and local times.
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
# What people write for it: with parts left out, and a plus sign that a URL made a blank.
_ALMOST = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[Tt ](?P<clock>\d{2}:\d{2})(?P<seconds>:\d{2}(?:\.\d+)?)?"
    r"(?P<zone>[Zz]|[-+ ]\d{2}:?\d{2})?)?",
    re.ASCII,
)
# A date as GDAL's driver of OGC API – Features asks for it, with nothing behind its T.
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt]?", re.ASCII)
_TICK = timedelta(microseconds=1)


class Interval(NamedTuple):
    """From `start` to `end`, both included, in UTC; None where it is open."""

    start: datetime | None
    end: datetime | None

    def __str__(self) -> str:
        # isoformat and not strftime, which would drop the zeros of early years.
        return "/".join(t.isoformat().replace("+00:00", "Z") if t else ".." for t in self)


def interval_of(name: str, text: str) -> Interval:
    """A time, a day, or two of these with a slash between, of which `..` or nothing is an open end.
    Raises BadQuery."""
    ends = text.split("/")
    if len(ends) == 1:
        return _span(name, text)
    if len(ends) != 2:
        raise BadQuery(name, f"{name} is one time or start/end, got {text!r}")
    start, end = (None if t in ("", "..") else _span(name, t) for t in ends)
    found = Interval(start and start.start, end and end.end)
    if found.start and found.end and found.start > found.end:
        raise BadQuery(name, f"{name} must not end before it starts, got {text!r}")
    return found


def instant_of(name: str, text: str) -> datetime:
    """An instant as in RFC 3339, in UTC; raises BadQuery."""
    refuse_buddhist_year(name, text)
    try:
        if not _INSTANT.fullmatch(text):
            raise ValueError
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadQuery(name, f"{_wanting(name, text)}, got {text!r}") from None


def _wanting(name: str, text: str) -> str:
    """What a text lacks of an instant, and how it is written."""
    written = _ALMOST.fullmatch(text)
    if written and not written["clock"]:
        return f"{name} takes a time and not a day alone, as {written['day']}T17:00:00Z"
    if written and not written["seconds"]:
        # Of a zone that is missing, too, the example tells.
        zone = (written["zone"] or "Z").replace("+", "%2B").replace(" ", "%2B")
        told = f"{written['day']}T{written['clock']}:00{zone}"
        return f"{name} takes a time with its seconds, as {told}"
    return (
        f"{name} takes a time with its zone, as 2026-01-31T17:00:00Z or"
        " 2026-02-01T00:00:00%2B07:00 (a plus sign in a URL is %2B)"
    )


def date_of(name: str, text: str) -> date:
    """A day as in 2026-01-31; raises BadQuery."""
    refuse_buddhist_year(name, text)
    try:
        # date.fromisoformat alone would also take week dates.
        if not _DATE.fullmatch(text):
            raise ValueError
        given = date.fromisoformat(text)
    except ValueError:
        message = f"{name} must be a day as in 2026-01-31, got {text!r}"
        raise BadQuery(name, message) from None
    # Days before the first one of a calendar are none, and of such years there are no data.
    if given.year < FIRST_YEAR:
        raise BadQuery(name, f"{name} must be of {FIRST_YEAR} or later, got {text!r}")
    return given


def refuse_buddhist_year(name: str, text: str) -> None:
    """Raises BadQuery for a date or a time of the Buddhist era, naming the Christian year: it would
    be answered with nothing."""
    if meant := in_common_era(text.strip()):
        raise BadQuery(
            name,
            f"{name} takes Christian years, and {text.strip()[:4]} is of the Buddhist era (พ.ศ.):"
            f" write {meant}",
        )


def year_of(name: str, text: str, first: int) -> int:
    """A year of the common era from `first` on. Raises BadQuery."""
    refuse_buddhist_year(name, f"{text.strip()}-01-01")
    if not (text.isascii() and text.isdecimal() and first <= int(text) <= LAST_YEAR):
        raise BadQuery(name, f"{name} must be a year from {first} to {LAST_YEAR}, got {text!r}")
    return int(text)


def _span(name: str, text: str) -> Interval:
    """An instant, or all of a day in Thailand."""
    day = _DAY.fullmatch(text)
    if day is None:
        instant = instant_of(name, text)
        return Interval(instant, instant)
    midnight = thai_midnight(date_of(name, day[1]))
    try:
        return Interval(
            midnight.astimezone(UTC), (midnight + timedelta(days=1) - _TICK).astimezone(UTC)
        )
    except OverflowError:
        message = f"{name} must be a day from 0001-01-02 to 9999-12-30, got {text!r}"
        raise BadQuery(name, message) from None
