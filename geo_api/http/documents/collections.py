"""What is told of a layer as a collection: its words, period, freshness, licence and addresses."""

from dataclasses import asdict
from datetime import datetime

from fastapi import Request

from geo_api.exports.formats import DOWNLOAD_FORMATS, GEOJSON, HTML
from geo_api.features.freshness import World, world
from geo_api.features.items import THAILAND, period
from geo_api.http.dependencies import Service
from geo_api.http.links import Json, bilingual, licence_url, link, ogc_url, provenance
from geo_api.tiles.maplibre import MEDIA_TYPE as MAPLIBRE_STYLE
from layers.crs import CRS84, SUPPORTED
from layers.model import Field, Layer

_GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
_SCHEMA = "application/schema+json"
_REL = "http://www.opengis.net/def/rel/ogc/1.0/"


def collection_documents(
    request: Request, service: Service, layers: list[Layer], language: str
) -> list[Json]:
    """Each of the layers as a collection."""
    known = world(service.reads, layers, service.now())
    return [_described(request, service, layer, language, known) for layer in layers]


def _described(
    request: Request, service: Service, layer: Layer, language: str, known: World
) -> Json:
    observed = period(service.reads, layer)
    return {
        "id": layer.name,
        "title": layer.title[language],
        "description": layer.description[language],
        "titles": bilingual(layer.title),
        "descriptions": bilingual(layer.description),
        **provenance(layer, layer.name in known.simulated_layers),
        "extent": {
            "spatial": {"bbox": [THAILAND], "crs": CRS84},
            "temporal": {
                "interval": [[_iso(time) for time in observed or (None, None)]],
                "trs": _GREGORIAN,
            },
        },
        "itemType": "feature",
        "timed": layer.timed,
        "crs": list(SUPPORTED),
        "storageCrs": CRS84,
        "fields": [_field(field) for field in layer.fields],
        **({"trust": asdict(layer.trust)} if layer.trust else {}),
        "freshness": known.freshness[layer.name].as_json(),
        "links": _links(request, layer, language),
    }


def _links(request: Request, layer: Layer, language: str) -> list[Json]:
    path = ("collections", layer.name)
    items = ogc_url(request, *path, "items")
    title = layer.title[language]
    links = [
        link(f"{items}?f={format.name}", "items", format.bare_type, f"{title}: {format.title}")
        for format in (HTML, *DOWNLOAD_FORMATS)
    ]
    links.insert(0, link(items, "items", GEOJSON.media_type, title))
    for name in ("schema", "queryables", "sortables"):
        links.append(link(ogc_url(request, *path, name), _REL + name, _SCHEMA))
    # By this relation GDAL looks for the types of properties; Debian's 3.6 in the second spelling.
    for rel in ("describedby", "describedBy"):
        links.append(link(ogc_url(request, *path, "schema", "geojson"), rel, _SCHEMA))
    links.append(link(ogc_url(request, *path, "tiles"), f"{_REL}tilesets-vector"))
    links.append(link(ogc_url(request, *path, "styles"), f"{_REL}styles"))
    drawn = f"{request.base_url}styles/{layer.name}.json"
    links.append(link(drawn, "stylesheet", MAPLIBRE_STYLE, "MapLibre"))
    licence = licence_url(layer)
    if licence:
        links.append(link(licence, "license", "text/html", layer.licence))
    return links


def _field(field: Field) -> Json:
    told = {
        "name": field.name,
        "title": bilingual(field.title),
        "unit": field.unit,
        "description": bilingual(field.description) if field.description else None,
        "values": {code: bilingual(text) for code, text in field.values.items()},
        "kind": field.kind,
    }
    decimals = {} if field.decimals is None else {"decimals": field.decimals}
    return {name: value for name, value in told.items() if value} | decimals


def _iso(time: datetime | None) -> str | None:
    return time.isoformat().replace("+00:00", "Z") if time else None
