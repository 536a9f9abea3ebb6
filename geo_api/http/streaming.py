"""Streams what a process of its own writes, from a database of its own connection, to a client.

Whoever stops listening stops the process, and with it the query. What fails on the way breaks the
transfer off, so that half a file never looks whole.
"""

import asyncio
import fcntl
import os
import pickle
import shutil
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager, closing, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from fastapi import Response
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from geo_api import exports
from geo_api.database.connections import DatabaseUnavailable
from geo_api.exports.file_store import FileSlot, SlotWriter, is_full
from geo_api.exports.formats import EXIT_NO_ROOM, EXIT_UNAVAILABLE
from geo_api.exports.job import Job
from geo_api.http.middleware import REQUESTED_METHOD

_CHUNK_BYTES = 2**18
_WAIT_S = 5
_NO_ROOM = "there is no room to write this file; ask later, or for CSV, which needs none"
# What is freed can be used again: glibc keeps one heap for all threads, and Arrow's buffers, which
# shrink when they are filled, leave no holes in jemalloc's.
_ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "ARROW_DEFAULT_MEMORY_POOL": "jemalloc"}


class DownloadFailed(RuntimeError):
    """The process that writes a download failed; its own words are in the log."""


class StorageFull(RuntimeError):
    """There is no room on the disk to write a download."""


class DownloadProcesses:
    """At most `max_processes` at a time; more wait a little and then raise DatabaseUnavailable.

    `folder` is for files that must be whole before they can be sent.
    """

    def __init__(self, folder: Path, max_processes: int = 3) -> None:
        self._folder = folder
        self._semaphore = asyncio.Semaphore(max_processes)

    def sweep(self) -> None:
        """Removes what processes that were killed have left behind."""
        _sweep(self._folder)

    @asynccontextmanager
    async def writing(self, job: Job) -> AsyncIterator[tuple[Process, Path]]:
        """The process that writes the job's file to its standard output, and its folder; ended and
        removed on leaving."""
        try:
            await asyncio.wait_for(self._semaphore.acquire(), _WAIT_S)
        except TimeoutError:
            raise DatabaseUnavailable("too many downloads at once") from None
        try:
            with _own_folder(self._folder) as folder:
                process = await _started(replace(job, folder=folder))
                try:
                    yield process, folder
                finally:
                    if process.returncode is None:
                        process.kill()
                    # Takes what is left in the pipe too, without which it would stay open.
                    await process.communicate()
        finally:
            self._semaphore.release()


class DownloadResponse(Response):
    """The file that `job` describes, as fast as the client takes it; kept, when it was whole, for
    who asks next where there is a `slot`."""

    def __init__(
        self,
        downloads: DownloadProcesses,
        job: Job,
        headers: Mapping[str, str],
        slot: FileSlot | None = None,
    ) -> None:
        super().__init__(headers=headers, media_type=job.format.media_type)
        del self.headers["Content-Length"]
        self._downloads = downloads
        self._job = job
        self._slot = slot

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises DatabaseUnavailable, StorageFull and DownloadFailed."""
        if scope.get(REQUESTED_METHOD) == "HEAD":  # and there was no room to make the file
            await send(self._start())
            await send({"type": "http.response.body"})
            return
        sending = asyncio.create_task(self._send(send))
        leaving = asyncio.create_task(_disconnected(receive))
        try:
            await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            sending.cancel()
            leaving.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)

    async def _send(self, send: Send) -> None:
        async with aclosing(self._chunks()) as chunks:
            # Nothing is promised before there is something: until then a failure has a status.
            chunk = await anext(chunks, b"")
            await send(self._start())
            while chunk:
                body = {"type": "http.response.body", "body": chunk, "more_body": True}
                await send(body)
                chunk = await anext(chunks, b"")
            await send({"type": "http.response.body"})

    async def _chunks(self) -> AsyncGenerator[bytes, None]:
        async with self._downloads.writing(self._job) as (process, folder):
            slot = self._slot
            storing = closing(SlotWriter(slot, folder / "copy")) if slot else nullcontext()
            with storing as writer:
                async for chunk in written(process):
                    if writer:
                        await run_in_threadpool(writer.write, chunk)
                    yield chunk
                if writer:
                    await run_in_threadpool(writer.commit)

    def _start(self) -> dict[str, object]:
        return {"type": "http.response.start", "status": 200, "headers": self.raw_headers}


async def written(process: Process) -> AsyncIterator[bytes]:
    """What the process writes, to its end. Raises DatabaseUnavailable and DownloadFailed."""
    assert process.stdout
    while chunk := await process.stdout.read(_CHUNK_BYTES):
        yield chunk
    await _require_success(process)


async def _started(job: Job) -> Process:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", exports.__name__),
        stdin=PIPE,
        stdout=PIPE,
        limit=_CHUNK_BYTES,
        env={**os.environ, **_ENVIRONMENT},
    )
    assert process.stdin
    process.stdin.write(pickle.dumps(job))
    process.stdin.close()
    return process


async def _require_success(process: Process) -> None:
    status = await process.wait()
    if status == EXIT_UNAVAILABLE:
        raise DatabaseUnavailable("the database went away")
    if status == EXIT_NO_ROOM:
        raise StorageFull(_NO_ROOM)
    if status:
        raise DownloadFailed(f"the process that wrote the download ended with {status}")


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


# --- folders ----------------------------------------------------------------------------------


@contextmanager
def _own_folder(parent: Path) -> Iterator[Path]:
    """An empty folder, removed afterwards; locked, so that nobody else takes it for a leftover.
    Raises StorageFull."""
    try:
        with _locked(parent, fcntl.LOCK_SH):
            folder = Path(tempfile.mkdtemp(dir=parent))
            held = os.open(folder, os.O_RDONLY)
            fcntl.flock(held, fcntl.LOCK_EX)
    except OSError as problem:
        if is_full(problem):
            raise StorageFull(_NO_ROOM) from None
        raise
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def _sweep(parent: Path) -> None:
    if not parent.is_dir():
        return
    with _locked(parent, fcntl.LOCK_EX):
        for folder in parent.iterdir():
            held = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            except BlockingIOError:
                pass  # somebody's who lives
            finally:
                os.close(held)


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, how)
        yield
    finally:
        os.close(held)
