"""Raster layers as STAC 1.1.0 (stacspec.org): a catalogue, a collection per layer, an item per day.

Static documents that lead from one to the other by their links: no search is offered.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from geo_api.http.links import licence_url, link
from geo_api.rasters.cog_writer import MEDIA_TYPE as COG_MEDIA_TYPE
from geo_api.rasters.registry import Raster
from layers.model import Layer, Text

Json = dict[str, Any]

VERSION = "1.1.0"
_GEOJSON = "application/geo+json"
_OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_DISTANCE = Text("ระยะถึงสถานีที่ใกล้ที่สุด", "Distance to the nearest station")
_ERROR = Text("ความคลาดเคลื่อนมาตรฐาน", "Standard error")


def catalog(base: str, layers: Sequence[Layer], language: str) -> Json:
    """The root; `base` is its own address, without a slash at its end."""
    return {
        "type": "Catalog",
        "stac_version": VERSION,
        "id": "fahsai",
        "title": "ฟ้าใส Fahsai",
        "description": "Raster layers of Fahsai, a day at a time",
        "conformsTo": ["https://api.stacspec.org/v1.0.0/core"],
        "links": [
            *_own(base, base, None),
            link(f"{base.removesuffix('stac')}openapi.json", "service-desc", _OPENAPI),
            *(
                link(f"{base}/{one.name}", "child", title=one.title[language])
                for one in sorted(layers, key=lambda one: one.name)
            ),
        ],
    }


def collection(base: str, layer: Layer, days: Sequence[Raster], language: str) -> Json:
    """A layer with links to its days, newest first; an extent of a layer without any is the
    world's, of no time."""
    here = f"{base}/{layer.name}"
    (value,) = layer.fields
    licence = licence_url(layer)
    return {
        "type": "Collection",
        "stac_version": VERSION,
        "id": layer.name,
        "title": layer.title[language],
        "description": layer.description[language],
        "license": layer.licence if licence else "other",
        "attribution": layer.attribution,
        "extent": {
            "spatial": {"bbox": [_around(days)]},
            "temporal": {"interval": [_lifetime(days)]},
        },
        "item_assets": {
            "data": {"type": COG_MEDIA_TYPE, "roles": ["data"], "bands": _bands(layer, language)}
        },
        "summaries": {"fahsai:unit": [value.unit]} if value.unit else {},
        "links": [
            *_own(here, base, base),
            *([link(licence, "license", "text/html")] if licence else []),
            *(link(f"{here}/{day}", "item", _GEOJSON) for day in _dates(days)),
        ],
    }


def item(base: str, files: str, layer: Layer, day: Raster, language: str) -> Json:
    """A day, from midnight to midnight in Thailand, or the last hour of one; `files` is the address
    of the layer's files."""
    west, south, east, north = day.bounds
    start, end = day.starts_at, day.ends_at
    here = f"{base}/{layer.name}"
    return {
        "type": "Feature",
        "stac_version": VERSION,
        "id": f"{layer.name}-{day.day}",
        "collection": layer.name,
        "bbox": list(day.bounds),
        "geometry": {
            "type": "Polygon",
            "coordinates": [
                [[west, south], [east, south], [east, north], [west, north], [west, south]]
            ],
        },
        "properties": {
            "datetime": None,
            "start_datetime": _text(start),
            "end_datetime": _text(end),
            "created": _text(day.made_at),
            "title": f"{layer.title[language]} {day.day}",
            "fahsai:method": day.method[language],
            "fahsai:rmse": day.rmse,
            "fahsai:stations": day.stations,
            "fahsai:simulated": day.simulated,
        },
        "assets": {
            "data": {
                "href": f"{files}/{day.day}.tif",
                "type": COG_MEDIA_TYPE,
                "roles": ["data"],
                "bands": _bands(layer, language),
            },
            "picture": {
                "href": f"{files}/{day.day}.png",
                "type": "image/png",
                "roles": ["overview"],
            },
        },
        "links": [*_own(f"{here}/{day.day}", base, here), link(here, "collection")],
    }


def _own(here: str, root: str, parent: str | None) -> list[Json]:
    links = [link(here, "self"), link(root, "root")]
    return [*links, link(parent, "parent")] if parent else links


def _bands(layer: Layer, language: str) -> list[Json]:
    (value,) = layer.fields
    band = {
        "name": value.name,
        "description": value.title[language],
        "data_type": "float32",
        "nodata": "nan",
    }
    known = [band | ({"unit": value.unit} if value.unit else {})]
    if layer.style.fades:
        far = {"name": "nearest_station_m", "description": _DISTANCE[language], "unit": "m"}
        known.append(far | {"data_type": "float32"})
        error = {"name": "standard_error", "description": _ERROR[language]}
        known.append(band | error | ({"unit": value.unit} if value.unit else {}))
    return known


def _dates(days: Sequence[Raster]) -> list[date]:
    """Of a layer of hours each day once, newest first: its item is the last hour of it."""
    return sorted({one.day for one in days}, reverse=True)


def _around(days: Sequence[Raster]) -> list[float]:
    if not days:
        return [-180.0, -90.0, 180.0, 90.0]
    west, south, east, north = zip(*(one.bounds for one in days), strict=True)
    return [min(west), min(south), max(east), max(north)]


def _lifetime(days: Sequence[Raster]) -> list[str | None]:
    if not days:
        return [None, None]
    return [_text(min(one.starts_at for one in days)), _text(max(one.ends_at for one in days))]


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
