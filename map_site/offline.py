"""A map as one file: Folium's map with its features, and every script, style and font within it."""

import base64
import re
from datetime import UTC, datetime
from typing import Any

from branca.element import Figure
from markupsafe import Markup

from layers.browser import ASSETS
from layers.citation import address_to_cite
from layers.draw import PageData, country_map, draw
from layers.licences import licence_text
from layers.reports.measures import period_of
from layers.reports.offline import Carried, OfflineMap
from map_site import numbers
from map_site.folium_map import Controls
from map_site.no_day import unknown_days
from map_site.rendering import Words, render

_FONTS = ("thai", "latin")
_WEIGHTS = (400, 600)
# As tokens.css has them: which letters a browser takes from which file.
_LETTERS = {
    "thai": "U+02D7,U+0303,U+0331,U+0E01-0E5B,U+200C-200D,U+25CC",
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,"
    "U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
}
_STYLES = ("timebar.css", "offline.css")
_SCRIPTS = ("timebar.js", "offline.js")
_LICENCE = "licences/gshhg/COPYING.LESSER"


def render_offline(world: OfflineMap, language: str) -> str:
    """The file in Thai ("th") or English ("en"); it asks nothing of any server."""
    figure = Figure()
    drawn_map = country_map(zoom_control=True)
    figure.add_child(drawn_map)
    drawn = {}
    for one in world.carried:
        layer = draw(one.layer, PageData(f"data-{one.layer.name}"), language)
        if one.layer.geometry == "area":
            layer.options = {"outlines": True}
        drawn[one.layer.name] = layer
        drawn_map.add_child(layer)
    drawn_map.add_child(Controls("offlineMap", drawn_map, drawn))
    drawn_map.render()  # type: ignore[no-untyped-call]
    word = Words(language)
    return render(
        "offline.html",
        language,
        "/",
        simulated=world.simulated,
        world=world,
        title=_title(world, language),
        cite_address=address_to_cite(world.address, world.path, _moment(world.made_at)),
        period=_period(world, word, language),
        place=world.place[language] if world.place else word("offline.country"),
        licence=licence_text,
        carried={one.layer.name: _within_script(one.features) for one in world.carried},
        counts=" · ".join(_count(one, world, language) for one in _subjects(world)),
        header=Markup(figure.header.render()),
        map_html=Markup(figure.html.render()),
        map_script=Markup(figure.script.render()),
        styles=Markup(_fonts() + _tokens() + "".join(map(_text, _STYLES))),
        scripts=Markup("\n".join(map(_text, _SCRIPTS))),
        lgpl=_text(_LICENCE),
        offline_data=_offline_data(world, language),
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _title(world: OfflineMap, language: str) -> str:
    return ", ".join(one.layer.title[language] for one in _subjects(world))


def _subjects(world: OfflineMap) -> list[Carried]:
    """The points are what a map is about; the areas are where they lie, if there are points."""
    points = [one for one in world.carried if one.layer.geometry != "area"]
    return points or list(world.carried)


def _period(world: OfflineMap, word: Words, language: str) -> str:
    if not any(one.layer.timed for one in world.carried):
        return word("offline.untimed")
    first, last = numbers.day(world.first, language), numbers.day(world.last, language)
    said = first if first == last else word("offline.days", first=first, last=last)
    return f"{said} ({word('offline.cut')})"


def _count(one: Carried, world: OfflineMap, language: str) -> str:
    """How many are drawn, and what is counted apart; where days are asked for that nothing is known
    of, that too, and no number where all are."""
    word, notes = Words(language), []
    drawn: int | None = one.count - one.apart
    if one.apart:
        notes.append(word("offline.apart", count=one.apart))
    if one.layer.timed:
        known = (one.known_from, one.known_to)
        if unsaid := unknown_days(world.first, world.last, known, language):
            notes.append(unsaid)
        if not one.count and not _is_any_known(one, world):
            drawn = None
    told = f" ({'; '.join(notes)})" if notes else ""
    return f"{one.layer.title[language]} {numbers.count(drawn)}{told}"


def _is_any_known(one: Carried, world: OfflineMap) -> bool:
    if one.known_from is None or one.known_to is None:
        return False
    return world.first <= one.known_to and world.last >= one.known_from


def _offline_data(world: OfflineMap, language: str) -> dict[str, Any]:
    """What the script is told; days as in 2026-01-31."""
    west, south, east, north = world.box
    return {
        "language": language,
        "box": [[south, west], [north, east]],
        "first": str(world.first),
        "days": (world.last - world.first).days + 1,
        "begins": int(period_of(world.first)[0].timestamp() * 1000),
        "known_from": world.known_from and str(world.known_from),
        "known_to": world.known_to and str(world.known_to),
        "timed": {one.layer.name: _known(one) for one in world.carried if one.layer.timed},
    }


def _known(one: Carried) -> list[int] | None:
    """When the days of which there are data begin and end, in milliseconds."""
    if one.known_from is None or one.known_to is None:
        return None
    ends = (period_of(one.known_from)[0], period_of(one.known_to)[1])
    return [int(at.timestamp() * 1000) for at in ends]


def _within_script(text: str) -> Markup:
    """JSON that no value in it can end."""
    return Markup(text.replace("<", "\\u003c"))


def _fonts() -> str:
    faces = []
    for script in _FONTS:
        for weight in _WEIGHTS:
            file = ASSETS / "vendor" / "sarabun" / f"sarabun-{script}-{weight}-normal.woff2"
            data = base64.b64encode(file.read_bytes()).decode()
            faces.append(
                f"@font-face{{font-family:Sarabun;font-weight:{weight};"
                f"src:url(data:font/woff2;base64,{data}) format('woff2');"
                f"unicode-range:{_LETTERS[script]}}}\n"
            )
    return "".join(faces)


def _tokens() -> str:
    """The design's tokens without the fonts, which it names by their addresses."""
    return re.sub(r"@font-face\s*\{[^}]*\}\s*", "", _text("tokens.css"))


def _text(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")
