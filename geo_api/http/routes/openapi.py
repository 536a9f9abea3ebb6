"""/openapi.json and /ogc/api: every address, parameter and answer, for programs and for people."""

import json
from collections.abc import Callable

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from geo_api.features.columns import columns
from geo_api.http.caching.responses import cached_response
from geo_api.http.dependencies import Service, ServiceDep
from geo_api.http.documents.pages import address_of
from geo_api.http.links import Json
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.openapi import complete_document, features_document
from geo_api.http.parameters import Language, NoneTaken, language_headers
from geo_api.http.routers import DescribedRouter

router = DescribedRouter(include_in_schema=False, dependencies=OPEN_DATA)

MEDIA_TYPE = "application/vnd.oai.openapi+json;version=3.0"


@router.get("/openapi.json")
def openapi(request: Request, _: NoneTaken) -> Response:
    """The description of the whole service as OpenAPI 3.0."""
    return Response(_written(_whole(request)), media_type=MEDIA_TYPE)


@router.get("/openapi.html")
async def openapi_for_people(
    request: Request, service: ServiceDep, language: Language, _: NoneTaken
) -> HTMLResponse:
    """The same to read."""
    return await _page(request, service, language, lambda: _whole(request))


@router.get("/ogc/api")
async def features_api(request: Request, service: ServiceDep, _: NoneTaken) -> Response:
    """The description of what is under /ogc/, with every collection's properties."""

    def make() -> bytes:
        return _written(_of_features(request, service))

    return await cached_response(request, service, tuple(service.collections), MEDIA_TYPE, make)


@router.get("/ogc/api.html")
async def features_api_for_people(
    request: Request, service: ServiceDep, language: Language, _: NoneTaken
) -> HTMLResponse:
    """The same to read."""
    return await _page(request, service, language, lambda: _of_features(request, service))


def _whole(request: Request) -> Json:
    return complete_document(request.app.openapi(), str(request.base_url).rstrip("/"))


def _of_features(request: Request, service: Service) -> Json:
    layers = service.collections.values()
    known = [(layer, columns(service.reads, layer)) for layer in layers]
    return features_document(_whole(request), known)


def _written(document: Json) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


async def _page(
    request: Request, service: Service, language: str, document: Callable[[], Json]
) -> HTMLResponse:
    known = await service.data_versions.latest()

    def make() -> str:
        return service.pages.document(
            "api", document(), language, address_of(request), simulated=known.simulated
        )

    headers = {**service.pages.headers, **language_headers(language)}
    return HTMLResponse(await run_in_threadpool(make), headers=headers)
