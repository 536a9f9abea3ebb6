"""/api/short-links: a short address for one of our pages."""

import json
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from starlette.routing import Match

from geo_api.http.dependencies import WritesDep
from geo_api.http.rate_limit import RateLimit, caller_of
from geo_api.sharing.short_links import MOST_CHARACTERS, own_path, short_link
from layers.query import BadQuery

_MOST_BYTES = 4 * MOST_CHARACTERS
# What is no page: answers of the API, files, and short links themselves.
_NO_PAGES = ("api", "s", "static", "tiles", "export")


async def _asked(request: Request) -> str:
    """The path in the request's body. Raises BadQuery."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            raise BadQuery("path", f"path must have at most {MOST_CHARACTERS} characters")
    try:
        document = json.loads(body)
    except ValueError:
        document = None
    if not isinstance(document, dict) or not isinstance(document.get("path"), str):
        raise BadQuery("path", 'path is missing: send JSON, as {"path": "/?day=2026-03-02"}')
    path = str(document["path"])
    if not path.isprintable():  # half a character, as JSON can write it, NUL or the like
        raise BadQuery("path", f"path must be an address in printable characters, got {path!a}")
    return path


AskedDep = Annotated[str, Depends(_asked)]


def short_links_router(limit: RateLimit) -> APIRouter:
    """It belongs to the pages, not to the API of open data."""
    router = APIRouter(include_in_schema=False)

    @router.post("/api/short-links")
    def make(request: Request, writes: WritesDep, asked: AskedDep) -> JSONResponse:
        """The code of the page at `path`, and the address that leads there."""
        limit.take(caller_of(request))
        path = own_path(asked)
        if not _has_page(request, path):
            raise BadQuery("path", f"path must be the address of a page; none is at {path!r}")
        code = short_link(writes, path)
        answer = {"code": code, "href": f"{request.base_url}s/{code}"}
        return JSONResponse(answer, HTTPStatus.OK, {"Cache-Control": "no-store"})

    return router


def _has_page(request: Request, path: str) -> bool:
    """Whether a page of ours is read at the path."""
    where = path.partition("?")[0].partition("#")[0]
    if where.split("/")[1] in _NO_PAGES:
        return False
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": where, "headers": []}
    routes = request.app.router.routes
    return any(route.matches(scope)[0] == Match.FULL for route in routes)
