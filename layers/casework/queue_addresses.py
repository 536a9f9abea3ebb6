"""Which cases an address asks for, of the API and of the staff desk alike."""

from collections.abc import Mapping

from layers.casework.cases import (
    MOST_PAGE_SIZE,
    NEWEST,
    OLDEST,
    PAGE_SIZE,
    QueueQuery,
)
from layers.casework.categories import CATEGORIES
from layers.casework.states import STATES
from layers.query import BadQuery, limit_of
from layers.query.provinces import province_asked

MOST_DAYS = 36_500


def queue_query(given: Mapping[str, str]) -> QueueQuery:
    """Raises BadQuery, which names the parameter."""
    states = tuple(dict.fromkeys(given["state"].split(","))) if given.get("state") else ()
    for state in states:
        _require("state", state, STATES)
    category = given.get("category") or None
    if category is not None:
        _require("category", category, CATEGORIES)
    order = given.get("order") or OLDEST
    _require("order", order, (OLDEST, NEWEST))
    return QueueQuery(
        states=states,
        category=category,
        district=_district(given.get("district")),
        older_than_days=_days(given.get("older_than_days")),
        is_overdue=_flag(given, "overdue"),
        is_mine=_flag(given, "mine"),
        is_spam=_flag(given, "spam"),
        without_province=_flag(given, "without_province"),
        order=order,
        after=given.get("after") or None,
        limit=limit_of(given["limit"], MOST_PAGE_SIZE) if given.get("limit") else PAGE_SIZE,
    )


def _require(name: str, value: str, known: Mapping[str, object] | tuple[str, ...]) -> None:
    if value not in known:
        raise BadQuery(name, f"{name} must be one of {', '.join(known)}, got {value!r}")


def _district(text: str | None) -> str | None:
    """Of two digits it is a province, and one that there is."""
    return province_asked(text, parameter="district") if text and len(text) == 2 else text or None


def _days(text: str | None) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and int(text) <= MOST_DAYS):
        raise BadQuery(
            "older_than_days",
            f"older_than_days must be a whole number up to {MOST_DAYS}, got {text!r}",
        )
    return int(text)


def _flag(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name) or "false"
    if value not in ("true", "false"):
        raise BadQuery(name, f"{name} must be true or false, got {value!r}")
    return value == "true"
