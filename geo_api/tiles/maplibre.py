"""Style documents by the MapLibre Style Specification, version 8: our tiles in our colours and
sizes, which MapLibre and QGIS draw at once.

They name neither fonts nor pictures, which would have to come from somewhere: numbers and names are
left out, and marks are circles. What each colour means stands in `metadata`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo_api.database.connections import Reads
from geo_api.tiles import sql as tiles_sql
from layers.model import Layer, Text

Json = dict[str, Any]
Quantiles = Mapping[str, Sequence[float]]

MEDIA_TYPE = "application/vnd.mapbox.style+json"

_CENTRE, _ZOOM = [101.2, 13.1], 5
_NO_DATA = "#f4f6f5"
_INK = "#14232b"
# The diameter of a mark by zoom, as in map_site/static/map/marks.js, and a circle's part of it.
_SIZES = ((6, 5.0), (13, 14.0))
_CIRCLE = 0.86 / 2
# From so many points in a cell on it has the next colour.
_CELL_STEPS = (1, 10, 100, 1_000, 10_000)


def style(base_url: str, title: Text, layers: Sequence[Layer], quantiles: Quantiles) -> Json:
    """The document of a map of `layers`, areas below and points above; `base_url` ends with a
    slash, and `quantiles` are the limits between the colours of those that have a ramp."""
    drawn = sorted(layers, key=lambda one: ("area", "raster", "point").index(one.geometry))
    return {
        "version": 8,
        "name": f"{title.th} / {title.en}",
        "metadata": {
            "fahsai:legend": {one.name: legend(one, quantiles.get(one.name, ())) for one in drawn},
            "fahsai:licence": {one.name: one.licence for one in drawn},
            "fahsai:attribution": {one.name: one.attribution for one in drawn},
        },
        "center": _CENTRE,
        "zoom": _ZOOM,
        "sources": {one.name: _source(base_url, one) for one in drawn},
        "layers": [
            {"id": "ground", "type": "background", "paint": {"background-color": "#fbfaf7"}},
            *(part for one in drawn for part in _layers(one, quantiles.get(one.name, ()))),
        ],
    }


def quantiles_of(reads: Reads, layers: Iterable[Layer]) -> dict[str, list[float]]:
    """The limits between the colours of each layer that has a ramp, if it has numbers."""
    found = {}
    for layer in layers:
        if layer.style.ramp:
            [(limits,)] = reads.fetch(tiles_sql.quantiles(layer, len(layer.style.ramp)))
            found[layer.name] = sorted({float(one) for one in limits or ()})
    return found


def legend(layer: Layer, limits: Sequence[float]) -> list[Json]:
    """What each colour means: a value of the field that is named, or up to which number."""
    drawn = layer.style
    if drawn.ramp:
        ends = [*limits, None] if limits else []
        return [
            {"field": drawn.by, "color": color, "up_to": end}
            for color, end in zip(drawn.ramp, ends, strict=False)
        ]
    if not drawn.colors:
        return [{"title": _bilingual(layer.title), "color": drawn.color}]
    values = next((one.values for one in layer.fields if one.name == drawn.by), {})
    return [
        {
            "field": drawn.by,
            "value": value,
            "title": _bilingual(values[value]) if value in values else None,
            "color": color,
            "shape": drawn.marks.get(value, drawn.mark).shape,
        }
        for value, color in drawn.colors.items()
    ]


def _source(base_url: str, layer: Layer) -> Json:
    url = f"{base_url}tiles/{layer.name}/tilejson.json"
    if layer.raster:
        return {"type": "raster", "url": url, "tileSize": 256}
    return {"type": "vector", "url": url}


def _layers(layer: Layer, limits: Sequence[float]) -> list[Json]:
    if layer.raster:
        opacity = {"raster-opacity": layer.style.fill_opacity}
        return [{"id": layer.name, "type": "raster", "source": layer.name, "paint": opacity}]
    of_layer = {"source": layer.name, "source-layer": layer.name}
    if layer.geometry == "area":
        fill = {
            "fill-color": _color(layer, limits),
            "fill-opacity": layer.style.fill_opacity,
        }
        line = {"line-color": _INK if layer.style.ramp else layer.style.color, "line-width": 0.7}
        return [
            {"id": layer.name, "type": "fill", **of_layer, "paint": fill},
            {"id": f"{layer.name}-outline", "type": "line", **of_layer, "paint": line},
        ]
    single, counted = ["!", ["has", "count"]], ["has", "count"]
    circle = {"type": "circle", **of_layer}
    return [
        {"id": f"{layer.name}-cells", **circle, "filter": counted, "paint": _cells(layer)},
        {"id": layer.name, **circle, "filter": single, "paint": _marks(layer, limits)},
    ]


def _marks(layer: Layer, limits: Sequence[float]) -> Json:
    """A mark whose size means nothing but nearness."""
    color = _color(layer, limits)
    is_open = layer.style.mark.fill == "open"
    sizes = [part for zoom, size in _SIZES for part in (zoom, round(size * _CIRCLE, 2))]
    return {
        "circle-radius": ["interpolate", ["linear"], ["zoom"], *sizes],
        "circle-color": "#ffffff" if is_open else color,
        "circle-stroke-color": color if is_open else "#ffffff",
        "circle-stroke-width": 1.5 if is_open else 0.8,
    }


def _cells(layer: Layer) -> Json:
    """A cell that counts points: larger the more it has, in steps of colour where the layer has
    any, else in that of the class that most are of."""
    steps = layer.style.cells
    color: Any = _color(layer, ())
    if steps:
        limits = [part for pair in zip(_CELL_STEPS[1:], steps[1:], strict=False) for part in pair]
        color = ["step", ["get", "count"], steps[0], *limits]
    return {
        "circle-radius": ["min", 12, ["+", 2.5, ["*", 0.8, ["ln", ["get", "count"]]]]],
        "circle-color": color,
        "circle-opacity": 0.85,
    }


def _color(layer: Layer, limits: Sequence[float]) -> Any:
    drawn = layer.style
    if drawn.ramp:
        if not limits:
            return _NO_DATA
        pairs = zip(limits, drawn.ramp[1:], strict=False)
        stepped = ["step", ["get", drawn.by], drawn.ramp[0], *(part for p in pairs for part in p)]
        return ["case", ["==", ["typeof", ["get", drawn.by]], "number"], stepped, _NO_DATA]
    if not drawn.colors:
        return drawn.color
    chosen = [part for pair in drawn.colors.items() for part in pair]
    return ["match", ["to-string", ["get", drawn.by]], *chosen, drawn.color]


def _bilingual(text: Text) -> dict[str, str]:
    return {"th": text.th, "en": text.en}
