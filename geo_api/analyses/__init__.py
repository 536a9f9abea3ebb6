"""Runs analyses: what one computes is `compute` in the module of its name, found from this folder
or a plugin's.

What it is called and what it reads is declared in `layers/analyses/`.
"""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally, record_inputs, record_run
from geo_api.settings import Settings
from layers.analyses import analysis_named
from layers.plugins import extend

extend(__path__, __name__)


class NotDaily(ValueError):
    """A day was given for an analysis that is not computed by the day."""


@dataclass(frozen=True)
class AnalysisRun:
    """What one pass of an analysis has to go by: the owner's connection, whose transaction it
    shares with its Run, the folder for files, the day (Thai time) or None for the newest, the tally
    of what it read and wrote, and the settings that sources declare, by variable."""

    connection: Connection
    run_id: int
    home: Path
    day: date | None
    tally: Tally
    settings: Mapping[str, str] = field(default_factory=dict)


# Says in a line what it made; raises RunFailed where the data do not suffice.
Compute = Callable[[AnalysisRun], str]


def analyse(connection: Connection, name: str, settings: Settings, day: date | None = None) -> str:
    """Runs an analysis and records the Run with its inputs; all of it is kept or nothing. Answers
    what was made.

    Raises AnalysisNotFound, NotDaily, and RunFailed where the data do not suffice.
    """
    analysis, tally = analysis_named(name), Tally()
    if day and not analysis.daily:
        raise NotDaily(f"{name} is not computed by the day: leave the day {day} out")
    given = f"day={day or 'newest'}" if analysis.daily else ""
    with record_run(connection, name, given, tally) as run_id:
        record_inputs(connection, run_id, analysis.sources)
        made = _compute_of(name)(
            AnalysisRun(connection, run_id, settings.home, day, tally, settings.sources)
        )
        tally.notes.append(made)
    return made


def _compute_of(name: str) -> Compute:
    compute: Compute = importlib.import_module(f"{__name__}.{name}").compute
    return compute
