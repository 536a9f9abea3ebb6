"""What the page of a case says of the factories that may have caused it."""

from collections.abc import Sequence
from typing import Any

from layers.casework.attribution import Attribution, Candidate
from layers.methods.attribution.ranking import GROUP_DEG
from map_site import numbers
from map_site.rendering import Words


def attribution_view(found: Attribution, word: Words, language: str) -> dict[str, Any]:
    """What staff/attribution.html asks for: a reason or rows, and the group's words."""
    return {
        "reason": word(f"attribution.reason_{found.reason}") if found.reason else None,
        "rows": _rows(found, word, language),
        "group": _group(found.leading, word),
        "method": word(
            "attribution.method",
            method=word("attribution.method_of", version=_version(found.method)),
            time=numbers.moment(found.computed_at, language),
        )
        if found.method and found.computed_at
        else None,
    }


def _version(method: str) -> str:
    """Of "wind attribution 1: contrast …" it is "1"."""
    return method.partition(":")[0].rpartition(" ")[2]


def _rows(found: Attribution, word: Words, language: str) -> list[dict[str, Any]]:
    """The factories and "none of these", the likeliest first; then those not told one by one."""
    if found.none_pooled is None or found.none_single is None:
        return []
    none = _unnamed(word("attribution.none"), found.none_pooled, found.none_single)
    likelier = sum(one.share_pooled > found.none_pooled for one in found.candidates)
    rows = [_row(one, found, language) for one in found.candidates]
    rows.insert(likelier, none)
    if found.others and found.others_pooled is not None and found.others_single is not None:
        title = word("attribution.others", count=numbers.count(found.others))
        rows.append(_unnamed(title, found.others_pooled, found.others_single))
    return rows


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


def _unnamed(title: str, pooled: float, single: float) -> dict[str, Any]:
    return {"id": None, "name": title, "pooled": _share(pooled), "single": _share(single)}


def _group(leading: Sequence[Candidate], word: Words) -> str | None:
    if len(leading) < 2:
        return None
    together = sum(one.share_pooled for one in leading)
    return word(
        "attribution.group",
        count=len(leading),
        angle=numbers.decimal(GROUP_DEG),
        share=_share(together),
    )


def _share(part: float) -> str:
    return f"{numbers.share(100 * part)} %"
