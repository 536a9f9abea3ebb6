"""The gate: how many requests a worker takes on at once; the rest are told to come again."""

from starlette.types import ASGIApp, Receive, Scope, Send

from geo_api.http.errors import overloaded


class Gate:
    """Answers 503 at once rather than let work pile up that nobody waits for any more."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._inside >= self._most:
            await overloaded(scope["path"])(scope, receive, send)
            return
        self._inside += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._inside -= 1
