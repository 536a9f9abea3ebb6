"""Requests answered before: given again without a detour, as long as the data are the same.

Finding the route and reading the parameters of a request takes longer than sending a tile.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Receive, Scope, Send

if TYPE_CHECKING:
    from geo_api.service import Service

Asked = tuple[bytes | str, ...]

_AT_MOST = 50_000
# So that all of them together stay small; hardly anything this long is asked twice.
_LONGEST = 1_000
# What an answer may depend on beside its address.
_HEADERS = (b"host", b"accept", b"accept-encoding", b"accept-language")
_OF_THE_BODY = (b"content-length", b"content-type", b"content-encoding")


@dataclass(frozen=True, slots=True)
class Known:
    """An answer that holds while the `tag` of `views` does; `key` is that of its body in the
    cache, or empty where only the ETag is known."""

    views: tuple[str, ...]
    tag: str
    etag: str
    key: str
    headers: list[tuple[bytes, bytes]]


class Recent:
    """The latest requests whose answers are kept, by all that those depend on."""

    def __init__(self) -> None:
        self._known: OrderedDict[Asked, Known] = OrderedDict()

    def get(self, asked: Asked) -> Known | None:
        """The answer given last."""
        return self._known.get(asked)

    def keep(self, asked: Asked, known: Known) -> None:
        """The oldest are forgotten, and what is long is not remembered at all."""
        if sum(map(len, asked)) > _LONGEST:
            return
        self._known[asked] = known
        if len(self._known) > _AT_MOST:
            self._known.popitem(last=False)


class AnswerAgain:
    """Answers what was asked before; the rest goes on to the application."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        known = self._known(scope)
        if known is None:
            await self._app(scope, receive, send)
        elif matches(_header(scope, b"if-none-match"), known.etag):
            headers = [pair for pair in known.headers if pair[0] not in _OF_THE_BODY]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
        elif (body := self._service.cache.get(known.key)) is None:
            await self._app(scope, receive, send)
        else:
            headers = list(known.headers)
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": body})

    def _known(self, scope: Scope) -> Known | None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        known = self._service.recent.get(asked_in(scope))
        if known is None:
            return None
        versions = self._service.watch.known()
        still = versions is not None and versions.tag(known.views) == known.tag
        return known if still else None


def asked_in(scope: Scope) -> Asked:
    """What the answer to a request may depend on, beside the data."""
    # A header may be there twice, and whoever reads it goes by the first: so all of them count.
    told = (part for pair in scope["headers"] if pair[0] in _HEADERS for part in pair)
    return (scope["scheme"], scope["path"], scope["query_string"], *told)


def matches(asked: str, etag: str) -> bool:
    """As in RFC 9110, section 13.1.2: compared weakly."""
    return bool(asked) and (
        asked.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in asked.split(","))
    )


def _header(scope: Scope, name: bytes) -> str:
    headers: dict[bytes, bytes] = dict(scope["headers"])
    return headers.get(name, b"").decode("latin-1")
