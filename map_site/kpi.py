"""The indicators of a fiscal year as a page, by the dimensions of MIND; there is no total score."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from layers.catalog import catalog
from layers.query import BadQuery
from layers.query.moments import year_of
from layers.reports.kpi import Kpi, KpiYear
from layers.reports.measures import NotReported
from layers.sources.kpi import FIRST_YEAR, MIND
from map_site import numbers
from map_site.rendering import Words, address, page_response
from map_site.site import Site, language_of

_OTHER = "other"


def kpi_router(site: Site) -> APIRouter:
    """Of the newest fiscal year, or of `fiscal_year`."""
    router = APIRouter()

    @router.get("/kpi", response_class=HTMLResponse, name="kpi")
    def show(request: Request) -> Response:
        asked = request.query_params.get("fiscal_year")
        try:
            year = year_of("fiscal_year", asked, FIRST_YEAR) if asked else None
            report = site.reports.kpi(year)
        except (NotReported, BadQuery):
            return site.not_found(request)
        view = kpi_view(report, language_of(request))
        return page_response(site.render("kpi.html", request, section="kpi", **view))

    return router


def kpi_view(report: KpiYear, language: str) -> dict[str, Any]:
    """What the template kpi.html asks for."""
    year = numbers.year(report.fiscal_year, language)
    return {
        "report": report,
        "title": Words(language)("kpi.title", year=year),
        "panels": _panels(report),
        "csv_link": address("/api/indicators", language, fiscal_year=report.fiscal_year, f="csv"),
        "layer_titles": {name: layer.title[language] for name, layer in catalog().items()},
    }


def _panels(report: KpiYear) -> dict[str, list[Kpi]]:
    """In MIND's order; those of no dimension last."""
    found = {name: [k for k in report.indicators if k.mind == name] for name in MIND}
    found[_OTHER] = [kpi for kpi in report.indicators if kpi.mind is None]
    return {name: kpis for name, kpis in found.items() if kpis}
