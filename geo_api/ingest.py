"""Runs a Source: fetch, keep, parse, stage, merge, and record the Run; all of it or nothing."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO, TypeVar

import psycopg2
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from tqdm import tqdm

from geo_api.alike import Alike, Lines
from geo_api.decode import Block, pieces, records
from geo_api.sql import merging as sql
from layers.model import Delivery, Record, Rejected, Row, Source, UnexpectedPayload

Say = Callable[[str], None]
Payloads = Iterable[tuple[Path, Delivery]]
Piece = TypeVar("Piece", bound=Block | Record)

# What a feed, a payload, a setting or the database did wrong, not our code.
_THEIR_FAULT = (UnexpectedPayload, RuntimeError, OSError, psycopg2.Error)
_FLUSH_CHARACTERS = 1 << 22
_TOP_REASONS = 5
_QUARANTINE = ("file", "line", "reason", "detail", "raw", "stored")


class IngestFailed(RuntimeError):
    """A run ended without changing the data; the message says why."""


class TooFewRows(IngestFailed):
    """Fewer sound rows than the source promises: an empty answer is not an empty world."""


@dataclass
class Tally:
    """What a run counted. `inserted`, `updated` and `unchanged` count rows of the tables; several
    delivered rows may be one (`merged` is the rest)."""

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

    @property
    def merged(self) -> int:
        """Sound rows that said the same as another of the run, or joined an existing one."""
        return self.sound - self.inserted - self.updated - self.unchanged

    @property
    def top_reasons(self) -> list[tuple[str, int]]:
        """The commonest reasons, with their number of rows."""
        return self.reasons.most_common(_TOP_REASONS)

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
        told = (
            f"{count:,} × {reason} (first: {self.first_places[reason]})"
            for reason, count in self.top_reasons
        )
        return "; ".join([text, *told])


def file_payloads(paths: Sequence[Path]) -> Iterator[tuple[Path, Delivery]]:
    """Files as payloads; a file counts as received when it was last changed."""
    for path in paths:
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        # A name need not be text on Linux.
        yield path, Delivery(path.name.encode(errors="replace").decode(), changed)


def ingest(
    connection: Connection,
    source: Source,
    payloads: Payloads,
    given: str,
    say: Say = lambda _: None,
) -> Tally:
    """Reads `payloads` and merges their rows in one transaction of the owner's `connection`.

    Raises IngestFailed, TooFewRows among it, after noting the failed run; data are then untouched.
    """
    tally = Tally()
    with run(connection, source.name, given, tally) as run_id, connection.cursor() as cursor:
        loader = Loader(cursor, source.tables)
        for path, delivery in payloads:
            _load(loader, source, path, delivery, tally, say)
        if tally.sound < source.min_rows:
            raise TooFewRows(
                f"{source.name}: {tally.sound} sound rows of {tally.read} read, at least"
                f" {source.min_rows} needed; nothing was changed. {tally}"
            )
        loader.merge(run_id, source.name, tally)
    return tally


@contextmanager
def run(connection: Connection, source: str, given: str, tally: Tally) -> Iterator[int]:
    """Records a Run around the body, whose changes commit together with the run's success.

    Any error rolls the body back and records the failure; what a feed, a payload or the database
    did wrong is raised as IngestFailed.
    """
    close_killed_runs(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql.OPEN_RUN, {"source": source, "input": given})
        (run_id,) = cursor.fetchone() or (0,)
        cursor.execute(sql.HOLD_RUN, {"run": run_id})
        connection.commit()
        try:
            yield run_id
        except BaseException as problem:
            # Where the server is gone the next run closes this one as interrupted.
            with suppress(psycopg2.Error):
                connection.rollback()
                _close(cursor, run_id, tally, "failed", _told(problem))
                connection.commit()
            if isinstance(problem, _THEIR_FAULT) and not isinstance(problem, IngestFailed):
                reason = _told(problem)
                raise IngestFailed(f"{source}: {reason}; nothing was changed") from problem
            raise
        _close(cursor, run_id, tally, "succeeded", "; ".join(tally.notes) or None)
        connection.commit()


def close_killed_runs(connection: Connection) -> None:
    """Records as failed what still says `running` though its process has ended."""
    with connection.cursor() as cursor:
        cursor.execute(sql.CLOSE_KILLED_RUNS)
    connection.commit()


def _told(problem: BaseException) -> str:
    """What a run's public message may say of an error: never a row, which may be private."""
    if isinstance(problem, psycopg2.Error):
        first_line = str(problem).partition("\n")[0]
        return f"the database refused: {problem.diag.message_primary or first_line}"
    if isinstance(problem, _THEIR_FAULT):
        return str(problem)
    if isinstance(problem, KeyboardInterrupt | SystemExit):
        return "interrupted; nothing was changed"
    return f"an error of ours: {type(problem).__name__}"


def _close(cursor: Cursor, run_id: int, tally: Tally, status: str, message: str | None) -> None:
    counts = {
        name: getattr(tally, name)
        for name in ("read", "inserted", "updated", "unchanged", "quarantined", "warnings")
    }
    cursor.execute(sql.CLOSE_RUN, {"run": run_id, "status": status, "message": message, **counts})
    cursor.execute(sql.LET_RUN_GO, {"run": run_id})


def _load(
    loader: "Loader", source: Source, path: Path, delivery: Delivery, tally: Tally, say: Say
) -> None:
    before = tally.read
    for result in _results(source, path, delivery, loader, tally):
        if isinstance(result, Lines):
            tally.sound += result.count
            loader.add_lines(result)
        elif isinstance(result, Row):
            tally.sound += 1
            loader.add(result)
        else:
            tally.note(result, delivery.name)
            loader.reject(result, delivery.name)
    warning = source.warn(tally.read - before, delivery) if source.warn else None
    if warning:
        tally.notes.append(f"{delivery.name}: {warning}")
        say(f"{delivery.name}: {warning}")


