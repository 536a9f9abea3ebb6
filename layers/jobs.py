"""What the service does by itself, as pages and routes speak of it: jobs, and how each stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from layers.casework.staff import ADMIN, NATIONAL, NotAllowed, Staff
from layers.model import Text

# A worker says so often enough; by then it is gone.
WORKER_SILENT = timedelta(seconds=30)


class Kind(StrEnum):
    """What a job does: asks a live feed, makes a pass of an analysis, or a task of ours."""

    SOURCE = "source"
    ANALYSIS = "analysis"
    TASK = "task"


class Outcome(StrEnum):
    """What came of a job that ended."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"


class WaitsFor(StrEnum):
    """Why a job has no next time."""

    SETTING = "setting"  # that is missing or wrong
    FIRST_READING = "first_reading"  # by a person, where the data are simulated
    NEWS = "news"  # of what it reads
    DEMO = "demo"  # a world that is nothing but simulated
    PAUSE = "pause"  # to be ended by somebody


class Action(StrEnum):
    """What somebody does with a job."""

    PAUSE = "pause"
    RESUME = "resume"
    RUN = "run"


@dataclass(frozen=True)
class Job:
    """Something that is worth doing every so often: a reading of a source, a pass of an analysis
    at the least, or a task of ours."""

    name: str
    title: Text
    kind: Kind
    every: timedelta


@dataclass(frozen=True)
class JobState:
    """How a job stands. Times are UTC. `next_at` is None where it `waits_for` something; `detail`
    says of which setting. `failures` are those since it last succeeded; `message` is in the words
    of the run. `queued` is one that waits for a worker, `running` one that a worker does; of one
    that is computed in parts, `parts_done` are of `parts`."""

    job: Job
    paused_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    succeeded_at: datetime | None = None
    outcome: Outcome | None = None
    message: str | None = None
    failures: int = 0
    next_at: datetime | None = None
    waits_for: WaitsFor | None = None
    detail: str | None = None
    queued: bool = False
    running: bool = False
    parts_done: int | None = None
    parts: int | None = None

    @property
    def took(self) -> timedelta | None:
        """How long the last one that came to an end took."""
        if self.started_at and self.finished_at and self.finished_at >= self.started_at:
            return self.finished_at - self.started_at
        return None


@dataclass(frozen=True)
class Schedule:
    """All jobs, and how many workers are at work."""

    workers: int
    jobs: tuple[JobState, ...]


class JobNotFound(LookupError):
    """No job has the name that was asked for, or nothing of the kind can be done with one."""


class Jobs(Protocol):
    """Whom pages ask. Both raise NotAllowed for whom require_operator refuses."""

    def schedule(self, staff: Staff) -> Schedule:
        """How all stand."""

    def act(self, staff: Staff, name: str, action: str) -> None:
        """Pauses, resumes or runs a job, which the log notes. Raises JobNotFound."""


def require_operator(staff: Staff, scope: str) -> None:
    """Raises NotAllowed for whom how the service runs is no business."""
    if staff.role not in (NATIONAL, ADMIN) or scope not in staff.scopes:
        raise NotAllowed(
            "how the service runs is for national staff and admins, and with an API key of theirs"
            f" for one that has the scope {scope!r}"
        )


def require_action(action: str) -> Action:
    """Raises JobNotFound for what cannot be done with a job."""
    try:
        return Action(action)
    except ValueError:
        raise JobNotFound(f"a job can be {', '.join(Action)}; not {action!r}") from None


def job_named(jobs: Sequence[Job], name: str) -> Job:
    """Raises JobNotFound, naming those there are."""
    for job in jobs:
        if job.name == name:
            return job
    raise JobNotFound(f"no job {name!r}; there are: {', '.join(job.name for job in jobs)}")
