"""What a page says of the fires that a station's air met on its way."""

from layers.catalog import catalog
from layers.reports.place import FiresOnTheWay
from map_site import numbers
from map_site.rendering import Words


def fires_said(way: FiresOnTheWay, language: str) -> str:
    """A sentence: how many, beside how many on other days, or why nothing can be said."""
    word = Words(language)
    direction = numbers.direction(way.from_deg)
    if way.finding == "abstained" or direction is None:
        return word("place.way_abstained", reason=_reason(way.abstained, language))
    return word(
        "place.way_fires",
        direction=direction[language],
        km=numbers.count((way.distance_m or 0) / 1000),
        fires=numbers.decimal(way.fires, 2),
        low=numbers.decimal(way.low, 2),
        high=numbers.decimal(way.high, 2),
        finding=word(f"place.way_{way.finding}"),
        others=numbers.decimal(way.on_other_days, 2),
        p=numbers.decimal(way.p, 2),
    )


def _reason(abstained: str | None, language: str) -> str:
    declared = {field.name: field for field in catalog()["fire_contribution"].fields}
    named = declared["abstained"].values.get(abstained or "")
    return named[language] if named else numbers.DASH
