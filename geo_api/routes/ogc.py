"""/ogc/: OGC API – Features, Part 1 (17-069r4), over every layer that has features."""

import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request, Response

from geo_api.features import THAILAND, item, items, period
from geo_api.parameters import BBOX, CURSOR, DATETIME, LANG, LIMIT, Asked, Language, takes
from geo_api.service import Served
from geo_api.status import World, world
from layers.model import Field, Layer, Text
from layers.query import Interval, Query

router = APIRouter(prefix="/ogc", tags=["OGC API – Features"])

CONFORMANCE = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}"
    for name in ("core", "oas30", "geojson")
)
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
_GEOJSON = "application/geo+json"
_OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_SPDX = re.compile(r"[A-Za-z]+(-[A-Za-z0-9.]+)+")
_TITLE = Text("ฟ้าใส: โรงงาน ไฟ ฝุ่น และเรื่องร้องเรียน", "Fahsai: factories, fires, air, complaints")
_ABOUT = Text(
    "ชั้นข้อมูลสิ่งแวดล้อมอุตสาหกรรมของประเทศไทย ตามมาตรฐาน OGC API – Features",
    "Layers about industry and the environment in Thailand, as OGC API – Features.",
)
_GEOJSON_ANSWER: dict[str, Any] = {
    "response_class": Response,
    "responses": {200: {"content": {_GEOJSON: {}}}},
}

Json = dict[str, Any]


@router.get("/", openapi_extra=takes(LANG))
def landing(request: Request, response: Response, language: Language) -> Json:
    """What there is, and where."""
    _speak(response, language)
    return {
        "title": _TITLE[language],
        "description": _ABOUT[language],
        "links": [
            *_self_and_alternates(request, language),
            _link(f"{request.base_url}openapi.json", "service-desc", _OPENAPI, "OpenAPI"),
            _link(_url(request, "conformance"), "conformance", title="Conformance classes"),
            _link(_url(request, "collections"), "data", title="Collections"),
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
        "links": _self_and_alternates(request, language),
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
    found["links"] += _self_and_alternates(request, language)
    return found


@router.get(
    "/collections/{collection}/items",
    openapi_extra=takes(LIMIT, BBOX, DATETIME, CURSOR),
    **_GEOJSON_ANSWER,
)
def collection_items(request: Request, service: Served, asked: Asked, collection: str) -> Response:
    """A page of a layer's features, in the order of their ids; `next` leads to the page after."""
    layer = service.collection(collection)
    query = Query.from_params(asked)
    page = items(service.reads, layer, query)
    path = f"collections/{layer.name}"
    links = [
        _link(_url(request, f"{path}/items", asked), "self", _GEOJSON),
        _link(_url(request, path), "collection"),
    ]
    if page.cursor:
        following = _url(request, f"{path}/items", query.following(page.cursor).to_params())
        links.append(_link(following, "next", _GEOJSON))
    head = {
        "type": "FeatureCollection",
        "timeStamp": _iso(service.now()),
        "numberReturned": page.count,
        **_provenance(layer, page.simulated),
        "links": links,
    }
    return _geojson(f'{_opened(head)},"features":[{page.features}]}}')


@router.get("/collections/{collection}/items/{feature:path}", **_GEOJSON_ANSWER)
def collection_item(request: Request, service: Served, collection: str, feature: str) -> Response:
    """One feature."""
    layer = service.collection(collection)
    found = item(service.reads, layer, feature)
    path = f"collections/{layer.name}"
    links = [
        _link(_url(request, f"{path}/items/{quote(feature, safe='')}"), "self", _GEOJSON),
        _link(_url(request, path), "collection"),
    ]
    tail = _opened({**_provenance(layer, found.simulated), "links": links}).removeprefix("{")
    return _geojson(f"{found.text},{tail}}}")


def _collection(
    request: Request, layer: Layer, language: str, known: World, observed: Interval | None
) -> Json:
    path = f"collections/{layer.name}"
    temporal = [_iso(time) for time in observed or (None, None)]
    links = [_link(_url(request, f"{path}/items"), "items", _GEOJSON, layer.title[language])]
    if _SPDX.fullmatch(layer.licence):
        licence = f"https://spdx.org/licenses/{layer.licence}.html"
        links.append(_link(licence, "license", "text/html", layer.licence))
    return {
        "id": layer.name,
        "title": layer.title[language],
        "description": layer.description[language],
        "titles": _both(layer.title),
        "descriptions": _both(layer.description),
        **_provenance(layer, known.simulated),
        "extent": {
            "spatial": {"bbox": [THAILAND], "crs": _CRS84},
            "temporal": {"interval": [temporal], "trs": _GREGORIAN},
        },
        "itemType": "feature",
        "timed": layer.timed,
        "crs": [_CRS84],
        "fields": [_field(field) for field in layer.fields],
        "freshness": known.freshness[layer.name].as_json(),
        "links": links,
    }


def _field(field: Field) -> Json:
    told = {
        "name": field.name,
        "title": _both(field.title),
        "unit": field.unit,
        "description": _both(field.description) if field.description else None,
        "values": {code: _both(text) for code, text in field.values.items()},
    }
    return {name: value for name, value in told.items() if value}


def _provenance(layer: Layer, simulated: bool) -> Json:
    return {"attribution": layer.attribution, "licence": layer.licence, "simulated": simulated}


def _speak(response: Response, language: str) -> None:
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept-Language"


def _self_and_alternates(request: Request, language: str) -> list[Json]:
    here = request.url.replace(query="")
    other = "en" if language == "th" else "th"
    return [
        _link(str(request.url), "self") | {"hreflang": language},
        _link(f"{here}?lang={other}", "alternate") | {"hreflang": other},
    ]


def _link(href: str, rel: str, type: str = "application/json", title: str | None = None) -> Json:
    link = {"href": href, "rel": rel, "type": type}
    return link | {"title": title} if title else link


def _url(request: Request, path: str, params: dict[str, str] | None = None) -> str:
    asked = f"?{urlencode(params, safe=',:/')}" if params else ""
    return f"{request.base_url}ogc/{path}{asked}"


def _both(text: Text) -> dict[str, str]:
    return {"th": text.th, "en": text.en}


def _iso(time: datetime | None) -> str | None:
    return time.isoformat().replace("+00:00", "Z") if time else None


def _opened(members: Json) -> str:
    """A JSON object without its closing brace."""
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"))[:-1]


def _geojson(text: str) -> Response:
    return Response(text.encode(), media_type=_GEOJSON)
