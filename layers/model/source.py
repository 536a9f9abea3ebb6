"""Providers that we read: Source, the formats it delivers, and what a live pull asks."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from layers.model.layer import Text
from layers.model.plausibility import Plausible
from layers.model.record import BadValue, CsvBatch, CsvRows, Delivery, Record, Rejected, Row


@dataclass(frozen=True)
class Setting:
    """An environment variable that one source reads; the README's table is checked against it."""

    variable: str
    description: str
    default: str | None = None
    secret: bool = False


@dataclass(frozen=True)
class Request:
    """One question to a live feed, asked after a pause; `context` travels to `parse` with the
    answer."""

    url: str
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)
    pause_s: float = 0


@dataclass(frozen=True)
class Ask:
    """What a live pull may depend on: the clock (UTC), the settings of sources by variable, and
    until when the feed was read before (UTC), None where it never was: so far back a feed is asked
    that was silent for long."""

    now: datetime
    settings: Mapping[str, str]
    known_until: datetime | None = None


class UnusableSetting(RuntimeError):
    """A source's environment variable is missing or wrong; the message names it and the remedy."""


FormatKind = Literal["csv", "json", "vector"]


@dataclass(frozen=True)
class Format:
    """The columns of one shape in which a source delivers, whatever file they come in.

    `kind`: `csv` is a table, be it delimited text, a sheet of a workbook, a list of JSON objects
    or the attributes of a vector file; `json` a document whose records may hold lists and objects,
    in the list at `path`, as in ("stations",); `vector` features, whose `values` are the attributes
    and which are of no use without their geometry.

    Names are matched without regard to case, spaces and underscores, and by `synonyms`: the names
    that others write, and which of ours each is. Of several formats the one that knows most of a
    file's columns counts. A column in none of `required`, `optional` and `ignored` is passed over,
    and told once per run. `position` names the columns that a feature's point stands for where they
    are absent: longitude and latitude, or one column that holds both, with a comma between.
    """

    kind: FormatKind
    required: frozenset[str]
    optional: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    path: tuple[str, ...] = ()
    synonyms: Mapping[str, str] = field(default_factory=dict)
    position: tuple[str, ...] = ()


Parse = Callable[[Iterable[Record], Delivery], Iterator[Row | Rejected]]
ParseBatch = Callable[[CsvBatch], Iterator[CsvRows | Row | Rejected]]


@dataclass(frozen=True)
class Source:
    """A provider we read.

    `parse` is pure: records in, rows and rejections out. `requests` names the live questions, and
    `more` the next page given the decoded answer; `smaller` is a question for less of the same, or
    None, for a feed that fails under load. `min_rows` is the least number of sound rows of
    a run that succeeds. `tables` are those that `parse` gives rows for, in the order of merging.
    `warn` may look at the count of records of one payload and say what is suspicious about it.
    `batch_parser` may be given where records stand each for themselves: plain CSV then goes, a
    batch at a time, to what it makes for a delivery and the columns of the first table, in the
    order of CsvRows; with the same result as that of `parse`. `plausible` are the values that its
    rows may have: whoever loads them has them judged. `key` are the columns that a record is known
    by, so that one in quarantine is known to be mended when a sound one comes. `every` is how often
    the live feed is worth asking: the service asks it so by itself.
    """

    name: str
    title: Text
    url: str
    licence: str
    tables: tuple[str, ...]
    formats: tuple[Format, ...]
    parse: Parse
    requests: Callable[[Ask], Iterable[Request]] | None = None
    more: Callable[[Request, Any], Request | None] | None = None
    smaller: Callable[[Request], Request | None] | None = None
    warn: Callable[[int, Delivery], str | None] | None = None
    min_rows: int = 1
    settings: tuple[Setting, ...] = ()
    batch_parser: Callable[[Delivery, Sequence[str]], ParseBatch] | None = None
    plausible: tuple[Plausible, ...] = ()
    key: tuple[str, ...] = ()
    every: timedelta | None = None


def warnings_of(record: Record) -> Iterator[Rejected]:
    """What a record that is stored was warned of."""
    for reason, detail in record.warnings:
        yield Rejected(record, reason, detail, stored=True)


def row_by_row(
    read: Callable[[Record, Delivery], Iterable[Row | Rejected]],
) -> Parse:
    """The `parse` of a source whose records stand each for themselves: a record whose cells do not
    fit the header, or for which `read` raises BadValue, is rejected and the next one read."""

    def parse(records: Iterable[Record], delivery: Delivery) -> Iterator[Row | Rejected]:
        for record in records:
            try:
                record.check()
                # A list, not `yield from`: a BadValue half-way must not leave half a record's rows.
                rows = list(read(record, delivery))
            except BadValue as problem:
                yield Rejected(record, problem.reason, problem.detail)
            else:
                for row in rows:
                    if isinstance(row, Row):
                        row.record = record
                    yield row
                yield from warnings_of(record)

    return parse
