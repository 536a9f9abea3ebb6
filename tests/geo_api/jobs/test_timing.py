"""When a job is next."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from geo_api.jobs.timing import Hold, backoff, plan
from layers.jobs import Job, JobState, Kind, WaitsFor
from layers.model import Text

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
JOB = Job("firms", Text("จุดความร้อน", "Fires"), Kind.SOURCE, HOUR)


def state(**how: Any) -> JobState:
    return JobState(JOB, **how)


def ended(ago: timedelta, **how: Any) -> JobState:
    """One that began so long ago and took a minute."""
    began = NOW - ago
    return state(started_at=began, finished_at=began + timedelta(minutes=1), **how)


def test_a_job_that_never_ran_is_due_at_once() -> None:
    assert plan(state(), None, NOW).is_due(NOW)


def test_a_job_is_due_when_its_time_has_passed_and_a_little_more_that_differs() -> None:
    first, second = (plan(ended(ago), None, NOW).next_at for ago in (HOUR * 2, HOUR * 3))

    assert first and second
    assert NOW - HOUR < first <= NOW - HOUR + timedelta(minutes=5)
    assert first - second != HOUR


def test_when_it_is_next_is_the_same_whenever_it_is_asked() -> None:
    later = NOW + timedelta(minutes=7)

    assert plan(ended(HOUR / 2), None, NOW) == plan(ended(HOUR / 2), None, later)


def test_a_week_without_a_worker_makes_one_job_due_and_no_flood() -> None:
    missed = ended(timedelta(days=7))

    assert plan(missed, None, NOW).is_due(NOW)
    assert not plan(ended(timedelta(minutes=2)), None, NOW).is_due(NOW)


@pytest.mark.parametrize(
    ("failures", "expected"),
    [(1, 5), (2, 10), (3, 20), (7, 320), (8, 360), (500, 360)],
)
def test_a_failure_is_tried_again_after_five_minutes_then_twice_as_long(
    failures: int, expected: int
) -> None:
    assert backoff(failures) == timedelta(minutes=expected)


def test_a_failing_job_waits_though_its_time_has_come() -> None:
    failing = ended(HOUR * 2, failures=6, outcome="failed")

    next_at = plan(failing, None, NOW).next_at

    assert next_at == NOW - HOUR * 2 + timedelta(minutes=1 + 160)


def test_one_that_was_interrupted_begins_anew_soon() -> None:
    before = NOW - timedelta(days=1)
    interrupted = state(started_at=NOW - timedelta(minutes=6), finished_at=before)

    assert plan(interrupted, None, NOW).next_at == NOW - timedelta(minutes=1)


def test_a_paused_job_has_no_next_time_whatever_else_it_waits_for() -> None:
    paused = plan(state(paused_at=NOW), Hold(WaitsFor.NEWS), NOW)

    assert (paused.next_at, paused.hold) == (None, Hold(WaitsFor.PAUSE))
