"""The application: the one file that knows every room."""

import socket
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial

import uvicorn
from fastapi import Depends, FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.supervisors import Multiprocess

from geo_api.database.connections import Pool, Reads
from geo_api.http.caching.replay import AnswerAgain
from geo_api.http.concurrency_limit import Gate
from geo_api.http.dependencies import Service
from geo_api.http.errors import answer_errors
from geo_api.http.parameters import asked
from geo_api.http.range_requests import RangeRequests
from geo_api.http.routes import routers
from geo_api.processes import end_with_parent
from geo_api.settings import Settings
from layers.catalog import catalog
from layers.model import Layer
from map_site.document import Background
from map_site.routes import pages, static_files


def serve(settings: Settings, url: str, listener: socket.socket) -> None:
    """Answers what comes to `listener` from the database at `url`, until a signal ends it.

    The worker processes share the one socket, and end when their parent does.
    """
    config = uvicorn.Config(
        partial(create_worker_app, settings, url),
        factory=True,
        workers=settings.workers,
        log_level="error",
        lifespan="off",
        ws="none",
        access_log=False,
    )
    Multiprocess(config, sockets=[listener]).run()


def create_worker_app(settings: Settings, url: str) -> FastAPI:
    """The application of one worker process."""
    end_with_parent()
    return create_app(Pool(url, settings.pool_size), settings)


def utc_now() -> datetime:
    """The present."""
    return datetime.now(UTC)


def create_app(
    reads: Reads,
    settings: Settings,
    layers: Mapping[str, Layer] | None = None,
    now: Callable[[], datetime] = utc_now,
) -> FastAPI:
    """The API and the pages over `layers`, by default the catalog; `now` gives UTC."""
    app = FastAPI(
        title="Fahsai",
        description="Thailand's factories, complaints, fires and air.",
        version="0.1.0",
        openapi_url=None,  # routes/openapi.py; the pages on it load scripts from elsewhere
    )
    app.openapi_version = "3.0.3"
    app.state.service = Service(reads, settings, catalog() if layers is None else layers, now)
    app.state.service.downloads.sweep()
    answer_errors(app)
    app.add_middleware(AnswerAgain, service=app.state.service)
    app.add_middleware(Gate, most=settings.max_requests)
    app.add_middleware(_OpenData)
    for router in routers():
        app.include_router(router, dependencies=[Depends(asked)])
    app.include_router(pages(Background(settings.tile_url, settings.tile_attribution)))
    app.mount("/static", RangeRequests(static_files()))
    return app


class _OpenData:
    """Pages of any site may read what is open, headers and all; browsers take it for what
    Content-Type says. What can be got has a HEAD too (RFC 9110, section 9.1): the server leaves the
    body out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                if scope["method"] in ("GET", "HEAD"):
                    headers["Access-Control-Allow-Origin"] = "*"
                    headers["Access-Control-Expose-Headers"] = "*"
                if headers.get("Allow") == "GET":
                    headers["Allow"] = "GET, HEAD"
            await send(message)

        head = scope.get("method") == "HEAD"
        as_get = {**scope, "method": "GET", "asked_method": "HEAD"}
        await self._app(as_get if head else scope, receive, marked)
