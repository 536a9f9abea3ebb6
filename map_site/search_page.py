"""The page of a search's results: what was found by kind, with what fitted marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from layers.reports.found import Named, Result, SearchAnswer
from map_site.rendering import page_response
from map_site.site import Site, language_of
from map_site.words import words

# A text cut into pieces, each with whether it fitted.
Pieces = list[tuple[str, bool]]

ICONS = {
    "province": "map",
    "district": "pin",
    "subdistrict": "pin",
    "industrial_estate": "factory",
    "eco_town": "certificate",
    "factory": "factory",
}


@dataclass(frozen=True)
class Line:
    """A result as the page shows it."""

    href: str
    name: Pieces
    about: list[Pieces]


def search_router(site: Site) -> APIRouter:
    """The page at /search, for those without a script."""
    router = APIRouter()

    @router.get("/search", response_class=HTMLResponse)
    def results(request: Request) -> Response:
        answer = site.reports.search(request.query_params.get("q", "").replace("\0", ""))
        values = search_values(answer, language_of(request))
        return page_response(site.render("search.html", request, **values))

    return router


def search_values(answer: SearchAnswer, language: str) -> dict[str, Any]:
    """What the template `search.html` asks for."""
    groups: dict[str, list[Line]] = {}
    for result in answer.results:
        groups.setdefault(result.kind, []).append(_line(result, language))
    return {"answer": answer, "groups": list(groups.items()), "icon_of": ICONS}


def _line(result: Result, language: str) -> Line:
    names = [("name_th", result.name_th), ("name_en", result.name_en)]
    if language == "en":
        names.reverse()
    (part, first), *others = [(part, name) for part, name in names if name]
    about = [_pieces(result, part, name) for part, name in others]
    if result.matched.part == "romanised":
        about.append([(result.matched.text, False)])
    if result.number:
        before, _, after = words()["search"]["number"][language].partition("{number}")
        about.append([(before, False), *_pieces(result, "number", result.number), (after, False)])
    areas = [_name(area, language) for area in (result.district, result.province) if area]
    if areas:
        about.append([(", ".join(areas), False)])
    if result.matched.how == "similar":
        about.append([(words()["search"]["similar"][language], False)])
    return Line(result.href, _pieces(result, part, first), about)


def _name(area: Named, language: str) -> str:
    return area.name_en if language == "en" else area.name_th


def _pieces(result: Result, part: str, text: str) -> Pieces:
    matched = result.matched
    spans = matched.spans if (matched.part, matched.text) == (part, text) else ()
    return _cut(text, spans)


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> Pieces:
    pieces: Pieces = []
    last = 0
    for start, end in spans:
        pieces += [(text[last:start], False), (text[start:end], True)]
        last = end
    return [(piece, hit) for piece, hit in [*pieces, (text[last:], False)] if piece]
