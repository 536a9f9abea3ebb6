"""Reads the period that a return is of: a year, half, quarter or month, of either era."""

import re
from datetime import date, timedelta

from layers.cleaning.dates import read_year

_FORMS = (
    (12, re.compile(r"(?:ปี\s*)?(?P<year>\d{4})")),
    (6, re.compile(r"(?P<year>\d{4})\s*-?\s*H(?P<part>[12])", re.IGNORECASE)),
    (6, re.compile(r"ครึ่ง(?:ปี)?(?P<half>แรก|หลัง)\s*(?P<year>\d{4})")),
    (3, re.compile(r"(?P<year>\d{4})\s*-?\s*Q(?P<part>[1-4])", re.IGNORECASE)),
    (3, re.compile(r"ไตรมาส(?:ที่)?\s*(?P<part>[1-4])\s*/?\s*(?P<year>\d{4})")),
    (1, re.compile(r"(?P<year>\d{4})-(?P<part>0?[1-9]|1[0-2])")),
    (1, re.compile(r"(?P<part>0?[1-9]|1[0-2])/(?P<year>\d{4})")),
)
WRITTEN = "2566, 2566H1, 2566Q3, 2566-05, ไตรมาส 3/2566 or ครึ่งปีแรก 2566"


def read_period(text: str) -> tuple[date, date]:
    """Its first day and its last. Raises ValueError."""
    for months, form in _FORMS:
        if found := form.fullmatch(text.strip()):
            given = found.groupdict()
            part = {"แรก": 1, "หลัง": 2}.get(given.get("half", ""), 0) or int(given.get("part") or 1)
            first = date(read_year(given["year"]), (part - 1) * months + 1, 1)
            return first, _after(first, months) - timedelta(days=1)
    raise ValueError(f"{text!r} is no period: write {WRITTEN}")


def _after(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)
