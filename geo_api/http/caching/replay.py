"""Requests answered before: given again without a detour, as long as the data are the same.

Finding the route and reading the parameters of a request takes longer than sending a tile.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from geo_api.http.caching.conditional_requests import matches
from geo_api.http.caching.recent_requests import Known, asked_in
from geo_api.http.dependencies import Service

_OF_THE_BODY = (b"content-length", b"content-type", b"content-encoding")


class AnswerAgain:
    """Answers what was asked before; the rest goes on to the application."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        known = self._known(scope)
        if known is None:
            await self._app(scope, receive, send)
        elif matches(_header(scope, b"if-none-match"), known.etag):
            headers = [pair for pair in known.headers if pair[0] not in _OF_THE_BODY]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
        elif (body := self._service.cache.get(known.key)) is None:
            await self._app(scope, receive, send)
        else:
            headers = list(known.headers)
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": body})

    def _known(self, scope: Scope) -> Known | None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        known = self._service.recent.get(asked_in(scope))
        if known is None:
            return None
        versions = self._service.watch.known()
        still = versions is not None and versions.tag(known.views) == known.tag
        return known if still else None


def _header(scope: Scope, name: bytes) -> str:
    headers: dict[bytes, bytes] = dict(scope["headers"])
    return headers.get(name, b"").decode("latin-1")
