"""When a job is next: pure, of how it stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

from layers.jobs import JobState, WaitsFor

_FIRST_BACKOFF = timedelta(minutes=5)
_LONGEST_BACKOFF = timedelta(hours=6)
# A tenth of the time between two, at most so long: providers that many ask at the full hour are not
# asked by all at once.
_JITTER, _MOST_JITTER = 0.1, timedelta(minutes=5)


@dataclass(frozen=True)
class Hold:
    """What keeps a job from running by itself, and what there is to say of it."""

    waits_for: WaitsFor
    detail: str | None = None


@dataclass(frozen=True)
class Plan:
    """When a job is next, in UTC; None with what it waits for."""

    next_at: datetime | None
    hold: Hold | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether it is time."""
        return self.next_at is not None and self.next_at <= now


def plan(state: JobState, hold: Hold | None, now: datetime) -> Plan:
    """However long nobody was there to do it, a job is due once. Of one that was paused it is told
    that, before anything else that it may wait for."""
    if state.paused_at is not None:
        return Plan(None, Hold(WaitsFor.PAUSE))
    if hold is not None:
        return Plan(None, hold)
    return Plan(_earliest(state) or now)


def backoff(failures: int) -> timedelta:
    """How long after so many failures in a row, of one or more, it is tried again."""
    doubled: int = 2 ** min(failures - 1, 10)
    return min(_FIRST_BACKOFF * doubled, _LONGEST_BACKOFF)


def _earliest(state: JobState) -> datetime | None:
    """None for one that was never begun."""
    if state.started_at is None:
        return None
    if state.finished_at is None or state.finished_at < state.started_at:
        # Interrupted, and nobody was left to say by what.
        return state.started_at + _FIRST_BACKOFF
    if state.failures:
        return state.finished_at + backoff(state.failures)
    return state.started_at + state.job.every + _jitter(state)


def _jitter(state: JobState) -> timedelta:
    """Differs from run to run and from job to job, and is the same whenever it is asked."""
    chance = crc32(f"{state.job.name} {state.started_at}".encode()) / 2**32
    return min(state.job.every * _JITTER, _MOST_JITTER) * chance
