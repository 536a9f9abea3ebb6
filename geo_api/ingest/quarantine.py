"""Keeps what a run could not store, or stored with a doubt: bounded, and marked once mended.

Rows wait in memory, not in the run's transaction, so that they are kept also when the run fails.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import execute_batch

from geo_api.ingest import sql
from layers.model import Record, Rejected, Source
from layers.model.remedies import remedy_of

# Enough to see what is wrong with a file; the counts of a run are of all.
MOST_PER_REASON = 1_000
MOST_PER_RUN = 10_000
MOST_PER_SOURCE = 50_000
# Of one reason, on a terminal.
MOST_SHOWN = 20
# How long mended rows stay, for whoever wonders where they went.
MENDED_DAYS = 90


@dataclass
class Quarantine:
    """What one run met, in the order of its lines; the rows kept are the first of each reason."""

    source: str
    key_columns: tuple[str, ...] = ()
    rows: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    files: set[str] = field(default_factory=set)
    open_keys: frozenset[str] = frozenset()
    sound_keys: set[str] = field(default_factory=set)
    rejected_keys: set[str] = field(default_factory=set)

    def add(self, rejected: Rejected, file: str) -> None:
        """Keeps a record that could not be stored, or a warning about one that was."""
        key = self._key(rejected.record)
        if key and not rejected.stored:
            self.rejected_keys.add(key)
        self.counts[rejected.reason] += 1
        if self.counts[rejected.reason] > MOST_PER_REASON or len(self.rows) >= MOST_PER_RUN:
            return
        record = rejected.record
        row = {
            "source": self.source,
            "file": file,
            "line": record.line,
            "reason": rejected.reason,
            "detail": rejected.detail,
            "raw": record.raw,
            "stored": rejected.stored,
            "key": key,
        }
        self.rows.append({name: _storable(value) for name, value in row.items()})

    def meet(self, record: Record | None) -> None:
        """Notes that a record was sound, where one of its key waits in the quarantine."""
        if self.open_keys and record is not None:
            key = self._key(record)
            if key in self.open_keys:
                self.sound_keys.add(str(key))

    @property
    def left_out(self) -> int:
        """How many are not kept."""
        return self.counts.total() - len(self.rows)

    def note(self) -> str | None:
        """What the run says of its limit, where it reached that."""
        if not self.left_out:
            return None
        return (
            f"quarantine: {len(self.rows):,} of {self.counts.total():,} kept,"
            f" the first {MOST_PER_REASON:,} of each reason"
        )

    def read_open_keys(self, cursor: Cursor) -> None:
        """Finds what waits to be mended."""
        cursor.execute(sql.OPEN_KEYS, {"source": self.source})
        self.open_keys = frozenset(key for (key,) in cursor.fetchall())

    def keep(self, cursor: Cursor, run_id: int, *, loaded: bool, all_new: bool = False) -> None:
        """Writes the rows; of a run that `loaded` its data, marks what it mended. Where some were
        left out, a row that is not among those kept may be there still: then only keys tell. So
        they do where the rows are `all_new`: next month's file may have this month's name."""
        values = {"run": run_id, "source": self.source}
        execute_batch(cursor, sql.KEEP_QUARANTINED, [row | values for row in self.rows])
        if loaded:
            files = [] if self.left_out else sorted(self.files)
            cursor.execute(sql.MEND_READ_AGAIN, values | {"files": files, "all_new": all_new})
            keys = sorted(self.sound_keys - self.rejected_keys)
            cursor.execute(sql.MEND_BY_KEY, values | {"keys": keys})
        limits = {"mended_days": MENDED_DAYS, "most": MOST_PER_SOURCE}
        cursor.execute(sql.FORGET_QUARANTINED, values | limits)

    def keep_after_failure(self, connection: Connection, run_id: int) -> None:
        """Keeps the rows of a run whose transaction was rolled back, in one of their own."""
        with connection.cursor() as cursor:
            self.keep(cursor, run_id, loaded=False)
        connection.commit()

    def _key(self, record: Record) -> str | None:
        parts = [record.text(name) or "" for name in self.key_columns]
        return "|".join(parts) if any(parts) else None


@dataclass(frozen=True)
class Waiting:
    """A row that waits to be mended: `value` is what is wrong with it, `text` the whole record."""

    source: str
    file: str
    line: int
    reason: str
    value: str
    text: str


def of_source(source: Source) -> Quarantine:
    """An empty one for a run of the source."""
    return Quarantine(source.name, source.key)


def _storable(value: Any) -> Any:
    """Undecodable bytes came in as surrogates, and PostgreSQL stores no NUL."""
    if not isinstance(value, str):
        return value
    return value.encode("utf-8", "replace").decode().replace("\0", "")


def waiting_rows(
    cursor: Cursor, source: str | None, *, warnings: bool = False
) -> Iterator[Waiting]:
    """What waits to be mended, of one source or all, by file and line; with `warnings`, what was
    stored all the same too."""
    cursor.execute(sql.WAITING_ROWS, {"source": source, "warnings": warnings})
    for row in cursor:
        yield Waiting(*row)


def as_text(rows: Iterable[Waiting]) -> str:
    """For a terminal: by source and reason, with the remedy, and the first places and values."""
    lines = []
    by_reason: dict[tuple[str, str], list[Waiting]] = {}
    for row in rows:
        by_reason.setdefault((row.source, row.reason), []).append(row)
    for (source, reason), found in by_reason.items():
        remedy = remedy_of(reason).remedy
        lines += [f"{source}: {len(found):,} × {reason}", f"  {remedy.en}", f"  {remedy.th}"]
        shown = found[:MOST_SHOWN]
        lines += [f"    {row.file} line {row.line}: {row.value}" for row in shown]
        if len(found) > len(shown):
            lines.append(f"    and {len(found) - len(shown):,} more: add --csv for all")
    return "\n".join(lines) or "Nothing waits in the quarantine."


def as_csv(rows: Iterable[Waiting]) -> str:
    """All of them, for a spreadsheet; no cell of it is a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("source", "file", "line", "value", "reason", "remedy", "remedy_th", "text"))
    for row in rows:
        remedy = remedy_of(row.reason).remedy
        cells = (row.source, row.file, row.line, row.value, row.reason, remedy.en, remedy.th)
        writer.writerow([_harmless(cell) for cell in (*cells, row.text)])
    return text.getvalue()


def _harmless(cell: object) -> object:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it."""
    return f"'{cell}" if str(cell)[:1] in "=+-@\t\r" and isinstance(cell, str) and cell else cell
