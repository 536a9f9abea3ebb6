"""How jobs stand, as the database says to the owner, and to staff who may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from psycopg2.extensions import connection as Connection

from geo_api.accounts.credentials import as_holder
from geo_api.database.connections import Writes
from geo_api.jobs import jobs_sql as sql
from geo_api.jobs.declared import jobs
from layers.casework.staff import Staff
from layers.jobs import (
    WORKER_SILENT,
    Job,
    JobState,
    Outcome,
    Schedule,
    WaitsFor,
    job_named,
    require_action,
    require_operator,
)

_WITHIN = {"within": WORKER_SILENT}


@dataclass(frozen=True)
class DatabaseJobs:
    """See layers.jobs.Jobs. `writes` are those of staff."""

    writes: Writes

    def schedule(self, staff: Staff) -> Schedule:
        """See Jobs."""
        require_operator(staff, "read")
        with as_holder(self.writes, staff.credential) as transaction:
            [(workers,)] = transaction.fetch(sql.STAFF_WORKERS, _WITHIN)
            rows = transaction.fetch(sql.STAFF_STANDINGS)
        return Schedule(workers, _shown(states(jobs(), rows)))

    def act(self, staff: Staff, name: str, action: str) -> None:
        """See Jobs."""
        require_operator(staff, "work")
        values = {"job": job_named(jobs(), name).name, "action": require_action(action)}
        with as_holder(self.writes, staff.credential) as transaction:
            transaction.fetch(sql.STAFF_ACT, values)


def schedule(connection: Connection, *, everything: bool = False) -> Schedule:
    """As the owner reads it: `everything`, or what may ever be done with the data there are."""
    with connection.cursor() as cursor:
        cursor.execute(sql.WORKERS, _WITHIN)
        (workers,) = cursor.fetchone() or (0,)
        cursor.execute(sql.STANDINGS)
        found = states(jobs(), cursor.fetchall())
    return Schedule(workers, found if everything else _shown(found))


def act(connection: Connection, name: str, action: str) -> None:
    """Pauses, resumes or runs a job, as the owner, who commits. Raises JobNotFound."""
    values = {"job": job_named(jobs(), name).name, "action": require_action(action)}
    with connection.cursor() as cursor:
        cursor.execute(sql.ACT, values)


def states(declared: Iterable[Job], rows: Iterable[tuple[Any, ...]]) -> tuple[JobState, ...]:
    """Each job by its row; one without a row has never been looked at."""
    by_name = {row[0]: row for row in rows}
    return tuple(
        _state(job, by_name[job.name]) if job.name in by_name else JobState(job) for job in declared
    )


def _shown(found: tuple[JobState, ...]) -> tuple[JobState, ...]:
    return tuple(state for state in found if state.waits_for != WaitsFor.DEMO)


def _state(job: Job, row: tuple[Any, ...]) -> JobState:
    _, paused_at, started_at, finished_at, succeeded_at, outcome, message, failures = row[:8]
    next_at, waits_for, detail, queued, running, parts_done, parts = row[8:]
    return JobState(
        job,
        *(paused_at, started_at, finished_at, succeeded_at),
        outcome=outcome and Outcome(outcome),
        message=message,
        failures=failures,
        next_at=next_at,
        waits_for=waits_for and WaitsFor(waits_for),
        detail=detail,
        queued=queued,
        running=running,
        parts_done=parts_done,
        parts=parts,
    )
