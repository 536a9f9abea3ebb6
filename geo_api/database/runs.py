"""The Run: one reading of a source or one pass of an analysis, and what it counted."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

import psycopg2
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from geo_api.database import sql
from layers.analyses import analyses
from layers.model import Analysis, Rejected, UnexpectedPayload

# The Run that loads the simulated world, which has rows of what every source delivers.
DEMO = "demo"

# What a feed, a payload, a setting or the database did wrong, not our code.
_THEIR_FAULT = (UnexpectedPayload, RuntimeError, OSError, psycopg2.Error)
_TOP_REASONS = 5
OTHER_REASONS = "other reasons"


def with_others(reasons: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The first of them, and at last how many rows the others have."""
    others = sum(rows for _, rows in reasons[_TOP_REASONS:])
    return [*reasons[:_TOP_REASONS], *([(OTHER_REASONS, others)] if others else [])]


class RunFailed(RuntimeError):
    """A run ended without changing the data; the message says why."""


class RunLost(RuntimeError):
    """A Run cannot be taken over."""


@dataclass
class Tally:
    """What a run counted. `inserted`, `updated` and `unchanged` count rows of the tables; several
    delivered rows may be one (`merged` is the rest). `unknown_columns` are the names of those that
    were not read, in the order they were met."""

    read: int = 0
    sound: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    quarantined: int = 0
    warnings: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    first_places: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unknown_columns: dict[str, None] = field(default_factory=dict)

    @property
    def merged(self) -> int:
        """Sound rows that said the same as another of the run, or joined an existing one."""
        return self.sound - self.inserted - self.updated - self.unchanged

    @property
    def top_reasons(self) -> list[tuple[str, int]]:
        """The commonest reasons, with their number of rows."""
        return with_others(self.reasons.most_common())

    def note(self, rejected: Rejected, file: str) -> None:
        """Counts a record that was not stored, or a warning, and where its reason first came up."""
        self.warnings += rejected.stored
        self.quarantined += not rejected.stored
        self.reasons[rejected.reason] += 1
        self.first_places.setdefault(rejected.reason, f"{file} line {rejected.record.line}")

    def __str__(self) -> str:
        text = (
            f"{self.read:,} read, {self.inserted:,} new, {self.updated:,} changed,"
            f" {self.unchanged:,} unchanged, {self.merged:,} merged,"
            f" {self.quarantined:,} quarantined, {self.warnings:,} warnings"
        )
        reasons = (
            f"{count:,} × {reason}{self._first_place(reason)}" for reason, count in self.top_reasons
        )
        return "; ".join([text, *reasons, *self._columns_not_read])

    def _first_place(self, reason: str) -> str:
        return f" (first: {self.first_places[reason]})" if reason in self.first_places else ""

    @property
    def message(self) -> str | None:
        """What the Run's record says beside the counts; None for nothing."""
        return "; ".join([*self.notes, *self._columns_not_read]) or None

    @property
    def _columns_not_read(self) -> list[str]:
        names = ", ".join(self.unknown_columns)
        return [f"columns not read, for they are not known: {names}"] if names else []


@contextmanager
def record_run(
    connection: Connection,
    source: str,
    given: str,
    tally: Tally,
    known_until: datetime | None = None,
) -> Iterator[int]:
    """Records a Run around the body, whose changes commit together with the run's success. After it
    all is known that there was until `known_until` (aware): when a live feed was asked, or where
    the simulated world ends; None where nobody knows but by the rows.

    Any error rolls the body back and records the failure; what a feed, a payload or the database
    did wrong is raised as RunFailed.
    """
    close_killed_runs(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql.SHARE_SCHEMA)
        opened = {"source": source, "input": given, "known_until": known_until}
        cursor.execute(sql.OPEN_RUN, opened)
        (run_id,) = cursor.fetchone() or (0,)
        cursor.execute(sql.HOLD_RUN, {"run": run_id})
        connection.commit()
    with _recorded(connection, source, run_id, tally):
        yield run_id


@contextmanager
def taken_over_run(connection: Connection, run_id: int, tally: Tally) -> Iterator[None]:
    """The same around the body that ends a Run, in the place of the process that began it and was
    killed. Raises RunLost where another has it, or it has been noted as interrupted."""
    with connection, connection.cursor() as cursor:
        cursor.execute(sql.SHARE_SCHEMA)
        cursor.execute(sql.TAKE_OVER_RUN, {"run": run_id})
        taken = cursor.fetchone()
    if taken is None or not taken[1]:
        raise RunLost(f"run {run_id} is another's, or has ended")
    with _recorded(connection, taken[0], run_id, tally):
        yield


