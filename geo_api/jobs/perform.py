"""Does one job, in a process of its own, and notes how it went.

A worker that was paused may come back to a job that another one has begun meanwhile, for the queue
took it for dead: a lock of the database, held by the connection that does the work, lets one of
them work. Jobs leave the same rows when they are done twice, one after the other.
"""

import traceback
from contextlib import closing
from datetime import UTC, datetime

from geo_api.analyses import analyse
from geo_api.analyses.parts.helping import is_shared
from geo_api.database.connections import owner_connection
from geo_api.database.prepared_statements import Session
from geo_api.database.runs import RunFailed, known_until
from geo_api.ingest.feeds import live_payloads
from geo_api.ingest.loading import ingest
from geo_api.jobs import jobs_sql as sql
from geo_api.jobs.declared import TASKS, TaskRun, jobs
from geo_api.jobs.helping import by_workers
from geo_api.settings import Settings
from layers.jobs import Job, Kind, Outcome, job_named
from layers.model import Ask, UnusableSetting
from layers.sources import source_named

# sysexits.h: another process does the same job just now.
EXIT_BUSY = 75


def perform(settings: Settings, url: str, name: str) -> bool:
    """Whether it was its turn. Raises DatabaseUnavailable where it could not even be noted."""
    job = job_named(jobs(), name)
    with closing(owner_connection(url)) as connection:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql.WATCH_CLIENT)
            cursor.execute(sql.TRY_JOB, {"job": name})
            if cursor.fetchone() != (True,):
                return False
        # Of one whose process was killed, others may still compute parts, and end it.
        if job.kind == Kind.ANALYSIS and is_shared(connection, name):
            return False
        with connection, connection.cursor() as cursor:
            cursor.execute(sql.BEGIN, {"job": name, "now": datetime.now(UTC)})
        outcome, message = _attempt(job, TaskRun(connection, url, settings, datetime.now(UTC)))
        note_end(connection, name, outcome, message)
    return True


def note_end(connection: Session, name: str, outcome: Outcome, message: str) -> None:
    """How a job went, which it commits."""
    values = {"job": name, "now": datetime.now(UTC), "outcome": outcome, "message": message}
    with connection, connection.cursor() as cursor:
        cursor.execute(sql.FINISH, values)


def _attempt(job: Job, run: TaskRun) -> tuple[Outcome, str]:
    """How it went, in words that hold no row of anybody's."""
    try:
        return Outcome.SUCCEEDED, _work(job, run)
    except Exception as problem:
        if run.connection.closed:
            raise
        run.connection.rollback()
        if isinstance(problem, RunFailed | UnusableSetting):
            return Outcome.FAILED, str(problem)
        traceback.print_exc()
        return Outcome.FAILED, f"an error of ours: {type(problem).__name__}"


def _work(job: Job, run: TaskRun) -> str:
    if job.kind == Kind.SOURCE:
        source = source_named(job.name)
        ask = Ask(run.now, run.settings.sources, known_until(run.connection, source.name))
        answers = live_payloads(source, ask, run.settings.home)
        return str(ingest(run.connection, source, answers, "live", known_until=run.now))
    if job.kind == Kind.ANALYSIS:
        return analyse(run.connection, job.name, run.settings, helped=by_workers)
    _, _, task = TASKS[job.name]
    return task(run)
