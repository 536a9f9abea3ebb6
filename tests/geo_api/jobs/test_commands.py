"""`fahsai jobs`: what runs by itself, told and changed on the command line."""

import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from psycopg2.extensions import connection as Connection

from geo_api import cli
from geo_api.jobs.commands import duration
from tests.geo_api.jobs.rows import ended, state_of

BEGAN = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
Fahsai = Callable[..., Result]


@pytest.fixture
def fahsai(fresh_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fahsai:
    """The command over `fresh`."""
    monkeypatch.setenv("FAHSAI_DATABASE_URL", fresh_url)
    monkeypatch.setenv("FAHSAI_HOME", str(tmp_path))
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # this process has its own
    return lambda *words: CliRunner().invoke(cli.main, words)


def test_it_lists_what_was_when_and_ends_with_1_where_one_failed(
    fahsai: Fahsai, fresh: Connection
) -> None:
    took = BEGAN + timedelta(seconds=75)
    more = {"outcome": "failed", "message": "no usable answer", "failures": 2, "next_at": BEGAN}
    ended(fresh, "air4thai", BEGAN, took, **more)

    told = fahsai("jobs")

    assert told.exit_code == 1
    [line] = [line for line in told.stdout.splitlines() if line.startswith("air4thai  ")]
    assert line.split("  ")[0] == "air4thai"
    assert "2026-03-02 10:00" in line
    assert "1 min 15 s" in line
    assert "failed (2 times)" in line
    assert "air4thai: no usable answer" in told.stdout
    assert told.stdout.rstrip().endswith("workers: no worker is at work")


def test_all_well_and_a_worker_at_work_end_with_0(fahsai: Fahsai, fresh: Connection) -> None:
    with fresh, fresh.cursor() as cursor:
        cursor.execute("INSERT INTO jobs.procrastinate_workers DEFAULT VALUES")

    assert fahsai("jobs").exit_code == 0


def test_a_job_is_paused_resumed_and_run(fahsai: Fahsai, fresh: Connection) -> None:
    assert fahsai("jobs", "pause", "firms").exit_code == 0
    assert state_of(fresh, "firms").paused_at

    ran = fahsai("jobs", "run", "firms")
    assert "firms: put into the queue" in ran.output
    assert "No worker is at work" in ran.output
    assert state_of(fresh, "firms").queued

    assert fahsai("jobs", "resume", "firms").exit_code == 0
    assert state_of(fresh, "firms").paused_at is None


def test_what_is_no_job_is_refused_with_those_there_are(fahsai: Fahsai) -> None:
    told = fahsai("jobs", "run", "nothing")

    assert told.exit_code == 1
    assert "no job 'nothing'; there are: air4thai, diw" in told.output


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0.42, "0.4 s"), (12, "12 s"), (185, "3 min 5 s")]
)
def test_a_duration_is_told_in_the_unit_that_tells_it(seconds: float, expected: str) -> None:
    assert duration(timedelta(seconds=seconds)) == expected
