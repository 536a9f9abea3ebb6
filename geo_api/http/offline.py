"""/export/map.html: a map as one file that opens without a network; /export/map: its size."""

from hashlib import blake2b
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from geo_api.exports.formats import HTML, JSON
from geo_api.http.caching.responses import CACHE_CONTROL
from geo_api.http.compression import compressed
from geo_api.http.dependencies import Service, ServiceDep
from geo_api.http.negotiation import if_none_match
from geo_api.http.parameters import Parameters, parameter, query_parameters
from geo_api.sharing.offline import OfflineQuery, Render, counts, offline_map
from layers.reports.offline import MOST_FEATURES

_TEXT = {"type": "string"}
_NAMES = {"type": "array", "items": _TEXT}
_DATE = {"type": "string", "format": "date"}
# It is saved, not shown: where a browser shows it all the same, it is nobody's page.
_POLICY = "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline';" + (
    " style-src 'unsafe-inline'; img-src data: blob:; font-src data:"
)


class OfflineParameters(Parameters):
    """Which features, and in which language the map speaks."""

    FORMATS = (JSON, HTML)

    layers: str | None = parameter("Names of layers with commas between.", _NAMES)
    first: str | None = parameter("The first day, of 08:00 to 08:00.", _DATE, "from")
    last: str | None = parameter("The last day; the newest without it.", _DATE, "to")
    province: str | None = parameter("The code of a province.", _TEXT)
    bbox: str | None = parameter("west,south,east,north in degrees.", _TEXT)


Taken = Annotated[OfflineParameters, query_parameters(OfflineParameters)]


def offline_router(render: Render) -> APIRouter:
    """It belongs to the pages, not to the API of open data."""
    router = APIRouter(include_in_schema=False)

    @router.get("/export/map")
    async def size(request: Request, service: ServiceDep, taken: Taken) -> JSONResponse:
        """The features of each layer and the bytes of the file, which is then ready."""
        asked = OfflineQuery.from_params(taken.given(), service.layers, service.now())
        found = await run_in_threadpool(counts, service.reads, asked)
        _, body = await _file(request, service, asked, render)
        told = {
            "features": found,
            "most_features": MOST_FEATURES,
            "from": str(asked.first),
            "to": str(asked.last),
            "bytes": len(body),
            "href": f"{request.url.path}.html?{request.url.query}".rstrip("?"),
        }
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    @router.get("/export/map.html")
    async def file(request: Request, service: ServiceDep, taken: Taken) -> Response:
        """The file itself; its name says what and when."""
        asked = OfflineQuery.from_params(taken.given(), service.layers, service.now())
        etag, body = await _file(request, service, asked, render)
        headers = {"ETag": f"W/{etag}", "Cache-Control": CACHE_CONTROL, "Vary": "Accept-Encoding"}
        if if_none_match(request.headers.get("if-none-match", ""), etag):
            return Response(status_code=304, headers=headers)
        accepted = request.headers.get("accept-encoding", "")
        sent, coded = await run_in_threadpool(compressed, body, accepted)
        headers |= coded | {
            "Content-Disposition": f'attachment; filename="{_name(asked)}"',
            "Content-Security-Policy": _POLICY,
            "X-Robots-Tag": "noindex",
        }
        return Response(sent, headers=headers, media_type="text/html")

    return router


async def _file(
    request: Request, service: Service, asked: OfflineQuery, render: Render
) -> tuple[str, bytes]:
    """Its ETag, and the bytes; made once for each version of the data."""
    versions = await service.data_versions.latest()
    views = tuple(dict.fromkeys([*(layer.name for layer in asked.layers), "provinces"]))
    language = "en" if request.query_params.get("lang") == "en" else "th"
    origin = str(request.base_url).rstrip("/")
    key = f"{service.etag_seed} {versions.tag(views)} offline {asked.key} {language} {origin}"

    def make() -> bytes:
        now, simulated = service.now(), versions.simulated
        world = offline_map(service.reads, asked, now, origin, simulated=simulated)
        return render(world, language).encode()

    keep = service.data_versions.listening
    body = await service.body_store.get_or_make(key, make, keep=keep)
    return f'"{blake2b(key.encode(), digest_size=9).hexdigest()}"', body


def _name(asked: OfflineQuery) -> str:
    place = f"-{asked.province}" if asked.province else ""
    layers = "-".join(layer.name for layer in asked.layers if layer.geometry != "area")
    return f"fahsai-{layers or 'map'}{place}-{asked.first}-{asked.last}.html"
