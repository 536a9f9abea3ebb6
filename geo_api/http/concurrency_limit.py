"""How many requests a worker takes on at once; the rest are told to come again."""

from starlette.types import ASGIApp, Receive, Scope, Send

from geo_api.http.errors import overload_response
from geo_api.http.open_data import mark_scope


class ConcurrencyLimit:
    """Answers 503 at once rather than let work pile up that nobody waits for any more."""

    def __init__(self, app: ASGIApp, max_requests: int) -> None:
        self._app = app
        self._max_requests = max_requests
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._running >= self._max_requests:
            mark_scope(scope)  # that it is busy is for all to know
            await overload_response(scope["path"])(scope, receive, send)
            return
        self._running += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._running -= 1
