"""Asks the application as a browser would, without a network between."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message

from geo_api.publish.folder import NotAnswered

_OK = 200


@dataclass(frozen=True)
class Asked:
    """An application and the address at which it believes to be: `base` as https://fahsai.example,
    perhaps with a path."""

    app: ASGIApp
    base: str

    async def body(self, address: str) -> tuple[bytes, Headers]:
        """The answer, which is held in memory. Raises NotAnswered."""
        parts: list[bytes] = []
        headers = await self.read(address, parts.append)
        return b"".join(parts), headers

    async def read(self, address: str, write: Callable[[bytes], object]) -> Headers:
        """Hands the answer on as it comes. Raises NotAnswered."""
        status, headers, refusal = 0, Headers(), bytearray()
        is_read = False

        async def receive() -> Message:
            nonlocal is_read
            if is_read:
                await asyncio.Event().wait()  # nobody hangs up
            is_read = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status, headers = message["status"], Headers(raw=message["headers"])
            elif status == _OK:
                write(message.get("body", b""))
            else:
                refusal.extend(message.get("body", b""))

        await self.app(self._scope(address), receive, send)
        if status != _OK:
            told = bytes(refusal[:500]).decode(errors="replace")
            raise NotAnswered(f"{address} was answered with {status}: {told}")
        return headers

    def _scope(self, address: str) -> dict[str, object]:
        base = urlsplit(self.base)
        root = base.path.rstrip("/")
        path, _, query = address.partition("?")
        port = base.port or (443 if base.scheme == "https" else 80)
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": base.scheme,
            "root_path": root,
            "path": root + unquote(path),
            "raw_path": (root + path).encode(),
            "query_string": query.encode(),
            "headers": [(b"host", base.netloc.encode()), (b"accept", b"text/html, */*;q=0.9")],
            "client": ("127.0.0.1", 0),
            "server": (base.hostname or "", port),
            "state": {},
        }
