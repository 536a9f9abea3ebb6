"""/ogc/collections/…/items: features, a page at a time, and one feature (17-069r4, 18-058r1)."""

import json
from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from geo_api.exports.formats import DOWNLOADS, GEOJSON, HTML, Format
from geo_api.features.items import Page, item, items
from geo_api.http.caching.responses import Make, cached
from geo_api.http.dependencies import Served, Service
from geo_api.http.documents import html
from geo_api.http.documents.collections import describe
from geo_api.http.documents.responses import page_of
from geo_api.http.downloads import BOM, download, take_bom
from geo_api.http.links import Json, address, link, provenance
from geo_api.http.negotiation import f_parameter, negotiate
from geo_api.http.parameters import (
    BBOX,
    BBOX_CRS,
    COUNT,
    CRS,
    CURSOR,
    DATETIME,
    FILTER,
    FILTER_CRS,
    FILTER_LANG,
    LANG,
    LIMIT,
    PROPERTIES,
    RANGE,
    SKIP_GEOMETRY,
    SORTBY,
    Asked,
    Language,
    takes,
)
from layers.model import Layer
from layers.query import Query

router = APIRouter(prefix="/ogc", tags=["OGC API – Features"])

_FILTERING = (BBOX, BBOX_CRS, DATETIME, FILTER, FILTER_LANG, FILTER_CRS)
_SHAPING = (SORTBY, PROPERTIES, SKIP_GEOMETRY, CRS)
_SHOWING: tuple[str, ...] = ("f", "lang")
_PAGED = (GEOJSON, HTML)
_FORMATS = (*_PAGED, *DOWNLOADS)


def _answers(formats: tuple[Format, ...]) -> dict[str, Any]:
    responses: dict[int, Json] = {200: _content(formats)}
    if set(DOWNLOADS) & set(formats):
        kept = "The range of bytes asked for, of a download of a whole layer that was made before"
        responses[206] = {"description": kept, **_content(DOWNLOADS)}
        responses[416] = {"$ref": "#/components/responses/NoSuchRange"}
    return {"response_class": Response, "responses": responses}


def _content(formats: Iterable[Format]) -> Json:
    return {"content": {format.bare_type: {} for format in formats}}


@router.get(
    "/collections/{collection}/items",
    openapi_extra=takes(
        *(LIMIT, *_FILTERING, *_SHAPING, COUNT, CURSOR, f_parameter(_FORMATS), LANG, BOM, RANGE),
        properties=True,
    ),
    **_answers(_FORMATS),
)
async def collection_items(
    request: Request, service: Served, asked: Asked, collection: str, language: Language
) -> Response:
    """A page of a layer's features, in the order of `sortby` and of their ids; `next` leads to the
    page after. `numberMatched` is exact where it is cheap or asked for with `count=exact`;
    otherwise the first page has `numberMatchedEstimate`. In the formats of files: all features, or
    as many as `limit` says; the file of a whole layer is kept until the layer changes, and has an
    ETag and ranges of bytes from the second time on."""
    layer = service.collection(collection)
    shown = {name: asked.pop(name) for name in _SHOWING if name in asked}
    wanted = negotiate(shown.get("f"), request.headers.get("accept", ""), _FORMATS)
    if wanted in DOWNLOADS:
        return await download(request, service, layer, asked, wanted)
    take_bom(asked, wanted)
    query = Query.from_params(asked)
    known = await service.watch.versions()

    def make() -> bytes:
        page = items(service.reads, layer, query, service.secret)
        head = {
            "type": "FeatureCollection",
            "timeStamp": service.now().isoformat().replace("+00:00", "Z"),
            **_numbers(page),
            **provenance(layer, known.simulated),
            "links": _links_of_page(request, layer, query, page, asked, shown),
        }
        return b"".join((_opened(head).encode(), b',"features":[', page.features, b"]}"))

    return await _answer(request, service, layer, query, wanted, language, make, "items")


@router.get(
    "/collections/{collection}/items/{feature:path}",
    openapi_extra=takes(CRS, f_parameter(_PAGED), LANG),
    **_answers(_PAGED),
)
async def collection_item(
    request: Request,
    service: Served,
    asked: Asked,
    collection: str,
    feature: str,
    language: Language,
) -> Response:
    """One feature."""
    layer = service.collection(collection)
    wanted = negotiate(asked.get("f"), request.headers.get("accept", ""), _PAGED)
    query = Query.from_params({name: asked[name] for name in ("crs",) if name in asked})
    known = await service.watch.versions()

    def make() -> bytes:
        text = item(service.reads, layer, feature, query)
        path = ("collections", layer.name)
        own = (*path, "items", feature)
        links = [
            link(address(request, *own, params=asked), "self", GEOJSON.media_type),
            link(address(request, *own, params=asked | {"f": "html"}), "alternate", HTML.bare_type),
            link(address(request, *path), "collection"),
        ]
        tail = {**provenance(layer, known.simulated), "links": links}
        return f"{text},{_opened(tail).removeprefix('{')}}}".encode()

    return await _answer(request, service, layer, query, wanted, language, make, "item")


async def _answer(
    request: Request,
    service: Service,
    layer: Layer,
    query: Query,
    wanted: Format,
    language: str,
    make: Make,
    kind: html.Kind,
) -> Response:
    headers = {"Content-Crs": f"<{query.crs.uri}>"}
    if wanted != HTML:
        return await cached(request, service, [layer.name], GEOJSON.media_type, make, headers)

    def collection() -> Json:
        return describe(request, service, [layer], language)[0]

    # Not kept: it also tells whether the layer is stale, which time alone brings about.
    page = await run_in_threadpool(lambda: page_of(kind, make(), language, collection))
    headers |= html.HEADERS | {"Content-Language": language, "Vary": "Accept, Accept-Language"}
    return Response(page, headers=headers, media_type=html.MEDIA_TYPE)


def _links_of_page(
    request: Request,
    layer: Layer,
    query: Query,
    page: Page,
    asked: dict[str, str],
    shown: dict[str, str],
) -> list[Json]:
    path = ("collections", layer.name)
    html_of = address(request, *path, "items", params=asked | {"f": "html"})
    links = [
        link(address(request, *path, "items", params=asked | shown), "self", GEOJSON.media_type),
        link(html_of, "alternate", HTML.bare_type),
        link(address(request, *path), "collection"),
    ]
    if page.cursor:
        params = query.following(page.cursor).to_params() | shown
        links.append(
            link(address(request, *path, "items", params=params), "next", GEOJSON.media_type)
        )
    return links


def _numbers(page: Page) -> Json:
    numbers = {
        "numberMatched": page.matched,
        "numberMatchedEstimate": page.estimate,
        "numberReturned": page.count,
    }
    return {name: number for name, number in numbers.items() if number is not None}


def _opened(members: Json) -> str:
    """A JSON object without its closing brace."""
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"))[:-1]
