"""Season against seasons, for a page: a curve and the table beside it."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from layers.catalog import catalog
from layers.reports.season import Change, SeasonComparison, SeasonCount, Standing
from map_site import numbers
from map_site.charts import Line, line_chart
from map_site.rendering import Words

_MINUS, _TO = "−", "…"
# The chart, and how wide a letter is where phones show its words larger (charts.css).
_WIDTH, _HEIGHT, _LETTER = 480, 230, 11


def season_view(
    found: SeasonComparison | None, word: Words, language: str
) -> dict[str, Any] | None:
    """What the template asks for; None where no detection is known."""
    if found is None:
        return None
    names = _satellites(language)
    return {
        "title": word(
            "season.title",
            season=numbers.season(found.seasons[0].season, language),
            first=numbers.day_of_month(found.first, language),
            last=numbers.day_of_month(found.last, language),
        ),
        "chart": _chart(found, language),
        "rows": [_row(one, names, word, language) for one in found.seasons],
        "satellites": ", ".join(names.get(one, one) for one in found.satellites)
        or word("season.no_satellites"),
        "to": numbers.day_of_month(found.last, language),
    }


def _satellites(language: str) -> dict[str, str]:
    field = next(one for one in catalog()["hotspots"].fields if one.name == "satellite")
    return {code: text[language] for code, text in field.values.items()}


def _chart(found: SeasonComparison, language: str) -> Markup:
    """Earlier seasons whole, the one before this dashed; this one above them."""
    return line_chart(
        list(reversed(list(_lines(found, language)))),
        found.first,
        language,
        width=_WIDTH,
        height=_HEIGHT,
        letter=_LETTER,
    )


def _lines(found: SeasonComparison, language: str) -> Iterator[Line]:
    for number, one in enumerate(found.seasons):
        if one.curve:
            kind = ("this", "last")[number] if number < 2 else "older"
            yield Line(one.curve, kind, numbers.season(one.season, language))


def _row(one: SeasonCount, names: dict[str, str], word: Words, language: str) -> dict[str, Any]:
    each = (
        f"{names.get(name, name) or word('season.unknown_satellite')} {numbers.count(count)}"
        for name, count in one.by_satellite.items()
    )
    return {
        "season": numbers.season(one.season, language),
        "is_this": one.standing == Standing.THIS,
        "detections": numbers.count(one.detections),
        "by_satellite": " · ".join(each),
        "compared": numbers.count(one.compared),
        "cane": numbers.count(one.cane),
        "change": _change(one, word),
    }


def _change(one: SeasonCount, word: Words) -> str:
    """How this season stands against it, or why that is not said."""
    if one.standing == Standing.THIS and one.compared is None:
        return word(f"season.{Standing.PARTIAL}")
    if one.standing != Standing.COMPARED:
        return word(f"season.{one.standing}")
    if one.change is None:
        return word("season.few")
    return f"{_percent(one.change.percent)} %{_bounds(one.change, word)}"


def _bounds(change: Change, word: Words) -> str:
    if change.low is None or change.high is None:
        return f" {word('season.few_weeks')}"
    return f" ({_percent(change.low)}{_TO}{_percent(change.high)})"


def _percent(value: float) -> str:
    return f"{'+' if value > 0 else _MINUS if value < 0 else ''}{numbers.count(abs(value))}"
