"""The embedded PostGIS of a FAHSAI_HOME: shared by every command that uses it, gone with the last.

Three locks in the home decide, and the kernel drops them however a process ends: `cluster.lock` is
held shared by each user of the server, `start.lock` by whoever starts or stops it, `server.lock` by
the one process that serves.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TextIO

from geo_api.database.embedded.installation import ClusterError
from geo_api.database.embedded.server import Say, Server, server_of
from geo_api.settings import Settings

__all__ = ["ClusterError", "ServerRunning", "database", "kept_running", "sole_server"]

WATCH_SECONDS = 0.5
RETRY_SECONDS = 10.0
ENDING_SECONDS = (
    60  # workers within 15 (geo_api/http/workers.py), and the database's last checkpoint
)
_ENDING = ", which is ending"


class ServerRunning(RuntimeError):
    """Another process serves from the same home; the message names it and the remedy."""


@contextmanager
def database(settings: Settings, say: Say) -> Iterator[str]:
    """The owner's URL of a running database, as libpq reads it.

    `settings.database_url` is given back untouched. Otherwise the embedded server is created and
    started as needed, or adopted if it runs, and stopped on leaving unless another process uses it.
    `say` hears of each step that takes time. Raises ClusterError.
    """
    if settings.database_url:
        yield settings.database_url
        return
    with _lock_file(settings.home, "cluster.lock") as use:
        with _turn(settings.home, say):
            fcntl.flock(use, fcntl.LOCK_SH)
            server = server_of(settings.home, say)
        try:
            with _turn(settings.home, say):
                server.start(say)
            yield server.url
        finally:
            with _turn(settings.home, say):
                if _try_lock(use):
                    server.stop()


@contextmanager
def sole_server(settings: Settings, say: Say) -> Iterator[Callable[[], None]]:
    """Held while serving from the home; raises ServerRunning if another process does, and waits for
    one that has begun to end, as it tells by calling what this gives.

    With an external database any number may serve: there is no home to guard.
    """
    if settings.database_url:
        yield lambda: None
        return
    with _lock_file(settings.home, "server.lock") as lock:
        if not _take_over(lock, say):
            raise ServerRunning(_already_served(settings.home, lock))
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, http://127.0.0.1:{settings.port}")
        lock.flush()

        def ending() -> None:
            lock.write(_ENDING)
            lock.flush()

        yield ending


@contextmanager
def kept_running(settings: Settings, say: Say) -> Iterator[None]:
    """Start the embedded server again whenever it dies meanwhile; leave an external one alone."""
    if settings.database_url:
        yield
        return
    server, ending = server_of(settings.home, say), Event()
    watcher = Thread(target=_watch, args=(server, settings.home, say, ending))
    watcher.start()
    try:
        yield
    finally:
        ending.set()
        watcher.join()


def _watch(server: Server, home: Path, say: Say, ending: Event) -> None:
    pause_s = WATCH_SECONDS
    while not ending.wait(pause_s):
        pause_s = WATCH_SECONDS
        if not server.running() and not _restart(server, home, say):
            pause_s = RETRY_SECONDS


def _restart(server: Server, home: Path, say: Say) -> bool:
    say("The database has stopped by itself; starting it again …")
    try:
        with _turn(home, say):
            server.start(say)
    except (ClusterError, OSError) as error:
        say(f"{error}\nTrying again in {RETRY_SECONDS:.0f} s.")
        return False
    return True


@contextmanager
def _turn(home: Path, say: Say) -> Iterator[None]:
    """Starting and stopping, one process at a time."""
    with _lock_file(home, "start.lock") as lock:
        if not _try_lock(lock):
            say("Waiting for another fahsai command that starts or stops the database …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _lock_file(home: Path, name: str) -> TextIO:
    try:
        home.mkdir(parents=True, exist_ok=True)
        return (home / name).open("a+")
    except OSError as error:
        raise ClusterError(
            f"{home} cannot be used ({error.strerror}): set FAHSAI_HOME to a folder of your own"
        ) from error


def _try_lock(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _take_over(lock: TextIO, say: Say) -> bool:
    """Whether nobody serves, or nobody any more."""
    if _try_lock(lock):
        return True
    who = _holder(lock)
    if not who.endswith(_ENDING):
        return False
    say(f"Waiting for {who} …")
    deadline = time.monotonic() + ENDING_SECONDS
    while time.monotonic() < deadline:
        if _try_lock(lock):
            return True
        time.sleep(0.1)
    return False


def _holder(lock: TextIO) -> str:
    lock.seek(0)
    return lock.read() or "another process"


def _already_served(home: Path, lock: TextIO) -> str:
    who = _holder(lock)
    return (
        f"Fahsai already serves from {home} ({who}): stop that one first, "
        "or set FAHSAI_HOME to another folder and PORT to another port"
    )
