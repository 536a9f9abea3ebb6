"""A province that is asked for: one that there is. Whoever takes one asks here."""

from layers.cleaning.provinces import PROVINCES
from layers.query.bad_query import BadQuery

PROVINCE_CODES = tuple(PROVINCES)


def province_asked(text: str, other: str | None = None, *, parameter: str = "province") -> str:
    """The code of a province, or `other`. Raises BadQuery, naming what was asked."""
    if text in PROVINCES or text == other:
        return text
    raise BadQuery(parameter, no_province(text, other))


def no_province(text: str, other: str | None = None) -> str:
    """What is said of a code that no province has."""
    or_other = f", or {other}" if other else ""
    return f"there is no province {text!r}: give its code, as in 50{or_other}"
