"""/ogc/collections/…/changes: what a layer shows otherwise than at a former time, and how."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from geo_api.database.as_of import ERASURES, TooEarly, as_of_reads, history_began
from geo_api.exports.formats import HTML, JSON
from geo_api.features.changes import Change, changes
from geo_api.features.views_read import views_read
from geo_api.http.as_of import caching, depends_on
from geo_api.http.caching.responses import cached_response
from geo_api.http.dependencies import Service, ServiceDep
from geo_api.http.documents.collections import collection_documents
from geo_api.http.documents.pages import address_of
from geo_api.http.documents.responses import FORMATS, RESPONSES, page_headers
from geo_api.http.links import Json, answer_links, provenance
from geo_api.http.negotiation import negotiate_format
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import (
    CURSOR,
    LIMIT,
    QUERYABLES,
    FilterParameters,
    Language,
    parameter,
    query_parameters,
)
from geo_api.http.routers import DescribedRouter
from layers.model import Layer
from layers.query import BadQuery, Query

router = DescribedRouter(prefix="/ogc", tags=["OGC API – Features"], dependencies=OPEN_DATA)

_OWN = frozenset({"since", "until"})
_PATH = ("changes",)
_READ_AT_A_TIME = 100
_WEEK = timedelta(days=7)
_TIME = "a time with its zone as in RFC 3339, or the number of a version of the data"


class ChangesParameters(FilterParameters):
    """Between which times, and of which features."""

    FORMATS = FORMATS

    since: str | None = parameter(
        f"The former time: {_TIME}. Must be given, but for the page for people, which begins a week"
        " ago without it.",
        {"type": "string"},
    )
    until: str | None = parameter(
        f"The later one: {_TIME}. The newest version without it.", {"type": "string"}
    )
    limit: str | None = LIMIT
    cursor: str | None = CURSOR


@router.get(
    "/collections/{collection}/changes",
    response_class=Response,
    responses=RESPONSES,
    openapi_extra={"parameters": [QUERYABLES]},
)
async def collection_changes(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[ChangesParameters, query_parameters(ChangesParameters)],
    collection: str,
    language: Language,
) -> Response:
    """In what the answer to a question about a layer differs from that of a former time: of each
    feature whether it was `added`, `removed` or `changed`, then in which `fields`, and how it was
    `before` and `after`, a page at a time in the order of their ids. `counts` are exact and of all
    pages. What no longer meets the conditions is removed from the answer, so that the features of
    then and those added, less those removed, are those of now."""
    layer = service.collection(collection)
    parameters.refuse_unknown_queryables(layer)
    given = parameters.given()
    query = Query.from_params({name: text for name, text in given.items() if name not in _OWN})
    format = negotiate_format(parameters.f, request.headers.get("accept", ""), FORMATS)
    if format == HTML:
        return await _page(request, service, layer, query, parameters, language)
    if parameters.since is None:
        raise BadQuery("since", "since is missing: give it, as in since=2026-01-31T07:00:00Z")
    versions = await service.data_versions.latest()
    simulated = layer.name in versions.simulated_views

    def make() -> bytes:
        return _answer(request, service, layer, query, parameters, simulated).encode()

    views = (*depends_on(parameters.until, views_read(layer, query)), ERASURES)
    headers = caching(parameters.until)
    return await cached_response(request, service, views, JSON.media_type, make, headers)


async def _page(
    request: Request,
    service: Service,
    layer: Layer,
    query: Query,
    parameters: ChangesParameters,
    language: str,
) -> Response:
    versions = await service.data_versions.latest()
    simulated = layer.name in versions.simulated_views

    def page() -> tuple[str, HTTPStatus]:
        asked = parameters
        if asked.since is None:
            asked = parameters.model_copy(update={"since": _week_before(service, layer)})
        few = query if parameters.limit else replace(query, limit=_READ_AT_A_TIME)
        status = HTTPStatus.OK
        try:
            document = json.loads(_answer(request, service, layer, few, asked, simulated))
        except TooEarly as problem:
            status = HTTPStatus.BAD_REQUEST
            document = _too_early(request, layer, parameters, problem.began, simulated)
        [about] = collection_documents(request, service, [layer], language)
        address = address_of(request)
        html = service.pages.document("changes", document, language, address, collection=about)
        return html, status

    text, status = await run_in_threadpool(page)
    headers = page_headers(service, language)
    return Response(text, status, headers=headers, media_type=HTML.media_type)


def _too_early(
    request: Request,
    layer: Layer,
    parameters: ChangesParameters,
    began: datetime,
    simulated: bool,
) -> Json:
    """What the page is told where nothing of then is kept: since when there is."""
    return {
        "layer": layer.name,
        "tooEarly": True,
        "historyBegins": _z(began),
        "changes": [],
        **provenance(layer, simulated),
        "links": answer_links(request, layer, _PATH, parameters, JSON.media_type),
    }


def _week_before(service: Service, layer: Layer) -> str:
    """Or when the layer's history began, where it is not that long."""
    began, week = history_began(service.reads, layer.name), service.now() - _WEEK
    return (week if began is None else max(began, week)).isoformat()


def _answer(
    request: Request,
    service: Service,
    layer: Layer,
    query: Query,
    parameters: ChangesParameters,
    simulated: bool,
) -> str:
    views = views_read(layer, query)
    older = as_of_reads(service.reads, parameters.since, views, "since")
    newer = as_of_reads(service.reads, parameters.until, views, "until")
    if parameters.until is None and older.as_of.version == newer.as_of.version:
        newer = older  # nothing has changed since
    if (older.as_of.version, older.as_of.time) > (newer.as_of.version, newer.as_of.time):
        raise BadQuery("since", "since must not be later than until: give the former time first")
    began = history_began(service.reads, layer.name)
    found = changes(older, newer, layer, query, service.cursor_secret)
    times = {
        "since": parameters.since or "",
        # The pages that follow are of the same version.
        "until": parameters.until or str(newer.as_of.version),
    }
    following = times | query.following(found.cursor).to_params() if found.cursor else None
    head = {
        "layer": layer.name,
        "since": older.as_of.as_json(),
        "until": newer.as_of.as_json(),
        "historyBegins": began and _z(began),
        "counts": found.counts,
        "numberReturned": len(found.page),
        **provenance(layer, simulated),
        "links": answer_links(request, layer, _PATH, parameters, JSON.media_type, following),
    }
    opened = json.dumps(head, ensure_ascii=False, separators=(",", ":"))[:-1]
    return f'{opened},"changes":[{",".join(map(_written, found.page))}]}}'


def _z(time: datetime) -> str:
    return time.isoformat().replace("+00:00", "Z")


def _written(change: Change) -> str:
    told: Json = {"id": change.id, "change": change.kind}
    if change.kind == "changed":
        told |= {"fields": change.fields}
    opened = json.dumps(told, ensure_ascii=False, separators=(",", ":"))[:-1]
    features = {"before": change.before, "after": change.after}
    return opened + "".join(f',"{k}":{v}' for k, v in features.items() if v) + "}"
