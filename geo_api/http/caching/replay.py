"""Answers given before, given again in front of routing, as long as their data are the same.

Finding the route and reading the parameters of a request takes longer than sending a tile.
"""

from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from geo_api.database.data_versions import DataVersionWatch
from geo_api.http.caching.memo import VersionedMemo
from geo_api.http.caching.store import BodyStore
from geo_api.http.metrics import note_route
from geo_api.http.negotiation import if_none_match
from geo_api.http.open_data import mark_open_data

# So that all of them together stay small; hardly anything this long is asked twice.
_MAX_IDENTITY_LENGTH = 1_000
# What an answer of open data may depend on beside its address.
_HEADERS = (b"host", b"accept", b"accept-encoding", b"accept-language")
# Who says who they are may be given what nobody else may see.
_CREDENTIALS = (b"authorization", b"cookie")
_OF_THE_BODY = (b"content-length", b"content-type", b"content-encoding")

RequestIdentity = tuple[bytes | str, ...]


@dataclass(frozen=True, slots=True)
class ReplayableAnswer:
    """`body_key` is that of its body in the store, or empty where only the ETag is known; `headers`
    are all but the length, which is that of the body which the store has when it is asked; `route`
    is the one that answered, as it is declared."""

    etag: str
    body_key: str
    headers: list[tuple[bytes, bytes]]
    route: str


ReplayMemo = VersionedMemo[ReplayableAnswer]


class ReplayMiddleware:
    """Answers what was answered before from the memo and the store; the rest goes on."""

    def __init__(
        self, app: ASGIApp, memo: ReplayMemo, versions: DataVersionWatch, bodies: BodyStore
    ) -> None:
        self._app = app
        self._memo = memo
        self._versions = versions
        self._bodies = bodies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._answer(scope)
        if answer is None:
            await self._app(scope, receive, send)
        elif if_none_match(_header(scope, b"if-none-match"), answer.etag):
            note_route(scope, answer.route)
            headers = [pair for pair in answer.headers if pair[0] not in _OF_THE_BODY]
            await _respond(scope, send, 304, headers, b"")
        elif (body := self._bodies.get(answer.body_key)) is None:
            await self._app(scope, receive, send)
        else:
            note_route(scope, answer.route)
            length = (b"content-length", str(len(body)).encode())
            await _respond(scope, send, 200, [*answer.headers, length], body)

    def _answer(self, scope: Scope) -> ReplayableAnswer | None:
        identity = replay_identity(scope)
        return self._memo.get(identity, self._versions.current()) if identity else None


def replay_identity(scope: Scope) -> RequestIdentity | None:
    """All that the answer to a request may depend on, beside the data; None for a request whose
    answer is not for anybody who asks the same, or is not worth remembering."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    # A header may be there twice, and whoever reads it goes by the first: so all of them count.
    headers: list[bytes] = []
    for name, value in scope["headers"]:
        if name in _CREDENTIALS:
            return None
        if name in _HEADERS:
            headers += (name, value)
    identity = (
        scope["scheme"],
        scope.get("root_path", ""),
        scope["path"],
        scope["query_string"],
        *headers,
    )
    return identity if sum(map(len, identity)) <= _MAX_IDENTITY_LENGTH else None


async def _respond(
    scope: Scope, send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes
) -> None:
    mark_open_data(scope)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _header(scope: Scope, name: bytes) -> str:
    headers: dict[bytes, bytes] = dict(scope["headers"])
    return headers.get(name, b"").decode("latin-1")
