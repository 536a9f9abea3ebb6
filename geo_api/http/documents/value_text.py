"""Puts a feature's values into words, as the pages' tell.js does in the browser."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from layers.model import Text
from layers.times import THAI_TIME

# Thai readers count the years from the Buddha's passing.
_BUDDHIST_ERA = 543
_MONTHS = {
    "th": [
        "ม.ค.",
        "ก.พ.",
        "มี.ค.",
        "เม.ย.",
        "พ.ค.",
        "มิ.ย.",
        "ก.ค.",
        "ส.ค.",
        "ก.ย.",
        "ต.ค.",
        "พ.ย.",
        "ธ.ค.",
    ],
    "en": (
        *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
        *("Jul", "Aug", "Sept", "Oct", "Nov", "Dec"),
    ),
}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_YES = Text("ใช่", "yes")
_NO = Text("ไม่ใช่", "no")
_SIGNIFICANT_DIGITS = 6


def value_text(value: Any, field: Mapping[str, Any], language: str) -> str:
    """A property's value in words, without its unit; empty where there is none.

    `field` is as a collection declares it: `name` and, for codes, `values` with a Thai and an
    English wording each. Times come out in Asia/Bangkok.
    """
    if value is None:
        return ""
    codes: Mapping[str, Mapping[str, str]] = field.get("values", {})
    if isinstance(value, bool):
        return (_YES if value else _NO)[language]
    if isinstance(value, int | float):
        return _number(value, str(field.get("name", "")), language)
    if isinstance(value, list):
        return ", ".join(value_text(part, field, language) for part in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    parts = str(value).split(", ")
    if codes and all(part in codes for part in parts):
        return ", ".join(codes[part][language] for part in parts)
    return time_text(str(value), language)


def time_text(text: str, language: str, precision: str = "minute") -> str:
    """An ISO 8601 time in Asia/Bangkok, or a date, to the minute, `day` or `month`; in Thai in the
    Buddhist era. Any other text as it is."""
    dated = _DATE.fullmatch(text)
    if not dated and not _INSTANT.fullmatch(text):
        return text
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text  # somebody's own words, which only look like a time
    if precision == "month":
        return _month(_in_thailand(at), language)
    if dated:
        return _day(at, language)
    day = _day(_in_thailand(at), language)
    return day if precision == "day" else f"{day} {_in_thailand(at):%H:%M}"


def count_text(number: int) -> str:
    """A count, with commas between the thousands."""
    return f"{number:,}"


def period_text(ends: Sequence[str | None], language: str) -> str:
    """From one time to another; a missing end is left open."""
    return " – ".join(time_text(end, language) if end else "…" for end in ends)


def _number(value: float, name: str, language: str) -> str:
    if name == "year":  # not 2,026
        return f"พ.ศ. {value + _BUDDHIST_ERA} (ค.ศ. {value})" if language == "th" else str(value)
    if name.endswith("_share"):
        return f"{round(value * 100, 1):,g} %"
    if isinstance(value, int):
        return count_text(value)
    short = f"{value:,.{_SIGNIFICANT_DIGITS}g}"
    return f"{value:,.0f}" if "e+" in short else short


def _in_thailand(at: datetime) -> datetime:
    """A time without a zone is UTC, as everywhere inside."""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(THAI_TIME)


def _day(at: datetime, language: str) -> str:
    return f"{at.day} {_month(at, language)}"


def _month(at: datetime, language: str) -> str:
    year = at.year + _BUDDHIST_ERA if language == "th" else at.year
    return f"{_MONTHS[language][at.month - 1]} {year}"
