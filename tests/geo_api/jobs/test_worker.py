"""Workers as processes, over a real queue: killed, paused, cut off from the database."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import make_dsn, parse_dsn

from geo_api import cli
from tests.geo_api.database import servers
from tests.geo_api.database.asking import answer, rows, run
from tests.geo_api.jobs.rows import pause_all_but

# An analysis of a plugin: tells when it begins, waits as long as its file is there, tells its end.
DECLARED = """
from datetime import timedelta
from layers.model import Analysis, Text

ANALYSIS = Analysis("slow", Text("ช้า", "Slow"), ("diw",), (), every=timedelta(hours=1))
"""
COMPUTED = """
import os, time
from pathlib import Path

FOLDER = Path(__file__).parent

def tell(what):
    with open(FOLDER / "told", "a") as file:
        file.write(what + "\\n")

def compute(run):
    tell("begin")
    while (FOLDER / "wait").exists():
        with run.connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        time.sleep(0.05)
    tell("end")
    return "slow: done"
"""


# Processes are begun one after the other, on a machine that may have much else to do.
wait_until = partial(servers.wait_until, seconds=180)


class Plugin:
    """A slow analysis, which waits until it is let go."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for path, text in (("layers", DECLARED), ("geo_api", COMPUTED)):
            file = folder / path / "analyses" / "slow.py"
            file.parent.mkdir(parents=True)
            file.write_text(text)
        self._wait = folder / "geo_api" / "analyses" / "wait"
        self._wait.touch()

    def let_go(self) -> None:
        self._wait.unlink()

    @property
    def told(self) -> list[str]:
        file = self._wait.with_name("told")
        return file.read_text().split() if file.exists() else []

    def has_begun(self, times: int = 1) -> Callable[[], bool]:
        return lambda: self.told.count("begin") == times


@pytest.fixture
def slow(tmp_path: Path) -> Plugin:
    return Plugin(tmp_path / "plugin")


@pytest.fixture
def queue(fresh: Connection) -> Connection:
    """In which all jobs but the slow one are paused; that one was asked for."""
    pause_all_but(fresh)
    run_slow(fresh)
    return fresh


def run_slow(connection: Connection) -> None:
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT act_on_job('slow', 'run')")


@contextmanager
def worker(url: str, slow: Plugin) -> Iterator[subprocess.Popen[str]]:
    """`fahsai work`; killed at last if it still lives."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("FAHSAI_")}
    process = subprocess.Popen(
        [sys.executable, "-m", cli.__name__, "work"],
        env=ours
        | {
            "FAHSAI_HOME": str(slow.folder / "home"),
            "FAHSAI_DATABASE_URL": url,
            "FAHSAI_PLUGINS": str(slow.folder),
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def waiting(url: str) -> int:
    return int(answer(url, "SELECT count(*) FROM jobs.procrastinate_jobs"))


def outcome(url: str) -> object:
    return answer(url, "SELECT max(outcome) FROM jobs.standing WHERE name = 'slow'")


def workers(url: str) -> int:
    return int(answer(url, "SELECT job_workers('5 s')"))


def test_the_job_of_a_killed_worker_is_begun_anew_by_another_within_seconds(
    queue: Connection, fresh_url: str, slow: Plugin
) -> None:
    with worker(fresh_url, slow) as first:
        wait_until(slow.has_begun())
        with worker(fresh_url, slow):
            wait_until(lambda: workers(fresh_url) == 2)
            first.kill()

            wait_until(slow.has_begun(2))
            slow.let_go()
            wait_until(lambda: waiting(fresh_url) == 0)

    assert slow.told == ["begin", "begin", "end"]
    assert outcome(fresh_url) == "succeeded"
    assert answer(fresh_url, "SELECT count(*) FROM run WHERE status = 'succeeded'") == 1


def test_the_job_of_a_paused_worker_is_not_done_by_another_beside_it(
    queue: Connection, fresh_url: str, slow: Plugin
) -> None:
    with worker(fresh_url, slow) as first:
        wait_until(slow.has_begun())
        with worker(fresh_url, slow):
            wait_until(lambda: workers(fresh_url) == 2)
            os.kill(first.pid, signal.SIGSTOP)
            # The other one has taken it, and found that it is at work.
            tried = "SELECT coalesce(max(attempts), 0) FROM jobs.procrastinate_jobs"
            wait_until(lambda: answer(fresh_url, tried) >= 1)

            os.kill(first.pid, signal.SIGCONT)
            slow.let_go()
            wait_until(lambda: outcome(fresh_url) == "succeeded")
            wait_until(lambda: waiting(fresh_url) == 0)
            first.terminate()
            assert first.wait(60) == 0

    assert slow.told.count("begin") - slow.told.count("end") == 0
    assert slow.told[:2] == ["begin", "end"]


def test_a_worker_that_the_database_left_goes_on_when_it_is_back(
    queue: Connection, fresh_url: str, slow: Plugin
) -> None:
    slow.let_go()
    with worker(fresh_url, slow) as process:
        wait_until(lambda: outcome(fresh_url) == "succeeded")
        # As while a server restarts: all are cut off, and nobody is let in.
        allow(fresh_url, False)
        assert process.stderr
        while "Jobs rest" not in process.stderr.readline():
            assert process.poll() is None
        allow(fresh_url, True)
        run(fresh_url, "SELECT act_on_job('slow', 'run')")
        wait_until(slow.has_begun(2))
        wait_until(lambda: waiting(fresh_url) == 0)

        process.terminate()
        assert process.wait(60) == 0


def allow(url: str, allowed: bool) -> None:
    """Whether connections are let in; those there are are ended where not."""
    name = parse_dsn(url)["dbname"]
    elsewhere = make_dsn(url, dbname="postgres")
    run(elsewhere, f"ALTER DATABASE {name} ALLOW_CONNECTIONS {allowed}")
    if not allowed:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        rows(elsewhere, f"{ended}'{name}'")


def test_a_process_that_is_killed_in_a_job_is_noted_and_tried_later(
    queue: Connection, fresh_url: str, slow: Plugin
) -> None:
    with worker(fresh_url, slow):
        wait_until(slow.has_begun())
        [job] = processes_of_jobs(slow)
        os.kill(job, signal.SIGKILL)
        wait_until(lambda: outcome(fresh_url) == "failed")

    told = answer(fresh_url, "SELECT message FROM jobs.standing WHERE name = 'slow'")
    assert told == "the process was ended by SIGKILL; nothing was changed"


def processes_of_jobs(slow: Plugin) -> list[int]:
    """Those of the plugin's jobs."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            is_job = b"geo_api.jobs\0" in (entry / "cmdline").read_bytes()
            if is_job and str(slow.folder).encode() in (entry / "environ").read_bytes():
                found.append(int(entry.name))
    return found
