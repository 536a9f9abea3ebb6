"""A pass of an analysis in parts, over a real queue and real processes, killed in the middle."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from geo_api import cli
from tests.geo_api.database import servers
from tests.geo_api.database.asking import answer, rows, run
from tests.geo_api.jobs.rows import pause_all_but

# Processes are begun one after the other, on a machine that may have much else to do.
wait_until = partial(servers.wait_until, seconds=180)

DECLARED = """
from datetime import timedelta
from layers.model import Analysis, Partition, Text

ANALYSIS = Analysis(
    "shared", Text("แบ่ง", "Shared"), ("diw",), (), every=timedelta(hours=1),
    partition=Partition.BLOCKS,
)
"""
# Six parts, each of which writes what it read and waits as long as the file is there. Who plans is
# who has the Run; each tells its worker, which is its parent.
COMPUTED = """
import os, time
from pathlib import Path
from geo_api.analyses.parts import InParts, in_blocks

FOLDER = Path(__file__).parent

def tell(what):
    with open(FOLDER / "told", "a") as file:
        file.write(f"{what} {os.getppid()}\\n")

def plan(run):
    tell("plan")
    return in_blocks(12, 2)

def compute(part):
    first, end = part.given
    tell(f"part{first}")
    with part.connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO shared_row (number, seen, run_id)"
            " SELECT n, (SELECT sum(value) FROM seen_row), %s"
            " FROM generate_series(%s, %s) AS s (n)",
            (part.run_id, first, end - 1),
        )
    part.contents["square"] = str(first * first).encode()
    while (FOLDER / "wait").exists():
        time.sleep(0.05)
    return first

def gather(run, gathered):
    with run.connection.cursor() as cursor:
        cursor.execute("DELETE FROM shared_row")
    gathered.add_rows("shared_row")
    squares = ",".join(one.decode() for one in gathered.contents("square"))
    return f"shared: {gathered.told} {squares}"

PARTS = InParts(plan, compute, gather, ("shared_row",))
"""
MADE = "shared: [0, 2, 4, 6, 8, 10] 0,4,16,36,64,100"
ROWS = "SELECT number, seen FROM shared_row"


class Plugin:
    """The analysis, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for path, text in (("layers", DECLARED), ("geo_api", COMPUTED)):
            file = folder / path / "analyses" / "shared.py"
            file.parent.mkdir(parents=True)
            file.write_text(text)
        self._wait = folder / "geo_api" / "analyses" / "wait"
        self._wait.touch()

    def let_go(self) -> None:
        self._wait.unlink()

    @property
    def told(self) -> list[tuple[str, int]]:
        """What began, and in which worker."""
        file = self._wait.with_name("told")
        lines = file.read_text().splitlines() if file.exists() else []
        return [(what, int(worker)) for what, worker in map(str.split, lines)]

    def has_begun(self, parts: int) -> Callable[[], bool]:
        return lambda: sum(what != "plan" for what, _ in self.told) >= parts

    @property
    def leader(self) -> int:
        [leader] = {worker for what, worker in self.told if what == "plan"}
        return leader

    def times(self, part: str) -> int:
        return [what for what, _ in self.told].count(part)


@pytest.fixture
def shared(fresh: Connection, tmp_path: Path) -> Plugin:
    """All else is paused."""
    pause_all_but(fresh)
    with fresh, fresh.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE shared_row (number integer, seen integer, run_id bigint);"
            "CREATE TABLE seen_row (value integer); INSERT INTO seen_row VALUES (7)"
        )
    return Plugin(tmp_path / "plugin")


