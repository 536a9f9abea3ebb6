"""Finds a table among rows of cells: titles above it, its header, its records, its total."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from geo_api.ingest.payloads.columns import (
    Columns,
    Findings,
    best,
    clean_header,
    require_complete,
)
from layers.cleaning.text import normalise
from layers.model import Format, Record

# Titles, units and merged names stand above a header, in so many rows at most.
HEADER_ROWS = 40
RAW_CHARACTERS = 4000
# What `normalise` may change: blanks, controls, Excel's "=" and all that is not ASCII.
_NOT_NORMAL = re.compile(r"[^!-<>-~]")
# PostgreSQL stores no NUL; undecodable bytes come in as surrogates.
_UNSTORABLE = re.compile(r"[\0\ud800-\udfff]|\\u0000")
_TOTAL = re.compile(
    r"(?:(?:grand|sub)[ -]?)?total|(?:ยอด|ผล)?รวม(?:ทั้งหมด|ทั้งสิ้น|ทั้งปี|สุทธิ)?"
    r"(?:\s*[\d,]+)?(?:\s*(?:แห่ง|ราย|โรง|โรงงาน|รายการ|แถว))?\s*:?",
    re.IGNORECASE,
)
# Lines drawn under a header or above a total.
_RULED = frozenset("-=_")


@dataclass(frozen=True)
class Header:
    """The header of a table: `rows` so many rows from the top, itself among them, are not data."""

    columns: Columns
    rows: int
    written: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether it has all that its format requires."""
        return not self.columns.missing

    def record(self, cells: Sequence[str], line: int, written: str) -> Record | None:
        """The record of a row; None for an empty or ruled one, and for the header once more, as
        where files were joined. Empty cells beyond the header are none."""
        names = self.columns.names
        if len(cells) > len(names) and not any(cells[len(names) :]):
            cells = cells[: len(names)]
        first = next(filter(None, cells), "-")
        if first[0] in _RULED and _RULED.issuperset("".join(cells).replace(" ", "")):
            return None
        if self.is_repeated_by(cells):
            return None
        text = written.rstrip("\r\n")
        raw = text[:RAW_CHARACTERS]
        if len(cells) != len(names):
            found = [normalise(cell) for cell in cells]
            # DOS ended files so.
            nothing = not "".join(found).strip("\0\x1a")
            return None if nothing else Record(line, {}, raw, cells=found, header=names)
        if not _NOT_NORMAL.search(text):
            return Record(line, dict(zip(names, cells, strict=True)), raw)
        values = dict(zip(names, map(normalise, cells), strict=True))
        return Record(line, values, raw, garbled=garbled(text)) if any(values.values()) else None

    @property
    def mark(self) -> str:
        """A name that a row which repeats the header has."""
        return self.written[self._mark]

    @cached_property
    def _mark(self) -> int:
        """The place of a column that every such table has."""
        required = self.columns.format.required - self.columns.missing
        places = (p for p, name in enumerate(self.columns.names) if name in required)
        return next(places, 0)

    def is_repeated_by(self, cells: Sequence[str]) -> bool:
        """Whether a row says what the header does."""
        mark = self._mark
        if mark >= len(cells) or cells[mark] != self.mark:
            return False
        return clean_header(cells) == list(self.written)

    def is_total(self, record: Record) -> bool:
        """A row of sums under the table: it says so, and lacks what every record has."""
        values = record.values
        if not values:
            return bool(record.cells) and _TOTAL.fullmatch(record.cells[0]) is not None
        required = self.columns.format.required
        return any(not values.get(name) for name in required) and any(
            isinstance(value, str) and _TOTAL.fullmatch(value) for value in values.values()
        )


def may_have_total(text: str) -> bool:
    """Quick and seldom wrong: a single character is found far sooner than a word is."""
    total = ("o" in text and "otal" in text) or ("O" in text and "OTAL" in text)
    return total or "รวม" in text


def garbled(text: str) -> bool:
    """Whether there is something in a text that is none."""
    return _UNSTORABLE.search(text) is not None


def find_header(rows: Sequence[Sequence[str]], formats: Sequence[Format]) -> Header:
    """The first row that has all that a format requires, by itself or together with that above it
    (names merged over two rows); otherwise the one that most is known of."""
    found: Header | None = None
    above: list[str] = []
    for number, cells in enumerate(rows[:HEADER_ROWS], start=1):
        names = clean_header(cells)
        for written in (names, _merged(above, names, formats)):
            header = Header(best(written, formats), number, tuple(written))
            if header.complete:
                return header
            if found is None or header.columns.recognised > found.columns.recognised:
                found = header
        above = names
    return found or Header(best([], formats), 0, ())


def _merged(above: Sequence[str], names: Sequence[str], formats: Sequence[Format]) -> list[str]:
    """Names of two rows as one: of each column that which is known, else the lower, else the
    upper."""
    width = max(len(above), len(names))
    uppers = [*above, *[""] * (width - len(above))]
    lowers = [*names, *[""] * (width - len(names))]
    known_upper = set(_known_places(uppers, formats))
    known_lower = set(_known_places(lowers, formats))
    return [
        upper if place in known_upper - known_lower or not lower else lower
        for place, (upper, lower) in enumerate(zip(uppers, lowers, strict=True))
    ]


def _known_places(names: Sequence[str], formats: Sequence[Format]) -> Iterator[int]:
    columns = best(names, formats)
    for place, name in enumerate(columns.names):
        if name and name in columns.known:
            yield place


def table_records(
    rows: Iterable[tuple[int, list[str]]], header: Header, name: str, findings: Findings
) -> Iterator[Record]:
    """The records of numbered rows below a header; the total is left out and told."""
    nameless = nameless_places(header)
    for line, cells in rows:
        record = header.record(cells, line, ",".join(cells))
        if record is None:
            continue
        if header.is_total(record):
            findings.add(total_left_out(name, line))
            continue
        note_nameless(nameless, cells, findings)
        yield record


def checked_header(
    rows: Sequence[Sequence[str]], formats: Sequence[Format], name: str, findings: Findings
) -> Header:
    """The header, whose unknown columns are told. Raises Unfitting where it lacks a column."""
    header = find_header(rows, formats)
    require_complete(header.columns, header.written, name)
    findings.add_columns(header.columns.unknown)
    return header


def total_left_out(name: str, line: int) -> str:
    """What is said of a row of sums."""
    return f"{name} line {line} is a total: left out"


def nameless_places(header: Header) -> list[int]:
    """Columns without a name that no format has declared so."""
    if "" in header.columns.known:
        return []
    return [place for place, name in enumerate(header.columns.names) if not name]


def note_nameless(places: list[int], cells: Sequence[str], findings: Findings) -> None:
    """Tells, once, of a column without a name that has a value; an empty one is nothing."""
    for place in [p for p in places if p < len(cells) and cells[p].strip()]:
        findings.add_columns([f"column {place + 1} (no name)"])
        places.remove(place)
