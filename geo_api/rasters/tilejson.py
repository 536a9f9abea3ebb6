"""Describes a raster layer to people and clients: its legend, and its tiles as TileJSON."""

import math
from collections.abc import Mapping
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

from geo_api.database.connections import Reads
from geo_api.rasters.cog_reader import cells
from geo_api.rasters.days import Days
from geo_api.rasters.registry import file_of, raster, raster_layer
from geo_api.tiles.tile_matrix_set import LAST_ZOOM
from layers.methods.mercator import WIDEST_PIXEL_DEG
from layers.model import Layer, Text

Json = dict[str, Any]

_PALER = Text("สีจางลงเมื่อห่างสถานีเกิน {km} กม.", "Paler beyond {km} km from a station")
_NOT_ESTIMATED = Text(
    "ห่างสถานีเกิน {km} กม. ไม่ประมาณค่า", "Not estimated beyond {km} km from a station"
)

# Beyond this zoom a pixel of a tile is an eighth of a cell, and smaller ones show nothing new.
_FINER_ZOOMS = 3


def raster_tilejson(
    reads: Reads,
    declared: Mapping[str, Layer],
    home: Path,
    base_url: str,
    name: str,
    days: Days,
    language: str,
) -> Json:
    """TileJSON 3.0.0 of the newest of the days; `base_url` ends with a slash. Raises LayerNotFound
    and RasterNotFound."""
    layer = raster_layer(reads, declared, name)
    found = raster(reads, layer, days)
    west, south, east, north = found.bounds
    finest = cells(file_of(found, home)).levels[0]
    max_zoom = math.ceil(math.log2(WIDEST_PIXEL_DEG / finest.width)) + _FINER_ZOOMS
    max_zoom = min(max(max_zoom, 0), LAST_ZOOM)
    return {
        "tilejson": "3.0.0",
        "name": f"{layer.title[language]} {found.name}",
        "description": layer.description[language],
        # Viewers put it into their pages as HTML.
        "attribution": escape(layer.attribution),
        "scheme": "xyz",
        "tiles": [f"{base_url}tiles/{layer.name}/{{z}}/{{x}}/{{y}}.png?{found.query}"],
        "minzoom": 0,
        "maxzoom": max_zoom,
        "bounds": found.bounds,
        "center": [(west + east) / 2, (south + north) / 2, min(max_zoom, _zoom_to(west, east))],
    }


def legend(layer: Layer, language: str) -> list[Json]:
    """Each class's colour, name and highest value; the last has none."""
    (value,) = layer.fields
    ends = pairwise((None, *layer.style.breaks, None))
    return [
        {"class": name, "title": value.values[name][language], "color": color}
        | {"above": above, "up_to": up_to}
        for (name, color), (above, up_to) in zip(layer.style.colors.items(), ends, strict=True)
    ]


def legend_svg(layer: Layer, language: str) -> str:
    """The legend as a picture: a line per class under the name of the quantity and its unit."""
    (value,) = layer.fields
    title = value.title[language] + (f" ({value.unit})" if value.unit else "")
    lines, faded = legend(layer, language), _faded(layer, language)
    height = 28 + 22 * len(lines) + (20 * len(faded) + 6 if faded else 0)
    drawn = "".join(_line(entry, 28 + 22 * place) for place, entry in enumerate(lines))
    drawn += "".join(
        f'<text x="4" y="{28 + 22 * len(lines) + 14 + 20 * place}">{escape(words)}</text>'
        for place, words in enumerate(faded)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="360" height="{height}"'
        f' viewBox="0 0 360 {height}" font-family="Sarabun, sans-serif" font-size="14">'
        f"<title>{escape(layer.title[language])}</title>"
        f'<text x="4" y="18" font-weight="600">{escape(title)}</text>{drawn}</svg>'
    )


def _faded(layer: Layer, language: str) -> list[str]:
    """What a colour that is paler means, and where there is none."""
    if not layer.style.fades:
        return []
    paler = ", ".join(f"{beyond_m / 1000:g}" for beyond_m, opacity in layer.style.fades if opacity)
    told = [_PALER[language].format(km=paler)]
    ends = [beyond_m / 1000 for beyond_m, opacity in layer.style.fades if not opacity]
    return told + [_NOT_ESTIMATED[language].format(km=f"{km:g}") for km in ends]


def _line(entry: Json, top: int) -> str:
    above, up_to = entry["above"], entry["up_to"]
    limits = f"> {above:g}" if up_to is None else f"≤ {up_to:g}"
    words = entry["title"] if limits in entry["title"] else f"{entry['title']} ({limits})"
    return (
        f'<rect x="4" y="{top}" width="26" height="16" fill="{escape(entry["color"])}"'
        f' stroke="#666"/><text x="38" y="{top + 13}">{escape(words)}</text>'
    )


def _zoom_to(west: float, east: float) -> int:
    """The zoom at which about two tiles span the width."""
    return max(0, math.floor(math.log2(720 / max(east - west, 1e-6))))
