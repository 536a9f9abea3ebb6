"""A Run as it is told of: what it was, and from which others it computed."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class RunInput:
    """A Run that was read from: its number, its source, and when it ended."""

    run: int
    source: str
    finished_at: datetime


@dataclass(frozen=True)
class Run:
    """`source` names a source or an analysis; `status` is running, succeeded or failed.
    `data_as_of` is how old the oldest of what an analysis read was, `method_version` that of one
    which computed all that was due."""

    run: int
    source: str
    status: str
    started_at: datetime
    finished_at: datetime | None
    data_as_of: datetime | None
    method_version: int | None
    inputs: tuple[RunInput, ...]


class RunNotFound(LookupError):
    """No Run has the number that was asked for."""
