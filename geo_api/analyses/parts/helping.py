"""Helps with a Run that another process has: computes parts of it, and ends it where that process
is killed."""

from collections.abc import Callable

from psycopg2.extensions import connection as Connection

from geo_api.analyses import parts_of
from geo_api.analyses.parts import InParts
from geo_api.analyses.parts import parts_sql as sql
from geo_api.analyses.parts.analysis_run import AnalysisRun
from geo_api.analyses.parts.fan_out import gathered, lead
from geo_api.analyses.parts.work import Left, Sight, sight, work
from geo_api.database.runs import RunLost, Tally, note_version, taken_over_run
from geo_api.settings import Settings
from layers.analyses import analysis_named


def is_shared(connection: Connection, name: str) -> bool:
    """Whether a pass of the analysis is at work in parts, so that another has to wait."""
    with connection, connection.cursor() as cursor:
        cursor.execute(sql.IS_SHARED, {"name": name})
        [(found,)] = cursor.fetchall()
    return bool(found)


def help_with(
    connection: Connection,
    settings: Settings,
    run_id: int,
    gives_way: Callable[[Connection], bool],
    ended: Callable[[str, str], None],
) -> Left:
    """Computes parts of the Run. Where whoever has it is killed it is taken over, all parts are
    done, and `ended` is told its analysis and what was made. DONE also where it has ended already.
    Raises whatever a part does: that one is left to whoever has the Run, as is the blame.
    """
    with connection, connection.cursor() as cursor:
        cursor.execute(sql.HELP, {"run": run_id, "hangs_after": sql.HANGS_AFTER})
        cursor.execute(sql.SHARED_RUN, {"run": run_id})
        shared = cursor.fetchone()
    parts = parts_of(shared[0]) if shared else None
    if shared is None or parts is None:
        return Left.DONE
    name, day, snapshot = shared
    run = AnalysisRun(connection, run_id, settings.home, day, Tally(), settings=settings.sources)
    try:
        with sight(connection, parts, run_id, settings.home, snapshot) as seen:
            left = work(connection, seen, is_leader=False, gives_way=gives_way)
            if left != Left.LEADERLESS:
                return left
            made = _ended(run, name, seen, parts)
    except RunLost:
        return Left.DONE
    ended(name, made)
    return Left.LEADERLESS


def _ended(run: AnalysisRun, name: str, seen: Sight, parts: InParts) -> str:
    """The Run, in the place of who began it; what was made. Raises RunLost."""
    with taken_over_run(run.connection, run.run_id, run.tally):
        with run.connection, run.connection.cursor() as cursor:
            cursor.execute(sql.LEAD)
            cursor.execute(sql.UNDONE, {"run": run.run_id})
            [(undone,)] = cursor.fetchall()
        lead(run, name, seen, undone)
        made = gathered(run, parts)
        if run.day is None:
            note_version(run.connection, run.run_id, analysis_named(name).version)
        run.tally.notes.append(made)
    return made
