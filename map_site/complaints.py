"""The page of complaints: what was released of them, by area and period, and what is promised.

It works without a script: tables, periods and categories are links and forms of the address.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from layers.casework.categories import CATEGORIES
from layers.catalog import catalog
from layers.licences import attribution_text
from layers.model import Layer, Theme
from layers.reports.complaints import (
    DEALT_WITH,
    MONTHS,
    QUARTERS,
    TABLES,
    YEARS,
    AreaDealtWith,
    ComplaintsReport,
    ReleasedPeriod,
)
from layers.reports.measures import NotReported
from layers.times import thai_day
from map_site import numbers
from map_site.backgrounds import Background
from map_site.brief_map import bounds_words
from map_site.maps import BuiltMap, build_map
from map_site.mount import cached_by_prefix
from map_site.rendering import Words, address, page_response
from map_site.site import Site, language_of
from map_site.steps import Steps, of_counts, tally

PATH = "/maps/complaints"
# As the address names the tables.
NAMES = {MONTHS: "months", QUARTERS: "quarters", YEARS: "years", DEALT_WITH: "dealt-with"}
_TILES = "/ogc/collections/{}/tiles/WebMercatorQuad"
_SHARES = Steps((0.0, 20.0, 40.0, 60.0, 80.0), 0)
_LABELLED = 9
_PLACES = ("industrial_estates", "factories")


@dataclass(frozen=True)
class ComplaintsChoice:
    """What the address chooses: a table, a day of a period or the newest, and of the fourth table
    a category."""

    table: str = MONTHS
    day: date | None = None
    category: str | None = None

    @classmethod
    def of(cls, request: Request) -> "ComplaintsChoice":
        """What names nothing is passed over; `from` is what the page before this one had. Raises
        NotReported for a period that is no day."""
        query = request.query_params
        tables = {name: table for table, name in NAMES.items()}
        asked = query.get("period") or query.get("from")
        category = query.get("category")
        return cls(
            tables.get(query.get("table", ""), MONTHS),
            period_day(asked) if asked else None,
            category if category in CATEGORIES else None,
        )

    def address(self, language: str, **changed: str | None) -> str:
        """The page's, with what is `changed`."""
        chosen: dict[str, str | None] = {
            "table": NAMES[self.table] if self.table != MONTHS else None,
            "period": self.day.isoformat() if self.day else None,
            "category": self.category,
        }
        return address(PATH, language, **(chosen | changed))


@dataclass(frozen=True)
class Row:
    """An area with the number that colours it, None where it is not shown."""

    code: str
    name: str
    value: int | None


def complaints_router(site: Site) -> APIRouter:
    """The page at /maps/complaints."""
    router = APIRouter()

    @router.get(PATH, response_class=HTMLResponse, name="complaints")
    def show(request: Request) -> Response:
        language = language_of(request)
        try:
            choice = ComplaintsChoice.of(request)
            report = site.reports.complaints(choice.table, choice.day)
        except NotReported:
            return site.not_found(request)
        world = _map(choice.table, language, site.background)
        html = site.render(
            "complaints.html",
            request,
            section="complaints",
            map_html=world.html,
            map_script=world.script,
            **complaints_view(report, choice, language),
        )
        return page_response(html, script_src=world.script_src, img_src=world.img_src)

    return router


def period_day(text: str) -> date:
    """A day, or a month as in 2026-10. Raises NotReported."""
    try:
        return date.fromisoformat(f"{text}-01" if len(text) == len("2026-10") else text)
    except ValueError:
        raise NotReported(f"period must be a day as 2026-10-01, got {text!r}") from None


def further_layers() -> list[Layer]:
    """What may be switched on beside the released rows: estates, factories, and the other layers
    of the theme."""
    others = [layer for layer in catalog().values() if Theme.COMPLAINTS in layer.themes]
    named = dict.fromkeys((*_PLACES, *(layer.name for layer in others if not layer.raster)))
    return [catalog()[name] for name in named if name in catalog() and name not in TABLES]


@cached_by_prefix
def _map(table: str, language: str, background: Background) -> BuiltMap:
    layers = [catalog()["provinces"], catalog()[table], *further_layers()]
    tiles = {layer.name: _TILES.format(layer.name) for layer in layers}
    return build_map("complaintsMap", layers, tiles, language, background)


