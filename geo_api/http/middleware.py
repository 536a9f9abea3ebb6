"""What is around every route: how many requests at once, HEAD, and headers of open data."""

from collections.abc import Callable, Collection, Sequence
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo_api.http.compression import compressed
from geo_api.http.open_data import is_open_data, mark_open_data
from geo_api.http.request_ids import REQUEST_ID_HEADER, begin_request

# Where the method that was asked for is to be found in a scope that says GET.
REQUESTED_METHOD = "fahsai.requested_method"


# Sending takes no thread and no connection, but memory.
_SENDING_EACH = 4
# Who looks after us is answered however many others ask.
_ALWAYS = frozenset({"/health", "/health/live", "/health/ready", "/metrics"})


class ConcurrencyLimit:
    """Lets `refuse` answer, given the scope, rather than let work pile up that nobody waits for any
    more. Work ends where an answer begins: of those that are being sent there may be more."""

    def __init__(
        self, app: ASGIApp, max_requests: int, refuse: Callable[[Scope], Response]
    ) -> None:
        self._app = app
        self._max_requests = max_requests
        self._refuse = refuse
        self._working = 0
        self._sending = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _ALWAYS:
            await self._app(scope, receive, send)
            return
        if self._working >= self._max_requests or self._sending >= (
            _SENDING_EACH * self._max_requests
        ):
            mark_open_data(scope)  # that it is busy is for all to know
            await self._refuse(scope)(scope, receive, send)
            return
        began = False

        async def begin(message: Message) -> None:
            nonlocal began
            if not began and message["type"] == "http.response.start":
                began = True
                self._working -= 1
                self._sending += 1
            await send(message)

        self._working += 1
        try:
            await self._app(scope, receive, begin)
        finally:
            if began:
                self._sending -= 1
            else:
                self._working -= 1


class TrailingSlashes:
    """Hands an address with a slash too many on without it, and one of `landings`, which have one,
    with it: who asks for /ogc/collections/ means /ogc/collections, and there is no second answer
    to be led to."""

    def __init__(self, app: ASGIApp, landings: Collection[str]) -> None:
        self._app = app
        self._landings = landings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        root = scope.get("root_path", "")
        path = scope.get("path", "").removeprefix(root)
        bare = path.rstrip("/")
        asked = f"{bare}/" if f"{bare}/" in self._landings else bare
        if asked != path:
            scope = {**scope, "path": root + asked, "raw_path": quote(root + asked).encode()}
        await self._app(scope, receive, send)


class HeadRequests:
    """Hands a HEAD on as a GET: what can be got has one (RFC 9110, section 9.1), and the server
    leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("method") == "HEAD":
            scope = {**scope, "method": "GET", REQUESTED_METHOD: "HEAD"}
        await self._app(scope, receive, send)


# What pages of other sites may send and read: parts of files, and what they hold already. Who they
# are is of no account, and so no Authorization.
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, Content-Length, Content-Range, Accept-Ranges, Content-Encoding,"
        " Content-Disposition, Content-Crs, Content-Language, Retry-After, Simulated-Data,"
        f" {REQUEST_ID_HEADER}, *"
    ),
}
_RAW_CORS = [(name.lower().encode(), value.encode()) for name, value in _CORS.items()]
_REQUEST_ID = REQUEST_ID_HEADER.lower().encode()
_READING = frozenset({"GET", "HEAD"})
_PREFLIGHT = {
    **_CORS,
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Range, If-Range, If-None-Match, If-Modified-Since, Accept, Accept-Language, Content-Type,"
        " Cache-Control, X-Requested-With"
    ),
    "Access-Control-Max-Age": "86400",
}


class Preflight:
    """Answers OPTIONS for the `routes` of open data: browsers ask before pages of other sites may
    ask for parts of a file (Fetch, 4.8). That another method is not answered is open, too."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self._app = app
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("method", "GET") not in _READING:
            read = {**scope, "method": "GET"}
            if any(route.matches(read)[0] == Match.FULL for route in self._routes):
                if scope["method"] == "OPTIONS":
                    await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, send)
                    return
                mark_open_data(scope)
        await self._app(scope, receive, send)


class CompressedPages:
    """Compresses the pages for people, which are made whole; what is compressed already, and any
    other answer, goes through as it comes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun: list[Message] = []
        parts: list[bytes] = []

        async def compressing(message: Message) -> None:
            if message["type"] == "http.response.start":
                if _is_plain_page(message):
                    begun.append(message)
                    return
            elif begun:
                parts.append(message.get("body", b""))
                if not message.get("more_body"):
                    await _send_compressed(scope, begun.pop(), b"".join(parts), send)
                return
            await send(message)

        await self._app(scope, receive, compressing)


def _is_plain_page(message: Message) -> bool:
    headers = MutableHeaders(scope=message)
    is_page = headers.get("Content-Type", "").startswith("text/html")
    return is_page and "Content-Encoding" not in headers


async def _send_compressed(scope: Scope, start: Message, body: bytes, send: Send) -> None:
    taken = Headers(scope=scope).get("Accept-Encoding", "")
    body, more = compressed(body, taken)
    headers = MutableHeaders(scope=start)
    headers.add_vary_header(more.pop("Vary"))
    headers.update({**more, "Content-Length": str(len(body))})
    await send(start)
    await send({"type": "http.response.body", "body": body})


class ResponseHeaders:
    """Sets the headers of every answer, and those of open data; must be around all the others."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = begin_request(scope)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # Browsers take the answer for what Content-Type says.
                headers["X-Content-Type-Options"] = "nosniff"
                # Here, and so outside of what is kept to be answered again. Nobody else sets this
                # or the next: to look for them takes longer than all the rest.
                headers.raw.append((_REQUEST_ID, request_id.encode()))
                if is_open_data(scope) and (
                    scope["method"] in _READING or message["status"] == 405
                ):
                    headers.raw.extend(_RAW_CORS)
            await send(message)

        await self._app(scope, receive, with_headers)
