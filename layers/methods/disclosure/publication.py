"""What is published of returns: an edition for a year, and vintages of it when returns come late.

A vintage is frozen. The next one replaces a figure only where the difference between the two tells
no reporter's change; elsewhere the old figure stands, and does so until the year after.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from layers.methods.disclosure.past import Earlier, Hidden
from layers.methods.disclosure.protection import hidden_cells
from layers.methods.disclosure.table import Cell, Table, all_cells


@dataclass(frozen=True)
class Figure:
    """One cell as everybody sees it. `amounts`, by measure, and `reporters` are None of a cell that
    is hidden; a cell without returns has no amounts and 0 reporters: no return is not nothing.
    `vintage` is that whose returns it tells of."""

    amounts: tuple[float, ...] | None
    reporters: int | None
    vintage: str

    @property
    def is_hidden(self) -> bool:
        return self.reporters is None


@dataclass(frozen=True)
class Publication:
    """All that is published of a table, for every cell. No reason is told and no number of
    reporters of a hidden cell: a secondary one would be known as such."""

    vintage: str
    dimensions: tuple[tuple[str, ...], ...]
    measures: tuple[str, ...]
    figures: Mapping[Cell, Figure]


@dataclass(frozen=True)
class Edition:
    """A publication with what it was made of, which is secret and needed for the next one."""

    table: Table
    hidden: Mapping[Cell, Hidden]
    publication: Publication

    def as_earlier(self, *, bounds: bool) -> Earlier:
        """`bounds`: of the same year."""
        return Earlier(self.table, self.hidden, bounds)


def publish(table: Table, vintage: str, earlier: Sequence[Edition] = ()) -> Edition:
    """The first edition of a year; `earlier` are those of years before that it will be compared
    with, of the same dimensions and measures: at least every vintage of the year before."""
    hidden = hidden_cells(table, [each.as_earlier(bounds=False) for each in earlier])
    return Edition(table, hidden, publication(table, vintage, hidden, {}))


def republish(
    vintages: Sequence[Edition], table: Table, vintage: str, earlier: Sequence[Edition] = ()
) -> Edition:
    """The next vintage of a year whose `vintages` so far are given, the oldest first, with all
    returns that there are now; `earlier` as for `publish`. What was hidden in the last vintage, or
    stood as it was, is not replaced."""
    last = vintages[-1]
    standing = last.publication.figures
    before = [each.as_earlier(bounds=True) for each in vintages]
    before += [each.as_earlier(bounds=False) for each in earlier]
    hidden = hidden_cells(table, before, kept=last.hidden)
    return Edition(table, hidden, publication(table, vintage, hidden, standing))


def publication(
    table: Table, vintage: str, hidden: Mapping[Cell, Hidden], standing: Mapping[Cell, Figure]
) -> Publication:
    """A vintage of which `hidden` are not told anew: there `standing` says what it said."""
    unknown = Figure(None, None, vintage)
    figures = {
        cell: standing.get(cell, unknown) if cell in hidden else _figure(table, cell, vintage)
        for cell in all_cells(table.dimensions)
    }
    return Publication(vintage, table.dimensions, table.measures, figures)


def _figure(table: Table, cell: Cell, vintage: str) -> Figure:
    reporters = table.amounts.get(cell)
    if not reporters:
        return Figure(None, 0, vintage)
    total = np.sum(list(reporters.values()), axis=0)
    return Figure(tuple(map(float, total)), len(reporters), vintage)
