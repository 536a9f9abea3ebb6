"""Which province is asked for: one that there is."""

from layers.cleaning.provinces import PROVINCES
from layers.query import BadQuery

PROVINCE_CODES = tuple(PROVINCES)


def province_asked(text: str, other: str | None = None) -> str:
    """The code of a province, or `other`. Raises BadQuery, naming what was asked."""
    if text in PROVINCES or text == other:
        return text
    or_other = f", or {other}" if other else ""
    raise BadQuery("province", f"there is no province {text!r}: give its code, as in 50{or_other}")
