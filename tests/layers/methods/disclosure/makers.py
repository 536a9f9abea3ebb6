"""Tables of returns for tests: by hand, and by chance."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from layers.methods.disclosure.table import Cell, Return, Table

MEASURES = ("fossil", "biogenic")


def returns(cell: Cell, *amounts: float, by: str = "") -> list[Return]:
    """One of each reporter; they are named for the cell where no `by` names the one."""
    name = by or "-".join(cell)
    return [Return(by or f"{name}-{n}", cell, (amount,)) for n, amount in enumerate(amounts)]


def table(*rows: Iterable[Return], measures: tuple[str, ...] = ("fossil",)) -> Table:
    """With the codes that the returns have."""
    every = tuple(row for group in rows for row in group)
    codes = zip(*(row.cell for row in every), strict=True)
    return Table(tuple(tuple(sorted(set(each))) for each in codes), measures, every)


def random_table(chance: np.random.Generator, sizes: tuple[int, ...], reporters: int) -> Table:
    """Some codes are frequent and most are rare, a few reporters dwarf the rest, some report in
    several cells, and many report nothing of the second measure."""
    dimensions = tuple(tuple(f"{'abc'[d]}{n}" for n in range(size)) for d, size in enumerate(sizes))
    rows = {}
    for reporter in range(reporters):
        for _ in range(int(chance.integers(1, 4))):
            places = [int(chance.integers(size) * chance.random() ** 0.5) for size in sizes]
            cell = tuple(codes[n] for codes, n in zip(dimensions, places, strict=True))
            rows[reporter, cell] = Return(f"r{reporter}", cell, random_amounts(chance))
    return Table(dimensions, MEASURES, tuple(rows.values()))


def random_amounts(chance: np.random.Generator) -> tuple[float, ...]:
    fossil = float(np.exp(chance.normal(3, 1.2)))
    return fossil, float(fossil * chance.random() if chance.random() < 0.6 else 0.0)


def some_changed(chance: np.random.Generator, before: Table) -> Table:
    """Reporters report anew, or no more, or come to a further cell: all of some first codes, and of
    others next to none."""
    shares = {code: float(chance.choice([0.01, 0.1, 1])) for code in before.dimensions[0]}
    rows = []
    for row in before.returns:
        what = chance.random() / shares[row.cell[0]]
        if what > 0.3:
            factor = float(np.exp(chance.normal(0, 0.5))) if what < 1 else 1.0
            rows.append(replace(row, amounts=tuple(factor * amount for amount in row.amounts)))
        elif what > 0.15:
            cell = (row.cell[0], *(str(chance.choice(codes)) for codes in before.dimensions[1:]))
            rows.append(Return(f"new-{row.reporter}-{len(rows)}", cell, random_amounts(chance)))
            rows.append(row)
    return replace(before, returns=tuple(rows))


def some_late(chance: np.random.Generator, before: Table, number: int) -> Table:
    """So many returns more, of reporters that had none."""
    late = []
    for n in range(number):
        cell = tuple(str(chance.choice(codes)) for codes in before.dimensions)
        late.append(Return(f"late-{len(before.returns)}-{n}", cell, random_amounts(chance)))
    return replace(before, returns=(*before.returns, *late))
