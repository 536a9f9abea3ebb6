"""What a proxy says of the address that it was asked at: scheme, host, path in front, and caller;
and by which id it knows the request.

It is believed from trusted addresses alone: anybody can send the headers, and what is believed
stands in every link, and in what is kept to be answered again.
"""

import re
from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from geo_api.http.request_ids import REQUEST_ID_HEADER, accept_request_id

_HOST, _FORWARDED_HOST, _FORWARDED_PREFIX = b"host", b"x-forwarded-host", b"x-forwarded-prefix"
_REQUEST_ID = REQUEST_ID_HEADER.lower().encode()
_IS_HOST = re.compile(rb"[A-Za-z0-9._-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
# Whole steps of plain letters: nothing that a browser could read as another server, or unquote.
_IS_PREFIX = re.compile(rb"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")


class ForwardedRequests:
    """Hands requests of proxies at the addresses or networks `trusted` on as they were asked of the
    proxy. X-Forwarded-Prefix is the path that the proxy has taken away; it becomes `root_path`, as
    ASGI has it, and with it a part of every address that is made."""

    def __init__(self, app: ASGIApp, trusted: Sequence[str]) -> None:
        self._app = app
        # Scheme and caller are uvicorn's to read.
        self._forwarded = ProxyHeadersMiddleware(self._moved, list(trusted))  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        if scope["type"] == "http" and client and client[0] in self._forwarded.trusted_hosts:
            await self._forwarded({**scope}, receive, send)  # type: ignore[arg-type]
        else:
            await self._app(scope, receive, send)

    async def _moved(self, scope: Scope, receive: Receive, send: Send) -> None:
        told = dict(reversed(scope["headers"]))  # the first of several counts
        host = _first(told.get(_FORWARDED_HOST, b""))
        prefix = _first(told.get(_FORWARDED_PREFIX, b"")).rstrip(b"/")
        accept_request_id(scope, told.get(_REQUEST_ID, b"").decode("latin-1"))
        if _IS_HOST.fullmatch(host):
            others = [pair for pair in scope["headers"] if pair[0] != _HOST]
            scope["headers"] = [(_HOST, host), *others]
        if _IS_PREFIX.fullmatch(prefix):
            root = prefix.decode()
            scope.update(
                {
                    "root_path": root,
                    "path": root + scope["path"],
                    "raw_path": prefix + scope.get("raw_path", b""),
                }
            )
        await self._app(scope, receive, send)


def _first(header: bytes) -> bytes:
    return header.partition(b",")[0].strip()
