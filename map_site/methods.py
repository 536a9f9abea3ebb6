"""The page of the methods: topics with their anchors, filled with the constants of the code."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from layers.catalog import catalog
from layers.methods import aqi, pm25_surface, upwind
from layers.methods.complaint_release.rule import HOME_WITHIN_M, LEAST_HOMES
from layers.methods.green_effect import finding as green_effect
from layers.reference.industries import cluster_codes
from layers.reports import EmissionFactor, MethodChecks
from layers.reports.brief import PM25_STANDARD
from layers.reports.complaints import TABLES
from layers.reports.emissions import LEAST_WITH_WORKERS
from layers.reports.measures import (
    DAY_BEGINS_H,
    LEAST_BASE_FOR_PERCENT,
    LEAST_FACTORIES_FOR_RATE,
    SEASON_FIRST_MONTH,
    SEASON_LAST_MONTH,
    season_of,
)
from map_site import numbers
from map_site.method_curves import attribution_curves, curves_made
from map_site.method_topics import Topic, method_topics, rows_of, summary, with_others
from map_site.rendering import Words, page_response
from map_site.site import Site, language_of
from map_site.words import words

_PM25: aqi.Pollutant = "pm25_24h"
_BEFORE_2023 = aqi.NOTICE_OF_2023 - timedelta(days=1)
_CLASSES = ("very_good", "good", "moderate", "unhealthy_start", "unhealthy")


def methods_router(site: Site) -> APIRouter:
    """The page at /methods."""
    router = APIRouter()

    @router.get("/methods", response_class=HTMLResponse)
    def show(request: Request) -> Response:
        reports = site.reports
        view = methods_view(
            language_of(request),
            site.now().date(),
            reports.emission_factors(),
            reports.method_checks(),
        )
        return page_response(site.render("methods.html", request, section="methods", **view))

    return router


def methods_view(
    language: str,
    today: date,
    factors: Sequence[EmissionFactor] = (),
    checks: MethodChecks | None = None,
) -> dict[str, Any]:
    """What the template methods.html asks for."""
    all_topics = with_others(topics(language, today), checks)
    return {
        "all_topics": all_topics,
        "known_words": words(),
        "checks_summary": summary(checks, language),
        "checks_all_passed": bool(checks and not checks.failure and not checks.failed),
        "curves": attribution_curves(language),
        "curves_made": curves_made(language),
        "check_rows": {topic.name: rows_of(topic, checks, language) for topic in all_topics},
        "aqi_rows": _aqi_rows(language),
        "aqi_since": numbers.day(aqi.NOTICE_OF_2023, language),
        "late_rows": _late_rows(language),
        "factor_rows": [_factor_row(one, language) for one in factors],
        "layer_titles": {name: layer.title[language] for name, layer in catalog().items()},
    }


def topics(language: str, today: date) -> list[Topic]:
    """In the order in which they are read; `/methods#NAME` leads to one."""
    return [
        Topic("day", {"hour": f"{DAY_BEGINS_H:02d}:00"}),
        Topic("hotspots", {"satellites": _satellites(language)}, ("hotspots",)),
        Topic("seen", {}),
        Topic("compare", {"base": LEAST_BASE_FOR_PERCENT}),
        Topic(
            "season",
            {
                "first": numbers.day_of_month(date(2000, SEASON_FIRST_MONTH, 1), language),
                "last": numbers.short_month(date(2000, SEASON_LAST_MONTH, 1), language),
                "example": numbers.season(season_of(today), language),
            },
        ),
        Topic("air", _air(language), ("air_stations", "air_quality")),
        Topic(
            "surface",
            {
                "range": f"{pm25_surface.RANGE_M / 1000:g}",
                "error": f"{pm25_surface.MOST_ERROR_UG_M3:g}",
                "share": f"{100 * pm25_surface.MOST_ERROR_SHARE:g}",
                "reach": f"{pm25_surface.REACH_M / 1000:g}",
                "paler": ", ".join(
                    f"{beyond_m / 1000:g}"
                    for beyond_m, left in catalog()["pm25_surface"].style.fades
                    if left
                ),
                "stations": pm25_surface.LEAST_STATIONS,
            },
        ),
        Topic(
            "upwind",
            {
                "angle": upwind.UPWIND_DEG,
                "calm": upwind.CALM_M_S,
                "within": f"{upwind.FIRE_WITHIN_M / 1000:g}",
                "station": f"{upwind.STATION_WITHIN_M / 1000:g}",
                "hours": upwind.STATION_WITHIN_H,
            },
            ("wind", "factories"),
        ),
        *method_topics(),
        Topic("rates", {"factories": LEAST_FACTORIES_FOR_RATE}, ("green_certificates",)),
        Topic("complaints", {"least": LEAST_HOMES, "place": HOME_WITHIN_M}, TABLES),
        Topic(
            "effect",
            {
                "factories": green_effect.LEAST_FACTORIES,
                "complaints": green_effect.LEAST_AFTER,
                "alpha": f"{100 * green_effect.ALPHA:g}",
            },
            ("green_certificates",),
        ),
        Topic("carbon", {"workers": f"{100 * LEAST_WITH_WORKERS:g}"}, ("carbon",)),
        Topic("waste", {}, ("waste_flows", "waste_balance")),
        Topic(
            "clusters",
            {
                "factories": LEAST_FACTORIES_FOR_RATE,
                "codes": ", ".join(f"{one.cluster} {one.tsic}" for one in cluster_codes().values()),
            },
            ("industry_clusters",),
        ),
        Topic("scorecard", {"factories": LEAST_FACTORIES_FOR_RATE}, ("eco_towns",)),
        Topic("late", _late()),
    ]


def _air(language: str) -> dict[str, Any]:
    return {
        "hours": aqi.LEAST_HOURS,
        "standard": f"{PM25_STANDARD:g}",
        "since": numbers.day(aqi.NOTICE_OF_2023, language),
        # Then as now the end of the class "moderate".
        "before": f"{_ends(_BEFORE_2023)[2]:g}",
    }


def _aqi_rows(language: str) -> list[tuple[int, str, str, str]]:
    """Each class: its number, its words, its values now and before the notice."""
    declared = {field.name: field for field in catalog()["air_stations"].fields}
    worded = declared["aqi_class"].values
    now, before = _ranges(aqi.NOTICE_OF_2023, language), _ranges(_BEFORE_2023, language)
    return [
        (number + 1, worded[name][language], now[number], before[number])
        for number, name in enumerate(_CLASSES)
    ]


def _ranges(day: date, language: str) -> list[str]:
    starts = aqi.class_starts(_PM25, day)
    ends = _ends(day)
    told = [f"{low:g}–{high:g}" for low, high in zip(starts, ends, strict=False)]
    return [*told, words()["methods"]["aqi_up"][language].format(low=f"{starts[-1]:g}")]


def _ends(day: date) -> list[float]:
    """The highest value of each class but the last."""
    step = 0.1 if day >= aqi.NOTICE_OF_2023 else 1
    return [round(start - step, 1) for start in aqi.class_starts(_PM25, day)[1:]]


def _satellites(language: str) -> str:
    declared = {field.name: field for field in catalog()["hotspots"].fields}
    return ", ".join(text[language] for text in declared["satellite"].values.values())


def _factor_row(factor: EmissionFactor, language: str) -> tuple[str, ...]:
    """What is burned or used, its factor and what that comprises, its biogenic CO2, when they are
    valid, and whose they are, with where they were read."""
    told, word = words()["factor"], Words(language)
    name = told.get(f"energy_{factor.energy}")
    ends = (factor.valid_from, factor.valid_to)
    known = [numbers.day(day, language) if day else "…" for day in ends]
    quality = told.get(f"quality_{factor.quality}")
    return (
        name[language] if name else factor.energy,
        f"{factor.kgco2e:.4f} kg CO₂e/{factor.unit}",
        f"{word('factor.scope', scope=factor.scope)}, {word(f'factor.basis_{factor.basis}')}",
        f"{factor.biogenic_kgco2:.4f}" if factor.biogenic_kgco2 else numbers.DASH,
        " – ".join(known) if any(ends) else numbers.DASH,
        f"{factor.source}; {quality[language]}" if quality else factor.source,
    )


def _late() -> dict[str, Any]:
    gap = catalog()["hotspots"].usual_gap or timedelta()
    return {"hour": f"{DAY_BEGINS_H:02d}:00", "gap": round(gap / timedelta(hours=1))}


def _late_rows(language: str) -> list[tuple[str, str, str]]:
    told = words()["status"]
    rows = []
    for layer in catalog().values():
        hours = layer.stale_after / timedelta(hours=1)
        unit, number = ("hours", hours) if hours < 48 else ("days", hours / 24)
        amount = told[unit][language].format(number=numbers.decimal(number))
        rows.append((layer.name, layer.title[language], amount))
    return rows
