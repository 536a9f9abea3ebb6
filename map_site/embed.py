"""A map for the pages of other sites: the brief's, or that of hotspots, with nothing around it."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from layers.catalog import catalog
from layers.licences import attribution_text
from layers.query.provinces import PROVINCE_CODES
from layers.reports.brief import COMPLAINTS, HOTSPOTS, Brief
from layers.reports.measures import NotReported, period_of, season_of
from map_site import numbers
from map_site.backgrounds import Background
from map_site.brief import BriefChoice, brief_view, day_of_number
from map_site.complaints import period_words
from map_site.maps import BuiltMap, build_map
from map_site.mount import cached_by_prefix
from map_site.no_day import buddhist_of, unknown_days
from map_site.rendering import Words, address, page_response
from map_site.site import Site, day_asked, language_of
from map_site.theme import THEME_PAGES, classes

_TILES = "/ogc/collections/{}/tiles/WebMercatorQuad"
_BURNING = next(theme for theme in THEME_PAGES if theme.name == "burning")
# Themes whose map the brief has, by the number that colours it.
_NUMBERS = {"air": "air", "complaints": "complaints", "green": "green"}
_LAST_DAY_OF_SEASON = (4, 30)
_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_FIRST_YEAR = 1900


@dataclass(frozen=True)
class Window:
    """Days, both included."""

    first: date
    last: date

    @classmethod
    def of(cls, query: Mapping[str, str], report: Brief) -> "Window":
        """What the address says, as the theme's page reads it: the season up to what is known
        without it, or where it is no period."""
        try:
            chosen = cls(_day(query["from"]), _day(query["to"], is_end=True))
            if chosen.first <= chosen.last and chosen.first.year >= _FIRST_YEAR:
                return cls(chosen.first, min(chosen.last, max(report.last_day, chosen.first)))
        except (KeyError, ValueError):
            pass
        newest = day_of_number(report, HOTSPOTS)
        season = season_of(newest)
        end = date(season + 1, *_LAST_DAY_OF_SEASON)
        return cls(date(season, 12, 1), min(end, newest))

    def known(self, report: Brief) -> "Window | None":
        """What of it is known; None where nothing is."""
        first = max(self.first, report.first_day or self.first)
        last = min(self.last, day_of_number(report, HOTSPOTS))
        return Window(first, last) if first <= last else None

    def unknown(self, report: Brief, language: str) -> str | None:
        """What is said where not all of it is known."""
        known = (report.first_day, day_of_number(report, HOTSPOTS))
        return unknown_days(self.first, self.last, known, language)


def _day(text: str, *, is_end: bool = False) -> date:
    """A day as it is written, or of a month its first or its last. Raises ValueError."""
    if not _MONTH.fullmatch(text):
        return date.fromisoformat(text)
    first = date.fromisoformat(f"{text}-01")
    return first.replace(day=monthrange(first.year, first.month)[1]) if is_end else first


def embed_router(site: Site) -> APIRouter:
    """The page at /embed: `theme` and what the theme's page takes, or what the brief takes."""
    router = APIRouter()

    @router.get("/embed", response_class=HTMLResponse)
    def embed(request: Request) -> Response:
        language, query = language_of(request), request.query_params
        is_burning = query.get("theme") == _BURNING.name
        if why := _refused(request, Words(language)):
            return _no_map(site, request, why)
        try:
            report = site.reports.brief(None if is_burning else day_asked(request))
        except NotReported:
            return _no_map(site, request, _no_day(site, request, Words(language)))
        window = Window.of(query, report)
        if is_burning and window.known(report) is None:
            return _no_map(site, request, window.unknown(report, language) or "")
        view = (burning_view if is_burning else map_view)(report, query, language)
        world = _map(is_burning, language, site.background)
        html = site.render(
            "embed.html", request, map_html=world.html, map_script=world.script, **view
        )
        # Any site may show it within its own; it takes nothing from who looks, and changes nothing.
        return page_response(
            html, script_src=world.script_src, img_src=world.img_src, frame_ancestors="*"
        )

    return router


