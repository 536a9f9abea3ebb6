"""What a provider delivers: Delivery, Record, and the Row or the Rejected that comes of it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

# Older than every feed we read.
FIRST_YEAR = 1990


@dataclass(frozen=True)
class Delivery:
    """One payload as it reached us: a file's name or the request's URL without secrets, the time
    we received it (UTC), and the context that its request gave."""

    name: str
    received_at: datetime
    context: Mapping[str, str] = field(default_factory=dict)

    def believed(self, time: datetime) -> datetime:
        """`time` (UTC), where it can be that of an observation or a forecast: a year of the
        Buddhist era or of a broken clock cannot. BadValue otherwise."""
        if not FIRST_YEAR <= time.year <= self.received_at.year + 1:
            raise BadValue(
                "time is not that of an observation",
                f"{time.date()} is not from {FIRST_YEAR} to {self.received_at.year + 1} (CE)",
            )
        return time


class BadValue(ValueError):
    """A record's value cannot be understood: `reason` groups like cases and holds no value,
    `detail` names the value and the remedy."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class UnexpectedPayload(ValueError):
    """A whole answer is not what the provider promises: wrong columns, an error page, cut off."""


# What providers write for "no value", beside an empty cell.
MISSING = frozenset({"", "-", "N/A", "NA", "null", "None", "NULL", "nan"})


@dataclass(slots=True)
class Record:
    """One record of a payload before parsing.

    `line` is the 1-based line or item number. `values` holds cells by column name (CSV: text,
    stripped, with NBSP, zero-width marks and Excel armour removed and Thai normalised; JSON: as
    decoded, texts likewise). `cells` holds the cells as read where their number does not fit the
    `header`; `values` is then empty. `geometry` is GeoJSON where the format carries one. `raw` is
    the record's text, for the quarantine. A `garbled` one has bytes that are no text, or NUL; a
    `fault`, reason and detail of a BadValue, is what else keeps all of it from being read.
    """

    line: int
    values: dict[str, Any]
    raw: str
    cells: list[str] = field(default_factory=list)
    geometry: Mapping[str, Any] | None = None
    header: Sequence[str] = ()
    garbled: bool = False
    fault: tuple[str, str] | None = None

    def check(self) -> None:
        """Raises BadValue where the record as a whole cannot be read."""
        if self.garbled:
            raise BadValue("bytes that are not text", "save the file as UTF-8")
        if self.fault:
            raise BadValue(*self.fault)
        if self.cells:
            many_or_few = "many" if len(self.cells) > len(self.header) else "few"
            raise BadValue(
                "cells do not fit the header",
                f"too {many_or_few}: {len(self.header)} wanted, {len(self.cells)} found",
            )

    def text(self, name: str) -> str | None:
        """The value as text; None where it is absent or one of MISSING."""
        value = self.values.get(name)
        if value is None:
            return None
        text = value if isinstance(value, str) else str(value)
        return None if text in MISSING else text

    def number(self, name: str, low: float = -math.inf, high: float = math.inf) -> float | None:
        """The value as a finite number within [low, high]; None where missing; BadValue if not."""
        # The sound case first: files have millions of numbers.
        try:
            number = float(self.values[name])
        except (KeyError, TypeError, ValueError):
            number = math.nan
        if low <= number <= high and math.isfinite(number):
            return number
        text = self.text(name)
        if text is None:
            return None
        if math.isnan(number):
            raise BadValue(f"{name} is not a number", repr(text))
        raise BadValue(f"{name} is out of range", f"{text} is not within {low:g} to {high:g}")

    def needed(self, name: str) -> str:
        """The value as text; BadValue where it is missing."""
        text = self.text(name)
        if text is None:
            raise BadValue(f"{name} is missing")
        return text

    def needed_number(self, name: str, low: float = -math.inf, high: float = math.inf) -> float:
        """As `number`; BadValue where it is missing."""
        number = self.number(name, low, high)
        if number is None:
            raise BadValue(f"{name} is missing")
        return number


@dataclass(slots=True)
class Row:
    """A sound row for `staging.<table>`; values by column name, times in UTC, units canonical."""

    table: str
    values: dict[str, Any]


@dataclass(slots=True)
class Rejected:
    """A record that cannot be stored. `reason` groups (no values in it); `detail` names the value
    and the remedy. With `stored=True` it is a warning: the row was stored all the same."""

    record: Record
    reason: str
    detail: str = ""
    stored: bool = False


# The cells of a line of a batch that is no record: of blanks, or drawn.
NO_CELLS = [""]


class CsvBatch(Protocol):
    """Consecutive lines of CSV, each of them a record of its own; `cells` as written."""

    @property
    def header(self) -> Sequence[str]: ...

    @property
    def cells(self) -> Sequence[Sequence[str]]: ...

    def record(self, index: int) -> Record:
        """That of one of the lines; its cells are NO_CELLS where it is none."""
        ...


@dataclass(frozen=True, slots=True)
class CsvRows:
    """So many sound rows for `staging.<table>`, as COPY reads CSV: its columns in their order."""

    table: str
    count: int
    text: str
