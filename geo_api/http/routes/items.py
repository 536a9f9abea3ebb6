"""/ogc/collections/…/items: features, a page at a time, and one feature (17-069r4, 18-058r1)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from geo_api.database.connections import Reads
from geo_api.database.data_versions import DataVersions
from geo_api.exports.formats import DOWNLOAD_FORMATS, GEOJSON, HTML, Format
from geo_api.features.items import Page, count_all, item, items
from geo_api.features.views_read import views_read
from geo_api.http.as_of import AS_OF, caching, depends_on, reads_of, told
from geo_api.http.caching.responses import cached_response
from geo_api.http.caching.store import MakeBody
from geo_api.http.dependencies import Service, ServiceDep
from geo_api.http.documents.collections import collection_documents
from geo_api.http.documents.pages import DocumentKind, address_of
from geo_api.http.documents.responses import page_headers
from geo_api.http.downloads import BOM, download_response, refuse_bom
from geo_api.http.links import Json, answer_links, cite_as, items_path, provenance
from geo_api.http.negotiation import negotiate_format
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import (
    CRS,
    QUERYABLES,
    RANGE,
    Language,
    PageParameters,
    Parameters,
    query_parameters,
)
from geo_api.http.routers import DescribedRouter
from layers.model import Layer
from layers.query import Query as FeatureQuery
from layers.query import Sort

router = DescribedRouter(prefix="/ogc", tags=["OGC API – Features"], dependencies=OPEN_DATA)

_PAGED = (GEOJSON, HTML)
_FORMATS = (*_PAGED, *DOWNLOAD_FORMATS)
_READ_AT_A_TIME = 100


class ItemsParameters(PageParameters):
    """As PageParameters, and in which form."""

    FORMATS = _FORMATS

    bom: str | None = BOM
    as_of: str | None = AS_OF


class ItemParameters(Parameters):
    """In which CRS and form."""

    FORMATS = _PAGED

    crs: str | None = CRS
    as_of: str | None = AS_OF


def _responses(formats: tuple[Format, ...]) -> dict[str, Any]:
    responses: dict[int, Json] = {200: _content(formats)}
    if set(DOWNLOAD_FORMATS) & set(formats):
        kept = "The range of bytes asked for, of a download of a whole layer that was made before"
        responses[206] = {"description": kept, **_content(DOWNLOAD_FORMATS)}
        responses[416] = {"$ref": "#/components/responses/NoSuchRange"}
    return {"response_class": Response, "responses": responses}


def _content(formats: Iterable[Format]) -> Json:
    return {"content": {format.bare_type: {} for format in formats}}


@router.get(
    "/collections/{collection}/items",
    openapi_extra={"parameters": [QUERYABLES, RANGE]},
    **_responses(_FORMATS),
)
async def collection_items(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[ItemsParameters, query_parameters(ItemsParameters)],
    collection: str,
    language: Language,
) -> Response:
    """A page of a layer's features, in the order of `sortby` and of their ids; `next` leads to the
    page after. `numberMatched` is exact for all of a layer, where it is cheap, or asked for with
    `count=exact`; otherwise the first page has `numberMatchedEstimate`. In the formats of files:
    all features, or as many as `limit` says; the file of a whole layer is kept until the layer
    changes, and has an ETag and ranges of bytes: for HEAD or a Range it is made first."""
    layer = service.collection(collection)
    parameters.refuse_unknown_queryables(layer)
    selection = parameters.given()
    format = negotiate_format(parameters.f, request.headers.get("accept", ""), _FORMATS)
    if format in DOWNLOAD_FORMATS:
        return await download_response(request, service, layer, selection, format, parameters.bom)
    if parameters.bom is not None:
        refuse_bom(format)
    query = FeatureQuery.from_params(selection)
    if format == HTML:
        query = _for_reading(layer, query, selection)
    versions = await service.data_versions.latest()

    def make() -> bytes:
        reads = reads_of(service, query.as_of, views_read(layer, query))
        page = items(
            reads,
            layer,
            query,
            service.cursor_secret,
            lambda: _total(service, reads, layer, versions),
        )
        following = query.following(page.cursor).to_params() if page.cursor else None
        head = {
            "type": "FeatureCollection",
            "timeStamp": service.now().isoformat().replace("+00:00", "Z"),
            **({"datetime": str(query.during)} if query.during else {}),
            **told(reads),
            **_numbers(page),
            **provenance(layer, layer.name in versions.simulated_views),
            "links": answer_links(
                request, layer, ("items",), parameters, GEOJSON.media_type, following
            ),
        }
        return b"".join((_opened(head).encode(), b',"features":[', page.features, b"]}"))

    path = items_path(layer, selection)
    return await _answer(request, service, layer, query, format, language, make, "items", path)


@router.get(
    "/collections/{collection}/items/{feature:path}",
    **_responses(_PAGED),
)
async def collection_item(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[ItemParameters, query_parameters(ItemParameters)],
    collection: str,
    feature: str,
    language: Language,
) -> Response:
    """One feature."""
    layer = service.collection(collection)
    format = negotiate_format(parameters.f, request.headers.get("accept", ""), _PAGED)
    query = FeatureQuery.from_params(parameters.given())
    versions = await service.data_versions.latest()

    def make() -> bytes:
        reads = reads_of(service, query.as_of, views_read(layer, query))
        text = item(reads, layer, feature, query)
        links = answer_links(request, layer, ("items", feature), parameters, GEOJSON.media_type)
        tail = {
            **told(reads),
            **provenance(layer, layer.name in versions.simulated_views),
            "links": links,
        }
        return f"{text},{_opened(tail).removeprefix('{')}}}".encode()

    own = items_path(layer, parameters.given(), feature)
    return await _answer(request, service, layer, query, format, language, make, "item", own)


async def _answer(
    request: Request,
    service: Service,
    layer: Layer,
    query: FeatureQuery,
    format: Format,
    language: str,
    make: MakeBody,
    kind: DocumentKind,
    path: str,
) -> Response:
    headers = {"Content-Crs": f"<{query.crs.uri}>"}
    if format != HTML:
        media_type, views = GEOJSON.media_type, depends_on(query.as_of, views_read(layer, query))
        headers |= caching(query.as_of)
        if query.as_of is not None:
            headers["Link"] = cite_as(request, path, query.as_of)
        return await cached_response(request, service, views, media_type, make, headers)

    def page() -> str:
        features = json.loads(make())
        [collection] = collection_documents(request, service, [layer], language)
        address = address_of(request)
        return service.pages.document(kind, features, language, address, collection=collection)

    # Not kept: it also tells whether the layer is stale, which time alone brings about.
    text = await run_in_threadpool(page)
    headers |= page_headers(service, language)
    return Response(text, headers=headers, media_type=HTML.media_type)


def _total(service: Service, reads: Reads, layer: Layer, versions: DataVersions) -> int:
    """How many features a layer has, counted once for each version of its data."""
    if told(reads):
        return count_all(reads, layer)
    count = service.total_memo.get(layer.name, versions)
    if count is None:
        count = count_all(service.reads, layer)
        service.total_memo.put(layer.name, (layer.name,), versions.tag((layer.name,)), count)
    return count


def _for_reading(layer: Layer, query: FeatureQuery, selection: Mapping[str, str]) -> FeatureQuery:
    """The same question as people read: so many at a time, and the newest first, where programs
    page by rising ids unasked. A cursor goes with the order of the page it comes from."""
    if "limit" not in selection:
        query = replace(query, limit=_READ_AT_A_TIME)
    if not layer.timed or query.sortby or query.cursor is not None:
        return query
    # An index holds ids that begin with their minute in the order of time.
    return replace(query, sortby=(Sort("id" if layer.ids_by_minute else "observed_at", True),))


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
