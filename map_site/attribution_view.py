"""What the page of a case says of the factories that may have caused it."""

from collections.abc import Sequence
from typing import Any

from layers.casework.attribution import Attribution, Candidate
from map_site import numbers
from map_site.rendering import Words


def attribution_view(found: Attribution, word: Words, language: str) -> dict[str, Any]:
    """What staff/attribution.html asks for: a reason or rows, the group's words, the wind's."""
    return {
        "reason": word(f"attribution.reason_{found.reason}") if found.reason else None,
        "rows": [_row(one, found, language) for one in found.candidates],
        "rest": _rest(found),
        "none": {
            "pooled": _share(found.none_pooled),
            "single": _share(found.none_single),
        },
        "group": _group(found.leading, word),
        "wind": _wind(found, word, language),
        "method": word(
            "attribution.method",
            method=found.method,
            time=numbers.moment(found.computed_at, language),
        )
        if found.method and found.computed_at
        else None,
    }


def _row(one: Candidate, found: Attribution, language: str) -> dict[str, Any]:
    return {
        "id": one.factory,
        "name": one.name,
        "distance": numbers.distance(one.distance_m, language),
        "direction": numbers.side(one.bearing_deg, language),
        "pooled": _share(one.share_pooled),
        "single": _share(one.share_single),
        "in_group": one.leads and len(found.leading) > 1,
    }


def _rest(found: Attribution) -> dict[str, str] | None:
    """The shares of factories that are not told one by one; None where they are nothing."""
    if found.none_pooled is None or found.none_single is None:
        return None
    pooled = 1 - found.none_pooled - sum(one.share_pooled for one in found.candidates)
    single = 1 - found.none_single - sum(one.share_single for one in found.candidates)
    if max(pooled, single) < 0.005:
        return None
    return {"pooled": _share(max(0.0, pooled)), "single": _share(max(0.0, single))}


def _group(leading: Sequence[Candidate], word: Words) -> str | None:
    if len(leading) < 2:
        return None
    together = sum(one.share_pooled for one in leading)
    return word("attribution.group", count=len(leading), share=_share(together))


def _wind(found: Attribution, word: Words, language: str) -> str | None:
    direction = numbers.direction(found.wind_from_deg)
    if direction is None:
        return None
    return word(
        "attribution.wind",
        direction=direction[language],
        speed=numbers.decimal(found.wind_speed_m_s),
        distance=numbers.distance(found.station_m, language),
        age=numbers.decimal(found.wind_age_h, 0),
    )


def _share(part: float | None) -> str:
    return numbers.share(None if part is None else 100 * part)
