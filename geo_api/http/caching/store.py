"""Bodies of answers: bounded, in memory, those dear to make shared by all workers on disk."""

import asyncio
import contextlib
import os
import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from geo_api.exports.file_store import remove_oldest

MakeBody = Callable[[], bytes]

_PRUNE_EVERY = 256
# Writing a file costs less than a millisecond.
_WORTH_PUBLISHING_S = 0.01


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
        self._making: dict[str, asyncio.Task[bytes]] = {}

    async def get_or_make(self, key: str, make: MakeBody, *, keep: bool) -> bytes:
        """The body, made in a thread where it is not held: once for all who ask meanwhile (single
        flight). Unless `keep`, it is made anew for each who asks afterwards."""
        body = self.get(key) if keep else None
        if body is not None:
            return body
        task = self._making.get(key)
        if task is None:
            task = asyncio.create_task(self._make(key, make, keep))
            self._making[key] = task
            task.add_done_callback(lambda done: self._made(key, done))
        # Shielded: one who goes away takes the answer from nobody else.
        return await asyncio.shield(task)

    def get(self, key: str) -> bytes | None:
        """The body, if it is still held here or was published by another worker."""
        body = self._bodies.get(key)
        if body is not None:
            self._bodies.move_to_end(key)
            return body
        try:
            body = self._file(key).read_bytes()
        except OSError:
            return None
        self.put(key, body)
        return body

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

    async def _make(self, key: str, make: MakeBody, keep: bool) -> bytes:
        began = time.perf_counter()
        body = await run_in_threadpool(make)
        if keep:
            self.put(key, body)
            if time.perf_counter() - began > _WORTH_PUBLISHING_S:
                await run_in_threadpool(self.publish, key, body)
        return body

    def _made(self, key: str, task: asyncio.Task[bytes]) -> None:
        del self._making[key]
        if not task.cancelled():
            task.exception()  # asked for, since everybody who waited may have gone away

    def _file(self, key: str) -> Path:
        name = blake2b(key.encode(), digest_size=20).hexdigest()
        return self._folder / name[:2] / name
