"""The morning's brief as a page: which number is chosen, what the sentences say, how rows sort."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from layers.catalog import catalog
from layers.licences import attribution_text
from layers.reports.brief import (
    AIR,
    CARBON,
    COMPLAINTS,
    GREEN,
    HOTSPOTS,
    MEASURES,
    PM25_STANDARD,
    REGIONS,
    UPWIND,
    Brief,
    Province,
)
from layers.reports.measures import (
    LEAST_FACTORIES_FOR_RATE,
    Base,
    Comparison,
    Measure,
    NotReported,
    State,
)
from layers.times import THAI_TIME
from map_site import numbers
from map_site.backgrounds import Background
from map_site.brief_map import THEMES, VALUES, aqi_class, in_order, legend, map_data, steps_of
from map_site.complaints import period_words
from map_site.maps import BuiltMap, build_map
from map_site.measures import LAND_USES, UNITS, change, day_told, land_uses, merged, not_until
from map_site.mount import cached_by_prefix
from map_site.no_day import no_day
from map_site.rendering import Words, address, page_response
from map_site.seasons import season_view
from map_site.sentences import sentences
from map_site.site import Site, day_asked, language_of

ROWS_AT_FIRST = 16
# Of numbers by the day, the layer that they are of.
_LAYERS = {HOTSPOTS: "hotspots", AIR: "air_quality"}
ICONS = {
    HOTSPOTS: "fire",
    AIR: "gauge",
    COMPLAINTS: "speech",
    UPWIND: "factory",
    GREEN: "certificate",
}


@dataclass(frozen=True)
class BriefChoice:
    """What the address chooses: one of the five numbers, a region or all, a province or none."""

    measure: str = HOTSPOTS
    region: str | None = None
    province: str | None = None
    day: str | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "BriefChoice":
        """From the query; what names nothing is passed over."""
        number, region = query.get("number", HOTSPOTS), query.get("region")
        return cls(
            measure=number if number in MEASURES else HOTSPOTS,
            region=region if region in REGIONS else None,
            province=query.get("province") or None,
            day=query.get("day") or None,
        )

    def query(self, **changed: str | None) -> dict[str, str | None]:
        """As the address has it, with what is `changed`; what holds at first is left out."""
        chosen = {
            "day": self.day,
            "number": self.measure if self.measure != HOTSPOTS else None,
            "region": self.region,
            "province": self.province,
        } | changed
        if chosen["number"] == HOTSPOTS:
            chosen["number"] = None
        return chosen


def brief_router(site: Site) -> APIRouter:
    """The page at /, of the newest day or, with `day`, of a past one."""
    router = APIRouter()

    @router.get("/", response_class=HTMLResponse)
    def brief(request: Request) -> Response:
        try:
            report = site.reports.brief(day_asked(request))
        except NotReported:
            return no_day(site, request, "brief")
        language = language_of(request)
        world = _map(language, site.background)
        html = site.render(
            "brief.html",
            request,
            section="brief",
            map_html=world.html,
            map_script=world.script,
            **brief_view(report, BriefChoice.of(request.query_params), language),
        )
        return page_response(html, script_src=world.script_src, img_src=world.img_src)

    return router


@cached_by_prefix
def _map(language: str, background: Background) -> BuiltMap:
    provinces = catalog()["provinces"]
    return build_map(
        "briefMap",
        [provinces],
        {provinces.name: "/ogc/collections/provinces/tiles/WebMercatorQuad"},
        language,
        background,
    )


def brief_view(report: Brief, choice: BriefChoice, language: str) -> dict[str, Any]:
    """What the template brief.html asks for."""
    word = Words(language)
    ranked = _ranked(report, choice, language)
    pinned = next((p for p in report.provinces if p.code == choice.province), None)
    value_of = VALUES[choice.measure]
    steps = steps_of(report, choice.measure)
    return {
        "report": report,
        "choice": choice,
        "here": lambda **changed: address("/", language, **choice.query(**changed)),
        "sentences": sentences(report, word, language),
        "cells": [_cell(report, name, word, language) for name in MEASURES],
        "rows": [(rank, one) for rank, one in ranked if one is not pinned],
        "pinned": next(((rank, one) for rank, one in ranked if one is pinned), None)
        if pinned
        else None,
        "pinned_province": pinned,
        "highest": max((value_of(p) or 0 for p in report.provinces), default=0),
        "value_of": value_of,
        "regions": REGIONS,
        "theme": THEMES[choice.measure],
        "previous": _day_link(report, -1),
        "next": _day_link(report, 1),
        "theme_link": _theme_link(report, choice, language),
        "behind": behind(report, choice.measure, language),
        "legend": legend(report, choice.measure, steps, word),
        "zero_words": _zero_words(report, choice.measure, word, language),
        "map_data": map_data(report, choice.measure, choice.province, language, steps),
        "land_uses": land_uses(language),
        "sources": _sources(language),
        "rows_at_first": ROWS_AT_FIRST,
        "month": _complaint_period(report, language),
        "aqi_class": lambda pm25: aqi_class(pm25, report.day),
        "standard": PM25_STANDARD,
        "least_factories": LEAST_FACTORIES_FOR_RATE,
        "outside": _hotspots_beside(report, "elsewhere"),
        "industrial": _hotspots_beside(report, "industrial"),
        "season": season_view(report.season, word, language),
        "land_use_pairs": lambda one: list(merged(one.land_use).items()),
        "change": lambda measure, value, base: change(
            Comparison(Base.WEEK_BEFORE, value, base), False, language
        ),
    }


def _complaint_period(report: Brief, language: str) -> str:
    if report.complaint_period == "month":
        return numbers.short_month(report.month, language)
    return period_words(report.month, report.complaint_period, language)


def _theme_link(report: Brief, choice: BriefChoice, language: str) -> str | None:
    """The page of the chosen number's theme, at the time that the brief has of it. Certificates are
    there as they are now: none of a past day."""
    if choice.measure == GREEN and report.day != report.last_day:
        return None
    theme = THEMES[choice.measure]
    if choice.measure == COMPLAINTS:
        return address(f"/maps/{theme}", language, period=report.month.isoformat())
    time = None if choice.measure == GREEN else report.day.isoformat()
    return address(
        f"/maps/{theme}", language, **{"from": time, "to": time}, province=choice.province
    )


def _cell(report: Brief, name: str, word: Words, language: str) -> dict[str, Any]:
    """One of the five numbers."""
    measure = report.measures[name]
    late = measure.state == State.LATE
    told = day_of_number(report, name)
    value = measure.value
    shown = numbers.count(value)
    unit = word(UNITS[name], count=shown) if name in UNITS else ""
    if name == HOTSPOTS and measure.beside.get("night"):
        unit = f"{unit} {word('brief.at_night', count=numbers.count(measure.beside['night']))}"
    if name == AIR and measure.of is not None:
        unit = word("brief.of_stations", of=numbers.count(measure.of))
    if name == GREEN:
        certified = numbers.count(measure.beside.get("certified"))
        counted = {"count": certified, "of": numbers.count(measure.of)}
        shown, unit = numbers.share(value), word("brief.share_of_factories", **counted)
    month = _complaint_period(report, language)
    label = word("brief.complaints", month=month) if name == COMPLAINTS else word(f"brief.{name}")
    comparisons = [
        (word(f"brief.{one.base_kind}"), one, _change(name, one, measure, language))
        for one in measure.comparisons
        if not late
    ]
    return {
        "name": name,
        "icon": ICONS[name],
        "theme": THEMES[name],
        "label": label,
        "value": shown,
        "unit": unit,
        "measure": measure,
        "late": late,
        "of_day": word("brief.of_day", day=numbers.day(told, language))
        if told != report.day
        else "",
        "comparisons": comparisons,
        "extra": _extra(name, report, word, language),
    }


def day_of_number(report: Brief, name: str) -> date:
    """Of which day a number and its map are."""
    return day_told(report.freshness, _LAYERS[name], report.day) if name in _LAYERS else report.day


def behind(report: Brief, name: str, language: str) -> str | None:
    """What is said at a map of an earlier day than was asked for."""
    if name not in _LAYERS:
        return None
    return not_until(report.freshness, _LAYERS[name], report.day, language)


def _zero_words(report: Brief, name: str, word: Words, language: str) -> str:
    """What 0 says: none on the day, or on the last that was delivered."""
    day = day_of_number(report, name)
    if day == report.day:
        return word("brief.zero")
    return word("brief.zero_on", day=numbers.day(day, language))


def _change(name: str, one: Comparison, measure: Measure, language: str) -> dict[str, Any]:
    """Certificates are compared by their count, since their number is a share."""
    unit = "site.unit_factories" if name == GREEN else None
    return change(one, measure.more_is_better, language, counted=unit)


def _extra(name: str, report: Brief, word: Words, language: str) -> dict[str, Any]:
    """What stands below a number's curve."""
    measure, carbon = report.measures[name], report.measures.get(CARBON)
    highest = measure.highest.name[language] if measure.highest else None
    if name == HOTSPOTS and measure.value is None:
        return {}
    if name == HOTSPOTS:
        named = land_uses(language)
        amounts = merged(measure.parts)
        parts = [(code, named[code], amounts[code]) for code in LAND_USES]
        return {"parts": parts, "shares": list(amounts.items())}
    if name == AIR and highest:
        return {"text": word("brief.highest", place=highest), "pm25": measure.highest_value}
    if name == COMPLAINTS and (hidden := measure.beside.get("too_few")):
        return {"text": word("brief.areas_hidden", count=numbers.count(hidden))}
    if name == UPWIND:
        return _upwind_extra(measure, highest, word)
    if name == GREEN and carbon and carbon.value is not None and carbon.as_of:
        year = numbers.year(_year_before(carbon.as_of), language)
        amount = numbers.decimal(carbon.value / 1e6, 2)
        told = [change(one, False, language) for one in carbon.comparisons]
        vintage = numbers.count(carbon.beside["vintage"])
        text = word("brief.carbon", year=year, amount=amount, vintage=vintage)
        return {"text": text, "changes": told}
    return {}


