"""Reads crushing seasons and the halves of months as mills and their board write them."""

import re
from datetime import date, timedelta

from layers.cleaning.dates import read_year

_SEASON = re.compile(
    r"(?:ฤดู(?:การผลิต|หีบ)?\s*(?:ปี)?\s*)?(?P<first>\d{4})\s*[/–-]\s*(?P<second>\d{4}|\d{2})"
)
_FORTNIGHTS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})\s*(?:/|-?[hH])(?P<half>[12])"),
    re.compile(r"(?:ปักษ์|ครึ่งเดือน)(?P<word>แรก|หลัง)\s*(?P<month>\d{1,2})/(?P<year>\d{4})"),
)
SEASON_FORMS = "2567/68, 2567/2568 or 2024/25"
FORTNIGHT_FORMS = "2025-01/1, 2568-01H2 or ปักษ์แรก 01/2568"


def read_season(text: str) -> int:
    """The year (CE) in which a season begins: of 2567/68 and of 2024/25 it is 2024. Raises
    ValueError."""
    found = _SEASON.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no season: write {SEASON_FORMS}")
    first = read_year(found["first"])
    if int(found["second"]) % 100 != (int(found["first"]) + 1) % 100:
        raise ValueError(f"{text!r} does not end in the year after it begins")
    return first


def read_fortnight(text: str) -> tuple[date, date]:
    """Its first day and its last, as `fortnight_of` has them. Raises ValueError."""
    for form in _FORTNIGHTS:
        if found := form.fullmatch(text.strip()):
            given = found.groupdict()
            is_first = given.get("half") == "1" or given.get("word") == "แรก"
            return fortnight_of(
                date(read_year(found["year"]), int(found["month"]), 1 if is_first else 16)
            )
    raise ValueError(f"{text!r} is no half of a month: write {FORTNIGHT_FORMS}")


def fortnight_of(day: date) -> tuple[date, date]:
    """The half of its month that a day is in: from the 1st to the 15th, or from the 16th on."""
    if day.day <= 15:
        return day.replace(day=1), day.replace(day=15)
    next_month = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    return day.replace(day=16), next_month - timedelta(days=1)