def complaints_view(
    report: ComplaintsReport, choice: ComplaintsChoice, language: str
) -> dict[str, Any]:
    """What the template complaints.html asks for."""
    word = Words(language)
    is_split = report.table == DEALT_WITH
    categories = [code for code in CATEGORIES if any(r.category == code for r in report.dealt_with)]
    category = choice.category if choice.category in categories else next(iter(categories), None)
    of_category = [one for one in report.dealt_with if one.category == category]
    rows = _shares(of_category, language) if is_split else _homes(report, language)
    steps = _SHARES if is_split else of_counts(row.value for row in rows)
    shown = [row.value for row in rows if row.value is not None]
    chosen = report.chosen
    return {
        "report": report,
        "choice": choice,
        "here": lambda **changed: choice.address(language, **changed),
        "table_links": [
            (table, choice.address(language, table=_named(table), period=None, category=None))
            for table in TABLES
        ],
        "table_title": word(f"complaints.{NAMES[report.table].replace('-', '_')}"),
        "table_name": NAMES[report.table],
        "rows": rows,
        "of_category": of_category,
        "category": category,
        "categories": [(code, CATEGORIES[code][language]) for code in categories],
        "category_names": {code: text[language] for code, text in CATEGORIES.items()},
        "is_split": is_split,
        "total": sum(shown) if shown and not is_split else None,
        "hidden": sum(row.value is None for row in rows),
        "period_words": lambda one: period_words(one.start, one.period, language),
        "area_words": lambda area: word(f"complaints.area_{area}"),
        "released_on": numbers.day(thai_day(chosen.released_at), language) if chosen else "",
        "legend": _legend(steps, [row.value for row in rows], word),
        "map_data": _map_data(report, chosen, rows, steps, category),
        "further_layers": [(layer.name, layer.title[language]) for layer in further_layers()],
        "items": _items(report.table, chosen, language),
        "parameters": report.plans,
        "sources": attribution_text(catalog()[report.table].attribution, language),
    }


def period_words(start: date, period: str, language: str) -> str:
    """ต.ค. 2569, ไตรมาส ต.ค. 2569 or ปี 2569."""
    if period == "month":
        return numbers.month(start, language)
    if period == "year":
        return Words(language)("complaints.year", year=numbers.year(start.year, language))
    last = date(start.year, start.month + 2, 1)
    first = numbers.short_month(start, language)
    return f"{first}–{numbers.month(last, language)}"


def _named(table: str) -> str | None:
    return NAMES[table] if table != MONTHS else None


def _homes(report: ComplaintsReport, language: str) -> list[Row]:
    return [Row(one.code, one.name[language], one.homes) for one in report.areas]


def _shares(rows: Sequence[AreaDealtWith], language: str) -> list[Row]:
    return [Row(one.code, one.name[language], one.dealt_with_pct) for one in rows]


def _legend(steps: Steps, values: Sequence[int | None], word: Words) -> dict[str, Any]:
    found = tally(steps, values)
    lines = [
        (step, bounds_words(low, after, steps.least, word), found[step])
        for step, (low, after) in enumerate(steps.bounds(), 1)
    ]
    return {"lines": lines[::-1], "unknown": sum(value is None for value in values)}


def _map_data(
    report: ComplaintsReport,
    chosen: ReleasedPeriod | None,
    rows: Sequence[Row],
    steps: Steps,
    category: str | None,
) -> dict[str, Any]:
    """Which period the map asks for, and the step of each area's colour."""
    if chosen is None:
        return {"layer": report.table, "begins": None, "ends": None, "areas": {}, "filter": None}
    return {
        "layer": report.table,
        "begins": f"{chosen.start}T00:00:00+07:00",
        "ends": f"{chosen.last_day}T23:59:59+07:00",
        "areas": {
            row.code: {
                "step": steps.step(row.value),
                "name": row.name,
                "label": numbers.count(row.value),
            }
            for row in rows
        },
        "labelled": [row.code for row in rows if row.value is not None][:_LABELLED],
        "area": chosen.area,
        "filter": f"category = '{category}'" if category else None,
    }


def _items(table: str, chosen: ReleasedPeriod | None, language: str) -> list[tuple[str, str]]:
    """Where the rows of the period can be taken from, by their form."""
    when = f"{chosen.start}/{chosen.last_day}" if chosen else None
    path = f"/ogc/collections/{table}/items"
    return [
        (name, address(path, language, datetime=when, f=form, bom=bom, limit=limit))
        for name, form, bom, limit in (
            ("csv", "csv", "true", None),
            ("geojson", "geojson", None, "10000"),
        )
    ]
