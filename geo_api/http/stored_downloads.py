"""Downloads that are made whole before any of them is sent: who asks for their size or for a part
of them, as GDAL's /vsicurl/ and readers of Parquet do, asks for many parts of one file."""

import asyncio
from contextlib import closing

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from geo_api.exports.file_store import FileSlot, SlotWriter, StoredFile
from geo_api.exports.job import Job
from geo_api.http.middleware import REQUESTED_METHOD
from geo_api.http.streaming import DownloadProcesses, written


def wants_parts(request: Request) -> bool:
    """Whether the answer must have a size, and bytes at their places."""
    return request.scope.get(REQUESTED_METHOD) == "HEAD" or "range" in request.headers


class StoredDownloads:
    """Each is made once for all who ask meanwhile, and to its end though they go away."""

    def __init__(self, downloads: DownloadProcesses) -> None:
        self._downloads = downloads
        self._making: dict[FileSlot, asyncio.Task[None]] = {}

    async def make(self, slot: FileSlot, job: Job) -> StoredFile | None:
        """The file; None where the disk has no room for it. Raises DatabaseUnavailable and
        DownloadFailed."""
        task = self._making.get(slot)
        if task is None:
            task = self._making[slot] = asyncio.create_task(self._make(slot, job))
            task.add_done_callback(lambda done: self._made(slot, done))
        await asyncio.shield(task)
        return slot.find()

    async def _make(self, slot: FileSlot, job: Job) -> None:
        async with self._downloads.writing(job) as (process, folder):
            with closing(SlotWriter(slot, folder / "copy")) as writer:
                async for chunk in written(process):
                    await run_in_threadpool(writer.write, chunk)
                await run_in_threadpool(writer.commit)

    def _made(self, slot: FileSlot, task: asyncio.Task[None]) -> None:
        del self._making[slot]
        if not task.cancelled():
            task.exception()  # asked for, since everybody who waited may have gone away