def _results(
    source: Source, path: Path, delivery: Delivery, loader: "Loader", tally: Tally
) -> Iterator[Lines | Row | Rejected]:
    """What a source makes of a payload; its records are counted on the way."""
    if not source.measures:
        found = _counted(records(path, source.formats), delivery, tally)
        yield from source.parse(found, delivery)
        return
    alike = Alike(source, delivery, loader.columns(source.tables[0]))
    for piece in _counted(pieces(path, source.formats), delivery, tally):
        if isinstance(piece, Block):
            yield from alike.read(piece)
        else:
            yield from source.parse([piece], delivery)


def _counted(found: Iterable[Piece], delivery: Delivery, tally: Tally) -> Iterator[Piece]:
    # disable=None: a bar on a terminal, silence in a log.
    with tqdm(desc=delivery.name, unit=" rows", disable=None) as bar:
        for piece in found:
            number = len(piece.lines) if isinstance(piece, Block) else 1
            tally.read += number
            bar.update(number)
            yield piece


class Loader:
    """Carries rows to the staged tables by COPY, a few megabytes at a time, and merges them."""

    def __init__(self, cursor: Cursor, tables: Sequence[str]) -> None:
        self._cursor = cursor
        self._buffers = {table: _Buffer(cursor, table) for table in tables}
        cursor.execute(sql.STAGE_QUARANTINE)
        self._rejected = _Buffer(cursor, "quarantine", _QUARANTINE)

    def add(self, row: Row) -> None:
        """Raises UnexpectedPayload for a column that the staged table does not have."""
        self._buffers[row.table].add(row.values)

    def columns(self, table: str) -> list[str]:
        """The columns of a staged table in the order of `Lines`."""
        return self._buffers[table].columns

    def add_lines(self, lines: Lines) -> None:
        """Rows as text, after those added before."""
        self._buffers[lines.table].add_text(lines.text)

    def reject(self, rejected: Rejected, file: str) -> None:
        """Keeps a record that could not be stored, or a warning about one that was."""
        record = rejected.record
        values = (file, record.line, rejected.reason, rejected.detail, record.raw, rejected.stored)
        # Undecodable bytes came in as surrogates, and PostgreSQL stores no NUL.
        texts = (
            v.encode("utf-8", "replace").decode().replace("\0", "") if isinstance(v, str) else v
            for v in values
        )
        self._rejected.add(dict(zip(_QUARANTINE, texts, strict=True)))

    def copy(self, table: str, columns: Sequence[str], stream: TextIO) -> None:
        """Whole CSV at once, for a maker of many rows that has them as text already."""
        self._cursor.copy_expert(sql.copy_into(f"staged_{table}", columns), stream)

    def merge(self, run_id: int, source: str, tally: Tally) -> None:
        """Merges every staged table, in the source's order, and counts into `tally`."""
        for table in self._buffers:
            self.merge_table(table, run_id, tally)
        self._rejected.flush()
        self._cursor.execute(sql.KEEP_QUARANTINE, {"run": run_id, "source": source})

    def merge_table(self, table: str, run_id: int, tally: Tally) -> None:
        """Merges one staged table and counts into `tally`."""
        self._buffers[table].flush()
        inserted, updated, unchanged = self._merged(table, run_id)
        tally.inserted += inserted
        tally.updated += updated
        tally.unchanged += unchanged

    def _merged(self, table: str, run_id: int) -> tuple[int, int, int]:
        execute, one = self._cursor.execute, self._cursor.fetchone
        execute(sql.lock_table_merge(table))
        execute(sql.analyze(f"staged_{table}"))
        execute(sql.MERGE_FUNCTION_OF, {"table": table})
        if (one() or (False,))[0]:
            execute(sql.call_merge(table), {"run": run_id})
        else:
            columns = names(self._cursor, sql.COLUMNS_TO_MERGE, table)
            stamped = "run_id" in names(self._cursor, sql.WRITABLE_COLUMNS_OF, table)
            key = names(self._cursor, sql.KEY_OF, table)
            execute(sql.upsert(table, key, columns, stamped), {"run": run_id})
        inserted, updated, unchanged = one() or (0, 0, 0)
        return inserted, updated, unchanged


def names(cursor: Cursor, query: str, table: str) -> list[str]:
    """The column names that one of the queries of geo_api.sql gives for a table."""
    cursor.execute(query, {"table": table})
    return [name for (name,) in cursor.fetchall()]


class _Buffer:
    """CSV text on its way to one staged table."""

    def __init__(self, cursor: Cursor, table: str, columns: Sequence[str] | None = None) -> None:
        self._cursor = cursor
        self._table = f"staged_{table}"
        if columns is None:
            cursor.execute(sql.create_staged(table))
            columns = names(cursor, sql.WRITABLE_COLUMNS_OF, f"staging.{table}")
        self.columns = list(columns)
        self._known = frozenset(columns)
        self._begin()

    def add(self, values: dict[str, object]) -> None:
        if not values.keys() <= self._known:
            news = ", ".join(sorted(values.keys() - self._known))
            raise UnexpectedPayload(f"{self._table} has no column {news}")
        self._writer.writerow(map(values.get, self.columns))
        self._flush_if_full()

    def add_text(self, lines: str) -> None:
        self._text.write(lines)
        self._flush_if_full()

    def _flush_if_full(self) -> None:
        if self._text.tell() > _FLUSH_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        self._text.seek(0)
        self._cursor.copy_expert(sql.copy_into(self._table, self.columns), self._text)
        self._begin()

    def _begin(self) -> None:
        self._text = io.StringIO()
        self._writer = csv.writer(self._text)
