"""Reads the dates and times that Thai registers and spreadsheets write, in either era."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo

from layers.cleaning.text import from_buddhist_year, from_excel_serial

# No register reaches back to 1600 CE or on to 2400 CE, so a year from here on is a Buddhist one.
_FIRST_BUDDHIST_YEAR = 2400
_CENTURY_BE = 2500
_EXCEL_DAYS = range(10_000, 80_000)  # 1927 to 2119

# Of a day or time as addresses write them, where its year can only be a Buddhist one: nobody asks
# for the Christian years 2400 to 2699, and as Buddhist ones they are 1857 to 2156.
_BUDDHIST = re.compile(r"(2[4-6]\d\d)(-.*)?", re.ASCII | re.DOTALL)


def _numbered(names: str) -> Iterable[tuple[str, int]]:
    return ((name, month) for month, name in enumerate(names.split(), start=1))


_THAI_MONTHS = {
    **dict(
        _numbered(
            "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
        )
    ),
    **dict(_numbered("ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.")),
}
_ENGLISH_MONTHS = dict(_numbered("jan feb mar apr may jun jul aug sep oct nov dec"))

# \d is any Unicode decimal, Thai digits among them, and int() reads them.
_ISO = re.compile(
    r"(?P<year>\d{4})(?P<between>[-/.])(?P<month>\d{1,2})(?P=between)(?P<day>\d{1,2})"
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_SLASHED = re.compile(
    r"(?P<day>\d{1,2})(?P<between>[-/.])(?P<month>\d{1,2})(?P=between)(?P<year>\d{4})"
)
_THAI = re.compile(
    rf"(?P<day>\d{{1,2}})\s*(?P<month>{'|'.join(map(re.escape, _THAI_MONTHS))})"
    r"\s*(?:พ\.?\s?ศ\.?\s*)?(?P<year>\d{4}|\d{2})"
)
_ENGLISH = re.compile(
    r"(?P<day>\d{1,2})[\s-](?P<month>[A-Za-z]{3})[a-z]*\.?,?[\s-](?P<year>\d{4})"
    r"|(?P<month_first>[A-Za-z]{3})[a-z]*\.?\s(?P<day_next>\d{1,2}),?\s(?P<year_last>\d{4})"
)
_SERIAL = re.compile(r"(?P<days>\d{5})(?:\.\d+)?")
_CLOCK = re.compile(
    r"[T ]\s*(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
    r"(?:[:.](?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    r"\s*(?:น\.?)?\s*(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?$"
)
FORMS = "YYYY-MM-DD, DD/MM/YYYY or 1 พ.ค. 2566"


def thai_date(text: str) -> date:
    """`2023-05-01`, `20230501`, `01/05/2566` (day first), `1 พ.ค. 2566`, `1 พ.ค. 66`, `1 May 2023`,
    or a spreadsheet's number of days; a time of day behind it is dropped.

    Raises ValueError, naming the accepted forms, for anything else: two digits of a year are one
    only behind a Thai month, where they are Buddhist.
    """
    written = text.strip()
    if (found := _SERIAL.fullmatch(written)) and int(found["days"]) in _EXCEL_DAYS:
        return from_excel_serial(int(found["days"]))
    written = _CLOCK.sub("", written).strip()
    in_digits = (form.fullmatch(written) for form in (_ISO, _SLASHED, _COMPACT))
    if found := next(filter(None, in_digits), None):
        return date(common_year(int(found["year"])), int(found["month"]), int(found["day"]))
    if found := _THAI.fullmatch(written):
        year = int(found["year"])
        return date(
            common_year(year + _CENTURY_BE if year < 100 else year),
            _THAI_MONTHS[found["month"]],
            int(found["day"]),
        )
    if found := _ENGLISH.fullmatch(written):
        month = _ENGLISH_MONTHS.get((found["month"] or found["month_first"]).lower())
        if month:
            year = common_year(int(found["year"] or found["year_last"]))
            return date(year, month, int(found["day"] or found["day_next"]))
    raise ValueError(f"{text!r} is not {FORMS}")


def read_time(text: str, zone: tzinfo | None) -> datetime:
    """A date of `thai_date` and a time of day, in UTC; 24:00 is the midnight that ends the day.

    `zone` is that of a text which names none. Raises ValueError where neither has one, where there
    is no time of day, and as `thai_date`.
    """
    found = _CLOCK.search(text.strip())
    if found is None:
        raise ValueError(f"{text!r} has no time of day: write {FORMS.partition(',')[0]} HH:MM")
    day = thai_date(text)
    named = _zone(found["zone"]) or zone
    if named is None:
        raise ValueError(f"{text!r} has no zone: write +07:00 or +00:00 behind it")
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    ends_day = (hour, minute, second) == (24, 0, 0)
    part = int((found["part"] or "").ljust(6, "0")[:6])
    midnight = datetime(day.year, day.month, day.day, tzinfo=named)
    clock = midnight.replace(hour=0 if ends_day else hour, minute=minute, second=second)
    return (clock.replace(microsecond=part) + timedelta(days=ends_day)).astimezone(UTC)


def _zone(written: str | None) -> tzinfo | None:
    if written is None:
        return None
    offset = "+00:00" if written == "Z" else written
    return datetime.strptime(offset.replace(":", "").ljust(5, "0"), "%z").tzinfo


def in_common_era(text: str) -> str | None:
    """A day or time that has a Buddhist year, in the common era: 2026-03-01 of 2569-03-01; else
    None."""
    found = _BUDDHIST.fullmatch(text)
    return f"{from_buddhist_year(int(found[1]))}{found[2] or ''}" if found else None


def common_year(year: int) -> int:
    """The common-era year of one given in either era: 2566 and 2023 are both 2023."""
    return from_buddhist_year(year) if year >= _FIRST_BUDDHIST_YEAR else year


def read_year(text: str) -> int:
    """`2023`, `2566`, `๒๕๖๖`, `พ.ศ. 2566` as the common-era year. Raises ValueError for any other,
    two digits among them, which may be of either era."""
    bare = re.sub(r"^(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|ปี)\s*", "", text.strip()).removesuffix(".0")
    if not (bare.isdecimal() and len(bare) == 4):
        raise ValueError(f"{text!r} is not a year of four digits: write 2566 or 2023")
    return common_year(int(bare))
