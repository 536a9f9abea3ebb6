"""Which emission factor holds on a day, and whether two of them can be compared.

A factor's *basis* says which stages of an energy's life it counts. Two factors of different basis
are a break: their ratio mixes what changed in the world with what is counted. Where further factors
make up the difference, the change like for like is told all the same. So with Thai electricity in
2026 (TGO): 0.4999 kg CO2e/kWh counted everything; 0.4750 counts generation and losses in the grid
(Scope 2), and 0.0812 what is upstream of them (Scope 3). From 0.4999 to 0.4750 are −5.0 %, and like
for like 0.4750 + 0.0812 = 0.5562, +11.3 %.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from typing import Literal

Scope = Literal[1, 2, 3]
# `combustion`: of a fuel at the factory. `combined`: generation, losses and upstream in one value.
Basis = Literal["combustion", "generation_and_losses", "upstream", "combined"]

STAGES: dict[Basis, frozenset[str]] = {
    "combustion": frozenset({"combustion"}),
    "generation_and_losses": frozenset({"generation", "loss"}),
    "upstream": frozenset({"upstream"}),
    "combined": frozenset({"generation", "loss", "upstream"}),
}
# What is bought: its gas is another's, so that it is Scope 2 of the factory; all else is Scope 1
# (GHG Protocol, Corporate Standard, chapter 4).
BOUGHT = frozenset({"grid_electricity", "steam"})


@dataclass(frozen=True)
class Factor:
    """kg CO2e per `unit` of an `energy`, with its biogenic CO2 apart in kg.

    `gases` are those that CO2e comprises and `gwp` the set of their warming potentials. Valid from
    and to days, both included, None where its `source` states none. `tier` is that of IPCC 2006,
    volume 1: 1 a general value, 2 the country's, 3 the factory's own. `uncertainty` is half of the
    95 % interval as a share of the value (volume 1, chapter 3), None where nobody states it.
    `quality` is where the value was read.
    """

    energy: str
    unit: str
    kgco2e: float
    scope: Scope
    basis: Basis
    biogenic_kgco2: float = 0
    gases: str = "as published"
    gwp: str = "as published"
    valid_from: date | None = None
    valid_to: date | None = None
    tier: int = 1
    uncertainty: float | None = None
    quality: str = ""
    source: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it is valid then."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True)
class Comparison:
    """Two consecutive factors of an energy. `change` is the ratio less 1; `comparable` is false
    where that mixes bases, which is a break; `like_for_like` is the change of what both sides
    count, None where it is not known."""

    before: Factor
    after: Factor
    comparable: bool
    change: float
    like_for_like: float | None


def direct_scope(energy: str) -> Scope:
    """The scope of the factory's own use: 2 of what is bought from a grid, 1 of what is burnt."""
    return 2 if energy in BOUGHT else 1


def factor_on(
    factors: Iterable[Factor], energy: str, unit: str, scope: Scope, day: date
) -> Factor | None:
    """The one valid on the day; of several the one whose validity began last; None where there is
    none, which is not 0."""
    held = [one for one in _of(factors, energy, unit) if one.scope == scope and one.holds_on(day)]
    return max(held, key=_began, default=None)


def factor_uncertainty(factors: Sequence[Factor], scope: Scope, day: date) -> float | None:
    """The most that a sum of a scope can be off through its factors in force on `day`, as a share:
    the errors of one are shared by all who use it, so that it is the greatest of theirs, whatever
    the mix. None where one of them states none, or there is none."""
    kinds = {(one.energy, one.unit) for one in factors if one.scope == scope}
    found = [one for kind in kinds if (one := factor_on(factors, *kind, scope, day))]
    known = [one.uncertainty for one in found if one.uncertainty is not None]
    return max(known) if known and len(known) == len(found) else None


def comparable(before: Factor, after: Factor) -> bool:
    """Whether the two count the same: stages, gases and warming potentials, of one unit."""
    return _counted(before) == _counted(after)


def like_for_like(
    factors: Sequence[Factor], before: Factor, after: Factor, day: date
) -> float | None:
    """The change from `before` to `after` as a share, with whatever factors valid on `day` one of
    them lacks to count the stages of the other; None where no factors fill the gap, or the gases or
    warming potentials are others."""
    if (before.gases, before.gwp) != (after.gases, after.gwp):
        return None
    ahead = _value_of_stages(factors, after, STAGES[before.basis], day)
    if ahead is not None:
        return ahead / before.kgco2e - 1 if before.kgco2e else None
    behind = _value_of_stages(factors, before, STAGES[after.basis], before.valid_to or day)
    return after.kgco2e / behind - 1 if behind else None


def compare(factors: Sequence[Factor], before: Factor, after: Factor, day: date) -> Comparison:
    """Two factors of one energy and unit, the second in force on `day`."""
    if (before.energy, before.unit) != (after.energy, after.unit):
        raise UnlikeFactors(
            f"factors of one energy and unit are compared, got {before.energy} per {before.unit}"
            f" and {after.energy} per {after.unit}"
        )
    change = after.kgco2e / before.kgco2e - 1 if before.kgco2e else float("nan")
    same = comparable(before, after)
    return Comparison(
        before, after, same, change, change if same else like_for_like(factors, before, after, day)
    )


def breaks(
    factors: Sequence[Factor], energy: str, unit: str, scope: Scope, days: Sequence[date]
) -> Iterator[tuple[date, Comparison]]:
    """Where the factor of one of `days`, ascending, cannot be compared with that of the day
    before it in the list; each with its later day."""
    for former, day in pairwise(days):
        before = factor_on(factors, energy, unit, scope, former)
        after = factor_on(factors, energy, unit, scope, day)
        if before and after and not comparable(before, after):
            yield day, compare(factors, before, after, day)


class UnlikeFactors(ValueError):
    """Two factors are of different energies or units."""


def _value_of_stages(
    factors: Sequence[Factor], base: Factor, stages: frozenset[str], day: date
) -> float | None:
    """`base` and such others valid on `day` as count just `stages` together, each once."""
    missing = stages - STAGES[base.basis]
    if not STAGES[base.basis] <= stages:
        return None
    others = _newest_by_basis(factors, base, day)
    for count in range(len(others) + 1):
        for chosen in combinations(others, count):
            counted = [stage for one in chosen for stage in STAGES[one.basis]]
            if sorted(counted) == sorted(missing):
                return base.kgco2e + sum(one.kgco2e for one in chosen)
    return None


def _newest_by_basis(factors: Sequence[Factor], base: Factor, day: date) -> list[Factor]:
    """Of each basis the factor in force, of the gases and potentials of `base`."""
    found: dict[str, Factor] = {}
    for one in sorted(_of(factors, base.energy, base.unit), key=_began):
        if one.holds_on(day) and (one.gases, one.gwp) == (base.gases, base.gwp):
            found[one.basis] = one
    return list(found.values())


def _of(factors: Iterable[Factor], energy: str, unit: str) -> Iterator[Factor]:
    return (one for one in factors if (one.energy, one.unit) == (energy, unit))


def _began(factor: Factor) -> date:
    return factor.valid_from or date.min


def _counted(factor: Factor) -> tuple[object, ...]:
    return (factor.unit, STAGES[factor.basis], factor.gases, factor.gwp)
