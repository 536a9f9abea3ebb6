"""What firms emit, as tables to be published by province and by industry: one of a part and year.

The parts do not overlap, so that a figure of one says nothing of the other, and no difference is
left between what two of them comprise: `energy` is Scope 1 and 2 of all that has no biogenic CO2,
`biomass` the CO2e of what has (CH4 and N2O) beside its biogenic CO2, which is proportional to it.
With both in one sum, that sum less biogenic CO2 times a public ratio would be the fuel of the only
works that burns any. A firm is one reporter, whatever it has of factories.

Provinces and industries, the divisions of TSIC, are totals of one table, whose cells are never
published: guarded each by itself, the sum of a province less those of the industries that are
nowhere else would be that of a firm.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from layers.methods.disclosure.table import TOTAL, Cell, Return, Table, cells_above
from layers.methods.emission_factors import Factor, comparable, direct_scope, factor_on
from layers.methods.emissions import Emissions, Returns, emissions

ENERGY, BIOMASS = "energy", "biomass"
MEASURES = {ENERGY: ("scope1_tco2e", "scope2_tco2e"), BIOMASS: ("tco2e", "biogenic_tco2")}
# Grams: what sums of floats are off by is no change of a return.
_DIGITS = 6

Kind = tuple[str, str]
# Of the provinces, and of the divisions.
Codes = tuple[Sequence[str], Sequence[str]]


class Quantity(NamedTuple):
    """What a factory returned of an energy, in a year."""

    year: int
    province: str
    division: str
    factory: str
    workers: int | None
    firm: str
    energy: str
    unit: str
    quantity: float


class Behind(NamedTuple):
    """Who is in a sum: factories, of these the ones whose workers the register knows, and the
    workers of those. All is public but which sum it is."""

    factories: int
    with_workers: int
    workers: int


@dataclass(frozen=True)
class EmissionTable:
    """A table of firms, and who is behind each of its totals."""

    table: Table
    behind: dict[Cell, Behind]


@dataclass
class _Sums:
    firms: dict[tuple[Cell, str], list[float]] = field(
        default_factory=lambda: defaultdict(lambda: [0.0, 0.0])
    )
    factories: dict[Cell, dict[str, int | None]] = field(default_factory=lambda: defaultdict(dict))


def emission_tables(
    quantities: Sequence[Quantity], factors: Sequence[Factor], codes: Codes
) -> dict[str, dict[int, EmissionTable]]:
    """By part and year. Who emits nothing of a part, or what no factor is known of, is not in it:
    it would protect nobody."""
    sums: dict[str, dict[int, _Sums]] = {part: defaultdict(_Sums) for part in MEASURES}
    for row, part, amounts in emitted(quantities, factors):
        if any(amounts):
            found = sums[part][row.year]
            inner = (row.province, row.division)
            kept = found.firms[inner, row.firm]
            kept[:] = [kept[0] + amounts[0], kept[1] + amounts[1]]
            for cell in _totals(inner):
                found.factories[cell][row.factory] = row.workers
    return {
        part: {year: _table(part, found, codes) for year, found in years.items()}
        for part, years in sums.items()
    }


def emitted(
    quantities: Sequence[Quantity], factors: Sequence[Factor]
) -> Iterator[tuple[Quantity, str, tuple[float, float]]]:
    """Of each quantity the part that it is of, and what it adds to both measures of that; nothing
    where no factor is known."""
    amounts = _amounts(emissions(_returns(quantities), factors))
    for row, (part, both) in zip(quantities, amounts, strict=True):
        yield row, part, both


def empty_table(part: str, codes: Codes) -> EmissionTable:
    """Of a year all whose returns were withdrawn."""
    return _table(part, _Sums(), codes)


def kinds_used(quantities: Iterable[Quantity]) -> dict[tuple[int, Cell], set[Kind]]:
    """The energies and units by year, and by province, industry and country."""
    used: dict[tuple[int, Cell], set[Kind]] = defaultdict(set)
    for row in quantities:
        for cell in _totals((row.province, row.division)):
            used[row.year, cell].add((row.energy, row.unit))
    return used


def comparable_years(
    kinds: Iterable[Kind], factors: Sequence[Factor], before: int, after: int
) -> bool:
    """Whether the factors of all kinds count the same in both years: what has a factor in only one
    of them does not."""
    for energy, unit in kinds:
        scope = direct_scope(energy)
        one, other = (
            factor_on(factors, energy, unit, scope, last_day(year)) for year in (before, after)
        )
        if (one is None) != (other is None):
            return False
        if one and other and not comparable(one, other):
            return False
    return True


def last_day(year: int) -> date:
    """A year's factor is the one that is valid then."""
    return date(year, 12, 31)


def _returns(quantities: Sequence[Quantity]) -> Returns:
    years = sorted({row.year for row in quantities})
    kinds = sorted({(row.energy, row.unit) for row in quantities})
    factories = sorted({row.factory for row in quantities})
    number_of_year, number_of_kind, number_of_factory = (
        {one: number for number, one in enumerate(every)} for every in (years, kinds, factories)
    )
    return Returns(
        np.array([number_of_factory[row.factory] for row in quantities], dtype=np.int64),
        np.array([number_of_year[row.year] for row in quantities], dtype=np.int64),
        np.array([number_of_kind[row.energy, row.unit] for row in quantities], dtype=np.int64),
        np.array([row.quantity for row in quantities], dtype=np.float64),
        np.full(len(quantities), np.nan),
        kinds,
        [last_day(year) for year in years],
    )


def _amounts(of: Emissions) -> Iterable[tuple[str, tuple[float, float]]]:
    """Of each quantity its part, and both amounts in it."""
    direct = np.array([direct_scope(energy) for energy, _ in of.returns.kinds], dtype=np.int64)
    own = direct[of.returns.kind] - 1
    tco2e = np.take_along_axis(of.tco2e, own[:, None], axis=1)[:, 0]
    for column, emitted, biogenic in zip(
        own.tolist(),
        np.nan_to_num(tco2e).tolist(),
        np.nan_to_num(of.biogenic_tco2).tolist(),
        strict=True,
    ):
        if biogenic > 0:
            yield BIOMASS, (emitted, biogenic)
        else:
            yield ENERGY, (emitted, 0.0) if column == 0 else (0.0, emitted)


def emission_table(part: str, returns: Iterable[Return], codes: Codes) -> Table:
    """Of returns by province and division."""
    dimensions = tuple(tuple(each) for each in codes)
    return Table(dimensions, MEASURES[part], tuple(returns), totals_only=True)


def _totals(inner: Cell) -> list[Cell]:
    """Those that a cell is part of, which alone are published."""
    return [cell for cell in cells_above(inner) if TOTAL in cell]


def _table(part: str, sums: _Sums, codes: Codes) -> EmissionTable:
    returns = [
        Return(firm, cell, (round(amounts[0], _DIGITS), round(amounts[1], _DIGITS)))
        for (cell, firm), amounts in sorted(sums.firms.items())
    ]
    behind = {cell: _behind(factories) for cell, factories in sums.factories.items()}
    return EmissionTable(emission_table(part, returns, codes), behind)


def _behind(factories: Mapping[str, int | None]) -> Behind:
    known = [workers for workers in factories.values() if workers is not None]
    return Behind(len(factories), len(known), sum(known))
