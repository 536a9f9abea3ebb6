"""Numbers beside what they are compared with, and counts by land use, in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from layers.catalog import catalog
from layers.reports.brief import AIR, COMPLAINTS, HOTSPOTS, UPWIND
from layers.reports.measures import Base, Comparison, Freshness
from map_site import numbers
from map_site.rendering import Words

# Land uses in the order in which they are drawn; what else there is counts as the last.
LAND_USES = ("sugarcane", "paddy", "maize", "forest", "other")
UNITS = {
    HOTSPOTS: "site.unit_points",
    AIR: "site.unit_stations",
    COMPLAINTS: "site.unit_complaints",
    UPWIND: "site.unit_factories",
}


def change(
    comparison: Comparison, more_is_better: bool, language: str, counted: str | None = None
) -> dict[str, Any]:
    """A comparison in words: its arrow, its amount and whether it is for the better. With the unit
    `counted`, a name of words, the amount is a count, however large the base; shares differ from
    the country's by percentage points."""
    difference = comparison.difference
    if difference is None or comparison.base is None:
        return {"kind": "unknown", "difference": None, "amount": numbers.DASH, "spoken": ""}
    if comparison.base_kind == Base.COUNTRY:
        counted = "site.points"
    percent = None if counted else comparison.percent
    amount = (
        f"{numbers.count(abs(percent))} %"
        if percent is not None
        else numbers.decimal(abs(difference), 0 if float(difference).is_integer() else 1)
    )
    if amount in ("0", "0 %"):
        return {"kind": "same", "difference": 0, "amount": "", "spoken": "site.same"}
    amount = f"{amount} {Words(language)(counted, count=amount)}" if counted else amount
    better = (difference > 0) == more_is_better
    return {
        "kind": "better" if better else "worse",
        "difference": difference,
        "amount": amount,
        "spoken": "site.up" if difference > 0 else "site.down",
    }


def day_told(lines: Sequence[Freshness], layer: str, day: date) -> date:
    """Of which day a layer's numbers are: the last delivered, where its feed is late."""
    line = next((one for one in lines if one.layer == layer), None)
    return min(day, line.last_day) if line and line.last_day else day


def not_until(lines: Sequence[Freshness], layer: str, day: date, language: str) -> str | None:
    """To which day the data reach, where that is before the day."""
    told = day_told(lines, layer, day)
    if told == day:
        return None
    return str(Words(language)("theme.not_until", day=numbers.day(told, language)))


def land_uses(language: str) -> dict[str, str]:
    """The land uses by their codes, in words."""
    named = next(f for f in catalog()["hotspots"].fields if f.name == "land_use").values
    return {code: named[code][language] for code in LAND_USES}


def merged(parts: Mapping[str, int]) -> dict[str, int]:
    """Counts by land use in the classes that are drawn; the others are of the last."""
    found = dict.fromkeys(LAND_USES, 0)
    for code, amount in parts.items():
        found[code if code in found else "other"] += amount
    return found
