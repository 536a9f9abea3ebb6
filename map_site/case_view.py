"""What the page of a case says: its facts, its story in words, and what is around it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from markupsafe import Markup

from layers.casework.cases import Case, Event, Surroundings
from layers.casework.categories import CATEGORIES
from layers.casework.desk import Desk
from layers.casework.staff import Staff
from layers.casework.states import EVIDENCE, REASON, RECIPIENT, REQUIREMENTS, STATES
from layers.cleaning.provinces import PROVINCES
from layers.methods.attribution import AIRBORNE
from layers.methods.upwind import is_upwind
from layers.query.moments import instant_of
from layers.sources import sources
from map_site import compass, numbers
from map_site.attribution_view import attribution_view
from map_site.case_place import area_choices
from map_site.case_wind import wind_of, wind_words
from map_site.rendering import Words


def case_view(desk: Desk, staff: Staff, id: str, language: str) -> dict[str, Any]:
    """What the template staff/case.html asks for. Raises CaseNotFound and NotAllowed."""
    word = Words(language)
    case = desk.casework.case(staff, id)
    near = desk.casework.surroundings(staff, id)
    attribution = desk.casework.attribution(staff, id)
    wind = wind_of(case.happened_at or case.reported_at, attribution, near)
    # Of what the wind does not carry nothing is upwind.
    is_carried = wind is not None and case.summary.category in AIRBORNE
    from_deg = wind.from_deg if wind and is_carried else None
    return {
        "case": case,
        "one": case.summary,
        "source": _source(case.source, word, language),
        "title": f"{_category(case.summary.category, word, language)}",
        "states": STATES,
        "categories": CATEGORIES,
        "requirements": REQUIREMENTS,
        "needs": {"reason": REASON, "recipient": RECIPIENT, "evidence": EVIDENCE},
        "story": [(event, _said(event, case, word, language)) for event in case.events[::-1]],
        "suggestions": desk.casework.suggestions(staff, id).duplicates,
        "colleagues": desk.casework.colleagues(staff, id),
        "areas": area_choices(desk, staff, language),
        "near": near,
        "attribution": attribution_view(attribution, word, language),
        "compass": _compass(near, from_deg, language),
        "wind": wind_words(wind, word, language),
        "is_upwind": lambda one: (
            one.bearing_deg is not None and is_upwind(one.bearing_deg, from_deg)
        ),
        "direction": lambda bearing: numbers.side(bearing, language),
        "can_read_contact": desk.read_contact is not None,
        "may_work": "work" in staff.scopes,
        "category_of": lambda category: _category(category, word, language),
    }


def _source(name: str, word: Words, language: str) -> str:
    """Where an imported case comes from, for people."""
    declared = sources().get(name)
    return declared.title[language] if declared else word("site.simulated")


def _category(category: str | None, word: Words, language: str) -> str:
    known = CATEGORIES.get(category or "")
    return known[language] if known else word("desk.no_category")


def _said(event: Event, case: Case, word: Words, language: str) -> str:
    """What happened, in words; who and why stand beside it."""
    is_of_another = event.case_id != case.summary.id
    if event.kind in ("merged", "unmerged"):
        return word(f"desk.event_{event.kind}{'_here' if is_of_another else ''}")
    if event.kind == "transition":
        before, after = (
            STATES[state][language] if state in STATES else numbers.DASH
            for state in (event.from_state, event.to_state)
        )
        return word("desk.event_transition", before=before, after=after)
    if event.kind == "spam":
        return word("desk.event_spam" if event.detail.get("is_spam") else "desk.event_unspam")
    if event.kind == "assigned" and event.detail.get("assignee") is None:
        return word("desk.event_unassigned")
    return word(f"desk.event_{event.kind}", **_named(event, case, word, language))


def _named(event: Event, case: Case, word: Words, language: str) -> dict[str, str]:
    """What the words of the event name."""
    detail = event.detail
    if event.kind == "assigned":
        return {"who": str(detail.get("assignee_name") or detail["assignee"])}
    if event.kind == "recategorised":
        return {"category": _category(detail.get("category"), word, language)}
    if event.kind == "placed":
        return {"place": _place_name(detail, language)}
    if event.kind == "recurred":
        return {"distance": numbers.distance(detail.get("distance_m"), language)}
    if event.kind == "reminder":
        return {"time": _moment(detail, language)}
    return {}


def _place_name(detail: Mapping[str, Any], language: str) -> str:
    """The province of an area; of a point its coordinates."""
    if detail.get("lon") is not None:
        return f"{detail['lat']:.5f}, {detail['lon']:.5f}"
    code = str(detail.get("area"))
    province = PROVINCES.get(code[:2])
    name = (province.name_th if language == "th" else province.name_en) if province else code
    return name if len(code) == 2 else f"{name} ({code})"


def _moment(detail: Mapping[str, Any], language: str) -> str:
    due_at: datetime = instant_of("due_at", str(detail["due_at"]))
    return numbers.moment(due_at, language)


def _compass(near: Surroundings | None, from_deg: float | None, language: str) -> Markup | None:
    if near is None:
        return None
    kinds = {"factories": "factory", "hotspots": "fire"}
    marks = [
        compass.Mark(one.bearing_deg, one.distance_m, kinds.get(one.layer, "other"))
        for one in near.neighbours
    ]
    return compass.compass(marks, near.radius_m, from_deg, language)
