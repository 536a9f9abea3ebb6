"""Files of which parts can be asked for (RFC 9110, section 14)."""

import re

from fastapi.responses import FileResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo_api.http.middleware import REQUESTED_METHOD

_BYTES = re.compile(rb"bytes *= *(.+)", re.IGNORECASE)
_RANGE = re.compile(rb"(\d{1,18})-(\d{0,18})|-\d{1,18}")


class NoSuchRange(ValueError):
    """The file has none of the bytes asked for; `headers` are the answer's."""

    def __init__(self, extent: str) -> None:
        """`extent` is that of the whole file as Content-Range has it: bytes */1024."""
        size = extent.rpartition("/")[2]
        super().__init__(f"the file has {size} bytes, from 0; ask for some of those, or for all")
        self.headers = {"Content-Range": extent}


class Ranges:
    """Around what sends files, whole or in ranges of bytes, by Starlette's own hand."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises NoSuchRange. A range that is none, or one of other units than bytes, is passed
        over, as sections 14.1.1 and 14.2 want it."""

        async def checked(message: Message) -> None:
            if message.get("status") == 416:
                raise NoSuchRange(dict(message["headers"])[b"content-range"].decode())
            await send(message)

        heard = [pair for pair in scope["headers"] if pair[0] != b"range" or _is_sound(pair[1])]
        asked = {**scope, "headers": heard}
        if REQUESTED_METHOD in scope:
            asked["method"] = scope[REQUESTED_METHOD]  # so that no file is read for nobody
        await self._app(asked, receive, checked)


class PartialFile(FileResponse):
    """A file, whole or in ranges of bytes."""

    chunk_size = 2**18

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As Ranges."""
        await Ranges(super().__call__)(scope, receive, send)


def _is_sound(asked: bytes) -> bool:
    units = _BYTES.fullmatch(asked.strip())
    return units is not None and all(_is_range(part.strip()) for part in units[1].split(b","))


def _is_range(text: bytes) -> bool:
    found = _RANGE.fullmatch(text)
    if not found:
        return False
    first, last = found.groups()
    return not last or int(first) <= int(last)
