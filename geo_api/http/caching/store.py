"""Bodies of answers: bounded, in memory, those dear to make shared by all workers on disk."""

import contextlib
import os
from collections import OrderedDict
from hashlib import blake2b
from pathlib import Path

from geo_api.exports.file_store import remove_oldest

_PRUNE_EVERY = 256


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

    def _file(self, key: str) -> Path:
        name = blake2b(key.encode(), digest_size=20).hexdigest()
        return self._folder / name[:2] / name
