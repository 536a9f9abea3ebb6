"""What one pass of an analysis has to go by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally


@dataclass(frozen=True)
class AnalysisRun:
    """The owner's connection, whose transaction the pass shares with its Run, the folder for files,
    the day (Thai time) or None for the newest, the tally of what it read and wrote, and the
    settings that sources declare, by variable. `anew` says that all that it wrote before is by
    another version of its method, and due."""

    connection: Connection
    run_id: int
    home: Path
    day: date | None
    tally: Tally
    anew: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)
