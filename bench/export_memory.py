"""How much memory and time whole downloads take, format by format."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from urllib.request import urlopen

from geo_api import exports
from geo_api.exports.formats import DOWNLOAD_FORMATS

_SAMPLE_S = 0.02
_CHUNK_BYTES = 2**20
_MEGABYTE = 10**6


@dataclass(frozen=True)
class Row:
    """Resident sets in 10⁶ bytes: that of the server's largest process before and at its peak, and
    that of the process which writes the file at its peak."""

    format: str
    rows: int
    megabytes: float
    seconds: float
    server_before_mb: float
    server_mb: float
    writer_mb: float


def measure(url: str, pid: int, collection: str = "hotspots") -> Iterator[Row]:
    """Downloads all of a collection once in each format from the server whose process is `pid`,
    which makes every answer anew."""
    items = f"{url}/ogc/collections/{collection}/items"
    with urlopen(f"{items}?limit=1&count=exact") as answer:
        count = json.load(answer)["numberMatched"]
    for format in DOWNLOAD_FORMATS:
        before = max(_memory(pid).server)
        with _watched(pid) as peak:
            bytes, seconds = _download(f"{items}?f={format.name}")
        yield Row(
            format.name,
            count,
            round(bytes / _MEGABYTE, 1),
            round(seconds, 2),
            round(before, 1),
            round(peak.server, 1),
            round(peak.writer, 1),
        )


def _download(url: str) -> tuple[int, float]:
    """How many bytes, after how many seconds the last."""
    count = 0
    began = time.perf_counter()
    with urlopen(url) as answer:
        while chunk := answer.read(_CHUNK_BYTES):
            count += len(chunk)
    return count, time.perf_counter() - began


# --- memory -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Memory:
    server: list[float]
    writers: list[float]


@dataclass
class _Peak:
    server: float = 0
    writer: float = 0


@contextmanager
def _watched(pid: int) -> Iterator[_Peak]:
    peak, ending = _Peak(), Event()

    def watch() -> None:
        while not ending.wait(_SAMPLE_S):
            now = _memory(pid)
            peak.server = max(peak.server, *now.server)
            peak.writer = max(peak.writer, *now.writers, 0)

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        ending.set()
        watcher.join()


def _memory(pid: int) -> _Memory:
    """The resident sets of a process and its descendants, those of PostgreSQL left out."""
    memory = _Memory([], [])
    for process in _tree(pid):
        try:
            command = Path(f"/proc/{process}/cmdline").read_text()
            pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended meanwhile
        if "python" in command:
            of = memory.writers if exports.__name__ in command else memory.server
            of.append(pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE)
    return memory


def worker_memory(pid: int) -> list[float]:
    """Of each worker of a server whose process is `pid`, in 10⁶ bytes."""
    return _memory(pid).server[1:]


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        for child in children:
            yield from _tree(int(child))
