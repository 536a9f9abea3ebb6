"""A worker: does the jobs of the queue, decides what is due, rescues what others left.

Each job is a process of its own, so that a large one neither keeps the worker from saying that it
lives nor leaves it its memory. The worker begins anew whenever the database went away.
"""

import asyncio
import pickle
import signal
import sys
from collections.abc import Callable, Coroutine
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
from procrastinate import App
from procrastinate.exceptions import ProcrastinateException
from psycopg2 import Error as Psycopg2Error
from psycopg_pool import PoolTimeout

from geo_api.database.connections import DatabaseUnavailable, owner_connection, session
from geo_api.jobs.helping import Help
from geo_api.jobs.perform import EXIT_BUSY, note_end
from geo_api.jobs.queue import STALLED_S, StillRunning, queue_app, rescue, work_on
from geo_api.jobs.tick import tick
from geo_api.settings import Settings
from layers.jobs import Outcome

AT_ONCE = 2
_TICK_S = 60
_LONGEST_PAUSE_S = 30
# What the database being away is, to each of the two drivers and to the queue.
_AWAY = (
    *(DatabaseUnavailable, Psycopg2Error, psycopg.Error, PoolTimeout, ProcrastinateException),
    OSError,
)


@dataclass(frozen=True)
class Worker:
    """`url` is the database as its owner, who does the work, `queue_url` as fahsai_jobs, who takes
    it. Does `at_once` jobs at a time."""

    settings: Settings
    url: str
    queue_url: str
    say: Callable[[str], None]
    at_once: int = AT_ONCE

    def run(self) -> None:
        """Until SIGTERM or SIGINT; jobs at work have some seconds then, and are begun anew by
        another worker or at the next start."""
        asyncio.run(self._run())

    async def _run(self) -> None:
        ending = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, ending.set)
        pause_s = 1.0
        while not ending.is_set():
            began = asyncio.get_running_loop().time()
            try:
                await _until_one_ends(self._work(), ending.wait())
                why = "the queue was lost"
            except _AWAY as problem:
                why = str(problem).strip().partition("\n")[0] or type(problem).__name__
            if ending.is_set():
                return
            if asyncio.get_running_loop().time() - began > _LONGEST_PAUSE_S:
                pause_s = 1.0
            self.say(f"Jobs rest for {pause_s:.0f} s: {why}")
            with suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

    async def _work(self) -> None:
        """Until one of what it does at a time fails."""
        # The queue's pool would try for half a minute before it says that nobody answers.
        await asyncio.to_thread(lambda: session(self.queue_url).close())
        app = queue_app(self.queue_url, self._do, self._help)
        async with app.open_async():
            await _until_one_ends(work_on(app, self.at_once), self._tick_on(), _rescue_on(app))

    async def _tick_on(self) -> None:
        while True:
            await asyncio.to_thread(self._tick)
            await asyncio.sleep(_TICK_S)

    def _tick(self) -> None:
        with closing(owner_connection(self.url)) as connection:
            tick(connection, self.settings.sources, datetime.now(UTC))

    async def _do(self, name: str) -> None:
        """Raises StillRunning."""
        code = await _process(pickle.dumps((self.settings, self.url, name)))
        if code == EXIT_BUSY:
            raise StillRunning(name)
        if code != 0:
            await asyncio.to_thread(self._note_death, name, code)

    async def _help(self, run_id: int, number: int) -> None:
        """Whatever ends it, whoever has the Run does what it leaves undone."""
        await _process(pickle.dumps((self.settings, self.url, Help(run_id, number))))

    def _note_death(self, name: str, code: int) -> None:
        """So that it is not begun anew each minute where the machine is too small for it."""
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"
        with suppress(DatabaseUnavailable), closing(owner_connection(self.url)) as connection:
            note_end(connection, name, Outcome.FAILED, f"the process {how}; nothing was changed")


async def _process(job: bytes) -> int:
    """The exit code of the process that does it; none is left behind by a job that is cancelled."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "geo_api.jobs", stdin=asyncio.subprocess.PIPE
    )
    try:
        await process.communicate(job)
    finally:
        if process.returncode is None:
            process.kill()
    return await process.wait()


async def _rescue_on(app: App) -> None:
    while True:
        await asyncio.sleep(STALLED_S / 2)
        await rescue(app)


async def _until_one_ends(*coroutines: Coroutine[Any, Any, Any]) -> None:
    """Ends the others, and raises what ended it."""
    tasks = [asyncio.ensure_future(one) for one in coroutines]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for one in done:
        one.result()