@contextmanager
def fahsai(
    url: str, plugin: Plugin, *arguments: str, err: int | None = None
) -> Iterator["subprocess.Popen[str]"]:
    """A command; killed at last if it still lives."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("FAHSAI_")}
    process = subprocess.Popen(
        [sys.executable, "-m", cli.__name__, *arguments],
        env=ours
        | {
            "FAHSAI_HOME": str(plugin.folder / "home"),
            "FAHSAI_DATABASE_URL": url,
            "FAHSAI_PLUGINS": str(plugin.folder),
        },
        stdout=subprocess.PIPE,
        stderr=err,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


@contextmanager
def two_workers(url: str, plugin: Plugin) -> Iterator[dict[int, "subprocess.Popen[str]"]]:
    """By their process; both are at a part of the Run."""
    one = ("work", "--at-once", "1")
    with fahsai(url, plugin, *one) as first, fahsai(url, plugin, *one) as second:
        wait_until(lambda: int(answer(url, "SELECT job_workers('5 s')")) == 2)
        run(url, "SELECT act_on_job('shared', 'run')")
        wait_until(plugin.has_begun(2))
        yield {first.pid: first, second.pid: second}


def runs(url: str) -> list[tuple[object, ...]]:
    return rows(url, "SELECT source, status FROM run ORDER BY id")


def outcome(url: str) -> object:
    told = "SELECT max(outcome || ': ' || message) FROM jobs.standing WHERE name = 'shared'"
    return answer(url, told)


def nothing_is_left(url: str) -> bool:
    left = (
        "SELECT (SELECT count(*) FROM jobs.part) + (SELECT count(*) FROM jobs.procrastinate_jobs)"
    )
    return bool(answer(url, left) == 0)


def alone(url: str, plugin: Plugin) -> str:
    """What one process makes of it, without workers."""
    plugin.let_go()
    with fahsai(url, plugin, "analyse", "shared") as process:
        assert process.stdout
        said = process.stdout.read()
    return str(said).strip()


def test_alone_one_process_computes_all_parts_in_their_order(
    fresh_url: str, shared: Plugin
) -> None:
    said = alone(fresh_url, shared)

    assert said == MADE
    assert [what for what, _ in shared.told] == ["plan", *(f"part{n}" for n in range(0, 12, 2))]
    assert rows(fresh_url, ROWS) == [(number, 7) for number in range(12)]
    assert nothing_is_left(fresh_url)


def test_processes_of_one_machine_share_the_parts(fresh_url: str, shared: Plugin) -> None:
    with fahsai(fresh_url, shared, "analyse", "shared", "--workers", "2") as process:
        wait_until(shared.has_begun(2))
        shared.let_go()
        assert process.stdout
        said = process.stdout.read()

    assert str(said).strip() == MADE
    assert len({worker for _, worker in shared.told}) == 2
    assert rows(fresh_url, ROWS) == [(number, 7) for number in range(12)]


def test_the_part_of_a_killed_worker_is_done_by_the_other_and_nothing_twice(
    fresh_url: str, shared: Plugin
) -> None:
    with two_workers(fresh_url, shared) as workers:
        [(lost, helper)] = [
            told for told in shared.told if told[0] != "plan" and told[1] != shared.leader
        ]
        workers[helper].kill()
        workers[helper].wait()
        # All see what was there when the Run began.
        run(fresh_url, "UPDATE seen_row SET value = 8")
        shared.let_go()
        wait_until(lambda: outcome(fresh_url) is not None)
        assert outcome(fresh_url) == f"succeeded: {MADE}"
        wait_until(lambda: nothing_is_left(fresh_url))

    assert runs(fresh_url) == [("shared", "succeeded")]
    assert rows(fresh_url, ROWS) == [(number, 7) for number in range(12)]
    assert shared.times(lost) == 2
    assert {shared.times(f"part{n}") for n in range(0, 12, 2)} == {1, 2}


def test_where_the_worker_that_has_the_run_is_killed_the_other_ends_the_same_run(
    fresh_url: str, shared: Plugin
) -> None:
    with two_workers(fresh_url, shared) as workers:
        lost = next(what for what, by in shared.told if what != "plan" and by == shared.leader)
        workers[shared.leader].kill()
        workers[shared.leader].wait()
        run(fresh_url, "UPDATE seen_row SET value = 8")
        shared.let_go()
        wait_until(lambda: outcome(fresh_url) is not None)
        assert outcome(fresh_url) == f"succeeded: {MADE}"
        wait_until(lambda: nothing_is_left(fresh_url))

    first, *again = runs(fresh_url)
    assert first == ("shared", "succeeded")
    # The job is done once more at most, as any is that the queue took for lost.
    assert again in ([], [("shared", "succeeded")])
    assert shared.times(lost) >= 2
    if not again:
        assert rows(fresh_url, ROWS) == [(number, 7) for number in range(12)]


def test_a_run_whose_part_fails_changes_nothing_whoever_met_it(
    fresh_url: str, shared: Plugin
) -> None:
    run(fresh_url, "INSERT INTO shared_row VALUES (99, 1, 1); DROP TABLE seen_row")
    shared.let_go()

    with fahsai(
        fresh_url, shared, "analyse", "shared", "--workers", "2", err=subprocess.DEVNULL
    ) as process:
        assert process.wait(180) == 1

    assert runs(fresh_url) == [("shared", "failed")]
    assert rows(fresh_url, ROWS) == [(99, 1)]
