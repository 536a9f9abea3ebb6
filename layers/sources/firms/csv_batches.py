"""Parses batches of FIRMS' CSV, where records differ in nothing but their numbers.

A satellite names a minute, an instrument and a grade thousands of times, each time with other
numbers. One record of those that share all but these is parsed by itself, and its row made a
template; the rows of the others are the template with their own numbers in it.
"""

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from layers.cleaning.coordinates import NEIGHBOURHOOD
from layers.model import (
    HOTSPOT,
    NO_CELLS,
    CsvBatch,
    CsvRows,
    Delivery,
    Parse,
    Record,
    Rejected,
    Row,
)

# Numbers with a comma after each, as PostgreSQL and Python read alike: without exponents, and
# neither too large nor too small for a double, nor -0.
_NUMBERS = re.compile(r"(?:(?!-0*+\.?0*+,)-?[0-9]{1,20}+(?:\.[0-9]{1,20}+)?+,)*+")
_MAX_TEMPLATES = 10_000
# Stands for the cells of a line that does not fit the header: no cell of a batch can be this.
_MISSING_CELL = "\n"

# What records with the same template share: their cells as written, None in place of a number.
_Key = tuple[str | None, ...]


@dataclass(frozen=True)
class NumericColumn:
    """A column of CSV whose number, within [low, high], is stored as it is in `field`. What matches
    `surely`, cells with a comma after each, is: to match is faster than to compare.

    Two records with the same cells but for these are rows with the same values but for their
    fields.
    """

    column: str
    field: str
    low: float = -math.inf
    high: float = math.inf
    surely: re.Pattern[str] | None = None


_WEST, _SOUTH, _EAST, _NORTH = NEIGHBOURHOOD
_PLAUSIBLE = {one.column: (one.low, one.high) for one in HOTSPOT}
# Whole parts of numbers that are plausible, whatever their decimals: nearly all are.
_WHOLE_PARTS = {
    "brightness_k": "1[89][0-9]|[2-5][0-9][0-9]",
    "background_k": "[0-9]{1,2}|[1-3][0-9]{2}",
    "frp_mw": "[0-9]{1,4}",
    "scan_km": "[0-9]",
    "track_km": "[0-9]",
}
_SURELY = {
    field: re.compile(rf"(?:(?:{whole})(?:\.[0-9]{{1,20}}+)?+,)*+")
    for field, whole in _WHOLE_PARTS.items()
}
# A pixel's own numbers; it shares minute, satellite, grade and confidence with thousands. What is
# not plausible is parsed by itself, and judged as any row.
NUMERIC_COLUMNS = (
    NumericColumn("longitude", "lon", _WEST, _EAST),
    NumericColumn("latitude", "lat", _SOUTH, _NORTH),
    *(
        NumericColumn(column, field, *_PLAUSIBLE[field], _SURELY[field])
        for column, field in (
            ("bright_ti4", "brightness_k"),
            ("bright_ti5", "background_k"),
            ("brightness", "brightness_k"),
            ("bright_t31", "background_k"),
            ("frp", "frp_mw"),
            ("scan", "scan_km"),
            ("track", "track_km"),
        )
    ),
)
_NUMERIC = {numeric.column: numeric for numeric in NUMERIC_COLUMNS}
_NUMERIC_FIELDS = frozenset(numeric.field for numeric in NUMERIC_COLUMNS)


class BatchParser:
    """Parses the batches of one delivery, and remembers its templates."""

    def __init__(
        self, table: str, parse: Parse, delivery: Delivery, columns: Sequence[str]
    ) -> None:
        """`columns` are those of `table` in the order of COPY; `parse` reads any record."""
        self._table = table
        self._parse = parse
        self._delivery = delivery
        self._columns = columns
        self._fields = [column for column in columns if column in _NUMERIC_FIELDS]
        # Rows as CSV with %s in place of their numbers; empty where records share no template.
        self._templates: dict[_Key, str] = {}

    def __call__(self, batch: CsvBatch) -> Iterator[CsvRows | Row | Rejected]:
        """What `parse` makes of the records, in their order."""
        keys, numbers = self._split(batch)
        if not self._templates.keys() >= set(keys):
            self._add_templates(batch, keys, numbers)
        rows = [self._templates[key] for key in keys]
        alone = [index for index, row in enumerate(rows) if not row]
        begun = 0
        for end in (*alone, len(rows)):
            if begun < end:
                text = "".join(map(str.__mod__, rows[begun:end], numbers[begun:end]))
                yield CsvRows(self._table, end - begun, text)
            if end < len(rows):
                record = batch.record(end)
                if record.cells != NO_CELLS:
                    yield from self._parse([record], self._delivery)
            begun = end + 1

    def _split(self, batch: CsvBatch) -> tuple[list[_Key], list[tuple[str, ...]]]:
        """The key of each record's template, and its numbers in the order of the fields, blank
        where it has none."""
        width = len(batch.header)
        misfit = [_MISSING_CELL] * width
        rows = [cells if len(cells) == width else misfit for cells in batch.cells]
        none = [""] * len(rows)
        shared: list[Sequence[str | None]] = []
        numbers: dict[str, Sequence[str]] = dict.fromkeys(self._fields, none)
        for name, cells in zip(batch.header, zip(*rows, strict=True), strict=True):
            numeric = _NUMERIC.get(name)
            if numeric is None:
                shared.append(cells)
            elif _all_numbers(cells, numeric):
                shared.append([None] * len(cells))
                numbers[numeric.field] = cells
            else:
                marks = [None if _all_numbers([cell], numeric) else cell for cell in cells]
                shared.append(marks)
                pairs = zip(cells, marks, strict=True)
                numbers[numeric.field] = [cell if mark is None else "" for cell, mark in pairs]
        return list(zip(*shared, strict=True)), list(zip(*numbers.values(), strict=True))

    def _add_templates(
        self, batch: CsvBatch, keys: Sequence[_Key], numbers: Sequence[tuple[str, ...]]
    ) -> None:
        """Makes the template of each key not met before, of the first record that has it."""
        if len(self._templates) > _MAX_TEMPLATES:
            self._templates.clear()
        first = dict(zip(reversed(keys), reversed(range(len(keys))), strict=True))
        for key in first.keys() - self._templates.keys():
            record = batch.record(first[key])
            self._templates[key] = self._template(record, numbers[first[key]])

    def _template(self, record: Record, numbers: tuple[str, ...]) -> str:
        """The row that `parse` makes of a record, with %s for its numbers; empty unless it is one
        row of the table with just these numbers in their fields."""
        results = list(self._parse([record], self._delivery))
        if len(results) != 1 or not isinstance(results[0], Row):
            return ""
        table, values = results[0].table, results[0].values
        own = {f: float(n) if n else None for f, n in zip(self._fields, numbers, strict=True)}
        if {field: values.get(field) for field in own} != own:
            return ""
        if table != self._table or not values.keys() <= set(self._columns):
            return ""
        text = io.StringIO()
        csv.writer(text).writerow(
            "%s" if column in own else _escaped(values.get(column)) for column in self._columns
        )
        return text.getvalue()


def _escaped(value: object) -> str | None:
    return None if value is None else str(value).replace("%", "%%")


def _all_numbers(cells: Sequence[str], numeric: NumericColumn) -> bool:
    """Whether all are numbers, written plainly, in the column's range."""
    written = ",".join([*cells, ""])
    if numeric.surely is not None and numeric.surely.fullmatch(written):
        return True
    if not _NUMBERS.fullmatch(written):
        return False
    numbers = list(map(float, cells))
    return numeric.low <= min(numbers) and max(numbers) <= numeric.high
