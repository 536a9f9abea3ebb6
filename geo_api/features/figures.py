"""What whoever watches the service wants to know of its data, as numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from geo_api.database.connections import Reads
from geo_api.database.data_versions import fetch_data_versions
from geo_api.database.sql import DATABASE_BYTES
from geo_api.features.freshness import World, world
from geo_api.features.freshness_sql import ALERT_FIGURES, RUNS_AND_QUARANTINE
from layers.model import Layer


@dataclass(frozen=True)
class RunFigures:
    """Of a source or an analysis: when a Run of it last succeeded, whether the last one failed, and
    how many rows wait in quarantine."""

    name: str
    succeeded_at: datetime | None
    failed: bool
    quarantined: int


@dataclass(frozen=True)
class AlertFigures:
    """Of a way by which alerts are sent: messages in the outbox by what became of them, and since
    when the oldest that waits is due."""

    way: str
    waiting: int
    sent: int
    given_up: int
    oldest_due_at: datetime | None


@dataclass(frozen=True)
class Figures:
    """`version` changes with any data, which last did so at `changed_at`."""

    runs: tuple[RunFigures, ...]
    world: World
    database_bytes: int
    history_bytes: int
    version: str
    changed_at: datetime | None
    alerts: tuple[AlertFigures, ...] = ()


def figures(reads: Reads, layers: Iterable[Layer], now: datetime) -> Figures:
    """Of the data at `now` (UTC), by the statements of /status that do not look at rows."""
    runs = tuple(
        RunFigures(name, succeeded_at, status == "failed", quarantined)
        for name, succeeded_at, status, _, _, quarantined in reads.fetch(RUNS_AND_QUARANTINE)
    )
    [(database_bytes, history_bytes)] = reads.fetch(DATABASE_BYTES)
    versions = fetch_data_versions(reads)
    return Figures(
        runs,
        world(reads, layers, now),
        database_bytes,
        history_bytes,
        versions.tag(sorted(versions.versions)),
        max(versions.changed_at.values(), default=None),
        tuple(AlertFigures(*row) for row in reads.fetch(ALERT_FIGURES)),
    )
