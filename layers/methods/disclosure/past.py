"""A table as a grid of cells, and what has changed since an earlier one was published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np

from layers.methods.disclosure.hypercubes import Place, altered
from layers.methods.disclosure.rule import fault
from layers.methods.disclosure.sheets import Bools, Limits, Sheet
from layers.methods.disclosure.table import Amounts, Cell, Table, all_cells, changes

Reason = Literal["few", "dominated", "changed", "kept", "secondary", "inner"]


@dataclass(frozen=True)
class Hidden:
    """Why a cell is hidden, and, by measure, by how much it must seem possible that it is more or
    less: what it takes to keep itself and those that it is to keep."""

    reason: Reason
    leeway: tuple[float, ...]


@dataclass(frozen=True)
class Earlier:
    """A table that was published before, and which of its cells were not. `bounds`: amounts are
    known to have only been added since, as late returns of one year are; those of another year may
    be anything, but where nobody changed."""

    table: Table
    hidden: Mapping[Cell, Hidden]
    bounds: bool = True


class DifferentTables(ValueError):
    """Tables that have not the same cells and measures."""


class Grid:
    """The places of a table's cells, and the sheets of its measures."""

    def __init__(self, table: Table):
        self.measures = range(len(table.measures))
        self.size: Place = tuple(len(codes) + 1 for codes in table.dimensions)
        places = product(*map(range, self.size))
        self.cells = dict(zip(places, all_cells(table.dimensions), strict=True))
        self.places = {cell: place for place, cell in self.cells.items()}
        self.amounts = table.amounts
        self.sheets = self.sheets_of(table.amounts)

    def sheets_of(self, amounts: Amounts) -> list[Sheet]:
        return [Sheet(self.places, self.size, amounts, measure) for measure in self.measures]

    def mask(self, cells: Iterable[Cell]) -> Bools:
        mask = np.zeros(self.size, dtype=np.bool_)
        for cell in cells:
            mask[self.places[cell]] = True
        return mask


class Past:
    """An earlier table, and what has changed since."""

    def __init__(self, grid: Grid, earlier: Earlier, table: Table):
        old = earlier.table
        if (old.dimensions, old.measures) != (table.dimensions, table.measures):
            raise DifferentTables("tables differ in codes or measures: declare those of every year")
        self.hidden = earlier.hidden
        self.bounds = earlier.bounds
        self.was_hidden = grid.mask(earlier.hidden)
        self.changes = changes(earlier.table.amounts, table.amounts)
        self.sheets = grid.sheets_of(self.changes)
        self._places = grid.places
        everywhere = np.ones_like(self.was_hidden)
        self._limits = [Limits(((sheet, everywhere, self.bounds),)) for sheet in self.sheets]
        # Told by others: what changed may be known to be all in one cell.
        self.unabsorbed = {cell for cell in earlier.hidden if not self._is_absorbed(cell)}

    def tells(self, cell: Cell) -> bool:
        """Whether a cell that was hidden is what it was, or nearly so, or is told what it was by
        what is told of the rest."""
        moved = self.changes.get(cell, {})
        is_alike = not moved or fault(moved) is not None
        return cell in self.hidden and (is_alike or cell in self.unabsorbed)

    def _is_absorbed(self, cell: Cell) -> bool:
        """Whether what kept the cell then can still have been otherwise though nothing is altered
        now: who looks on can believe that the changes made up for it."""
        place, leeways = self._places[cell], self.hidden[cell].leeway
        return all(
            altered(place, leeway, limits.slack(None, ""), self.was_hidden)
            for leeway, limits in zip(leeways, self._limits, strict=True)
            if leeway
        )
