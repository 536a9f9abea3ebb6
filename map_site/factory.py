"""A factory's report card as a page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from layers.catalog import catalog
from layers.reports.brief import PM25_STANDARD
from layers.reports.factory import FIRE_HOURS, FactoryReport, Neighbour
from layers.reports.measures import Freshness, NotReported, Series
from map_site import charts, compass, numbers
from map_site.brief_map import aqi_class
from map_site.charts import Line
from map_site.complaints import period_words
from map_site.measures import change, not_until
from map_site.mill_season import mill_view
from map_site.no_day import missing
from map_site.rendering import Words, page_response
from map_site.site import Site, day_asked, language_of

_LISTED = 12
_LEVELS = range(1, 6)


def factory_router(site: Site) -> APIRouter:
    """The page of each factory of the register, at 08:00 of the newest day or of `day`."""
    router = APIRouter()

    @router.get("/factories/{id}", response_class=HTMLResponse)
    def factory(id: str, request: Request) -> Response:
        try:
            report = site.reports.factory(id, day_asked(request))
        except NotReported:
            return missing(site, request, lambda: site.reports.factory(id, None))
        view = factory_view(report, language_of(request))
        return page_response(site.render("factory.html", request, section="places", **view))

    return router


def factory_view(report: FactoryReport, language: str) -> dict[str, Any]:
    """What the template factory.html asks for."""
    word = Words(language)
    return {
        "report": report,
        "levels": _LEVELS,
        "level": max((c.level for c in report.certificates if _holds(c, report)), default=0),
        "compass": _compass(report, language),
        "upwind": [n for n in report.neighbours if n.upwind][:_LISTED],
        "others": [n for n in report.neighbours if not n.upwind][:_LISTED],
        "mark_of": mark_of,
        "mark": compass.mark,
        "mill": mill_view(report.mill, language),
        "mill_about": catalog()["mill_fortnights"].description[language],
        "around": _around(report, word),
        "reach": reach(report.freshness, report.day, language),
        "fire_hours": FIRE_HOURS,
        "factories_shown": sum(
            one.count
            for one in report.neighbours
            if one.layer == "factories" and one.distance_m <= report.radius_m
        ),
        "rows_of": lambda series: rows_of(series, language),
        "charts": charts_of(report, word, language),
        "direction": lambda bearing: numbers.side(bearing, language),
        "aqi_class": lambda pm25: aqi_class(pm25, report.day),
        "standard": PM25_STANDARD,
        "period_words": period_words,
        "change": lambda one, better=False: change(one, better, language),
    }


def reach(lines: Sequence[Freshness], day: date, language: str) -> dict[str, str | None]:
    """Of fires, wind and air to which day the data reach; None where that is the day."""
    layers = {"fires": "hotspots", "wind": "wind", "air": "air_stations"}
    return {name: not_until(lines, layer, day, language) for name, layer in layers.items()}


def mark_of(one: Neighbour) -> str:
    """The class of a neighbour's mark."""
    if one.layer == "hotspots":
        return one.kind or "fire"
    if one.layer == "factories":
        return "certified" if one.kind == "certified" else "factory"
    return {"air_stations": "station"}.get(one.layer, "other")


def charts_of(report: FactoryReport, word: Words, language: str) -> dict[str, Markup]:
    """The factory's history; a chart without data is left out."""
    found = {}
    if report.fires_by_month:
        found["fires"] = monthly_bars(report.fires_by_month, word, language)
    if report.pm25_hourly:
        lines = [Line(report.pm25_hourly.values, "hourly")]
        if report.pm25_running:
            lines.append(Line(report.pm25_running.values, "plain", _last(report.pm25_running)))
        found["pm25"] = charts.line_chart(
            lines,
            report.pm25_hourly.start,
            language,
            limit=(PM25_STANDARD, word("place.standard")),
            per_day=24,
        )
    if any(report.wind_from):
        found["wind"] = compass.wind_rose(report.wind_from, language)
    return found


def monthly_bars(
    series: Series, word: Words, language: str, unknown: str = "place.no_data_in_time"
) -> Markup:
    """Bars by month, the last twelve strong, each third labelled; words where all are zero, and
    those of `unknown` where none is known. One that is known in part is drawn open, and told to
    which day it counts."""
    if all(value is None for value in series.values):
        return Markup('<p class="quiet">{}</p>').format(word(unknown))
    if all(value == 0 for value in series.values):
        return Markup('<p class="quiet">{}</p>').format(word("place.none_in_time"))
    labels = charts.labels(series, lambda at: numbers.short_month(at, language))
    strong = len(series.values) - 12
    kinds = ["this" if number >= strong else "before" for number in range(len(series.values))]
    part = _month_in_part(series)
    if series.until is None or part is None:
        return charts.bar_chart(series.values, labels, kinds, every=3)
    kinds[part] = "part"
    month = numbers.month(series.until, language)
    said = word("place.month_until", month=month, day=numbers.day(series.until, language))
    drawn = charts.bar_chart(series.values, labels, kinds, every=3)
    return drawn + Markup('<p class="quiet">{}</p>').format(said)


def rows_of(series: Series, language: str) -> list[tuple[str, float | None]]:
    """A series as a table has it, the newest first; a month known in part says to which day."""
    write = numbers.month if series.step == "month" else numbers.day
    named = charts.labels(series, lambda at: write(at, language))
    if series.until and (part := _month_in_part(series)) is not None:
        until = numbers.day_of_month(series.until, language)
        named[part] = f"{named[part]} ({Words(language)('place.until', day=until)})"
    return list(zip(named, series.values, strict=True))[::-1]


def _month_in_part(series: Series) -> int | None:
    """The number of the month that is known to a day within it."""
    if series.until is None or series.step != "month":
        return None
    start, until = series.start, series.until
    number = 12 * (until.year - start.year) + until.month - start.month
    return number if 0 <= number < len(series.values) else None


def _around(report: FactoryReport, word: Words) -> list[tuple[str, str, int]]:
    """What the compass shows, by kind: its mark, its name, how many."""
    found: dict[str, int] = {}
    for one in report.neighbours:
        if one.distance_m <= report.radius_m:
            kind = mark_of(one)
            found[kind] = found.get(kind, 0) + one.count
    return [(kind, word(f"place.mark_{kind}"), count) for kind, count in found.items()]


def _last(series: Series) -> str:
    known = [value for value in series.values if value is not None]
    return numbers.count(known[-1]) if known else ""


def _holds(certificate: Any, report: FactoryReport) -> bool:
    return certificate.expires_on is None or certificate.expires_on >= report.day


def _compass(report: FactoryReport, language: str) -> Markup | None:
    if report.lon is None or report.lat is None:
        return None
    from_deg = report.wind.from_deg if report.wind else None
    return compass.compass(
        list(_marks(report.neighbours, report.radius_m)), report.radius_m, from_deg, language
    )


def _marks(neighbours: Sequence[Neighbour], radius_m: float) -> list[compass.Mark]:
    return [
        compass.Mark(one.bearing_deg, one.distance_m, mark_of(one))
        for one in neighbours
        if one.distance_m <= radius_m
    ]
