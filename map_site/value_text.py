"""A feature's values in words: codes by their wording, numbers with commas, times in Thailand."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from layers.model import Text
from layers.times import THAI_TIME
from map_site import numbers

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_YES = Text("ใช่", "yes")
_NO = Text("ไม่ใช่", "no")
_SIGNIFICANT_DIGITS = 6
_SHARE_DECIMALS = 1


def value_text(value: Any, field: Mapping[str, Any], language: str) -> str:
    """A property's value in words, without its unit; empty where there is none.

    `field` is as a collection declares it: of what `kind` numbers are and how many `decimals` they
    are good for; for codes, `values` with a Thai and an English wording each. Times come out in
    Asia/Bangkok.
    """
    if value is None:
        return ""
    codes: Mapping[str, Mapping[str, str]] = field.get("values", {})
    if isinstance(value, bool):
        return (_YES if value else _NO)[language]
    if isinstance(value, int | float):
        return _number(value, field, language)
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
    local = at if dated else _in_thailand(at)
    if precision == "month":
        return numbers.month(_in_thailand(at), language)
    if dated or precision == "day":
        return numbers.day(local, language)
    return numbers.moment(local, language)


def instant(text: str) -> datetime:
    """A time of a document, which is in UTC or says its zone."""
    return _in_thailand(datetime.fromisoformat(text))


def period_text(ends: Sequence[str | None], language: str) -> str:
    """From one time to another; a missing end is left open."""
    return " – ".join(time_text(end, language) if end else "…" for end in ends)


def _number(value: float, field: Mapping[str, Any], language: str) -> str:
    kind = field.get("kind")
    if kind == "year":  # not 2,026
        year = numbers.year(int(value), language)
        return f"พ.ศ. {year} (ค.ศ. {value})" if language == "th" else year
    if kind == "share":
        return f"{numbers.rounded(value * 100, _SHARE_DECIMALS)} %"
    if (decimals := field.get("decimals")) is not None:
        return numbers.rounded(value, decimals)
    if isinstance(value, int):
        return numbers.count(value)
    short = f"{value:,.{_SIGNIFICANT_DIGITS}g}"
    return f"{value:,.0f}" if "e+" in short else short


def _in_thailand(at: datetime) -> datetime:
    """A time without a zone is UTC, as everywhere inside."""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(THAI_TIME)
