"""Runs a Source: fetch, keep, parse, stage, merge, and record the Run; all of it or nothing."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO, TypeVar

import psycopg2
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from tqdm import tqdm

from geo_api.database.runs import RunFailed, Tally, record_run
from geo_api.ingest import sql
from geo_api.ingest.kept_answers import kept_since
from geo_api.ingest.payloads import Findings, Part, one_by_one, parts
from geo_api.ingest.quarantine import Quarantine, of_source
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
    judged,
)

Log = Callable[[str], None]
# What a merge function tells of a row: file, line, reason, detail, and whether it was stored.
Finding = tuple[str, int, str, str, bool]
Payloads = Iterable[tuple[Path, Delivery]]
BatchOrRecord = TypeVar("BatchOrRecord", bound=CsvBatch | Record)

_FLUSH_CHARACTERS = 1 << 22


class TooFewRows(RunFailed):
    """Fewer sound rows than the source promises: an empty answer is not an empty world."""


class AllRejected(RunFailed):
    """Every row that was read is in the quarantine: nothing was learnt."""


def file_payloads(
    paths: Sequence[Path], now: datetime | None = None
) -> Iterator[tuple[Path, Delivery]]:
    """Files as payloads, received `now` (UTC), whenever they were last written; an answer of a feed
    that was kept has in its name when it was received."""
    for path in paths:
        # A name need not be text on Linux.
        name = path.name.encode(errors="replace").decode()
        received_at = kept_since(path) or now or datetime.now(UTC)
        yield path, Delivery(name, received_at, written_at=_written_at(path))


def _written_at(path: Path) -> datetime | None:
    """None of what is no file: whoever reads it says so."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None


def ingest(
    connection: Connection,
    source: Source,
    payloads: Payloads,
    given: str,
    log: Log = lambda _: None,
    known_until: datetime | None = None,
) -> Tally:
    """Reads `payloads` and merges their rows in one transaction of the owner's `connection`;
    `known_until` as in `record_run`.

    Raises RunFailed, AllRejected and TooFewRows among it, after noting the failed run; data are
    then untouched, and what was rejected is in the quarantine all the same.
    """
    tally, quarantine, run_id = Tally(), of_source(source), None
    try:
        with (
            record_run(connection, source.name, given, tally, known_until) as run_id,
            connection.cursor() as cursor,
        ):
            quarantine.read_open_keys(cursor)
            loader = Loader(cursor, source.tables)
            for path, delivery in payloads:
                _load(loader, source, path, delivery, tally, quarantine, log)
            _require_rows(source, tally)
            for table in source.tables:
                _note_findings(loader.merge_table(table, run_id, tally), tally, quarantine)
            quarantine.keep(cursor, run_id, loaded=True, all_new=tally.inserted >= tally.sound)
            tally.notes += filter(None, [quarantine.note()])
            keep_names(cursor, source.tables)
    except Exception:
        if run_id is not None:
            # Where the server is gone there is nowhere to keep them.
            with suppress(psycopg2.Error):
                quarantine.keep_after_failure(connection, run_id)
        raise
    return tally


def _require_rows(source: Source, tally: Tally) -> None:
    if tally.quarantined and not tally.sound:
        raise AllRejected(
            f"{source.name}: every row read was rejected ({tally.quarantined:,} of"
            f" {tally.read:,}); nothing was changed. {tally}"
            f" · ไม่มีแถวใดใช้ได้ ดูเหตุผลและวิธีแก้: fahsai quarantine {source.name}"
        )
    if tally.sound < source.min_rows:
        raise TooFewRows(
            f"{source.name}: {tally.sound} sound rows of {tally.read} read, at least"
            f" {source.min_rows} needed; nothing was changed. {tally}"
            f" · แถวที่ใช้ได้น้อยกว่า {source.min_rows} แถว จึงไม่เปลี่ยนข้อมูลเดิม"
            + (
                ""
                if tally.read
                else " (แฟ้มมีแต่หัวตาราง: ส่งออกใหม่ให้มีข้อมูล · "
                "the file holds a header alone: export it again with its rows)"
            )
        )


