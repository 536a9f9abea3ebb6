"""/ogc/: OGC API – Features, Part 1 (17-069r4), over every layer that has features."""

import re
from datetime import datetime

from fastapi import APIRouter, Request, Response

from geo_api.features import THAILAND, period
from geo_api.links import GEOJSON, Json, address, both, link, provenance, self_and_languages
from geo_api.parameters import LANG, Language, takes
from geo_api.service import Served
from geo_api.status import World, world
from layers.crs import CRS84, SUPPORTED
from layers.model import Field, Layer, Text
from layers.query import Interval

router = APIRouter(prefix="/ogc", tags=["OGC API – Features"])

CONFORMANCE = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}"
    for name in ("core", "oas30", "geojson")
)
_GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
_OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_SPDX = re.compile(r"[A-Za-z]+(-[A-Za-z0-9.]+)+")
_TITLE = Text("ฟ้าใส: โรงงาน ไฟ ฝุ่น และเรื่องร้องเรียน", "Fahsai: factories, fires, air, complaints")
_ABOUT = Text(
    "ชั้นข้อมูลสิ่งแวดล้อมอุตสาหกรรมของประเทศไทย ตามมาตรฐาน OGC API – Features",
    "Layers about industry and the environment in Thailand, as OGC API – Features.",
)


@router.get("/", openapi_extra=takes(LANG))
def landing(request: Request, response: Response, language: Language) -> Json:
    """What there is, and where."""
    _speak(response, language)
    return {
        "title": _TITLE[language],
        "description": _ABOUT[language],
        "links": [
            *self_and_languages(request, language),
            link(address(request, "api"), "service-desc", _OPENAPI, "OpenAPI"),
            link(address(request, "api.html"), "service-doc", "text/html", "API manual"),
            link(address(request, "conformance"), "conformance", title="Conformance classes"),
            link(address(request, "collections"), "data", title="Collections"),
        ],
    }


@router.get("/conformance")
def conformance() -> Json:
    """The classes of the standards that are kept."""
    return {"conformsTo": CONFORMANCE}


@router.get("/collections", openapi_extra=takes(LANG))
def collections(request: Request, response: Response, service: Served, language: Language) -> Json:
    """Every layer that has features."""
    _speak(response, language)
    layers = service.collections.values()
    known = world(service.reads, layers, service.now())
    periods = {layer.name: period(service.reads, layer) for layer in layers}
    return {
        "links": self_and_languages(request, language),
        "collections": [
            _collection(request, layer, language, known, periods[layer.name]) for layer in layers
        ],
    }


@router.get("/collections/{collection}", openapi_extra=takes(LANG))
def collection(
    request: Request, response: Response, service: Served, collection: str, language: Language
) -> Json:
    """One layer: what it means, where and when, how fresh it is and under which licence."""
    layer = service.collection(collection)
    _speak(response, language)
    known = world(service.reads, [layer], service.now())
    found = _collection(request, layer, language, known, period(service.reads, layer))
    found["links"] += self_and_languages(request, language)
    return found


def _collection(
    request: Request, layer: Layer, language: str, known: World, observed: Interval | None
) -> Json:
    path = ("collections", layer.name)
    temporal = [_iso(time) for time in observed or (None, None)]
    links = [link(address(request, *path, "items"), "items", GEOJSON, layer.title[language])]
    if _SPDX.fullmatch(layer.licence):
        licence = f"https://spdx.org/licenses/{layer.licence}.html"
        links.append(link(licence, "license", "text/html", layer.licence))
    return {
        "id": layer.name,
        "title": layer.title[language],
        "description": layer.description[language],
        "titles": both(layer.title),
        "descriptions": both(layer.description),
        **provenance(layer, known.simulated),
        "extent": {
            "spatial": {"bbox": [THAILAND], "crs": CRS84},
            "temporal": {"interval": [temporal], "trs": _GREGORIAN},
        },
        "itemType": "feature",
        "timed": layer.timed,
        "crs": list(SUPPORTED),
        "storageCrs": CRS84,
        "fields": [_field(field) for field in layer.fields],
        "freshness": known.freshness[layer.name].as_json(),
        "links": links,
    }


def _field(field: Field) -> Json:
    told = {
        "name": field.name,
        "title": both(field.title),
        "unit": field.unit,
        "description": both(field.description) if field.description else None,
        "values": {code: both(text) for code, text in field.values.items()},
    }
    return {name: value for name, value in told.items() if value}


def _speak(response: Response, language: str) -> None:
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept-Language"


def _iso(time: datetime | None) -> str | None:
    return time.isoformat().replace("+00:00", "Z") if time else None
