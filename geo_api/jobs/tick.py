"""Decides, once a minute, which jobs are due, and puts them into the queue.

It goes by how jobs stand and not by the clock alone: what nobody was there to do is done once, and
not as often as it was missed.
"""

from collections.abc import Mapping
from datetime import datetime

from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from geo_api.database.runs import DEMO, delivering
from geo_api.jobs import jobs_sql as sql
from geo_api.jobs.declared import DEMO_HOUR, jobs
from geo_api.jobs.standings import schedule
from geo_api.jobs.timing import Hold, Plan, plan
from layers.analyses import analyses
from layers.jobs import Job, Kind, WaitsFor
from layers.model import Ask, UnusableSetting
from layers.sources import sources


def tick(connection: Connection, settings: Mapping[str, str], now: datetime) -> list[str]:
    """The names of the jobs that it deferred, which it commits; none where another worker decides
    just now. `settings` are those of sources by variable; `now` is UTC."""
    with connection, connection.cursor() as cursor:
        cursor.execute(sql.TRY_TICK)
        if cursor.fetchone() != (True,):
            return []
        holds = _holds(cursor, settings, now)
        deferred = []
        for state in schedule(connection, everything=True).jobs:
            planned = plan(state, holds.get(state.job.name), now)
            _keep(cursor, state.job, planned)
            if planned.is_due(now) and not state.queued and not state.running:
                cursor.execute(sql.DEFER, {"job": state.job.name})
                deferred.append(state.job.name)
        return deferred


def unusable_setting(source: str, settings: Mapping[str, str], now: datetime) -> str | None:
    """Which variable the source lacks or cannot use, and the remedy. Asks nobody: questions are
    made from the settings alone."""
    asks = sources()[source].requests
    try:
        for _ in asks(Ask(now, settings)) if asks else ():
            pass
    except UnusableSetting as problem:
        return str(problem)
    return None


def _holds(cursor: Cursor, settings: Mapping[str, str], now: datetime) -> dict[str, Hold]:
    """What keeps jobs from running, by their name."""
    named = [job.name for job in jobs() if job.kind == Kind.SOURCE]
    cursor.execute(sql.READ, {"names": [DEMO, *named]})
    read = {name for (name,) in cursor.fetchall()}
    holds = {} if read == {DEMO} else {DEMO_HOUR: Hold(WaitsFor.DEMO)}
    for name in named:
        problem = unusable_setting(name, settings, now)
        if problem:
            holds[name] = Hold(WaitsFor.SETTING, problem)
        elif DEMO in read and name not in read:
            # Real rows would come among simulated ones: whoever wants that says so once.
            holds[name] = Hold(WaitsFor.FIRST_READING)
    return holds | {name: Hold(WaitsFor.NEWS) for name in _without_news(cursor)}


def _without_news(cursor: Cursor) -> set[str]:
    names = [job.name for job in jobs() if job.kind == Kind.ANALYSIS]
    pairs = [
        (name, one)
        for name in names
        for read in analyses()[name].sources
        for one in delivering(read)
    ]
    values = {
        "analyses": [name for name, _ in pairs],
        "inputs": [one for _, one in pairs],
        "named": names,
        "versions": [analyses()[name].version for name in names],
    }
    cursor.execute(sql.WITH_NEWS, values)
    return set(names) - {name for (name,) in cursor.fetchall()}


def _keep(cursor: Cursor, job: Job, planned: Plan) -> None:
    hold = planned.hold
    values = {
        "job": job.name,
        "next_at": planned.next_at,
        "waits_for": hold and hold.waits_for,
        "detail": hold and hold.detail,
    }
    cursor.execute(sql.PLAN, values)
