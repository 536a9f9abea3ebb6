"""What the brief's map shows: the step of each province's colour, the legend, the stations."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from layers.cleaning.text import dictionary_key
from layers.methods.aqi import class_starts
from layers.reports.brief import AIR, COMPLAINTS, GREEN, HOTSPOTS, UPWIND, Brief, Province
from layers.reports.measures import LEAST_FACTORIES_FOR_RATE
from map_site import numbers
from map_site.rendering import Words
from map_site.steps import SHARES_PCT, Steps, of_counts, tally

_LABELLED = 9
# Why a province may have no number, where that is not for want of data.
_UNKNOWN = {COMPLAINTS: "brief.complaints_hidden", GREEN: "brief.too_few"}
THEMES = {
    HOTSPOTS: "burning",
    AIR: "air",
    COMPLAINTS: "complaints",
    UPWIND: "burning",
    GREEN: "green",
}


def green_share(one: Province) -> float | None:
    """Per cent of the factories that have a certificate; None of fewer factories than tell."""
    if one.factories is None or one.certified is None:
        return None
    if one.factories < LEAST_FACTORIES_FOR_RATE:
        return None
    return 100 * one.certified / one.factories


VALUES: Mapping[str, Callable[[Province], float | None]] = {
    HOTSPOTS: lambda one: one.hotspots,
    AIR: lambda one: one.pm25,
    COMPLAINTS: lambda one: one.complaints,
    UPWIND: lambda one: one.upwind,
    GREEN: green_share,
}


def in_order(provinces: Iterable[Province], measure: str, language: str) -> list[Province]:
    """By a number: the most first, those alike by name, unknown last."""
    value_of = VALUES[measure]

    def order(one: Province) -> tuple[bool, float, str]:
        value = value_of(one)
        return value is None, -(value or 0), dictionary_key(one.name[language])

    return sorted(provinces, key=order)


def steps_of(report: Brief, measure: str) -> Steps:
    """The steps of a number's colour, the same for every region."""
    if measure == AIR:
        return Steps(class_starts("pm25_24h", report.day), 0.1)
    if measure == GREEN:
        return Steps(SHARES_PCT, 0)
    return of_counts(VALUES[measure](one) for one in report.provinces)


def aqi_class(pm25: float | None, day: date) -> int | None:
    """The class of the Thai index, 1 to 5."""
    return Steps(class_starts("pm25_24h", day), 0.1).step(pm25)


def legend(report: Brief, measure: str, steps: Steps, word: Words) -> dict[str, Any]:
    """The steps from the highest, with how many provinces, or stations, each has."""
    values: list[float | None]
    if measure == AIR:
        values = [station.pm25 for station in report.stations]
    else:
        values = [VALUES[measure](one) for one in report.provinces]
    found = tally(steps, values)
    lines = [
        (step, bounds_words(low, after, steps.least, word), found[step])
        for step, (low, after) in enumerate(steps.bounds(), 1)
    ]
    return {
        "lines": lines[::-1],
        "zero": found[0] if measure not in (AIR, COMPLAINTS, GREEN) else None,
        "unknown": sum(value is None for value in values),
        "unknown_words": word(_UNKNOWN.get(measure, "site.no_data")),
    }


def bounds_words(low: float, after: float | None, least: float, word: Words) -> str:
    """Which values a step holds."""
    if after is None:
        return word("brief.and_more", low=numbers.decimal(low))
    last = after - least
    if last == low:
        return numbers.decimal(low)
    return f"{numbers.decimal(low)}–{numbers.decimal(last)}"


def map_data(
    report: Brief, measure: str, pinned: str | None, language: str, steps: Steps
) -> dict[str, Any]:
    """What the map draws: a step, a value and a name for each province, and the stations."""
    value_of = VALUES[measure]
    areas = {
        one.code: {
            "step": None if measure == AIR else steps.step(value_of(one)),
            "value": value_of(one),
            "name": one.name[language],
            "label": (numbers.share if measure == GREEN else numbers.count)(value_of(one)),
        }
        for one in report.provinces
    }
    highest = [one for one in in_order(report.provinces, measure, language) if value_of(one)]
    stations = [
        {"lon": s.lon, "lat": s.lat, "name": s.name[language], "value": s.pm25, "step": step}
        for s in report.stations
        if (step := steps.step(s.pm25)) is not None
    ]
    return {
        "theme": THEMES[measure],
        "plain": measure == AIR,
        "areas": areas,
        "labelled": [one.code for one in highest[:_LABELLED]],
        "stations": stations if measure == AIR else [],
        "pinned": pinned,
    }