def _upwind_extra(measure: Measure, highest: str | None, word: Words) -> dict[str, Any]:
    said = []
    if highest and measure.highest_value:
        most = word("brief.most", place=highest, count=numbers.count(measure.highest_value))
        said.append(f"{word('brief.within')} {most}")
    if not_judged := measure.beside.get("not_judged"):
        said.append(word("brief.not_judged", count=numbers.count(not_judged)))
    return {"text": " · ".join(said)} if said else {}


def _ranked(report: Brief, choice: BriefChoice, language: str) -> list[tuple[int, Province]]:
    """The provinces of the region by the number that is chosen, with their ranks."""
    chosen = [p for p in report.provinces if choice.region in (None, p.region)]
    return list(enumerate(in_order(chosen, choice.measure, language), 1))


def _day_link(report: Brief, days: int) -> str | None:
    """The day before or after, if there is a brief of it; the newest needs no name."""
    day = report.day + timedelta(days=days)
    if day > report.last_day or (report.first_day and day < report.first_day):
        return None
    return "" if day == report.last_day else day.isoformat()


def _hotspots_beside(report: Brief, name: str) -> int:
    """Hotspots of the day that are in no row of provinces."""
    return int(report.measures[HOTSPOTS].beside.get(name, 0))


def _year_before(end: datetime) -> int:
    """The year that ends at a time."""
    return (end.astimezone(THAI_TIME) - timedelta(seconds=1)).year


def _sources(language: str) -> str:
    named = ("hotspots", "air_stations", "factories", "complaint_months")
    told = [catalog()[name].attribution for name in named if name in catalog()]
    return " · ".join(attribution_text(one, language) for one in told)
