"""What can be got has a HEAD too (RFC 9110, section 9.1): the server leaves the body out."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Where the method that was asked for is to be found in a scope that says GET.
REQUESTED_METHOD = "fahsai.requested_method"


class HeadRequests:
    """Hands a HEAD on as a GET, and names HEAD among the methods allowed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def allowing(message: Message) -> None:
            if message.get("status") == 405:
                headers = MutableHeaders(scope=message)
                if headers.get("Allow") == "GET":
                    headers["Allow"] = "GET, HEAD"
            await send(message)

        if scope.get("method") == "HEAD":
            scope = {**scope, "method": "GET", REQUESTED_METHOD: "HEAD"}
        await self._app(scope, receive, allowing)
