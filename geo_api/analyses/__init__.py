"""One module per analysis; each declares ANALYSIS and is found from this folder or a plugin's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally, record_run
from geo_api.settings import Settings
from layers.model import Text
from layers.plugins import extend, modules

extend(__path__, __name__)


class AnalysisNotFound(LookupError):
    """No analysis has the name that was asked for."""


@dataclass(frozen=True)
class Task:
    """What one pass of an analysis has to go by: the owner's connection, whose transaction it
    shares with its Run, the folder for files, and the day (Thai time) or None for the newest."""

    connection: Connection
    run_id: int
    home: Path
    day: date | None


@dataclass(frozen=True)
class Analysis:
    """A computation that reads tables and writes a derived one. `compute` counts what it read and
    wrote, says in a line what it made, and raises RunFailed where the data do not suffice."""

    name: str
    title: Text
    compute: Callable[[Task, Tally], str]


def analyse(connection: Connection, name: str, settings: Settings, day: date | None = None) -> str:
    """Runs an analysis and records the Run; all of it is kept or nothing. Answers what was made.

    Raises AnalysisNotFound, and RunFailed where the data do not suffice.
    """
    analysis, tally = analysis_named(name), Tally()
    with record_run(connection, name, f"day={day or 'newest'}", tally) as run_id:
        made = analysis.compute(Task(connection, run_id, settings.home, day), tally)
        tally.notes.append(made)
    return made


@cache
def analyses() -> Mapping[str, Analysis]:
    """Every analysis by name, in the order of their names."""
    found: list[Analysis] = [module.ANALYSIS for module in modules(__path__, __name__)]
    return {analysis.name: analysis for analysis in sorted(found, key=lambda found: found.name)}


def analysis_named(name: str) -> Analysis:
    """Raises AnalysisNotFound, naming those there are."""
    if name not in analyses():
        raise AnalysisNotFound(f"no analysis {name!r}; there are: {', '.join(analyses())}")
    return analyses()[name]