def _refused(request: Request, word: Words) -> str | None:
    """Why no map can be of the address, if that can be told before anything is read."""
    theme = request.query_params.get("theme")
    if theme and theme not in (_BURNING.name, *_NUMBERS):
        themes = ", ".join((_BURNING.name, *_NUMBERS))
        return word("share.no_theme", theme=theme, themes=themes)
    if (province := request.query_params.get("province")) and province not in PROVINCE_CODES:
        return word("error.no_province", code=province) + " " + word("error.no_province_why")
    if found := buddhist_of(request):
        return word("site.buddhist", written=found["written"], meant=found["meant"])
    return None


def _no_day(site: Site, request: Request, word: Words) -> str:
    language, newest = language_of(request), site.reports.brief(None)
    first = numbers.day(newest.first_day, language) if newest.first_day else numbers.DASH
    last = numbers.day(newest.last_day, language)
    return word("brief.no_day_why", day=request.query_params.get("day", ""), first=first, last=last)


def _no_map(site: Site, request: Request, why: str) -> Response:
    """A short page within another site's, and not the whole of ours."""
    html = site.render("embed_error.html", request, why=why)
    return page_response(html, 404, frame_ancestors="*")


@cached_by_prefix
def _map(is_burning: bool, language: str, background: Background) -> BuiltMap:
    names = ("provinces", "hotspots") if is_burning else ("provinces",)
    layers = [catalog()[name] for name in names]
    tiles = {name: _TILES.format(name) for name in names}
    controls = "embeddedMap" if is_burning else "briefMap"
    return build_map(controls, layers, tiles, language, background, scroll_wheel_zoom=False)


def map_view(report: Brief, query: Mapping[str, str], language: str) -> dict[str, Any]:
    """Of the brief's map: provinces by a number, or stations."""
    word = Words(language)
    number = _NUMBERS.get(query.get("theme", ""))
    choice = BriefChoice.of({**query, "number": number} if number else query)
    title, _, about = word(f"brief.map_{choice.measure}").partition("|")
    return {
        **brief_view(report, choice, language),
        "points": False,
        "title": title,
        "about": about,
        # Complaints are those of the last period that was released.
        "period": period_words(report.month, report.complaint_period, language)
        if choice.measure == COMPLAINTS
        else numbers.day(day_of_number(report, choice.measure), language),
        "page": address("/", language, **choice.query(), background=query.get("background")),
    }


def burning_view(report: Brief, query: Mapping[str, str], language: str) -> dict[str, Any]:
    """Of hotspots in a period, all of them, as the theme's page draws them."""
    asked_for = Window.of(query, report)
    window = asked_for.known(report) or asked_for
    asked = (query.get("classes") or "").split(",")
    chosen = [one for one in classes(_BURNING, language) if one["code"] in asked]
    kept = ("from", "to", "classes", "province", "z", "lat", "lon", "background")
    first, last = (numbers.day(day, language) for day in (window.first, window.last))
    return {
        "points": True,
        "theme": _BURNING.name,
        "title": Words(language)("theme.burning"),
        "about": ", ".join(one["name"] for one in chosen),
        "period": first if first == last else f"{first} – {last}",
        "behind": asked_for.unknown(report, language),
        "page": address(_BURNING.path, language, **{n: query.get(n) for n in kept}),
        "sources": attribution_text(catalog()[_BURNING.layer].attribution, language),
        "map_data": {
            "begins": _milliseconds(period_of(window.first)[0].timestamp()),
            "ends": _milliseconds(period_of(window.last)[1].timestamp()),
            "members": [code for one in chosen for code in one["members"]] or None,
            "province": query.get("province"),
            "place": _place(query),
        },
    }


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def _place(query: Mapping[str, str]) -> list[float] | None:
    """Zoom, latitude, longitude."""
    try:
        z, lat, lon = (float(query[name]) for name in ("z", "lat", "lon"))
    except (KeyError, ValueError):
        return None
    return [z, lat, lon] if 0 <= z <= 20 and abs(lat) <= 85 and abs(lon) <= 180 else None
