"""The theme pages: what each counts, by which classes, how it is drawn, and over which time."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from layers.browser import declaration
from layers.catalog import catalog
from layers.licences import attribution_text
from layers.methods.aqi import class_starts
from layers.model import Layer, Text, Theme
from layers.reports.brief import PM25_STANDARD, Brief
from layers.reports.measures import (
    LEAST_BASE_FOR_PERCENT,
    LEAST_FACTORIES_FOR_RATE,
    Freshness,
    NotReported,
)
from map_site.backgrounds import Background
from map_site.maps import BuiltMap, build_map
from map_site.measures import LAND_USES
from map_site.mount import cached_by_prefix, mounted
from map_site.published import published
from map_site.rendering import Words, page_response
from map_site.site import Site, language_of
from map_site.steps import SHARES_PCT

# A layer whose newest data another tells better: that of all readings, not of the latest alone.
_AGED_BY = {"air_stations": "air_quality"}
_TILES = "/ogc/collections/{}/tiles/WebMercatorQuad"


@dataclass(frozen=True)
class ThemePage:
    """A page. `layer` is what is counted; `time` how its time is chosen: by day, by the 24-hour
    means of days, or by year. `drawn` lie on the map, areas first; `further` may be
    switched on, and so may all other layers of the theme but those `untold`, which the page has as
    numbers alone. `before` names what the chosen time is compared with; `events` the layer of areas
    that single points give way to where both are drawn. Of the layers `one_day` and `one_season`,
    whose times would lie on one another, the chosen time's newest day or its season is drawn.
    Marks of the layers `of_stations` lie beside those of the stations that they are of."""

    name: str
    layer: str
    time: Literal["day", "reading", "year"]
    drawn: tuple[str, ...]
    further: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    before: str = "last_season"
    more_is_better: bool = False
    events: str | None = None
    one_day: tuple[str, ...] = ()
    one_season: tuple[str, ...] = ()
    of_stations: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return f"/maps/{self.name}"


_PLACES = ("industrial_estates", "factories")
THEME_PAGES = (
    ThemePage(
        "burning",
        "hotspots",
        "day",
        drawn=("provinces", "fire_events", "hotspots"),
        further=_PLACES,
        events="fire_events",
        one_season=("mill_burning", "season_comparison"),
    ),
    ThemePage(
        "air",
        "air_stations",
        "reading",
        drawn=("provinces",),
        further=("hotspots", *_PLACES),
        untold=("air_stations",),
        one_day=("exposure",),
        of_stations=("fire_contribution",),
    ),
    ThemePage(
        "green",
        "green_certificates",
        "year",
        drawn=("provinces",),
        further=_PLACES,
        untold=("carbon",),
        before="last_year",
        more_is_better=True,
    ),
)


def further_of(theme: ThemePage) -> list[Layer]:
    """What may be switched on: the layers that the page names, and the others of its theme; where
    the site is files no rasters, whose pictures the service makes."""
    layers = catalog()
    files = published()
    left_out = {*theme.drawn, *theme.untold, *theme.further}
    others = [
        layer.name
        for layer in layers.values()
        if Theme(theme.name) in layer.themes and layer.name not in left_out
    ]
    named = [layers[name] for name in (*theme.further, *others) if name in layers]
    return [layer for layer in named if not (files and layer.raster)]


def theme_router(site: Site) -> APIRouter:
    """A page per theme; what is chosen on it is in the address, which its script reads."""
    router = APIRouter()
    for theme in THEME_PAGES:
        router.add_api_route(
            theme.path, _route(site, theme), methods=["GET"], response_class=HTMLResponse
        )
    router.add_api_route("/maps/carbon", _carbon, methods=["GET"], response_class=HTMLResponse)
    return router


def _carbon(request: Request) -> Response:
    """The carbon of the page on green industry, where people look for it by its own name."""
    asked = {name: value for name, value in request.query_params.items() if name != "number"}
    return RedirectResponse(mounted(f"/maps/green?{urlencode({'number': 'carbon', **asked})}"))


def _route(site: Site, theme: ThemePage) -> Any:
    def show(request: Request) -> Response:
        language = language_of(request)
        try:
            report = site.reports.brief(None)
        except NotReported:
            report = None
        maps = [_map(theme, control, language, site.background) for control in _CONTROLS]
        html = site.render(
            "theme.html",
            request,
            section=theme.name,
            maps=maps,
            **theme_view(theme, report, language),
        )
        hashes = " ".join(world.script_src.removeprefix("'self' ") for world in maps)
        return page_response(
            html, script_src=f"'self' {hashes}", img_src=f"{maps[0].img_src} blob:"
        )

    return show


# The map of the chosen time, and that of the other one beside it.
_CONTROLS = ("themeMap", "comparedMap")


@cached_by_prefix
def _map(theme: ThemePage, controls: str, language: str, background: Background) -> BuiltMap:
    layers = [*(catalog()[name] for name in theme.drawn), *further_of(theme)]
    tiles = {
        layer.name: f"/api/rasters/{layer.name}" if layer.raster else _TILES.format(layer.name)
        for layer in layers
    }
    return build_map(controls, layers, tiles, language, background, zoom_snap=0.25, zoom_delta=1)


def theme_view(theme: ThemePage, report: Brief | None, language: str) -> dict[str, Any]:
    """What the template theme.html asks for; without a report nothing was ever loaded."""
    word = Words(language)
    layer = catalog()[theme.layer]
    fresh = _freshness(theme, report)
    return {
        "theme": theme,
        "title": word(f"theme.{theme.name}"),
        "about": word(f"theme.{theme.name}_about"),
        "unit": word(f"theme.{theme.name}_unit"),
        "freshness": fresh,
        "sources": attribution_text(layer.attribution, language),
        "items": f"/ogc/collections/{theme.layer}/items",
        "further_layers": [(layer.name, layer.title[language]) for layer in further_of(theme)],
        "theme_data": {
            "theme": theme.name,
            "time": theme.time,
            "before": theme.before,
            "language": language,
            "layer": theme.layer,
            "events": theme.events,
            "one_day": theme.one_day,
            "one_season": theme.one_season,
            "of_stations": theme.of_stations,
            "title": word(f"theme.{theme.name}"),
            "sources": attribution_text(layer.attribution, language),
            "simulated": bool(report and report.simulated),
            "more_is_better": theme.more_is_better,
            "least_base": LEAST_BASE_FOR_PERCENT,
            "least_factories": LEAST_FACTORIES_FOR_RATE,
            "counts": mounted(f"/api/daily-counts/{theme.layer}"),
            "items": _items(theme),
            "classes": classes(theme, language),
            "further": [layer.name for layer in further_of(theme)],
            "provinces": _provinces(report, language),
            "shares": list(SHARES_PCT),
            "standard": PM25_STANDARD,
            "class_starts": _class_starts(report),
            "declaration": declaration(layer, language),
            **_known(layer, fresh, report),
        },
    }


def _items(theme: ThemePage) -> str | None:
    """Where what is chosen can be had as a file; nowhere where no service chooses."""
    files = published()
    address = f"/ogc/collections/{theme.layer}/items"
    return mounted(address) if not files or files.service else None


def classes(theme: ThemePage, language: str) -> list[dict[str, Any]]:
    """What the buttons choose from: each class with the values of the layer that are of it, None
    being none; and how it is drawn."""
    layer = catalog()[theme.layer]
    if theme.time == "year":
        return []
    field = next(field for field in layer.fields if field.name == layer.style.by)
    if theme.name == "burning":
        codes = (*LAND_USES, *layer.style.apart)
        return [_class(layer, code, field.values[code], language) for code in codes]
    return [_class(layer, code, text, language) for code, text in field.values.items()]


def _class(layer: Layer, code: str, text: Text, language: str) -> dict[str, Any]:
    style = layer.style
    mark = style.marks.get(code, style.mark)
    members: list[str | None] = [code]
    if code == "other":
        named = next(field.values for field in layer.fields if field.name == style.by)
        known = (*LAND_USES, *style.apart)
        members += [value for value in named if layer.name == "hotspots" and value not in known]
        members.append(None)
    return {
        "code": code,
        "name": text[language],
        "color": style.colors.get(code, style.color),
        "shape": mark.shape,
        "fill": mark.fill,
        "members": members,
        "apart": code in style.apart,
    }


def _provinces(report: Brief | None, language: str) -> list[dict[str, Any]]:
    if report is None:
        return []
    return [
        {
            "code": one.code,
            "name": one.name[language],
            "region": one.region,
            "factories": one.factories,
            "certified": one.certified,
        }
        for one in report.provinces
    ]


def _freshness(theme: ThemePage, report: Brief | None) -> tuple[Freshness, ...]:
    if report is None:
        return ()
    named = {_AGED_BY.get(theme.layer, theme.layer), *theme.further}
    if theme.time == "year":
        named.add("carbon")
    return tuple(one for one in report.freshness if one.layer in named)


def _class_starts(report: Brief | None) -> list[float]:
    return list(class_starts("pm25_24h", report.day if report else date.max))


def _known(layer: Layer, fresh: tuple[Freshness, ...], report: Brief | None) -> dict[str, Any]:
    """From which day to which something is known, whether that is late, and which day it is."""
    aged_by = _AGED_BY.get(layer.name, layer.name)
    own = next((one for one in fresh if one.layer == aged_by), None)
    if report is None or (own and not own.loaded):
        return {"state": "never_loaded", "first": None, "newest": None, "today": None}
    newest = report.last_day
    if own and own.last_day:
        newest = min(newest, own.last_day)
    return {
        "state": "late" if own and own.stale else "known",
        "first": report.first_day.isoformat() if report.first_day else None,
        "newest": newest.isoformat(),
        "newest_at": own.newest.isoformat() if own and own.newest else None,
        "today": report.last_day.isoformat(),
    }
