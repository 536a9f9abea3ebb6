"""Factories' greenhouse gas by year, industry and province, beside coverage and the targets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from layers.query import BadQuery, number_of
from layers.reports import EmissionsReport
from layers.reports.emissions import EmissionYear
from layers.reports.measures import NotReported, Place
from map_site import numbers
from map_site.charts import bar_chart
from map_site.rendering import Words, address, page_response
from map_site.site import Site, language_of

_COUNTRY = "country"
_MOST = 2**31 - 1
_EFFECTS = ("reporters", "structure", "use_per_factory", "mix", "emission_factor", "basis")


@dataclass(frozen=True)
class _Asked:
    """COUNTRY, or a province; the newest vintage and the first year with a figure where None."""

    province: str
    vintage: int | None
    base: int | None


def emissions_router(site: Site) -> APIRouter:
    """The page at /emissions."""
    router = APIRouter()

    @router.get("/emissions", response_class=HTMLResponse, name="emissions")
    def show(request: Request) -> Response:
        try:
            asked = _asked(request)
            report = site.reports.emissions(None, asked.vintage, asked.base)
        except (NotReported, BadQuery):
            return site.not_found(request)
        places = _places(report)
        if asked.province != _COUNTRY and asked.province not in places:
            return site.not_found(request)
        view = emissions_view(report, asked.province, language_of(request))
        return page_response(site.render("emissions.html", request, section="green", **view))

    return router


def _asked(request: Request) -> _Asked:
    """Raises BadQuery."""
    given = request.query_params
    vintage, base = (
        int(number_of(name, given[name], 1, _MOST)) if given.get(name) else None
        for name in ("vintage", "base")
    )
    return _Asked(given.get("province") or _COUNTRY, vintage, base)


def emissions_view(report: EmissionsReport, province: str, language: str) -> dict[str, Any]:
    """What the template emissions.html asks for: of the country, or of a province of the report."""
    word = Words(language)
    places = _places(report)
    place = places.get(province)
    years = [one for one in report.figures if one.province == place]
    of = place.name[language] if place else word("emissions.country")
    newest = next((one for one in reversed(years) if one.tco2e is not None), None)
    last = max((one.year for one in report.industries), default=None)
    return {
        "report": report,
        "title": word("emissions.title", of=of),
        "place": place,
        "places": sorted(places.values(), key=lambda one: one.name[language]),
        "years": years,
        "newest": newest,
        "chart": _chart(years, language) if any(one.tco2e for one in years) else None,
        "industry_year": last,
        "industries": _largest_first(report.industries, last) if not place else [],
        "provinces": _largest_first([one for one in report.figures if one.province], last),
        "changes": [] if place else report.changes,
        "effects": _EFFECTS,
        "uncertainty": {(one.year, one.scope): one.at_most for one in report.uncertainty},
        "simulated": any(one.simulated for one in report.figures),
        "chart_unit": _unit(years)[0],
        "percent": percent,
        "signed": signed,
        "csv_link": address(
            "/api/emissions", language, vintage=report.vintage, base=report.base_year, f="csv"
        ),
        "json_link": address("/api/emissions", language, vintage=report.vintage, f="json"),
    }


def percent(share: float | None) -> str:
    """A change with its sign, or a dash."""
    return numbers.DASH if share is None else f"{100 * share:+.1f} %".replace("-", "−")


def _places(report: EmissionsReport) -> dict[str, Place]:
    return {one.province.code: one.province for one in report.figures if one.province}


def _largest_first(rows: Sequence[EmissionYear], year: int | None) -> list[EmissionYear]:
    """Of one year; those that are withheld last, by code."""
    of_year = [one for one in rows if one.year == year]
    return sorted(of_year, key=lambda one: (one.tco2e is None, -(one.tco2e or 0)))


def signed(tonnes: float | None) -> str:
    """A whole number with its sign; a dash where it is not known."""
    if tonnes is None:
        return numbers.DASH
    whole = round(tonnes)
    return f"{whole:+,}".replace("-", "−") if whole else "0"


def _unit(years: Sequence[EmissionYear]) -> tuple[str, float]:
    """The name of what a chart counts in, and its tonnes."""
    most = max((one.tco2e or 0 for one in years), default=0)
    return ("million", 1e6) if most >= 1e6 else ("thousand", 1e3)


def _chart(years: Sequence[EmissionYear], language: str) -> Any:
    """A bar a year, hatched where withheld, ≠ where a line breaks."""
    _, tonnes = _unit(years)
    return bar_chart(
        [None if one.tco2e is None else one.tco2e / tonnes for one in years],
        [numbers.year(one.year, language) for one in years],
        ["this"] * len(years),
        width=380,  # as wide as a phone, where it is not made smaller, nor its numbers
        every=1 + len(years) // 10,
        breaks=[n for n, one in enumerate(years) if one.comparable_to_previous is False],
    )
