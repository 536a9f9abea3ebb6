"""Who helps with the parts of a Run: workers of the queue, or processes of this machine."""

import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from psycopg2.extensions import connection as Connection

from geo_api.analyses.parts import Helped
from geo_api.analyses.parts.helping import help_with
from geo_api.analyses.parts.work import Left
from geo_api.database.connections import owner_connection
from geo_api.jobs import jobs_sql as sql
from geo_api.processes import kill_with_parent
from geo_api.settings import Settings
from layers.jobs import WORKER_SILENT, Outcome

# However many workers there are, more would find no part.
_MOST_HELPERS = 32


@dataclass(frozen=True)
class Help:
    """What a process of a job is asked for: parts of a Run. By its `number` it is asked for again
    where something else has to be done first; None where the queue does not know of it."""

    run_id: int
    number: int | None = None


def perform_help(settings: Settings, url: str, asked: Help) -> None:
    """Until no part is left, or something else waits for the worker."""
    with closing(owner_connection(url)) as connection:
        gives_way = _something_waits if asked.number is not None else _nothing_waits
        ended = partial(_note_end, connection)
        left = help_with(connection, settings, asked.run_id, gives_way, ended)
        if left == Left.GAVE_WAY:
            values = {"run": asked.run_id, "first": asked.number, "last": asked.number}
            with connection, connection.cursor() as cursor:
                cursor.execute(sql.DEFER_HELP, values)


@contextmanager
def by_workers(connection: Connection, run_id: int, parts: int) -> Iterator[None]:
    """Workers that are at work on the queue help as they are free; nobody where there are none."""
    with connection, connection.cursor() as cursor:
        cursor.execute(sql.WORKERS, {"within": WORKER_SILENT})
        [(workers,)] = cursor.fetchall()
        if workers:
            helpers = min(parts - 1, _MOST_HELPERS)
            cursor.execute(sql.DEFER_HELP, {"run": run_id, "first": 1, "last": helpers})
    try:
        yield
    finally:
        if not connection.closed:
            connection.rollback()
            with connection, connection.cursor() as cursor:
                cursor.execute(sql.WITHDRAW_HELP, {"run": run_id})


def by_processes(settings: Settings, url: str, count: int) -> Helped:
    """So many processes of this machine, the one that asks among them, and nobody else."""

    @contextmanager
    def helped(_connection: Connection, run_id: int, parts: int) -> Iterator[None]:
        with started(settings, url, run_id, min(count, parts) - 1):
            yield

    return helped


@contextmanager
def started(
    settings: Settings, url: str, run_id: int, count: int
) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Processes that help, meanwhile."""
    asked = pickle.dumps((settings, url, Help(run_id)))
    processes = [_start(asked) for _ in range(count)]
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _start(asked: bytes) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, "-m", "geo_api.jobs"],
        stdin=subprocess.PIPE,
        preexec_fn=kill_with_parent,
    )
    assert process.stdin
    process.stdin.write(asked)
    process.stdin.close()
    return process


def _something_waits(connection: Connection) -> bool:
    with connection, connection.cursor() as cursor:
        cursor.execute(sql.SOMETHING_WAITS)
        [(waits,)] = cursor.fetchall()
    return bool(waits)


def _nothing_waits(_connection: Connection) -> bool:
    return False


def _note_end(connection: Connection, name: str, made: str) -> None:
    """Of a job whose process was killed, and which another has ended."""
    values = {
        "job": name,
        "now": datetime.now(UTC),
        "outcome": Outcome.SUCCEEDED,
        "message": made,
    }
    with connection, connection.cursor() as cursor:
        cursor.execute(sql.FINISH_INTERRUPTED, values)
