"""How large a request may be, and how long a client may take nothing of its answer."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A filter of the greatest length, each character of it written as %2A.
MAX_URL_BYTES = 62_000
MAX_HEADERS_BYTES = 32_768
MAX_HEADERS = 100
TOO_LONG_URL = f"an address has {MAX_URL_BYTES} bytes at most; send less"
TOO_LONG_HEADERS = f"all headers together have {MAX_HEADERS_BYTES} bytes at most; send less"
# Most bodies that are read are of a few lines; photos come to these addresses and those below them.
MAX_BODY_BYTES = 65_536
MAX_UPLOAD_BYTES = 40 * 2**20
_UPLOADS = ("/report", "/staff/complaints", "/staff/inspect", "/api/inspections")
# Of an answer, so many bytes must be taken in so many seconds: 2 KB/s, which a telephone takes.
_PIECE_BYTES = 65_536
_STALLED_S = 30

Refuse = Callable[[Scope, HTTPStatus, str], Response]


class BodyTooLarge(ValueError):
    """A request's body is longer than what is read at its address."""

    def __init__(self, most: int = MAX_BODY_BYTES) -> None:
        super().__init__(f"a body has {most} bytes at most; send less")


def max_body_bytes(path: str) -> int:
    """Of a request to the path, as it is from the root of the site."""
    is_upload = any(path == root or path.startswith(f"{root}/") for root in _UPLOADS)
    return MAX_UPLOAD_BYTES if is_upload else MAX_BODY_BYTES


class RequestLimits:
    """Has `refuse` answer a request that is too large."""

    def __init__(self, app: ASGIApp, refuse: Refuse) -> None:
        self._app = app
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        excess = _excess(scope)
        if excess:
            answer = self._refuse(scope, *excess)
            answer.headers["Connection"] = "close"  # what else comes is not read
            await answer(scope, receive, send)
            return
        received = 0
        most = _most(scope)

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise BodyTooLarge(most)
            return message

        await self._app(scope, counted, send)


class _Stalled(Exception):
    pass


class StalledReaders:
    """Breaks off an answer of which the client has taken nothing for too long, whoever sends it: a
    client that reads slowly is served, one that does not read holds what others wait for.

    One look at all that is being sent, now and then, costs less than a time-out of each.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._sending: dict[asyncio.Task[Any] | None, float] = {}
        self._stalled: set[asyncio.Task[Any] | None] = set()
        self._looking = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def timely(message: Message) -> None:
            for piece in _pieces(message):
                await self._send(send, piece)

        try:
            await self._app(scope, receive, timely)
        except* _Stalled:
            pass  # what has no end the server breaks off

    async def _send(self, send: Send, piece: Message) -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        self._sending[task] = loop.time()
        if not self._looking:
            self._looking = True
            loop.call_later(_STALLED_S / 4, self._look, loop)
        try:
            await send(piece)
        except asyncio.CancelledError:
            if task is None or task not in self._stalled:
                raise
            task.uncancel()
            raise _Stalled from None
        finally:
            del self._sending[task]
            self._stalled.discard(task)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        for task, since in self._sending.items():
            if task and task not in self._stalled and loop.time() - since > _STALLED_S:
                self._stalled.add(task)
                task.cancel()
        self._looking = bool(self._sending)
        if self._looking:
            loop.call_later(_STALLED_S / 4, self._look, loop)


def _excess(scope: Scope) -> tuple[HTTPStatus, str] | None:
    if len(scope.get("raw_path") or b"") + len(scope.get("query_string", b"")) > MAX_URL_BYTES:
        return HTTPStatus.REQUEST_URI_TOO_LONG, TOO_LONG_URL
    headers = scope.get("headers", ())
    if len(headers) > MAX_HEADERS:
        detail = f"at most {MAX_HEADERS} headers, got {len(headers)}"
        return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, detail
    if sum(len(name) + len(value) for name, value in headers) > MAX_HEADERS_BYTES:
        return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, TOO_LONG_HEADERS
    for name, value in headers:
        # The server has seen that it is a number.
        if name == b"content-length" and int(value) > _most(scope):
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(BodyTooLarge(_most(scope)))
    return None


def _most(scope: Scope) -> int:
    return max_body_bytes(str(scope.get("path", "")).removeprefix(scope.get("root_path", "")))


def _pieces(message: Message) -> list[Message]:
    """The message, cut so that each can be taken in time."""
    body = message.get("body", b"")
    if len(body) <= 2 * _PIECE_BYTES:
        return [message]
    starts = range(0, len(body), _PIECE_BYTES)
    pieces: list[Message] = [
        {**message, "body": body[at : at + _PIECE_BYTES], "more_body": True} for at in starts
    ]
    pieces[-1]["more_body"] = message.get("more_body", False)
    return pieces
