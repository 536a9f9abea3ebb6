"""Bodies of answers: bounded, in memory, those dear to make shared by all workers on disk."""

import asyncio
import contextlib
import os
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from geo_api.database.statement_scope import StatementScope, current_scope
from geo_api.exports.file_store import remove_oldest

MakeBody = Callable[[], bytes]

_PRUNE_EVERY = 256
# Writing a file costs less than a millisecond.
_WORTH_PUBLISHING_S = 0.01


@dataclass
class _Flight:
    """A body that is being made, and how many wait for it."""

    task: asyncio.Task[bytes]
    statements: StatementScope
    waiting: int = 0


@dataclass(frozen=True)
class StoreUsage:
    """How many bodies that were asked for were held, here or in the folder, how many were not, and
    how many bytes are held in this process."""

    hits: int
    misses: int
    memory_bytes: int


class BodyStore:
    """Bodies by keys that name what they answer and the version of the data, so that none is ever
    wrong, only no longer asked for. The least recently used go first.

    `folder` is shared by the workers of a home; at most `memory_bytes` are held in this process,
    keys included, and `disk_bytes` in the folder.
    """

    def __init__(
        self, folder: Path, memory_bytes: int = 64 << 20, disk_bytes: int = 1 << 30
    ) -> None:
        self._folder = folder
        self._memory_bytes = memory_bytes
        self._disk_bytes = disk_bytes
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._published = 0
        self._hits = self._misses = 0
        self._flights: dict[str, _Flight] = {}

    async def get_or_make(self, key: str, make: MakeBody, *, keep: bool) -> bytes:
        """The body, made in a thread where it is not held: once for all who ask meanwhile (single
        flight). Unless `keep`, it is made anew for each who asks afterwards."""
        body = self.get(key) if keep else None
        if body is not None:
            return body
        flight = self._flights.get(key) or self._begin(key, make, keep)
        flight.waiting += 1
        try:
            # Shielded: one who goes away takes the answer from nobody else.
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.task.done():
                self._end(key, flight)

    def get(self, key: str) -> bytes | None:
        """The body, if it is still held here or was published by another worker."""
        body = self._bodies.get(key)
        if body is not None:
            self._hits += 1
            self._bodies.move_to_end(key)
            return body
        try:
            body = self._file(key).read_bytes()
        except OSError:
            self._misses += 1
            return None
        self._hits += 1
        self.put(key, body)
        return body

    def usage(self) -> StoreUsage:
        """Of this process."""
        return StoreUsage(self._hits, self._misses, self._size)

    def put(self, key: str, body: bytes) -> None:
        """Holds the body in this process."""
        before = self._bodies.pop(key, None)
        if before is not None:
            self._size -= len(key) + len(before)
        self._bodies[key] = body
        self._size += len(key) + len(body)
        while self._size > self._memory_bytes:
            oldest, evicted = self._bodies.popitem(last=False)
            self._size -= len(oldest) + len(evicted)

    def publish(self, key: str, body: bytes) -> None:
        """Writes the body for other workers, whole or not at all; may be called from a thread."""
        path = self._file(key)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        # A full disk costs speed, no answer.
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(body)
            unfinished.replace(path)
        self._published += 1
        if self._published % _PRUNE_EVERY == 0:
            self.prune()

    def prune(self) -> None:
        """Deletes the files that were written first until the rest fit."""
        remove_oldest(self._folder.glob("*/*"), self._disk_bytes)

    def _begin(self, key: str, make: MakeBody, keep: bool) -> "_Flight":
        asker = current_scope()
        statements = StatementScope(asker.timeout_ms if asker else None)
        making = self._make(key, make, keep)
        flight = _Flight(asyncio.create_task(making, context=statements.context()), statements)
        self._flights[key] = flight
        flight.task.add_done_callback(lambda _: self._end(key, flight))
        return flight

    def _end(self, key: str, flight: "_Flight") -> None:
        """Once it is made, or the last who waited has gone."""
        if self._flights.get(key) is flight:
            del self._flights[key]
        if not flight.task.done():
            asyncio.get_running_loop().run_in_executor(None, flight.statements.abandon)
        elif not flight.task.cancelled():
            flight.task.exception()  # asked for, since everybody who waited may have gone away

    async def _make(self, key: str, make: MakeBody, keep: bool) -> bytes:
        began = time.perf_counter()
        body = await run_in_threadpool(make)
        if keep:
            self.put(key, body)
            if time.perf_counter() - began > _WORTH_PUBLISHING_S:
                await run_in_threadpool(self.publish, key, body)
        return body

    def _file(self, key: str) -> Path:
        name = blake2b(key.encode(), digest_size=20).hexdigest()
        return self._folder / name[:2] / name
