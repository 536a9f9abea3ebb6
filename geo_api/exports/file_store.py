"""Downloads of whole layers, kept on disk until the layer changes, for all workers of a home."""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from errno import EDQUOT, EFBIG, ENOSPC
from hashlib import blake2b
from pathlib import Path
from shutil import disk_usage
from typing import BinaryIO


@dataclass(frozen=True)
class StoredFile:
    """A download as it was sent before: `size` in bytes, `made_at` in UTC; the `etag` of another
    file is another."""

    path: Path
    size: int
    made_at: datetime
    etag: str


class FileStore:
    """At most `disk_bytes` of downloads in `folder`, the latest of each address; the oldest go
    first."""

    def __init__(self, folder: Path, disk_bytes: int = 4 << 30) -> None:
        self._folder = folder
        self.disk_bytes = disk_bytes

    def slot(self, url: str, version: str) -> "FileSlot":
        """For the download of `url` as it is with this `version` of all that it depends on."""
        return FileSlot(self, _short(url), self._folder / f"{_short(url)}-{_short(version)}")

    def state(self) -> str:
        """Another text whenever something was put there or has gone."""
        every = sorted(self._folder.glob("*"))
        return f"stored: {' '.join(stored.etag for path in every if (stored := _stored(path)))}"

    def put(self, draft: Path, slot: "FileSlot") -> None:
        """Moves a whole download to its place; what was kept of the same address goes."""
        self._folder.mkdir(parents=True, exist_ok=True)
        draft.replace(slot.path)
        same = self._folder.glob(f"{slot.address}-*")
        remove_oldest((path for path in same if path != slot.path), 0)
        remove_oldest(self._folder.iterdir(), self.disk_bytes)


@dataclass(frozen=True)
class FileSlot:
    """Where one version of the download of one address is, or would be."""

    store: FileStore
    address: str
    path: Path

    def find(self) -> StoredFile | None:
        """None where it is not kept."""
        return _stored(self.path)


class SlotWriter:
    """A download that is on its way to a client, written to `draft` and kept at `place` when it is
    whole; `draft` must be of the same file system. It takes no more than half of what room there
    is, and a full disk costs the copy and nothing else.

    May be used from threads, one at a time, and must be closed.
    """

    def __init__(self, slot: FileSlot, draft: Path) -> None:
        self._slot = slot
        self._draft = draft
        self._file: BinaryIO | None = None
        # The rest is for other downloads, and of the disk for the database.
        self._room = min(slot.store.disk_bytes, disk_usage(draft.parent).free) // 2
        with contextlib.suppress(OSError):
            self._file = draft.open("wb")

    def write(self, chunk: bytes) -> None:
        """Takes the next bytes."""
        if self._file is None or self._file.closed:
            return
        self._room -= len(chunk)
        try:
            if self._room >= 0:
                self._file.write(chunk)
        except OSError:
            self._room = -1
        if self._room < 0:
            self.close()

    def commit(self) -> None:
        """All bytes have come."""
        if self._file is None or self._file.closed:
            return
        with contextlib.suppress(OSError):
            self._file.close()
            self._slot.store.put(self._draft, self._slot)

    def close(self) -> None:
        """Nothing more is taken; what is not kept goes."""
        with contextlib.suppress(OSError):
            if self._file is not None:
                self._file.close()
        with contextlib.suppress(OSError):
            self._draft.unlink(missing_ok=True)


def is_full(problem: BaseException) -> bool:
    """Whether it says that the disk, or our part of it, is full."""
    return isinstance(problem, OSError) and problem.errno in (ENOSPC, EDQUOT, EFBIG)


def remove_oldest(files: Iterable[Path], max_bytes: int) -> None:
    """Deletes the files that were written first until the rest fit."""
    known = []
    for file in files:
        with contextlib.suppress(OSError):  # another worker was faster
            known.append((file.stat(), file))
    excess = sum(told.st_size for told, _ in known) - max_bytes
    for told, file in sorted(known, key=lambda one: one[0].st_mtime_ns):
        if excess <= 0:
            break
        with contextlib.suppress(OSError):
            file.unlink()
        excess -= told.st_size


def _stored(path: Path) -> StoredFile | None:
    try:
        told = path.stat()
    except FileNotFoundError:
        return None
    made_at = datetime.fromtimestamp(told.st_mtime, UTC)
    return StoredFile(path, told.st_size, made_at, f'"{path.name}-{told.st_mtime_ns:x}"')


def _short(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
