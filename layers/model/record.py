"""What a provider delivers: Delivery, Record, and the Row or the Rejected that comes of it."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Protocol, TypeVar

from layers.cleaning.coordinates import REPAIRS, THAILAND, Box, Place, read_place
from layers.cleaning.dates import read_time, read_year, thai_date
from layers.cleaning.numbers import NotANumber, read_number
from layers.cleaning.registration_numbers import Rounded, bare_number

T = TypeVar("T")

_WORLD: Box = (-180.0, -90.0, 180.0, 90.0)

# Older than every feed we read.
FIRST_YEAR = 1990
# A provider's clock may be ahead of ours, and an hour may be named by its end.
_AHEAD = timedelta(days=1)


@dataclass(frozen=True)
class Delivery:
    """One payload as it reached us: a file's name or the request's URL without secrets, the time
    we received it (UTC), the context that its request gave, and of a file when it was last
    written (UTC), which rejects nothing."""

    name: str
    received_at: datetime
    context: Mapping[str, str] = field(default_factory=dict)
    written_at: datetime | None = None

    def foretold(self, time: datetime) -> bool:
        """Whether what it says of `time` (UTC) was written before, and so is a forecast."""
        return time > min(self.received_at, self.written_at or self.received_at)

    def believed(self, time: datetime) -> datetime:
        """`time` (UTC), where it can be that of an observation or a forecast: a year of the
        Buddhist era or of a broken clock cannot. BadValue otherwise."""
        if not FIRST_YEAR <= time.year <= self.received_at.year + 1:
            raise BadValue(
                "time is not that of an observation",
                f"{time.date()} is not from {FIRST_YEAR} to {self.received_at.year + 1} (CE)",
            )
        return time

    def observed(self, time: datetime) -> datetime:
        """`time` (UTC), where it can be that of an observation: not before FIRST_YEAR and not
        after we received it. BadValue otherwise."""
        if self.believed(time) > self.received_at + _AHEAD:
            raise BadValue(
                "time is in the future",
                f"{time:%Y-%m-%d %H:%M} UTC, received {self.received_at:%Y-%m-%d %H:%M}",
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
MISSING = frozenset(
    {"", "-", "--", "–", "—", "N/A", "n/a", "NA", "#N/A", "null", "None", "NULL", "nan", "NaN"}
    | {"ไม่มี", "ไม่มีข้อมูล", "ไม่ระบุ", "ไม่ทราบ"}
)


@dataclass(slots=True)
class Record:
    """One record of a payload before parsing.

    `line` is the 1-based line or item number. `values` holds cells by column name (CSV: text,
    stripped, with NBSP, zero-width marks and Excel armour removed and Thai normalised; JSON: as
    decoded, texts likewise). `cells` holds the cells as read where their number does not fit the
    `header`; `values` is then empty. `geometry` is GeoJSON where the format carries one. `raw` is
    the record's text, for the quarantine. A `garbled` one has bytes that are no text, or NUL; a
    `fault`, reason and detail of a BadValue, is what else keeps all of it from being read; `values`
    are then those before it.
    `warnings` are what is odd about a record that is stored all the same: reason and detail.
    """

    line: int
    values: dict[str, Any]
    raw: str
    cells: list[str] = field(default_factory=list)
    geometry: Mapping[str, Any] | None = None
    header: Sequence[str] = ()
    garbled: bool = False
    fault: tuple[str, str] | None = None
    warnings: list[tuple[str, str]] = field(default_factory=list)

    def warn(self, reason: str, detail: str = "") -> None:
        """Notes what is odd about the record: `reason` groups and holds no value."""
        self.warnings.append((reason, detail))

    def lenient(self, read: Callable[[str], T], name: str) -> T | None:
        """What one of the readers below gives; where it cannot, None and a warning."""
        try:
            return read(name)
        except BadValue as problem:
            self.warn(f"{problem.reason}: left empty", problem.detail)
            return None

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
        value = self.values.get(name)
        try:
            # The sound case first: files have millions of numbers.
            number = float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if low <= number <= high and math.isfinite(number) and _plain(value):
            return number + 0.0  # makes 0 of -0
        text = self.text(name)
        if text is None:
            return None
        try:
            number = read_number(text)
        except NotANumber as problem:
            raise BadValue(f"{name} is not a number", str(problem)) from None
        if low <= number <= high:
            return number
        raise BadValue(f"{name} is out of range", f"{text} is not within {low:g} to {high:g}")

    def whole(self, name: str, low: float = -math.inf, high: float = math.inf) -> int | None:
        """As `number`; BadValue where it is not a whole one."""
        number = self.number(name, low, high)
        if number is None:
            return None
        if number != int(number):
            raise BadValue(f"{name} is not a whole number", str(self.text(name)))
        return int(number)

    def percent(self, name: str) -> float | None:
        """As `number` from 0 to 100, with or without its sign."""
        text = self.text(name)
        if text and text.endswith("%"):
            return replace(self, values={name: text[:-1].rstrip()}).number(name, 0, 100)
        return self.number(name, 0, 100)

    def day(self, name: str) -> date | None:
        """The value as a day of the common era, as `thai_date` reads it; None where missing."""
        text = self.text(name)
        try:
            return None if text is None else thai_date(text)
        except ValueError as problem:
            raise BadValue(f"{name} is not a date", _dated(text, problem)) from None

    def time(self, name: str, zone: tzinfo | None = None) -> datetime | None:
        """The value as a time in UTC, `zone` being that of one which names none; None where
        missing; BadValue where it cannot be read."""
        text = self.text(name)
        try:
            return None if text is None else read_time(text, zone)
        except (ValueError, OverflowError) as problem:
            raise BadValue(f"{name} is not a time", _dated(text, problem)) from None

    def year(self, name: str) -> int | None:
        """The value as a year of the common era; None where missing; BadValue if none."""
        text = self.text(name)
        try:
            return None if text is None else read_year(text)
        except ValueError as problem:
            raise BadValue(f"{name} is not a year", str(problem)) from None

    def place(self, lat: str, lon: str, province: str | None = None, box: Box = THAILAND) -> Place:
        """The point of two columns; what had to be repaired is a warning. BadValue where there is
        none in the box, as at 0, 0."""
        written = (self.text(lat), self.text(lon))
        place = read_place(*written, province, box)
        if place is None:
            west, south, east, north = box
            far = read_place(*written, box=_WORLD) and set(written) & {"0", "0.0"} == set()
            raise BadValue(
                "place is not in or near Thailand" if far else "no usable coordinates",
                f"{lat} {written[0]}, {lon} {written[1]}: degrees within"
                f" {south:g} to {north:g} N and {west:g} to {east:g} E are needed",
            )
        if place.repair:
            self.warn(
                REPAIRS[place.repair],
                f"{lat} {written[0]}, {lon} {written[1]} is {place.lat:.5f}, {place.lon:.5f}",
            )
        return place

    def identifier(self, name: str) -> str | None:
        """The value as a number that names something, as `bare_number` has it; None where missing;
        BadValue where a spreadsheet has rounded it."""
        text = self.text(name)
        try:
            return None if text is None else bare_number(text)
        except Rounded as problem:
            raise BadValue(f"{name} is rounded by a spreadsheet", str(problem)) from None

    def needed_identifier(self, name: str) -> str:
        """As `identifier`; BadValue where it is missing."""
        number = self.identifier(name)
        if number is None:
            raise BadValue(f"{name} is missing")
        return number

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

    def needed_day(self, name: str) -> date:
        """As `day`; BadValue where it is missing."""
        day = self.day(name)
        if day is None:
            raise BadValue(f"{name} is missing")
        return day

    def needed_time(self, name: str, zone: tzinfo | None = None) -> datetime:
        """As `time`; BadValue where it is missing."""
        time = self.time(name, zone)
        if time is None:
            raise BadValue(f"{name} is missing")
        return time


def _plain(value: object) -> bool:
    """Whether Python reads a number as people do: to it True is 1 and 1_000 is 1000."""
    return "_" not in value if isinstance(value, str) else not isinstance(value, bool)


def _dated(text: str | None, problem: Exception) -> str:
    """What is wrong with a date or a time: of one that the calendar lacks, the text too."""
    told = str(problem)
    return told if told.startswith(repr(text)) else f"{text!r}: {told}"


@dataclass(slots=True)
class Row:
    """A sound row for `staging.<table>`; values by column name, times in UTC, units canonical.

    `doubts` among the values are codes of what is implausible about it. `record` is what it was
    read from, where one record speaks of it."""

    table: str
    values: dict[str, Any]
    record: Record | None = field(default=None, compare=False, repr=False)


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
