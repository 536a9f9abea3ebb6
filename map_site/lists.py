"""Lists of provinces, districts, eco-towns and factories: searched, sorted, a page at a time."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from layers.catalog import catalog
from layers.model import Text
from layers.reports.brief import REGIONS
from layers.reports.lists import MOST_PAGES, PAGE_SIZE, Listing
from layers.reports.measures import NotReported
from map_site import numbers
from map_site.rendering import Words, address, page_response
from map_site.site import Site, language_of

FAMILIES = {
    "provinces": "province",
    "districts": "district",
    "eco-towns": "eco_town",
    "factories": "factory",
}
_MOST_WORDS = 200
_PAGE_DIGITS = 9
# Told by the row itself, or beside its name.
_IN_EVERY_ROW = ("name", "province")


def lists_router(site: Site) -> APIRouter:
    """A list page for each kind of place, and for factories."""
    router = APIRouter()

    def add(family: str, kind: str) -> None:
        @router.get(f"/{family}", response_class=HTMLResponse, name=f"{kind}_list")
        def listed(request: Request) -> Response:
            asked = request.query_params
            language = language_of(request)
            words, sort = asked.get("q", "").strip()[:_MOST_WORDS], asked.get("sort", "")
            page = _page(asked.get("page", ""))
            try:
                found = site.reports.listing(kind, words, sort, page, language)
            except NotReported:
                return site.not_found(request)
            view = list_view(found, family, language)
            return page_response(site.render("list.html", request, section="places", **view))

    for family, kind in FAMILIES.items():
        add(family, kind)
    return router


def _page(text: str) -> int:
    """The first where the address names none; the last that can be asked for where it is beyond."""
    if not (text.isascii() and text.isdecimal()):
        return 1
    return min(max(int(text[:_PAGE_DIGITS]), 1), MOST_PAGES)


def list_view(found: Listing, family: str, language: str) -> dict[str, Any]:
    """What the template list.html asks for."""
    word = Words(language)
    page = found.first // PAGE_SIZE + 1
    last = found.first + len(found.rows)

    def here(**changed: Any) -> str:
        asked = {"q": found.words, "sort": found.sort, "page": None} | changed
        return address(f"/{family}", language, **asked)

    columns = {code: text for code, text in found.columns.items() if code not in _IN_EVERY_ROW}
    return {
        "columns": columns,
        "in_words": _in_words(found, columns),
        "found": found,
        "family": family,
        "families": list(FAMILIES),
        "here": here,
        "title": word(f"place.{family.replace('-', '_')}"),
        "previous": here(page=page - 1) if page > 1 else None,
        "next": here(page=page + 1) if last < found.total else None,
        "last": last,
        "first": found.first + 1,
        "has_within": any(row.within for row in found.rows),
        "value": lambda code, value: value_words(code, value, language),
        "sorted_by": found.sort.lstrip("-"),
        "falling": found.sort.startswith("-"),
    }


def value_words(code: str, value: float | str | None, language: str) -> str:
    """A column's value, codes of the register in words; a dash where it is not known."""
    if not isinstance(value, str):
        return numbers.decimal(value)
    if code == "region" and value in REGIONS:
        return REGIONS[value][language]
    coded = next((one.values for one in catalog()["factories"].fields if one.name == code), {})
    return coded[value][language] if value in coded else value


def _in_words(found: Listing, columns: Mapping[str, Text]) -> set[str]:
    """The columns that hold words, which stand at the left."""
    return {
        code for code in columns if any(isinstance(row.values.get(code), str) for row in found.rows)
    }