@contextmanager
def _recorded(connection: Connection, source: str, run_id: int, tally: Tally) -> Iterator[None]:
    with connection.cursor() as cursor:
        try:
            yield
        except BaseException as problem:
            # Where the server is gone the next run closes this one as interrupted.
            with suppress(psycopg2.Error):
                connection.rollback()
                _close_run(cursor, run_id, tally, "failed", _public_message(problem))
                connection.commit()
            if isinstance(problem, _THEIR_FAULT) and not isinstance(problem, RunFailed):
                reason = _public_message(problem)
                raise RunFailed(f"{source}: {reason}; nothing was changed") from problem
            raise
        _close_run(cursor, run_id, tally, "succeeded", tally.message)
        connection.commit()


def record_inputs(connection: Connection, run_id: int, sources: Sequence[str]) -> None:
    """Records what an analysis computes from: the newest Run that succeeded of each of the
    `sources` (analyses among them) and of the demo, and how old that is. To be called before the
    tables are read: what is merged meanwhile then counts as not read, rather than the reverse.

    Not the Runs that the rows are stamped with: a row that is delivered again and again unchanged
    has the stamp of the first time, and of rows that were taken away there is none.

    Commits: who begins another Run would otherwise wait until this one ends, for both note that the
    tables of Runs changed.
    """
    names = sorted({one for name in sources for one in delivering(name)})
    with connection.cursor() as cursor:
        cursor.execute(sql.NEWEST_RUNS, {"sources": names})
        found = cursor.fetchall()
        values = {
            "run": run_id,
            "inputs": [input_id for _, input_id, _ in found],
            "data_as_of": oldest_input({name: as_of for name, _, as_of in found}, sources),
        }
        cursor.execute(sql.RECORD_INPUTS, values)
    connection.commit()


def method_changed(connection: Connection, analysis: Analysis) -> bool:
    """Whether what the analysis wrote is by another version of its method than it has now."""
    values = {"analysis": analysis.name, "version": analysis.version}
    with connection.cursor() as cursor:
        cursor.execute(sql.METHOD_CHANGED, values)
        [(changed,)] = cursor.fetchall()
    return bool(changed)


def note_version(connection: Connection, run_id: int, version: int) -> None:
    """Records that the Run computed all that was due, by that version of its method."""
    with connection.cursor() as cursor:
        cursor.execute(sql.NOTE_VERSION, {"run": run_id, "version": version})


def oldest_input(as_of: Mapping[str, datetime], sources: Sequence[str]) -> datetime | None:
    """Of the `sources` and analyses the time of the oldest, where any has one; a source is as new
    as the demo's Run where that is newer, for it delivers the same."""
    found = ([as_of[one] for one in delivering(name) if one in as_of] for name in sources)
    return min((max(times) for times in found if times), default=None)


def delivering(name: str) -> tuple[str, ...]:
    """The names of the Runs that write what the source or the analysis does."""
    return (name,) if name in analyses() else (name, DEMO)


def known_until(connection: Connection, source: str) -> datetime | None:
    """When its live feed was last asked and answered (UTC); None where it never was."""
    with connection.cursor() as cursor:
        cursor.execute(sql.KNOWN_UNTIL, {"source": source})
        asked_at: datetime | None
        [(asked_at,)] = cursor.fetchall()
    return asked_at


def any_run_succeeded(connection: Connection) -> bool:
    """Whether the database was ever given any data."""
    with connection.cursor() as cursor:
        cursor.execute(sql.ANY_RUN_SUCCEEDED)
        (succeeded,) = cursor.fetchone() or (False,)
    return bool(succeeded)


def close_killed_runs(connection: Connection) -> None:
    """Records as failed what still says `running` though its process has ended."""
    with connection.cursor() as cursor:
        cursor.execute(sql.CLOSE_KILLED_RUNS)
    connection.commit()


def _public_message(problem: BaseException) -> str:
    """What a run's public message may say of an error: never a row, which may be private."""
    if isinstance(problem, psycopg2.DataError):
        # Its message quotes the value.
        return f"the database refused a value ({type(problem).__name__})"
    if isinstance(problem, psycopg2.Error):
        first_line = str(problem).partition("\n")[0]
        return f"the database refused: {problem.diag.message_primary or first_line}"
    if isinstance(problem, _THEIR_FAULT):
        return str(problem)
    if isinstance(problem, KeyboardInterrupt | SystemExit):
        return "interrupted; nothing was changed"
    return f"an error of ours: {type(problem).__name__}"


def _close_run(cursor: Cursor, run_id: int, tally: Tally, status: str, message: str | None) -> None:
    counts = {
        name: getattr(tally, name)
        for name in ("read", "inserted", "updated", "unchanged", "quarantined", "warnings")
    }
    cursor.execute(sql.CLOSE_RUN, {"run": run_id, "status": status, "message": message, **counts})
    cursor.execute(sql.LET_RUN_GO, {"run": run_id})
