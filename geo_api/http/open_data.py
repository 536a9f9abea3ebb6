"""Open data: the routers whose answers pages of any site may read, headers and all (CORS)."""

from fastapi import Depends, Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_READING = ("GET", "HEAD")


# A coroutine, since FastAPI would take a thread for a plain function.
async def _mark(request: Request) -> None:
    mark_scope(request.scope)


def mark_scope(scope: Scope) -> None:
    """The answer to this request, be it an error, is open data."""
    scope.setdefault("state", {})["open_data"] = True


# For a router's `dependencies`.
OPEN_DATA = [Depends(_mark)]


class OpenDataHeaders:
    """Sets the headers of what was marked; must be around all that marks."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Shared with the copies of the scope that are handed on.
        state = scope.setdefault("state", {})

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # Browsers take the answer for what Content-Type says.
                headers["X-Content-Type-Options"] = "nosniff"
                if "open_data" in state and scope["method"] in _READING:
                    headers["Access-Control-Allow-Origin"] = "*"
                    headers["Access-Control-Expose-Headers"] = "*"
            await send(message)

        await self._app(scope, receive, marked)
