"""Files of which parts can be asked for (RFC 9110, section 14), by Starlette's hand.

Starlette would refuse an invalid range, and say in plain text that there is no such part.
"""

import re

from fastapi.responses import FileResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo_api.http.middleware import REQUESTED_METHOD

_RANGE = rb"(?:\d{1,18}-\d{0,18}|-\d{1,18})"
_RANGES = re.compile(rb"bytes *=\s*%b(?:\s*,\s*%b)*" % (_RANGE, _RANGE), re.IGNORECASE)
_FIRST_AND_LAST = re.compile(rb"(\d+)-(\d+)")


class RangeNotSatisfiable(ValueError):
    """The file has none of the bytes asked for; `headers` are the answer's."""

    def __init__(self, extent: str) -> None:
        """`extent` is that of the whole file as Content-Range has it: bytes */1024."""
        size = extent.rpartition("/")[2]
        super().__init__(f"the file has {size} bytes, from 0; ask for some of those, or for all")
        self.headers = {"Content-Range": extent}


class RangeRequests:
    """Around what sends files."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises RangeNotSatisfiable. A range that is none, or one of other units than bytes, is
        passed over, as sections 14.1.1 and 14.2 want it."""

        async def checked(message: Message) -> None:
            if message.get("status") == 416:
                raise RangeNotSatisfiable(dict(message["headers"])[b"content-range"].decode())
            await send(message)

        headers = [pair for pair in scope["headers"] if pair[0] != b"range" or _is_valid(pair[1])]
        # The method as it came, so that no file is read for a HEAD.
        method = scope.get(REQUESTED_METHOD, scope["method"])
        await self._app({**scope, "headers": headers, "method": method}, receive, checked)


class PartialFile(FileResponse):
    """A file, whole or in ranges of bytes."""

    chunk_size = 2**18

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As RangeRequests."""
        await RangeRequests(super().__call__)(scope, receive, send)


def _is_valid(header: bytes) -> bool:
    pairs = _FIRST_AND_LAST.findall(header)
    return bool(_RANGES.fullmatch(header.strip())) and all(int(a) <= int(b) for a, b in pairs)
