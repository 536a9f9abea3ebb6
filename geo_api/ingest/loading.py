"""Runs a Source: fetch, keep, parse, stage, merge, and record the Run; all of it or nothing."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO, TypeVar

from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from tqdm import tqdm

from geo_api.database.runs import RunFailed, Tally, record_run
from geo_api.ingest import sql
from geo_api.ingest.feeds import kept_since
from geo_api.ingest.payloads import Findings, Part, one_by_one, parts
from geo_api.search.names import keep_names
from layers.model import (
    CsvBatch,
    CsvRows,
    Delivery,
    Record,
    Rejected,
    Row,
    Source,
    UnexpectedPayload,
)

Log = Callable[[str], None]
Payloads = Iterable[tuple[Path, Delivery]]
BatchOrRecord = TypeVar("BatchOrRecord", bound=CsvBatch | Record)

_FLUSH_CHARACTERS = 1 << 22
_QUARANTINE = ("file", "line", "reason", "detail", "raw", "stored")


class TooFewRows(RunFailed):
    """Fewer sound rows than the source promises: an empty answer is not an empty world."""


def file_payloads(
    paths: Sequence[Path], now: datetime | None = None
) -> Iterator[tuple[Path, Delivery]]:
    """Files as payloads, received `now` (UTC), whenever they were last changed; an answer of a feed
    that was kept has in its name when it was received."""
    for path in paths:
        # A name need not be text on Linux.
        name = path.name.encode(errors="replace").decode()
        yield path, Delivery(name, kept_since(path) or now or datetime.now(UTC))


def ingest(
    connection: Connection,
    source: Source,
    payloads: Payloads,
    given: str,
    log: Log = lambda _: None,
) -> Tally:
    """Reads `payloads` and merges their rows in one transaction of the owner's `connection`.

    Raises RunFailed, TooFewRows among it, after noting the failed run; data are then untouched.
    """
    tally = Tally()
    with record_run(connection, source.name, given, tally) as run_id, connection.cursor() as cursor:
        loader = Loader(cursor, source.tables)
        for path, delivery in payloads:
            _load(loader, source, path, delivery, tally, log)
        if tally.sound < source.min_rows:
            raise TooFewRows(
                f"{source.name}: {tally.sound} sound rows of {tally.read} read, at least"
                f" {source.min_rows} needed; nothing was changed. {tally}"
            )
        loader.merge(run_id, source.name, tally)
        keep_names(cursor, source.tables)
    return tally


def _load(
    loader: "Loader", source: Source, path: Path, delivery: Delivery, tally: Tally, log: Log
) -> None:
    before, findings = tally.read, Findings()
    for part in parts(path, delivery.name, source.formats, findings):
        of_part = replace(delivery, name=part.name)
        for result in _parsed(source, part, of_part, loader, tally):
            if isinstance(result, CsvRows):
                tally.sound += result.count
                loader.add_csv(result)
            elif isinstance(result, Row):
                tally.sound += 1
                loader.add(result)
            else:
                tally.note(result, part.name)
                loader.reject(result, part.name)
    warning = source.warn(tally.read - before, delivery) if source.warn else None
    notes = [*findings.notes, *([f"{delivery.name}: {warning}"] if warning else [])]
    tally.notes += notes
    for note in notes:
        log(note)
    tally.unknown_columns |= findings.columns


def _parsed(
    source: Source, part: Part, delivery: Delivery, loader: "Loader", tally: Tally
) -> Iterator[CsvRows | Row | Rejected]:
    """What a source makes of a part of a payload; its records are counted on the way."""
    if source.batch_parser is None:
        found = _counted(one_by_one(part.batches), delivery, tally)
        yield from source.parse(found, delivery)
        return
    parse_batch = source.batch_parser(delivery, loader.columns(source.tables[0]))
    for batch in _counted(part.batches, delivery, tally):
        if isinstance(batch, Record):
            yield from source.parse([batch], delivery)
        else:
            yield from parse_batch(batch)


def _counted(
    found: Iterable[BatchOrRecord], delivery: Delivery, tally: Tally
) -> Iterator[BatchOrRecord]:
    # disable=None: a bar on a terminal, silence in a log.
    with tqdm(desc=delivery.name, unit=" rows", disable=None) as bar:
        for batch in found:
            count = 1 if isinstance(batch, Record) else len(batch.cells)
            tally.read += count
            bar.update(count)
            yield batch


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
        """The columns of a staged table in the order of CsvRows."""
        return self._buffers[table].columns

    def add_csv(self, rows: CsvRows) -> None:
        """Rows as text, after those added before."""
        self._buffers[rows.table].add_csv(rows.text)

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
            columns = column_names(self._cursor, sql.COLUMNS_TO_MERGE, table)
            stamped = "run_id" in column_names(self._cursor, sql.WRITABLE_COLUMNS_OF, table)
            key = column_names(self._cursor, sql.KEY_OF, table)
            execute(sql.upsert(table, key, columns, stamped), {"run": run_id})
        inserted, updated, unchanged = one() or (0, 0, 0)
        return inserted, updated, unchanged


def column_names(cursor: Cursor, query: str, table: str) -> list[str]:
    """What one of the queries of geo_api.ingest.sql gives for a table."""
    cursor.execute(query, {"table": table})
    return [name for (name,) in cursor.fetchall()]


class _Buffer:
    """CSV text on its way to one staged table."""

    def __init__(self, cursor: Cursor, table: str, columns: Sequence[str] | None = None) -> None:
        self._cursor = cursor
        self._table = f"staged_{table}"
        if columns is None:
            cursor.execute(sql.create_staged(table))
            columns = column_names(cursor, sql.WRITABLE_COLUMNS_OF, f"staging.{table}")
        self.columns = list(columns)
        self._column_set = frozenset(columns)
        self._begin()

    def add(self, values: dict[str, object]) -> None:
        if not values.keys() <= self._column_set:
            unknown = ", ".join(sorted(values.keys() - self._column_set))
            raise UnexpectedPayload(f"{self._table} has no column {unknown}")
        self._writer.writerow(map(values.get, self.columns))
        self._flush_if_full()

    def add_csv(self, text: str) -> None:
        self._text.write(text)
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
