"""Runs analyses: what one computes is `compute` in the module of its name, found from this folder
or a plugin's, or `PARTS` where several processes may compute it (`parts`).

What it is called and what it reads is declared in `layers/analyses/`.
"""

import importlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from types import ModuleType

from psycopg2.extensions import connection as Connection

from geo_api.analyses.parts import Helped, InParts
from geo_api.analyses.parts.analysis_run import AnalysisRun
from geo_api.analyses.parts.fan_out import in_parts
from geo_api.database.runs import Tally, method_changed, note_version, record_inputs, record_run
from geo_api.settings import Settings
from layers.analyses import analysis_named
from layers.plugins import extend

__all__ = ("AnalysisRun", "NotDaily", "alone", "analyse", "compute", "parts_of")
extend(__path__, __name__)

# Says in a line what it made; raises RunFailed where the data do not suffice.
Compute = Callable[[AnalysisRun], str]


class NotDaily(ValueError):
    """A day was given for an analysis that is not computed by the day."""


def alone(_connection: Connection, _run_id: int, _parts: int) -> AbstractContextManager[None]:
    """Nobody helps."""
    return nullcontext()


def analyse(
    connection: Connection,
    name: str,
    settings: Settings,
    day: date | None = None,
    helped: Helped = alone,
) -> str:
    """Runs an analysis and records the Run with its inputs; all of it is kept or nothing. `helped`
    lets others compute parts of it, where it has such. Answers what was made.

    Raises AnalysisNotFound, NotDaily, and RunFailed where the data do not suffice.
    """
    analysis, tally = analysis_named(name), Tally()
    if day and not analysis.daily:
        raise NotDaily(f"{name} is not computed by the day: leave the day {day} out")
    given = f"day={day or 'newest'}" if analysis.daily else ""
    with record_run(connection, name, given, tally) as run_id:
        record_inputs(connection, run_id, analysis.sources)
        anew = day is None and method_changed(connection, analysis)
        run = AnalysisRun(connection, run_id, settings.home, day, tally, anew, settings.sources)
        made = compute(run, name, helped)
        if day is None:
            note_version(connection, run_id, analysis.version)
        tally.notes.append(made)
    return made


def compute(run: AnalysisRun, name: str, helped: Helped = alone) -> str:
    """What the analysis computes in a Run that is recorded; answers what was made."""
    parts = parts_of(name)
    if parts:
        return in_parts(run, name, parts, helped)
    whole: Compute = _module(name).compute
    return whole(run)


def parts_of(name: str) -> InParts | None:
    """How an analysis is computed in parts, of one that is."""
    found: InParts | None = getattr(_module(name), "PARTS", None)
    return found


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{name}")
