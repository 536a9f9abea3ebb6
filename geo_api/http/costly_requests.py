"""What takes long: few at a time, each for so long alone, and none for a client that has gone.

A request that goes through all of a layer for each condition takes thousands of times as long as
another. Had it the same places and connections, a few would take all there are.
"""

import asyncio
import re
from collections.abc import Callable
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo_api.database.statement_scope import StatementScope, current_scope
from geo_api.http.open_data import mark_open_data

COSTLY_S = 8
# Who has not gone by then may be worth a look; most have been answered.
_LOOK_AFTER_S = 0.5
_WAIT_S = 5
# Of the places that all requests share; a map asks for some dozen tiles at once.
_MOST_WAITING = 60
_COSTLY_PARAMETERS = frozenset({"filter", "sortby", "count"})
_COSTLY_PATHS = re.compile(
    "/api/source-area|/api/citations|/cite|/export/|/ogc/collections/[^/]+/changes"
)


# What is sent and yet only read, but for a row that nobody is told of then.
_READING_POSTS = re.compile("/api/citations|/cite")


class HangUps:
    """Ends the work for a client that hangs up before its answer begins, statements included: of
    questions, and of citations."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _only_reads(scope):
            await self._app(scope, receive, send)
            return
        work, statements = asyncio.current_task(), StatementScope()
        loop = asyncio.get_running_loop()
        watching: list[asyncio.Task[None]] = []
        gone = False
        taken = asyncio.Event()
        if scope["method"] == "GET":
            taken.set()

        async def receiving() -> Message:
            message = await receive()
            if not message.get("more_body"):
                taken.set()
            return message

        async def watch() -> None:
            nonlocal gone
            # Who looks before would take the body away.
            await taken.wait()
            while (await receive())["type"] != "http.disconnect":
                pass
            gone = True
            await run_in_threadpool(statements.abandon)
            if work:
                work.cancel()

        def look() -> None:
            watching.append(loop.create_task(watch()))

        def leave() -> None:
            looking.cancel()
            for task in watching:
                task.cancel()

        async def answering(message: Message) -> None:
            leave()
            await send(message)

        looking = loop.call_later(_LOOK_AFTER_S, look)
        try:
            with statements.entered():
                await self._app(scope, receiving, answering)
        except asyncio.CancelledError:
            if not gone or work is None or work.uncancel():
                raise
        finally:
            leave()


class Bulkhead:
    """Lets at most `places` costly requests work at a time, and `refuse` answer those that would
    wait too long; all others go through."""

    def __init__(self, app: ASGIApp, places: int, refuse: Callable[[Scope], Response]) -> None:
        self._app = app
        self._places = asyncio.Semaphore(places)
        self._waiting = 0
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_costly(scope):
            await self._app(scope, receive, send)
        elif await self._take():
            await self._work(scope, receive, send)
        else:
            mark_open_data(scope)  # that it is busy is for all to know
            await self._refuse(scope)(scope, receive, send)

    async def _take(self) -> bool:
        if self._waiting >= _MOST_WAITING:
            return False
        self._waiting += 1
        try:
            async with asyncio.timeout(_WAIT_S):
                await self._places.acquire()
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1
        return True

    async def _work(self, scope: Scope, receive: Receive, send: Send) -> None:
        held = True

        def release() -> None:
            nonlocal held
            if held:
                held = False
                self._places.release()

        async def answering(message: Message) -> None:
            release()
            await send(message)

        if statements := current_scope():
            statements.timeout_ms = COSTLY_S * 1000
        try:
            await self._app(scope, receive, answering)
        finally:
            release()


def _only_reads(scope: Scope) -> bool:
    if scope["type"] != "http":
        return False
    is_read = scope["method"] == "POST" and _READING_POSTS.match(_path(scope))
    return scope["method"] == "GET" or bool(is_read)


def _is_costly(scope: Scope) -> bool:
    if scope["type"] != "http":
        return False
    if _COSTLY_PATHS.match(_path(scope)):
        return True
    query = scope["query_string"]
    if not query:
        return False
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    return any(name in _COSTLY_PARAMETERS for name, _ in pairs)


def _path(scope: Scope) -> str:
    """Without that of another server under which we are published."""
    return str(scope["path"]).removeprefix(scope.get("root_path", ""))
