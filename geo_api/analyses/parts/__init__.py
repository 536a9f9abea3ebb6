"""How an analysis is computed in parts, by one process or by many on any machines.

In the place of `compute` its module has `PARTS`, an InParts of three functions: which parts there
are, what one of them makes, and what is kept of all. All else is the same for all analyses: see
`fan_out` for whoever has the Run, and `work` for whoever computes parts of it. Alone, one process
computes the same parts in their order, so that the result is the same to the last digit.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

from psycopg2.extensions import connection as Connection

from geo_api.analyses.parts.analysis_run import AnalysisRun


@dataclass(frozen=True)
class Part:
    """`label` is what people call it, `given` what it is computed by, as JSON has it."""

    label: str
    given: Any


@dataclass(frozen=True)
class PartRun:
    """What computes a part has to go by. `connection` reads what all parts of the Run read, the
    database at one moment; what it writes is undone, but for rows of the InParts' `tables`, which
    it finds empty. What else is to be kept, as arrays, is put into `contents` by a name."""

    connection: Connection
    run_id: int
    home: Path
    given: Any
    contents: dict[str, bytes] = field(default_factory=dict)


class Gathered(Protocol):
    """What came of all parts, in their order, whoever computed which and when."""

    @property
    def given(self) -> Sequence[Any]:
        """What each was given."""
        ...

    @property
    def told(self) -> Sequence[Any]:
        """What `compute` said of each."""
        ...

    def contents(self, name: str) -> Iterator[bytes]:
        """What each kept by that name, one after the other."""
        ...

    def add_rows(self, table: str, into: str | None = None) -> None:
        """Adds the rows that parts wrote to one of the `tables` to the real one, or to a temporary
        one of the same columns."""
        ...


@dataclass(frozen=True)
class InParts:
    """`plan` reads at the moment that all parts see, and may raise RunFailed; `compute` says of its
    part what JSON can hold; `gather` writes what is to be kept in the Run's own transaction, and
    says in a line what was made. `tables` are those to which parts write."""

    plan: Callable[[AnalysisRun], Sequence[Part]]
    compute: Callable[[PartRun], Any]
    gather: Callable[[AnalysisRun, Gathered], str]
    tables: tuple[str, ...] = ()


# Meanwhile others may compute parts of the Run: its number, and how many parts there are.
Helped = Callable[[Connection, int, int], AbstractContextManager[None]]


def by_month(days: Sequence[date]) -> list[Part]:
    """A part for each month that any of the days is in, given its days as text; days ascend."""
    months = groupby(days, key=lambda day: f"{day:%Y-%m}")
    return [Part(month, [day.isoformat() for day in some]) for month, some in months]


def in_blocks(count: int, size: int) -> list[Part]:
    """The numbers below `count` in blocks of at most `size`, given as first and end."""
    starts = range(0, count, size)
    blocks = [(start, min(start + size, count)) for start in starts]
    return [Part(f"{start}-{end - 1}", [start, end]) for start, end in blocks]


def days_of(given: Sequence[str]) -> list[date]:
    """The days of a part of `by_month`."""
    return [date.fromisoformat(text) for text in given]
