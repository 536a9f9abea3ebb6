"""Streams delimited text, whatever its delimiter and encoding; plain lines in batches."""

import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from geo_api.ingest.payloads.columns import Findings
from geo_api.ingest.payloads.containers import HEAD_BYTES, Member
from geo_api.ingest.payloads.encodings import encoding_of
from geo_api.ingest.payloads.refusals import SAVE_AS_TABLE
from geo_api.ingest.payloads.tables import (
    HEADER_ROWS,
    RAW_CHARACTERS,
    Header,
    checked_header,
    find_header,
    may_have_total,
    nameless_places,
    note_nameless,
    total_left_out,
)
from layers.cleaning.text import normalise
from layers.model import NO_CELLS, CsvBatch, Format, Record, Text

BATCH_CHARACTERS = 1 << 16
_DELIMITERS = (",", ";", "\t", "|")
# A line as long as this is no table at all.
_MAX_LINE_CHARACTERS = 1 << 24
# A quote open for longer was not meant to be: what people write has fewer lines.
_MAX_QUOTED_LINES = 500
# Names of columns may be written over several lines.
_HEADER_LINES = 2 * HEADER_ROWS
csv.field_size_limit(_MAX_LINE_CHARACTERS)


@dataclass(frozen=True, slots=True)
class _Batch:
    """A CsvBatch."""

    table: Header
    first_line: int
    lines: list[str]
    cells: list[list[str]]

    @property
    def header(self) -> Sequence[str]:
        return self.table.columns.names

    def record(self, index: int) -> Record:
        line, text = self.first_line + index, self.lines[index]
        # Blanks and ruled lines are no records, but the batch has counted them.
        return self.table.record(self.cells[index], line, text) or Record(
            line, {}, text[:RAW_CHARACTERS], cells=NO_CELLS, header=self.header
        )


class _LineReader:
    """Feeds csv.reader and remembers the text lines that the current record is made of."""

    def __init__(self, stream: TextIO, member: Member) -> None:
        self._stream = stream
        self._member = member
        self.ahead: deque[str] = deque()
        self._plain = False
        # What only a row that is no record has; not known before the header is.
        self.mark = ""
        self._marked = True
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.ahead.popleft() if self.ahead else self._stream.readline(_MAX_LINE_CHARACTERS)
        if not line:
            raise StopIteration
        if len(line) >= _MAX_LINE_CHARACTERS:
            raise self._endless()
        if len(self.taken) >= _MAX_QUOTED_LINES:
            self.ahead.appendleft(line)
            raise csv.Error("a quote open for too long")
        self.taken.append(line)
        return line

    def _endless(self) -> Exception:
        found = Text("ข้อความที่ไม่มีการขึ้นบรรทัด", "text without ends of lines")
        return self._member.refusal(found, SAVE_AS_TABLE)

    def look_ahead(self) -> bool:
        """Puts the next lines, all of them whole, into `ahead`; False at the end."""
        text = self._stream.read(BATCH_CHARACTERS) + self._stream.readline(_MAX_LINE_CHARACTERS)
        if len(text) >= _MAX_LINE_CHARACTERS:
            raise self._endless()
        plain = '"' not in text and not may_have_total(text)
        self._plain = plain and (self._plain or not self.ahead)
        self._marked = self.mark in text
        self.ahead.extend(io.StringIO(text, newline=""))
        return bool(text)

    def take_batch(self, header: Header, delimiter: str, first_line: int) -> _Batch | None:
        """Takes all from `ahead`, where every line is a record: none is in quotes, blank, a
        total or the header once more."""
        cells = list(csv.reader(self.ahead, delimiter=delimiter)) if self._plain else []
        if not cells or not all(map(any, cells)) or self._repeats(header, cells):
            return None
        batch = _Batch(header, first_line, list(self.ahead), cells)
        self.ahead.clear()
        return batch

    def _repeats(self, header: Header, rows: Sequence[Sequence[str]]) -> bool:
        return self._marked and any(map(header.is_repeated_by, rows))

    def give_back_all_but_first(self) -> str:
        """The first line of the current record; the others are to be read again."""
        first, *others = self.taken
        self.ahead.extendleft(reversed(others))
        self.taken = [first]
        return first


