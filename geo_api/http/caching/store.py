"""Answers kept while they are true: bounded, in memory, the dear ones shared by all workers."""

import contextlib
import os
from collections import OrderedDict
from hashlib import blake2b
from pathlib import Path

from geo_api.exports.file_store import remove_oldest

_PRUNE_EVERY = 256


class Cache:
    """Bodies by keys that name what they answer and the version of the data, so that none is ever
    wrong, only no longer asked for. The least lately used go first.

    `folder` is shared by the workers of a home; at most so many bytes in `memory`, with keys, and
    on `disk`.
    """

    def __init__(self, folder: Path, memory: int = 64 << 20, disk: int = 1 << 30) -> None:
        self._folder = folder
        self._memory = memory
        self._disk = disk
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._kept = 0

    def get(self, key: str) -> bytes | None:
        """The body, if it is still held here or by another worker."""
        body = self._held.get(key)
        if body is not None:
            self._held.move_to_end(key)
            return body
        try:
            body = self._file(key).read_bytes()
        except OSError:
            return None
        self.hold(key, body)
        return body

    def hold(self, key: str, body: bytes) -> None:
        """Keeps the body in this process."""
        before = self._held.pop(key, None)
        if before is not None:
            self._size -= len(key) + len(before)
        self._held[key] = body
        self._size += len(key) + len(body)
        while self._size > self._memory:
            oldest, left = self._held.popitem(last=False)
            self._size -= len(oldest) + len(left)

    def share(self, key: str, body: bytes) -> None:
        """Writes the body for other workers, whole or not at all; may be called from a thread."""
        path = self._file(key)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        # A full disk costs speed, no answer.
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(body)
            unfinished.replace(path)
        self._kept += 1
        if self._kept % _PRUNE_EVERY == 0:
            self.prune()

    def prune(self) -> None:
        """Deletes the files that were written first until the rest fit."""
        remove_oldest(self._folder.glob("*/*"), self._disk)

    def _file(self, key: str) -> Path:
        name = blake2b(key.encode(), digest_size=20).hexdigest()
        return self._folder / name[:2] / name
