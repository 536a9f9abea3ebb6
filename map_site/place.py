"""A province, a district or an eco-town as a page."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from layers.alerts.rules import FOLLOWED
from layers.catalog import catalog
from layers.catalog.eco_towns import EXTENT, LEVELS
from layers.reports.brief import COMPLAINTS, HOTSPOTS, PM25_STANDARD, UPWIND
from layers.reports.measures import (
    LEAST_FACTORIES_FOR_RATE,
    Measure,
    NotReported,
    Series,
    State,
)
from layers.reports.mind_panel import MindPanel
from layers.reports.place import PlaceReport
from layers.times import thai_day
from map_site import charts, compass, numbers
from map_site.backgrounds import Background
from map_site.brief_map import aqi_class
from map_site.charts import Line
from map_site.complaints import period_words
from map_site.factory import monthly_bars, reach, rows_of
from map_site.fires_on_the_way import fires_said
from map_site.maps import BuiltMap, build_map
from map_site.measures import LAND_USES, change, land_uses, merged
from map_site.mount import cached_by_prefix
from map_site.no_day import missing
from map_site.rendering import Words, page_response
from map_site.site import Site, day_asked, language_of

# Of an address, the kind of place.
KINDS = {"provinces": "province", "districts": "district", "eco-towns": "eco_town"}
_MAP_LAYERS = ("provinces", "districts", "eco_town_areas", "hotspots", "factories")
_PARTS = {"province": "districts", "district": "subdistricts", "eco_town": "districts"}


def place_router(site: Site) -> APIRouter:
    """The page of each place, of the newest day or of `day`."""
    router = APIRouter()

    def add(family: str, kind: str) -> None:
        @router.get(f"/{family}/{{code}}", response_class=HTMLResponse, name=kind)
        def place(code: str, request: Request) -> Response:
            try:
                report = site.reports.place(kind, code, day_asked(request))
            except NotReported:
                return missing(site, request, lambda: site.reports.place(kind, code, None))
            return _response(site, request, report, family)

    for family, kind in KINDS.items():
        add(family, kind)
    return router


def _response(site: Site, request: Request, report: PlaceReport, family: str) -> Response:
    language = language_of(request)
    world = _map(language, site.background)
    html = site.render(
        "place.html",
        request,
        section="places",
        map_html=world.html,
        map_script=world.script,
        panel=_panel(site, report),
        **place_view(report, family, language),
    )
    return page_response(html, script_src=world.script_src, img_src=world.img_src)


def _panel(site: Site, report: PlaceReport) -> MindPanel | None:
    if report.kind != "province":
        return None
    return site.reports.mind_panel(report.place.code, report.day)


@cached_by_prefix
def _map(language: str, background: Background) -> BuiltMap:
    layers = [catalog()[name] for name in _MAP_LAYERS]
    tiles = "/ogc/collections/{}/tiles/WebMercatorQuad"
    addresses = {layer.name: tiles.format(layer.name) for layer in layers}
    return build_map("placeMap", layers, addresses, language, background)


def place_view(report: PlaceReport, family: str, language: str) -> dict[str, Any]:
    """What the template place.html asks for."""
    word = Words(language)
    green = report.measures.get("green")
    return {
        "report": report,
        "followed": FOLLOWED if report.kind == "province" else (),
        "family": family,
        "kind_words": word(f"place.{report.kind}"),
        "parts_words": word(f"place.{_PARTS[report.kind]}"),
        "sentence": _sentence(report, word, language),
        "fires_said": fires_said(report.fires_on_the_way, language)
        if report.fires_on_the_way
        else None,
        "charts": _charts(report, word, language),
        "carbon_published": numbers.day(thai_day(report.carbon.published_at), language)
        if report.carbon
        else "",
        "complaints_period": _complaints_period(report, language),
        "levels": _levels(report),
        "town_levels": LEVELS,
        "town_extents": EXTENT.values,
        "rate": _rate(green),
        "least_factories": LEAST_FACTORIES_FOR_RATE,
        "reach": reach(report.freshness, report.day, language),
        "rows_of": lambda series: rows_of(series, language),
        "mark": compass.mark,
        "land_uses": land_uses(language),
        "parts_of_hotspots": list(merged(report.measures[HOTSPOTS].parts).items())
        if HOTSPOTS in report.measures
        else [],
        "land_use_order": LAND_USES,
        "aqi_class": lambda pm25: aqi_class(pm25, report.day),
        "standard": PM25_STANDARD,
        "change": lambda one, better=False: change(
            one, better, language, counted="site.unit_factories" if better else None
        ),
        "map_data": {
            "kind": report.kind,
            "code": report.place.code,
            "name": report.place.name[language],
            "bounds": report.bounds,
            "circle": report.circle and asdict(report.circle),
            "from": report.start.isoformat(),
            "to": report.end.isoformat(),
            "labels": [
                {"lon": round(one.lon, 4), "lat": round(one.lat, 4)}
                | {"text": one.place.name[language], "code": one.place.code}
                for one in report.labels
            ],
        },
    }


def _complaints_period(report: PlaceReport, language: str) -> str:
    """Which period the number of complaints is of; nothing where none was released."""
    measure = report.measures.get(COMPLAINTS)
    if measure is None or measure.as_of is None:
        return ""
    start = thai_day(measure.as_of)
    return period_words(start, report.complaints_period, language)


def _sentence(report: PlaceReport, word: Words, language: str) -> Markup:
    hotspots, upwind = report.measures.get(HOTSPOTS), report.measures.get(UPWIND)
    if hotspots is None or hotspots.state != State.KNOWN:
        return _not_known(report, hotspots, word, language)
    said = [word("place.say_none")]
    if hotspots.value:
        strong = Markup("<strong>{} {}</strong>").format(
            count := numbers.count(hotspots.value), word("site.unit_points", count=count)
        )
        before = hotspots.comparisons[0].base if hotspots.comparisons else None
        said = [word("place.say_hotspots", count=strong, before=numbers.count(before))]
    if report.wind and report.wind.from_deg is not None:
        origin = numbers.direction(report.wind.from_deg)
        said.append(word("place.say_wind", origin=origin[language] if origin else ""))
        if upwind and upwind.value:
            strong = Markup("<strong>{}</strong>").format(numbers.count(upwind.value))
            said.append(word("place.say_upwind", count=strong))
    return Markup("").join(said)


def _not_known(report: PlaceReport, hotspots: Measure | None, word: Words, language: str) -> Markup:
    """Why nothing is known of the week, or not all, and how fresh the hotspots are."""
    lines = (line.newest for line in report.freshness if line.layer == HOTSPOTS)
    newest = next((at for at in lines if at), None)
    day = numbers.day(report.day, language)
    if hotspots and hotspots.state == State.NOT_SEEN:
        return Markup(word("place.say_not_seen", day=day))
    if hotspots is None or newest is None:
        return Markup(word("place.say_unknown"))
    late = word("place.say_late", day=day, newest=numbers.moment(newest, language))
    if not hotspots.value:
        return Markup(late)
    count = numbers.count(hotspots.value)
    strong = Markup("<strong>{} {}</strong>").format(count, word("site.unit_points", count=count))
    return Markup(word("place.say_so_far", count=strong)) + Markup(late)


def _charts(report: PlaceReport, word: Words, language: str) -> dict[str, Markup]:
    found = {}
    if report.season:
        found["season"] = _season(report.season, report.last_season, word, language)
    if report.pm25:
        lines = []
        if report.pm25_last_season:
            lines.append(Line(report.pm25_last_season.values, "last"))
        lines.append(Line(report.pm25.values, "plain"))
        found["pm25"] = charts.line_chart(
            lines, report.pm25.start, language, limit=(PM25_STANDARD, word("place.standard"))
        )
    if report.complaints:
        found["complaints"] = monthly_bars(
            report.complaints, word, language, unknown="complaints.too_few"
        )
    if report.carbon:
        years = sorted(report.carbon.tco2e)
        amounts = [report.carbon.tco2e[year] for year in years]
        found["carbon"] = charts.bar_chart(
            [None if amount is None else amount / 1000 for amount in amounts],
            [numbers.year(year, language) for year in years],
            ["this"] * len(years),
            breaks=[years.index(year) for year in report.carbon.breaks],
        )
    return found


def _season(season: Series, last: Series | None, word: Words, language: str) -> Markup:
    """Sums by day; a season ends where the data do, and its words are of that day."""
    lines = [_season_line(last, "last", word, language)] if last else []
    lines.append(_season_line(season, "this", word, language))
    return charts.line_chart(lines, season.start, language)


def _season_line(season: Series, kind: str, word: Words, language: str) -> Line:
    sums = _cumulated(season.values)
    number = max((n for n, whole in enumerate(sums) if whole is not None), default=None)
    if number is None:
        return Line(sums, kind)
    label = word(f"place.{kind}_season", count=numbers.count(sums[number]))
    if number < len(sums) - 1:
        until = numbers.day_of_month(season.start + timedelta(days=number), language)
        label = f"{label} {word('place.until', day=until)}"
    return Line(sums, kind, label)


def _cumulated(values: Sequence[float | None]) -> list[float | None]:
    """Sums up to each value, None where that is not known: it adds nothing."""
    found: list[float | None] = []
    whole = 0.0
    for value in values:
        whole += value or 0
        found.append(None if value is None else whole)
    return found


def _levels(report: PlaceReport) -> list[tuple[int, int]]:
    """Factories by level from the highest, those without a certificate last."""
    return [(level, report.levels.get(level, 0)) for level in (5, 4, 3, 2, 1, 0)]


def _rate(green: Measure | None) -> float | None:
    """Per cent of the factories; None of too few to tell."""
    if green is None or green.value is None or not green.of:
        return None
    return 100 * green.value / green.of if green.of >= LEAST_FACTORIES_FOR_RATE else None
