"""/staff: the queue of whoever is signed in, on a map of exact places, and how the work goes."""

from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from layers.casework.cases import CaseSummary, Queue, QueueQuery
from layers.casework.categories import CATEGORIES
from layers.casework.desk import Desk
from layers.casework.performance import LEAST_JUDGED
from layers.casework.queue_addresses import queue_query
from layers.casework.staff import OFFICER, Staff
from layers.casework.states import STATES
from layers.catalog import catalog
from layers.model import Text
from layers.query import BadQuery
from map_site import numbers
from map_site.backgrounds import Background
from map_site.maps import BuiltMap, build_map, with_map
from map_site.mount import cached_by_prefix
from map_site.rendering import Words, address, private_page
from map_site.site import Site, language_of
from map_site.staff_case import add_case_pages

_AGES = (1, 3, 7, 14, 30, 90)
_FILTERS = (
    *("state", "category", "district", "older_than_days", "overdue", "mine", "spam"),
    *("without_province", "order", "after"),
)
_MAP_LAYERS = ("provinces", "districts")


def staff_desk_router(site: Site, desk: Desk) -> APIRouter:
    """The pages of the desk, each for one person's eyes."""
    router = APIRouter()
    signed_in = Depends(site.staff_of)

    @router.get("/staff", response_class=HTMLResponse, name="staff_desk")
    def queue(request: Request, staff: Staff = signed_in) -> Response:
        language = language_of(request)
        given = {name: request.query_params.get(name, "") for name in _FILTERS}
        try:
            asked = queue_query(given)
            found = desk.casework.queue(staff, asked)
        except BadQuery:
            # An address that somebody wrote by hand, or of a page that is no longer there.
            given, asked = dict.fromkeys(_FILTERS, ""), QueueQuery()
            found = desk.casework.queue(staff, asked)
        view = queue_view(found, given, language)
        world = _map(language, site.background)
        page = site.render(
            "staff/desk.html",
            request,
            section="staff",
            staff=staff,
            asked=asked,
            sees_pool=staff.role != OFFICER,
            district_choices=[
                (code, name[language]) for code, name in desk.casework.districts(staff).items()
            ],
            map_html=world.html,
            map_script=world.script,
            **view,
        )
        return with_map(private_page(page), world)

    @router.get("/staff/work", response_class=HTMLResponse, name="staff_work")
    def work(request: Request, staff: Staff = signed_in) -> Response:
        page = site.render(
            "staff/work.html",
            request,
            section="staff",
            recurrences=desk.performance.recurrences(staff),
            step_shares=desk.performance.step_shares(staff),
            model=desk.performance.model_check(staff),
            least_judged=LEAST_JUDGED,
            categories=CATEGORIES,
        )
        return private_page(page)

    add_case_pages(router, site, desk)
    return router


def queue_view(found: Queue, given: dict[str, str], language: str) -> dict[str, Any]:
    """What the template staff/desk.html asks for."""
    word = Words(language)

    def here(**changed: Any) -> str:
        return address("/staff", language, **{**given, "after": None, **changed})

    return {
        "found": found,
        "given": given,
        "is_filtered": any(given.values()),
        "states": STATES,
        "states_choices": [(state, text[language]) for state, text in STATES.items()],
        "category_choices": [(code, text[language]) for code, text in CATEGORIES.items()],
        "age_choices": [(days, word("desk.age_days", count=days)) for days in _AGES],
        "pool": address("/staff", language, without_province="true"),
        "next": here(after=found.after) if found.after else None,
        "first": here() if given["after"] else None,
        "points": [_point(one, word, language) for one in found.cases if one.lon is not None],
        "category_of": lambda one: category_text(one.category, language),
    }


def category_text(category: str | None, language: str) -> str:
    """A category in words."""
    known: Text | None = CATEGORIES.get(category or "")
    return known[language] if known else Words(language)("desk.no_category")


def _point(one: CaseSummary, word: Words, language: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "lon": one.lon,
        "lat": one.lat,
        "overdue": one.is_overdue,
        "href": address(f"/staff/complaints/{one.id}", language),
        "text": f"{category_text(one.category, language)} · {STATES[one.state][language]}"
        f" · {numbers.moment(one.received_at, language)}",
    }


@cached_by_prefix
def _map(language: str, background: Background) -> BuiltMap:
    layers = [catalog()[name] for name in _MAP_LAYERS]
    tiles = "/ogc/collections/{}/tiles/WebMercatorQuad"
    addresses = {layer.name: tiles.format(layer.name) for layer in layers}
    return build_map("deskMap", layers, addresses, language, background)