def _note_findings(findings: Sequence[Finding], tally: Tally, quarantine: Quarantine) -> None:
    """What a merge told of rows; one that it did not store is sound no longer."""
    for file, line, reason, detail, stored in findings:
        rejected = Rejected(Record(line, {}, ""), reason, detail, stored)
        tally.note(rejected, file)
        tally.sound -= not stored
        quarantine.add(rejected, file)


def _load(
    loader: "Loader",
    source: Source,
    path: Path,
    delivery: Delivery,
    tally: Tally,
    quarantine: Quarantine,
    log: Log,
) -> None:
    before, findings = tally.read, Findings()
    for part in parts(path, delivery.name, source.formats, findings):
        quarantine.files.add(part.name)
        results = _parsed(source, part, replace(delivery, name=part.name), loader, tally)
        for result in judged(results, source.plausible):
            if isinstance(result, CsvRows):
                tally.sound += result.count
                loader.add_csv(result)
            elif isinstance(result, Row):
                tally.sound += 1
                quarantine.meet(result.record)
                loader.add(result, part.name)
            else:
                tally.note(result, part.name)
                quarantine.add(result, part.name)
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
        cursor.execute(sql.STAGE_FINDINGS)

    def add(self, row: Row, file: str = "") -> None:
        """Raises UnexpectedPayload for a column that the staged table does not have."""
        line = row.record.line if row.record else None
        self._buffers[row.table].add(row.values, file, line)

    def columns(self, table: str) -> list[str]:
        """The columns of a staged table in the order of CsvRows."""
        return self._buffers[table].columns

    def add_csv(self, rows: CsvRows) -> None:
        """Rows as text, after those added before."""
        self._buffers[rows.table].add_csv(rows.text)

    def copy(self, table: str, columns: Sequence[str], stream: TextIO) -> None:
        """Whole CSV at once, for a maker of many rows that has them as text already."""
        self._cursor.copy_expert(sql.copy_into(f"staged_{table}", columns), stream)

    def merge_table(self, table: str, run_id: int, tally: Tally) -> Sequence[Finding]:
        """Merges one staged table and counts into `tally`; what the merge told of its rows."""
        self._buffers[table].flush()
        inserted, updated, unchanged = self._merged(table, run_id)
        tally.inserted += inserted
        tally.updated += updated
        tally.unchanged += unchanged
        self._cursor.execute(sql.TAKE_FINDINGS)
        return self._cursor.fetchall()

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
            if self._buffers[table].placed:
                execute(sql.TELL_REPEATED_ROWS, {"table": table, "key": key})
            execute(sql.upsert(table, key, columns, stamped), {"run": run_id})
        inserted, updated, unchanged = one() or (0, 0, 0)
        return inserted, updated, unchanged


def column_names(cursor: Cursor, query: str, table: str) -> list[str]:
    """What one of the queries of geo_api.ingest.sql gives for a table."""
    cursor.execute(query, {"table": table})
    return [name for (name,) in cursor.fetchall()]


def _array(codes: object) -> str:
    """Codes as PostgreSQL reads an array of texts."""
    return f"{{{','.join(codes) if isinstance(codes, tuple) else ''}}}"


class _Buffer:
    """CSV text on its way to one staged table."""

    def __init__(self, cursor: Cursor, table: str) -> None:
        self._cursor = cursor
        self._table = f"staged_{table}"
        cursor.execute(sql.create_staged(table))
        self.columns = column_names(cursor, sql.WRITABLE_COLUMNS_OF, f"staging.{table}")
        self._column_set = frozenset(self.columns)
        # What a merge tells of rows, or a source of one, where the table has a place for it.
        self.placed = {"file", "line"} <= self._column_set
        self._doubted = "doubts" in self._column_set
        self._begin()

    def add(self, values: dict[str, object], file: str, line: int | None) -> None:
        if self.placed:
            values = {**values, "file": file, "line": line}
        if self._doubted:
            values = {**values, "doubts": _array(values.get("doubts"))}
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
