"""Asking, watching and killing an embedded server in tests."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path

import psycopg2

# It only matters where a test fails: a busy machine takes a minute for what takes a second.
PATIENCE_S = 600
WRITER = """
import os, sys
from pathlib import Path
import psycopg2
from geo_api.database.embedded.cluster import database
from geo_api.settings import Settings

with database(Settings(home=Path(sys.argv[1])), say=lambda text: None) as url:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute(f"CREATE TABLE kept_{os.getpid()} (n int)")
    for n in range(int(sys.argv[2])):
        cursor.execute(f"INSERT INTO kept_{os.getpid()} VALUES (%s)", (n,))
        print(n, flush=True)
    connection.close()
"""


def ask(url: str, question: str) -> object:
    """The first value of the last statement, in a connection and transaction of its own."""
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
        return row[0] if row else None


def answers(url: str) -> bool:
    """Whether a connection can be had now."""
    try:
        return ask(url, "SELECT 1") == 1
    except psycopg2.OperationalError:
        return False


def begin_writer(home: Path, rows: int) -> subprocess.Popen[str]:
    """A process that uses the home's database and prints each row's number once committed.

    Its table is named kept_ and its process id.
    """
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home), str(rows)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def numbers_written(writer: subprocess.Popen[str], rows: int) -> list[int]:
    """The next ones that the writer says it has committed."""
    assert writer.stdout
    return [int(writer.stdout.readline()) for _ in range(rows)]


def postmaster(home: Path) -> int:
    """The process id that the home's data name."""
    return int((home / "postgres/data/postmaster.pid").read_text().split("\n")[0])


def server_processes(home: Path) -> list[int]:
    """The living postmaster of the home, if any, and its children."""
    if not (home / "postgres/data/postmaster.pid").exists():
        return []
    parent = postmaster(home)
    pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal())
    return [pid for pid in pids if _lives(pid) and parent in (pid, _parent(pid))]


def kill(pids: Iterable[int]) -> None:
    """As `kill -9`, and wait for the end."""
    killed = list(pids)
    for pid in killed:
        with suppress(ProcessLookupError):  # a backend may have ended by itself
            os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not any(_lives(pid) for pid in killed))


def wait_until(true: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
    """Fails when it does not become true in time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"not true within {seconds} s"
        time.sleep(0.02)


def _lives(pid: int) -> bool:
    return _status(pid)[0] not in "ZX"


def _parent(pid: int) -> int:
    return int(_status(pid)[1])


def _status(pid: int) -> tuple[str, str]:
    """State and parent, as in proc(5); a process that is gone counts as dead."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return "X", "0"
    state, parent, *_ = text.rpartition(")")[2].split()
    return state, parent
