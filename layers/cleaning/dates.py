"""Reads the dates that Thai registers write: ISO, day/month/year, month names, Buddhist years."""

import re
from datetime import date

from layers.cleaning.text import from_buddhist_year

# No register reaches back to 1600 CE or on to 2400 CE, so a year from here on is a Buddhist one.
_FIRST_BUDDHIST_YEAR = 2400

# Of a day or time as addresses write them, where its year can only be a Buddhist one.
_BUDDHIST = re.compile(r"(2[4-6]\d\d)(-.*)?", re.ASCII | re.DOTALL)

_MONTHS = {
    "มกราคม": 1,
    "กุมภาพันธ์": 2,
    "มีนาคม": 3,
    "เมษายน": 4,
    "พฤษภาคม": 5,
    "มิถุนายน": 6,
    "กรกฎาคม": 7,
    "สิงหาคม": 8,
    "กันยายน": 9,
    "ตุลาคม": 10,
    "พฤศจิกายน": 11,
    "ธันวาคม": 12,
    "ม.ค.": 1,
    "ก.พ.": 2,
    "มี.ค.": 3,
    "เม.ย.": 4,
    "พ.ค.": 5,
    "มิ.ย.": 6,
    "ก.ค.": 7,
    "ส.ค.": 8,
    "ก.ย.": 9,
    "ต.ค.": 10,
    "พ.ย.": 11,
    "ธ.ค.": 12,
}
# \d is any Unicode decimal, Thai digits among them, and int() reads them.
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_SLASHED = re.compile(r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>\d{4})")
_WRITTEN = re.compile(
    rf"(?P<day>\d{{1,2}})\s*(?P<month>{'|'.join(map(re.escape, _MONTHS))})"
    r"\s*(?:พ\.ศ\.\s*)?(?P<year>\d{4})"
)


def thai_date(text: str) -> date:
    """`2023-05-01`, `2566-05-01`, `01/05/2566` (day first) or `1 พ.ค. 2566`.

    Raises ValueError, naming the accepted forms, for anything else; a year of two digits is one.
    """
    for form in (_ISO, _SLASHED, _WRITTEN):
        if found := form.fullmatch(text):
            month = _MONTHS.get(found["month"]) or int(found["month"])
            return date(common_year(int(found["year"])), month, int(found["day"]))
    raise ValueError(f"{text!r} is not YYYY-MM-DD, DD/MM/YYYY or 1 พ.ค. 2566")


def in_common_era(text: str) -> str | None:
    """A day or time that has a Buddhist year, in the common era: 2026-03-01 of 2569-03-01; else
    None."""
    found = _BUDDHIST.fullmatch(text)
    return f"{from_buddhist_year(int(found[1]))}{found[2] or ''}" if found else None


def common_year(year: int) -> int:
    """The common-era year of one given in either era: 2566 and 2023 are both 2023."""
    return from_buddhist_year(year) if year >= _FIRST_BUDDHIST_YEAR else year
