"""The items of a layer as a table: which columns, in which order, and what is in each cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from layers.catalog import catalog
from layers.model import Mark, unit_beside
from map_site.mount import mounted
from map_site.value_text import time_text, value_text
from map_site.words import words

Json = Mapping[str, Any]

# Features that a page's small map draws at once, in one plain colour.
_DRAWN = 5000
# Ids up to so many characters are shown whole; longer ones are told apart by their ends.
_WHOLE_ID = 14
_ID_END = 6


@dataclass(frozen=True)
class Column:
    """A property that some feature of the page has; `numeric` where it has numbers."""

    name: str
    title: str
    unit: str | None
    description: str | None
    field: Json
    numeric: bool


def columns(collection: Json, features: Iterable[Json], language: str) -> list[Column]:
    """The properties that any of the features has: the time, those that maps show, the others in
    the order of their declaration."""
    held: dict[str, Any] = {}
    for feature in features:
        for name, value in (feature.get("properties") or {}).items():
            if value is not None:
                held.setdefault(name, value)
    declared = {field["name"]: field for field in collection.get("fields", ())}
    layer = catalog().get(str(collection.get("id")))
    first = layer.tiling.fields or () if layer else ()
    order = dict.fromkeys(("observed_at", *first, *declared, *held))
    return [
        _column(declared.get(name, {"name": name}), held[name], language)
        for name in order
        if name in held
    ]


def cell(feature: Json, column: Column, language: str) -> str:
    """The value in words without its unit; empty where there is none."""
    properties = feature.get("properties") or {}
    value = properties.get(column.name)
    if column.name == "observed_at" and value is not None:
        return time_text(value, language, properties.get("time_precision", "minute"))
    return value_text(value, column.field, language)


def short_id(id: Any) -> str:
    """What tells a feature from others of a page."""
    text = str(id)
    return text if len(text) <= _WHOLE_ID else f"…{text[-_ID_END:]}"


def item_address(collection: str, id: Any, language: str) -> str:
    """The page of one feature."""
    path = f"/ogc/collections/{collection}/items/{quote(str(id), safe='')}"
    return mounted(f"{path}?lang={language}")


def place(feature: Json) -> str | None:
    """The coordinates of a point in the order in which they are given; None for anything else."""
    geometry = feature.get("geometry") or {}
    if geometry.get("type") != "Point":
        return None
    return ", ".join(map(str, geometry["coordinates"]))


def drawn(
    features: Iterable[Json], collection: Json, language: str, address: str
) -> Mapping[str, Any] | None:
    """What features.js needs to draw a page's features; None where they have no place, or not in
    longitude and latitude."""
    placed = [feature for feature in features if feature.get("geometry")]
    if not placed or len(placed) > _DRAWN or "crs" in parse_qs(urlsplit(address).query):
        return None
    points = placed[0]["geometry"]["type"] in ("Point", "MultiPoint")
    declaration = {
        "name": collection["id"],
        "title": collection["title"],
        "geometry": "point" if points else "area",
        "timed": collection["timed"],
        "attribution": "",
        "language": language,
        "fields": [
            {
                "name": column.name,
                "title": column.title,
                "unit": column.unit,
                "values": codes,
                "decimals": column.field.get("decimals"),
                "kind": column.field.get("kind"),
            }
            for column, codes in _worded(columns(collection, placed, language), language)
            if column.name != "observed_at"
        ],
        "style": _PLAIN,
    }
    return {"declaration": declaration, "features": [_bare(feature) for feature in placed]}


_PLAIN: Json = {
    "color": "#0b4f6c",
    "by": None,
    "colors": {},
    "ramp": [],
    "label": None,
    "fill_opacity": 0.4,
    "label_above": None,
    "classes": [],
    "mark": asdict(Mark()),
    "marks": {},
    "cells": [],
}


def _column(field: Json, value: Any, language: str) -> Column:
    known = {"observed_at": words()["data"]["observed"][language]}
    name = field["name"]
    title = field.get("title", {}).get(language, known.get(name, name))
    return Column(
        name=name,
        title=title,
        unit=unit_beside(title, field.get("unit"), language),
        description=(field.get("description") or {}).get(language),
        field=field,
        numeric=isinstance(value, int | float) and not isinstance(value, bool),
    )


def _worded(told: Sequence[Column], language: str) -> Iterable[tuple[Column, Mapping[str, str]]]:
    for column in told:
        values = column.field.get("values", {})
        yield column, {code: text[language] for code, text in values.items()}


def _bare(feature: Json) -> Json:
    return {name: feature[name] for name in ("type", "id", "geometry", "properties")}
