"""Reads at once the records of a block that are alike in all but their numbers.

A satellite names a minute, an instrument and a grade thousands of times, each time with other
numbers. A source that says which columns those are (`Source.measures`) is asked once for each kind
of record; the rows of the others of that kind are that one's, with their own numbers in it.
"""

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo_api.ingest.payloads import Block
from layers.model import Delivery, Measure, Record, Rejected, Row, Source

# Numbers with a comma after each, as PostgreSQL and Python read alike: without exponents, and
# neither too large nor too small for a double.
_PLAIN = re.compile(r"(?:-?[0-9]{1,20}+(?:\.[0-9]{1,20}+)?+,)*+")
_MOST_KINDS = 10_000
# Stands for the cells of a line that does not fit the header: no cell of a block can be this.
_NO_CELL = "\n"

# What records of one kind share: their cells as written, with None in place of a number.
Kind = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """So many rows for a table, as COPY reads them."""

    table: str
    count: int
    text: str


class Alike:
    """Reads the blocks of one delivery, and remembers the kinds of records it met."""

    def __init__(self, source: Source, delivery: Delivery, columns: Sequence[str]) -> None:
        """`columns` are those of the source's first table, in the order of COPY."""
        self._source = source
        self._delivery = delivery
        self._columns = columns
        self._measures = {measure.column: measure for measure in source.measures}
        own = {measure.field for measure in source.measures}
        self._fields = [column for column in columns if column in own]
        # The row of each kind with %s in place of its numbers; empty where it has none in common.
        self._kinds: dict[Kind, str] = {}

    def read(self, block: Block) -> Iterator[Lines | Row | Rejected]:
        """What the source's `parse` makes of the records, in their order."""
        kinds, numbers = self._told_apart(block)
        if not self._kinds.keys() >= set(kinds):
            self._learn(block, kinds, numbers)
        rows = [self._kinds[kind] for kind in kinds]
        alone = [index for index, row in enumerate(rows) if not row]
        begun = 0
        for end in (*alone, len(rows)):
            if begun < end:
                text = "".join(map(str.__mod__, rows[begun:end], numbers[begun:end]))
                yield Lines(self._source.tables[0], end - begun, text)
            if end < len(rows):
                yield from self._source.parse([block.record(end)], self._delivery)
            begun = end + 1

    def _told_apart(self, block: Block) -> tuple[list[Kind], list[tuple[str, ...]]]:
        """The kind of each record, and its numbers in the order of the fields, blank where it has
        none."""
        width = len(block.header)
        misfit = [_NO_CELL] * width
        rows = [cells if len(cells) == width else misfit for cells in block.cells]
        none = [""] * len(rows)
        alike: list[Sequence[str | None]] = []
        numbers: dict[str, Sequence[str]] = dict.fromkeys(self._fields, none)
        for name, cells in zip(block.header, zip(*rows, strict=True), strict=True):
            measure = self._measures.get(name)
            if measure is None:
                alike.append(cells)
            elif _plain(cells, measure):
                alike.append([None] * len(cells))
                numbers[measure.field] = cells
            else:
                marks = [None if _plain([cell], measure) else cell for cell in cells]
                alike.append(marks)
                pairs = zip(cells, marks, strict=True)
                numbers[measure.field] = [cell if mark is None else "" for cell, mark in pairs]
        return list(zip(*alike, strict=True)), list(zip(*numbers.values(), strict=True))

    def _learn(
        self, block: Block, kinds: Sequence[Kind], numbers: Sequence[tuple[str, ...]]
    ) -> None:
        """Has the source read the first record of each kind not met before."""
        if len(self._kinds) > _MOST_KINDS:
            self._kinds.clear()
        first = dict(zip(reversed(kinds), reversed(range(len(kinds))), strict=True))
        for kind in first.keys() - self._kinds.keys():
            record = block.record(first[kind])
            self._kinds[kind] = self._shared(record, numbers[first[kind]])

    def _shared(self, record: Record, numbers: tuple[str, ...]) -> str:
        """The row that the source makes of a record, with %s for its numbers; empty unless it is
        one row, of the first table, with just these numbers in their fields."""
        results = list(self._source.parse([record], self._delivery))
        if len(results) != 1 or not isinstance(results[0], Row):
            return ""
        table, values = results[0].table, results[0].values
        own = {f: float(n) if n else None for f, n in zip(self._fields, numbers, strict=True)}
        if {field: values.get(field) for field in own} != own:
            return ""
        if table != self._source.tables[0] or not values.keys() <= set(self._columns):
            return ""
        text = io.StringIO()
        csv.writer(text).writerow(
            "%s" if column in own else _escaped(values.get(column)) for column in self._columns
        )
        return text.getvalue()


def _escaped(value: object) -> str | None:
    return None if value is None else str(value).replace("%", "%%")


def _plain(cells: Sequence[str], measure: Measure) -> bool:
    """Whether all are numbers, written plainly, in the measure's range."""
    if not _PLAIN.fullmatch(",".join([*cells, ""])):
        return False
    if measure.low == -math.inf and measure.high == math.inf:
        return True
    numbers = list(map(float, cells))
    return measure.low <= min(numbers) and max(numbers) <= measure.high
