"""The browser's half of drawing: its files, and what it is told of a layer.

Apart from layers.draw, which brings Folium and pandas: most of the site needs neither.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from layers.languages import in_its_language
from layers.licences import attribution_text
from layers.model import Field, Layer, unit_beside

# A path, not an import: in a notebook there is no server to ask for these files.
ASSETS = Path(__file__).resolve().parents[1] / "map_site" / "static"
SCRIPTS = (
    "vendor/leaflet/leaflet.js",
    "tell.js",
    "ask.js",
    "waters.js",
    "labels.js",
    "places.js",
    "map.js",
    "vendor/vector-tiles/vector-tiles.js",
    "map/world.js",
    "map/words.js",
    "map/tiles.js",
    "map/sources.js",
    "map/archives.js",
    "map/bins.js",
    "map/marks.js",
    "map/paint.js",
    "map/areas.js",
    "map/pointer.js",
    "map/popups.js",
    "map/legend.js",
    "map/canvas_layer.js",
    "map/vector_layer.js",
    "printing.js",
)
STYLES = (
    "vendor/leaflet/leaflet.css",
    "draw.css",
    "map.css",
    "labels.css",
)
LAND = "neighbours.geojson"
PLACES = "places.json"
WATERS = "waters.json"


def declaration(layer: Layer, language: str) -> dict[str, Any]:
    """What the browser needs to know of a layer, with its words in one language."""
    style = layer.style
    return {
        "name": layer.name,
        "title": layer.title[language],
        "geometry": layer.geometry,
        "timed": layer.timed,
        "attribution": in_its_language(attribution_text(layer.attribution, language), language),
        "language": language,
        "fields": [_field(field, language) for field in layer.fields],
        "style": {
            "color": style.color,
            "by": style.by,
            "against": style.against,
            "colors": dict(style.colors),
            "ramp": list(style.ramp),
            "breaks": list(style.breaks),
            "label": _label(layer, language),
            "label_above": style.label_above,
            "turned_by": style.turned_by,
            "newest": style.newest,
            "classes": list(layer.classes),
            "mark": asdict(style.mark),
            "marks": {value: asdict(mark) for value, mark in style.marks.items()},
            "cells": list(style.cells),
            "apart": list(style.apart),
            "hatched": list(style.hatched),
            "fill_opacity": style.fill_opacity,
        },
    }


def _field(field: Field, language: str) -> dict[str, Any]:
    return {
        "name": field.name,
        "title": field.title[language],
        "unit": unit_beside(field.title[language], field.unit, language),
        "values": {value: text[language] for value, text in field.values.items()},
        "decimals": field.decimals,
        "kind": field.kind,
    }


def _label(layer: Layer, language: str) -> str | None:
    """The label's field; of a pair of names, name_th and name_en, the one in the language."""
    label = layer.style.label
    if label and label.endswith("_th"):
        return f"{label.removesuffix('_th')}_{language}"
    return label
