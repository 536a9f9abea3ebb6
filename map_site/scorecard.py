"""The scorecard of an eco-industrial town as a page, made to be printed on A4.

Printed by the browser: it has the Thai font and its line breaking already, and what is printed is
what was seen.
"""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from layers.catalog.eco_towns import LEVELS
from layers.licences import attribution_text
from layers.query import BadQuery
from layers.query.moments import year_of
from layers.reports.measures import NotReported
from layers.reports.scorecard import Cell, CellState, Scorecard
from layers.sources.eco_towns import FIRST_YEAR
from map_site import numbers
from map_site.rendering import Words, address, page_response
from map_site.site import Site, language_of

_KNOWN = (CellState.COMPUTED, CellState.EVIDENCED)


def scorecard_router(site: Site) -> APIRouter:
    """Of a town by `framework` and `year`."""
    router = APIRouter()

    @router.get("/eco-towns/{code}/scorecard", response_class=HTMLResponse, name="scorecard")
    def show(code: str, request: Request) -> Response:
        asked = request.query_params
        try:
            report = site.reports.scorecard(
                code, asked.get("framework") or None, _year(asked.get("year"))
            )
        except (NotReported, BadQuery):
            return site.not_found(request)
        view = scorecard_view(report, language_of(request))
        return page_response(site.render("scorecard.html", request, section="places", **view))

    return router


def _year(text: str | None) -> int | None:
    return year_of("year", text, FIRST_YEAR) if text else None


def scorecard_view(report: Scorecard, language: str) -> dict[str, Any]:
    """What the template scorecard.html asks for."""
    word = Words(language)
    path = f"/eco-towns/{report.town.code}"
    asked: dict[str, Any] = {"framework": report.edition.id, "year": report.year}
    return {
        "report": report,
        "title": word(
            "scorecard.title",
            town=report.town.name[language],
            year=numbers.year(report.year, language),
        ),
        "town_link": address(path, language),
        "csv_link": address(f"/api{path}/scorecard", language, **asked, f="csv"),
        "zip_link": address(f"/api{path}/evidence", language, **asked),
        "summary": word(
            "scorecard.summary",
            known=str(sum(report.count(state) for state in _KNOWN)),
            all=str(len(report.cells)),
            unproven=str(report.count(CellState.NO_EVIDENCE)),
            none=str(report.count(CellState.NO_VALUE)),
            withheld=str(report.count(CellState.WITHHELD)),
            unknown=str(report.count(CellState.NOT_KNOWN)),
        ),
        "dimensions": _by_dimension(report),
        "edition_source": word(
            "scorecard.edition_source", source=attribution_text(report.edition.source, language)
        ),
        "levels": LEVELS,
        "amount": _amount,
    }


def _by_dimension(report: Scorecard) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    for cell in report.cells:
        found.setdefault(cell.indicator.dimension, []).append(cell)
    return found


def _amount(value: float | None) -> str:
    """Whole numbers as they are, others with one digit."""
    if value is not None and value == int(value):
        return numbers.count(value)
    return numbers.decimal(value)
