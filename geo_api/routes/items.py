"""/ogc/collections/…/items: features, a page at a time, and one feature (17-069r4, 18-058r1)."""

import json
from typing import Any

from fastapi import APIRouter, Request, Response

from geo_api import formats
from geo_api.answers import cached
from geo_api.downloads import BOM, download
from geo_api.features import Page, item, items
from geo_api.formats import DOWNLOADS
from geo_api.links import GEOJSON, Json, address, link, provenance
from geo_api.negotiation import f_parameter, negotiate
from geo_api.parameters import (
    BBOX,
    BBOX_CRS,
    COUNT,
    CRS,
    CURSOR,
    DATETIME,
    FILTER,
    FILTER_CRS,
    FILTER_LANG,
    LIMIT,
    PROPERTIES,
    SKIP_GEOMETRY,
    SORTBY,
    Asked,
    takes,
)
from geo_api.service import Served
from layers.model import Layer
from layers.query import Query

router = APIRouter(prefix="/ogc", tags=["OGC API – Features"])

_FILTERING = (BBOX, BBOX_CRS, DATETIME, FILTER, FILTER_LANG, FILTER_CRS)
_SHAPING = (SORTBY, PROPERTIES, SKIP_GEOMETRY, CRS)
_FORMATS = (formats.GEOJSON, *DOWNLOADS)
_GEOJSON_ANSWER: dict[str, Any] = {
    "response_class": Response,
    "responses": {200: {"content": {GEOJSON: {}}}},
}


@router.get(
    "/collections/{collection}/items",
    openapi_extra=takes(
        *(LIMIT, *_FILTERING, *_SHAPING, COUNT, CURSOR, f_parameter(_FORMATS), BOM),
        properties=True,
    ),
    response_class=Response,
    responses={200: {"content": {format.bare_type: {} for format in _FORMATS}}},
)
async def collection_items(
    request: Request, service: Served, asked: Asked, collection: str
) -> Response:
    """A page of a layer's features, in the order of `sortby` and of their ids; `next` leads to the
    page after. `numberMatched` is exact where it is cheap or asked for with `count=exact`;
    otherwise the first page has `numberMatchedEstimate`. In the formats of files: all features, or
    as many as `limit` says."""
    layer = service.collection(collection)
    wanted = negotiate(asked.pop("f", None), request.headers.get("accept", ""), _FORMATS)
    if wanted in DOWNLOADS:
        return await download(request, service, layer, asked, wanted)
    query = Query.from_params(asked)
    known = await service.watch.versions()

    def make() -> bytes:
        page = items(service.reads, layer, query, service.secret)
        head = {
            "type": "FeatureCollection",
            "timeStamp": service.now().isoformat().replace("+00:00", "Z"),
            **_numbers(page),
            **provenance(layer, known.simulated),
            "links": _links_of_page(request, layer, query, page, asked),
        }
        return f'{_opened(head)},"features":[{page.features}]}}'.encode()

    return await cached(request, service, [layer.name], GEOJSON, make, _in_crs(query))


@router.get(
    "/collections/{collection}/items/{feature:path}",
    openapi_extra=takes(CRS),
    **_GEOJSON_ANSWER,
)
async def collection_item(
    request: Request, service: Served, asked: Asked, collection: str, feature: str
) -> Response:
    """One feature."""
    layer = service.collection(collection)
    query = Query.from_params(asked)
    known = await service.watch.versions()

    def make() -> bytes:
        text = item(service.reads, layer, feature, query)
        collection = ("collections", layer.name)
        links = [
            link(address(request, *collection, "items", feature), "self", GEOJSON),
            link(address(request, *collection), "collection"),
        ]
        tail = {**provenance(layer, known.simulated), "links": links}
        return f"{text},{_opened(tail).removeprefix('{')}}}".encode()

    return await cached(request, service, [layer.name], GEOJSON, make, _in_crs(query))


def _links_of_page(
    request: Request, layer: Layer, query: Query, page: Page, asked: dict[str, str]
) -> list[Json]:
    collection = ("collections", layer.name)
    links = [
        link(address(request, *collection, "items", params=asked), "self", GEOJSON),
        link(address(request, *collection), "collection"),
    ]
    if page.cursor:
        params = query.following(page.cursor).to_params()
        links.append(link(address(request, *collection, "items", params=params), "next", GEOJSON))
    return links


def _numbers(page: Page) -> Json:
    numbers = {
        "numberMatched": page.matched,
        "numberMatchedEstimate": page.estimate,
        "numberReturned": page.count,
    }
    return {name: number for name, number in numbers.items() if number is not None}


def _in_crs(query: Query) -> dict[str, str]:
    return {"Content-Crs": f"<{query.crs.uri}>"}


def _opened(members: Json) -> str:
    """A JSON object without its closing brace."""
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"))[:-1]
