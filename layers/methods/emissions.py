"""What factories emit, from what they returned, and how far the sum may be off.

An emission is a quantity times its factor (IPCC Guidelines 2006, volume 1, chapter 3). All who burn
the same fuel share one factor: where that is wrong it is wrong for all of them at once, and does
not average out. The variance of a sum over returns i with factors k is therefore that of

    Σₖ Fₖ · Aₖ, where Aₖ = Σᵢ qᵢ,

the factors independent of each other and of the quantities, and these of one another. For two
independent variables Var(F·A) = F²·Var A + A²·Var F + Var F · Var A, which is exact.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
# Half of a 95 % interval, in standard deviations.
_HALF_95 = 1.959964


@dataclass(frozen=True)
class Quantities:
    """What was returned, one entry each: its amount, the relative standard deviation of that (0.05
    for 5 %), and the place of its factor in Factors, -1 where there is none."""

    amount: Array
    relative_sd: Array
    factor: npt.NDArray[np.intp]


@dataclass(frozen=True)
class Factors:
    """kg CO2e by unit of the amounts, and the relative standard deviation of each."""

    kgco2e: Array
    relative_sd: Array


@dataclass(frozen=True)
class Emission:
    """A sum in t CO2e with its standard deviation, None where nothing has a factor; `by_factors` is
    the part of the variance that shared factors make, and `without_factor` counts what is in no
    sum, which is not zero."""

    tco2e: float | None
    sd: float | None
    by_factors: float | None
    without_factor: int

    @property
    def interval_95(self) -> tuple[float, float] | None:
        """As if it were normal, and no emission negative."""
        if self.tco2e is None or self.sd is None:
            return None
        half = _HALF_95 * self.sd
        return max(0.0, self.tco2e - half), self.tco2e + half


def emission(quantities: Quantities, factors: Factors) -> Emission:
    """The sum of all that was returned, its uncertainty by the formula above."""
    known = quantities.factor >= 0
    without = int((~known).sum())
    if not known.any():
        return Emission(None, None, None, without)
    amount, variance = _by_factor(quantities, len(factors.kgco2e))
    of_factor = (factors.kgco2e * factors.relative_sd) ** 2
    shared = amount**2 * of_factor
    total = shared + factors.kgco2e**2 * variance + of_factor * variance
    return Emission(
        tco2e=float((amount * factors.kgco2e).sum()) / 1000,
        sd=float(np.sqrt(total.sum())) / 1000,
        by_factors=float(shared.sum() / total.sum()) if total.any() else 0.0,
        without_factor=without,
    )


def simulated(
    quantities: Quantities, factors: Factors, draws: int, seed: int
) -> npt.NDArray[np.float64]:
    """Sums in t CO2e by Monte Carlo, to check `emission` by: amounts and factors lognormal, so that
    none is negative, each factor drawn once for all who share it."""
    chance = np.random.default_rng(seed)
    known = quantities.factor >= 0
    place = quantities.factor[known]
    sums = np.empty(draws)
    for draw in range(draws):
        amount = _lognormal(chance, quantities.amount[known], quantities.relative_sd[known])
        factor = _lognormal(chance, factors.kgco2e, factors.relative_sd)
        sums[draw] = (amount * factor[place]).sum() / 1000
    return sums


def _by_factor(quantities: Quantities, count: int) -> tuple[Array, Array]:
    """The amounts of each factor, and their variance."""
    known = quantities.factor >= 0
    place, amount = quantities.factor[known], quantities.amount[known]
    variance = (amount * quantities.relative_sd[known]) ** 2
    sums: list[Array] = [
        np.bincount(place, weights, minlength=count).astype(np.float64)
        for weights in (amount, variance)
    ]
    return sums[0], sums[1]


def _lognormal(chance: np.random.Generator, mean: Array, relative_sd: Array) -> Any:
    """Of that mean and standard deviation."""
    spread = np.sqrt(np.log1p(relative_sd**2))
    return mean * np.exp(spread * chance.standard_normal(len(mean)) - spread**2 / 2)
