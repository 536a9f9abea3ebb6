"""Returns of reporters, summed over every cell of a table with its totals."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from layers.methods.disclosure.rule import Floats

# A code for each dimension, or TOTAL.
Cell = tuple[str, ...]
TOTAL = "total"
# By cell, by reporter, by measure.
Amounts = Mapping[Cell, Mapping[str, Floats]]


class BadReturn(ValueError):
    """A return that fits no cell, or whose amounts are no amounts."""


@dataclass(frozen=True)
class Return:
    """What a reporter reports in one cell, an amount for each measure of its table."""

    reporter: str
    cell: Cell
    amounts: tuple[float, ...]


@dataclass(frozen=True)
class Table:
    """Returns over the codes of each dimension; its cells are the product of these, each dimension
    with a TOTAL beside its codes. Measures are parts that do not overlap, all hidden together. Of
    one of `totals_only` a cell without any TOTAL is never published."""

    dimensions: tuple[tuple[str, ...], ...]
    measures: tuple[str, ...]
    returns: tuple[Return, ...]
    totals_only: bool = False

    @cached_property
    def amounts(self) -> dict[Cell, dict[str, Floats]]:
        """By cell, totals too, and by reporter; empty cells are left out. Raises BadReturn."""
        sums: dict[Cell, dict[str, Floats]] = {}
        known = [frozenset(codes) for codes in self.dimensions]
        for row in self.returns:
            _check(row, known, len(self.measures))
            amounts = np.array(row.amounts, dtype=np.float64)
            for cell in cells_above(row.cell):
                reporters = sums.setdefault(cell, {})
                reporters[row.reporter] = reporters.get(row.reporter, 0.0) + amounts
        return sums


def _check(row: Return, known: Sequence[frozenset[str]], measures: int) -> None:
    fits = len(row.cell) == len(known) and all(map(frozenset.__contains__, known, row.cell))
    if not fits:
        raise BadReturn(f"{row.cell} is no cell of the table: declare its codes")
    if len(row.amounts) != measures:
        raise BadReturn(f"a return has {measures} amounts, got {len(row.amounts)} in {row.cell}")
    if not all(np.isfinite(amount) and amount >= 0 for amount in row.amounts):
        raise BadReturn(f"amounts must be finite and not negative, got {row.amounts} in {row.cell}")


def cells_above(cell: Cell) -> Iterator[Cell]:
    """The cell and every total that it is part of."""
    return product(*((code, TOTAL) for code in cell))


def all_cells(dimensions: Iterable[Sequence[str]]) -> Iterator[Cell]:
    """Every cell of a table, the totals of a dimension last."""
    return product(*((*codes, TOTAL) for codes in dimensions))


def changes(before: Amounts, now: Amounts) -> dict[Cell, dict[str, Floats]]:
    """How much each reporter's amounts changed, up or down, by cell; who did not change is left
    out. Who enters or leaves changes, even with amounts of zero."""
    moved: dict[Cell, dict[str, Floats]] = {}
    for cell in before.keys() | now.keys():
        old, new = before.get(cell, {}), now.get(cell, {})
        for reporter in sorted(old.keys() | new.keys()):
            change = np.abs(new.get(reporter, 0.0) - old.get(reporter, np.float64(0.0)))
            if reporter not in old or reporter not in new or change.any():
                moved.setdefault(cell, {})[reporter] = change
    return moved
