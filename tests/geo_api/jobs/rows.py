"""Runs as tests plan them, and how a job stands afterwards."""

from datetime import datetime
from typing import Any

from psycopg2.extensions import connection as Connection

from geo_api.jobs.declared import jobs
from geo_api.jobs.standings import schedule
from layers.analyses import analyses
from layers.jobs import JobState


def run_of(
    connection: Connection,
    source: str,
    *inputs: int,
    inserted: int = 1,
    status: str = "succeeded",
    version: int | None = None,
) -> int:
    """A Run that ended just now, which read the Runs `inputs`; its number. It commits. Of an
    analysis it was by the method as it is, unless `version` is another."""
    if version is None and source in analyses():
        version = analyses()[source].version
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO run (source, input, status, finished_at, inserted, method_version)"
            " VALUES (%s, 'test', %s, clock_timestamp(), %s, %s) RETURNING id",
            (source, status, inserted, version),
        )
        [(number,)] = cursor.fetchall()
        for one in inputs:
            cursor.execute("INSERT INTO run_input VALUES (%s, %s)", (number, one))
    return int(number)


def pause_all_but(connection: Connection, *names: str) -> None:
    """So that a worker does nothing else. It commits."""
    with connection, connection.cursor() as cursor:
        for job in jobs():
            if job.name not in names:
                cursor.execute(
                    "INSERT INTO jobs.standing (name, paused_at) VALUES (%s, now())", (job.name,)
                )


def ended(connection: Connection, name: str, began: datetime, at: datetime, **more: Any) -> None:
    """A job that ran. It commits."""
    columns = {"name": name, "started_at": began, "finished_at": at, **more}
    with connection, connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO jobs.standing ({', '.join(columns)})"
            f" VALUES ({', '.join(f'%({one})s' for one in columns)})",
            columns,
        )


def state_of(connection: Connection, name: str) -> JobState:
    """How it stands now."""
    with connection:
        [found] = [
            one for one in schedule(connection, everything=True).jobs if one.job.name == name
        ]
    return found