def delimited_records(
    member: Member, formats: Sequence[Format], findings: Findings
) -> Iterator[CsvBatch | Record]:
    """Raises Unfitting, before it gives anything, for a table that is not one of the formats."""
    with member.opened() as stream:
        # surrogateescape: one undecodable byte spoils its own record, not the file.
        encoding = encoding_of(member.head, len(member.head) == HEAD_BYTES)
        errors = "surrogateescape" if encoding in ("utf-8-sig", "cp874") else "replace"
        text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
        lines = _LineReader(text, member)
        while len(lines.ahead) < _HEADER_LINES and lines.look_ahead():
            pass
        delimiter, header, line = _begin(lines, formats, member.name, findings)
        lines.mark = header.mark
        nameless = nameless_places(header)
        while lines.ahead or lines.look_ahead():
            if batch := lines.take_batch(header, delimiter, line):
                for cells in batch.cells if nameless else ():
                    note_nameless(nameless, cells, findings)
                yield batch
                line += len(batch.lines)
            while lines.ahead:
                cells, record = _next_record(lines, header, delimiter, line)
                if record is not None and header.is_total(record):
                    findings.add(total_left_out(member.name, line))
                elif record is not None:
                    if nameless:
                        note_nameless(nameless, cells, findings)
                    yield record
                line += len(lines.taken)
                lines.taken.clear()


def _begin(
    lines: _LineReader, formats: Sequence[Format], name: str, findings: Findings
) -> tuple[str, Header, int]:
    """The delimiter, the header, which is taken from the lines, and the number of the line after
    it. A first line `sep=;` is Excel's way to name the delimiter."""
    first = list(lines.ahead)[:_HEADER_LINES]
    named = first[0].strip() if first else ""
    declared = named[4:5] if named.lower().startswith("sep=") else ""
    passed = 1 if declared or named.lower() == "sep=" else 0
    candidates = (declared or "\t",) if passed else _DELIMITERS
    read = {delimiter: _rows(first[passed:], delimiter) for delimiter in candidates}
    found = {
        delimiter: find_header([cells for _, cells in rows], formats)
        for delimiter, rows in read.items()
    }
    delimiter = max(found, key=lambda d: (found[d].complete, found[d].columns.recognised))
    rows = read[delimiter]
    header = checked_header([cells for _, cells in rows], formats, name, findings)
    consumed = passed + sum(count for count, _ in rows[: header.rows])
    for _ in range(consumed):
        lines.ahead.popleft()
    return delimiter, header, consumed + 1


def _rows(lines: Sequence[str], delimiter: str) -> list[tuple[int, list[str]]]:
    """Rows of cells, and how many lines each takes."""
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(lines, delimiter=delimiter)
    before = 0
    try:
        for cells in reader:
            rows.append((reader.line_num - before, cells))
            before = reader.line_num
    except csv.Error:
        pass  # what cannot be read so far down is met again as a record
    return rows


def _next_record(
    lines: _LineReader, header: Header, delimiter: str, line: int
) -> tuple[list[str], Record | None]:
    """The next record, and its cells. One in whose lines a quote is opened and not closed is the
    first of them alone, so that its neighbours are not swallowed."""
    width = len(header.columns.names)
    try:
        cells = next(csv.reader(lines, delimiter=delimiter, strict=True))
        # A row that was quoted as a whole is one cell.
        fits = len(cells) == 1 or (len(cells) >= width and not any(cells[width:]))
        sound = fits or len(lines.taken) == 1
    except csv.Error:
        sound = False
    if not sound:
        first = lines.give_back_all_but_first()
        cells = next(csv.reader([first], delimiter=delimiter))
        if _quote_is_open(first, delimiter):
            return cells, _with_open_quote(header, cells, first, line)
    return cells, header.record(cells, line, "".join(lines.taken))


def _quote_is_open(text: str, delimiter: str) -> bool:
    try:
        next(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error as problem:
        return "unexpected end" in str(problem)
    return False


def _with_open_quote(header: Header, cells: Sequence[str], text: str, line: int) -> Record:
    names = header.columns.names
    where = names[min(len(cells), len(names)) - 1]
    fault = (
        "a quote is opened and not closed",
        f"it opens in line {line}, column {where}: close it, or save the file again as .xlsx",
    )
    # What stands before it is sound, and tells which record waits to be mended.
    before = dict(zip(names, map(normalise, cells[:-1]), strict=False))
    raw = text.rstrip("\r\n")[:RAW_CHARACTERS]
    return Record(line, before, raw, header=names, fault=fault)
