"""Tonnes of CO2e from what factories returned: quantity × the factor on the period's last day.

What cannot be reckoned is none, and says why: no return, or no factor. CO2 of biomass stands apart.
Sums are of the parts that are there, beside the count of those that are not.

A factor is one number for all who use it: where it is wrong, it is wrong for all of them at once.
With relative standard deviations u of quantities, independent, and w of factors, the variance of a
sum is exactly

    Σ_j w_j²·E_j² + Σ_i u_i²·(e_i² + Σ_j w_j²·e_ij²)

over factors j and returned quantities i, e_ij the tCO2e of both, E_j = Σ_i e_ij and e_i = Σ_j e_ij:
IPCC 2006, volume 1, chapter 3, approach 1, with factors fully correlated (3.2.3.1) and without its
neglect of products of two errors. To treat factories as independent leaves Σ_i in place of E_j²,
which for n equal factories is √n times too small. `simulated_sums` is the check: approach 2.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from layers.methods.emission_factors import Factor, Scope, direct_scope, factor_on

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

SCOPES: tuple[Scope, ...] = (1, 2, 3)
# What is asked of a factory: its own use. What lies upstream, Scope 3, is asked for by itself.
OWN: tuple[Scope, ...] = (1, 2)
# Why a sum is what it is; `partial`: some of what was returned has no factor.
NO_RETURN, NO_FACTOR, PARTIAL, COMPUTED = "no return", "no factor", "partial", "computed"
# Standard deviations to each side that hold 95 % of a normal distribution.
_SIDES_95 = 1.959964
_NONE = -1
_NUMBERS_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class Returns:
    """What factories returned, an element per factory, period and kind, each a label from 0.

    `kinds` are pairs of energy and unit, `days` the last day of each period. `uncertainty` is half
    of a quantity's 95 % interval as a share of it, NaN where nobody knows it.
    """

    factory: Labels
    period: Labels
    kind: Labels
    quantity: Floats
    uncertainty: Floats
    kinds: Sequence[tuple[str, str]]
    days: Sequence[date]


@dataclass(frozen=True)
class Emissions:
    """By returned quantity (rows) and Scope 1, 2, 3 (columns): tCO2e, NaN where there is no factor;
    which of `factors` it is, −1 for none; and whether there should be one: a fuel has no Scope 2.
    `biogenic_tco2` is that of the quantity's own scope."""

    returns: Returns
    factors: Sequence[Factor]
    factor: Labels
    wanted: NDArray[np.bool_]
    tco2e: Floats
    biogenic_tco2: Floats


@dataclass(frozen=True)
class Sums:
    """By group: tCO2e and biogenic tCO2, NaN where nothing could be reckoned, and why in `state`;
    half of the 95 % interval in tCO2e, NaN where one of the uncertainties is unknown, and the share
    of its square that is of factors, which no further factory makes less; the factories that are in
    the tonnes; how many quantities have no factor; the lowest tier of IPCC among the factors, 0
    where there is none."""

    tco2e: Floats
    biogenic_tco2: Floats
    uncertainty_tco2e: Floats
    share_of_factors: Floats
    factories: Labels
    without_factor: Labels
    tier: Labels
    state: NDArray[np.str_]


def emissions(returns: Returns, factors: Sequence[Factor]) -> Emissions:
    """What each returned quantity emits by scope; ValueError where one is none: what is missing or
    in doubt is no return, so leave it out."""
    if not (np.isfinite(returns.quantity).all() and (returns.quantity >= 0).all()):
        raise ValueError("a quantity must be finite and not negative: leave out what is none")
    table = _chosen(returns, factors)
    factor = table[returns.kind, returns.period]
    direct = np.array([direct_scope(energy) for energy, _ in returns.kinds], dtype=np.int64)
    own = direct[returns.kind] - 1
    wanted = np.zeros(factor.shape, dtype=bool)
    wanted[np.arange(len(own)), own] = True
    wanted[:, 2] = True
    # The last element is what −1 finds.
    kgco2e = np.array([*(one.kgco2e for one in factors), np.nan])
    biogenic = np.array([*(one.biogenic_kgco2 for one in factors), np.nan])
    return Emissions(
        returns,
        factors,
        factor,
        wanted,
        returns.quantity[:, None] * kgco2e[factor] / 1000,
        returns.quantity * biogenic[np.take_along_axis(factor, own[:, None], 1)[:, 0]] / 1000,
    )


def sums(of: Emissions, group: Labels, groups: int, scopes: Sequence[Scope] = OWN) -> Sums:
    """Sums over quantities by `group`, labels from 0 to `groups` − 1, so that a group without any
    is told as such: by factory and period, `group` is factory × periods + period."""
    row, column = _entries(of, scopes)
    tco2e, factor, label = of.tco2e[row, column], of.factor[row, column], group[row]
    found = np.bincount(label, minlength=groups)
    lacking = of.wanted & (of.factor == _NONE) & np.isin(SCOPES, scopes)
    without = np.bincount(group[lacking.any(axis=1)], minlength=groups)
    own = row[column != 2]
    tiers = np.array([one.tier for one in of.factors], dtype=np.int64)
    lowest = np.full(groups, np.iinfo(np.int64).max)
    np.minimum.at(lowest, label, tiers[factor])
    shared, alone = _variances(of, group, groups, scopes)
    variance = np.where(found > 0, shared + alone, np.nan)
    return Sums(
        _summed(label, tco2e, groups, found),
        _summed(group[own], of.biogenic_tco2[own], groups, found),
        _SIDES_95 * np.sqrt(variance),
        np.divide(shared, variance, out=np.full(groups, np.nan), where=variance > 0),
        _distinct(label, of.returns.factory[row], groups),
        without,
        np.where(found > 0, lowest, 0),
        _states(found, without),
    )


def simulated_sums(
    of: Emissions,
    group: Labels,
    groups: int,
    draws: int,
    seed: int,
    scopes: Sequence[Scope] = OWN,
) -> Floats:
    """tCO2e of each draw (rows) and group (columns): quantities and factors each times a lognormal
    number of mean 1, one for a factor whoever uses it. The same seed draws the same."""
    draw = np.random.default_rng(seed)
    row, column = _entries(of, scopes)
    # By group and, within it, factor, so that runs of equal ones are summed.
    order = np.lexsort((of.factor[row, column], group[row]))
    row, column = row[order], column[order]
    tco2e, factor, label = of.tco2e[row, column], of.factor[row, column], group[row]
    starts = np.flatnonzero(np.r_[True, (np.diff(label) != 0) | (np.diff(factor) != 0)][: len(row)])
    sums = np.zeros((draws, groups))
    if not len(row):
        return np.full((draws, groups), np.nan)
    at_once = max(1, _NUMBERS_AT_ONCE // len(of.returns.quantity))
    for first in range(0, draws, at_once):
        count = min(at_once, draws - first)
        quantities = _lognormal(draw, _relative(of.returns.uncertainty), count)
        factors = _lognormal(draw, _factor_deviations(of.factors), count)
        cells = np.add.reduceat(quantities[:, row] * tco2e, starts, axis=1)
        cells *= factors[:, factor[starts]]
        ends = np.flatnonzero(np.r_[True, np.diff(label[starts]) != 0])
        sums[first : first + count, label[starts][ends]] = np.add.reduceat(cells, ends, axis=1)
    sums[:, np.bincount(label, minlength=groups) == 0] = np.nan
    return sums


def _chosen(returns: Returns, factors: Sequence[Factor]) -> Labels:
    """By kind, period and scope the number of the factor, −1 for none."""
    number = {id(one): place for place, one in enumerate(factors)}
    table = np.full((len(returns.kinds), len(returns.days), len(SCOPES)), _NONE, dtype=np.int64)
    for (kind, (energy, unit)), (period, day), scope in _product(returns):
        one = factor_on(factors, energy, unit, scope, day)
        if one is not None and scope in (direct_scope(energy), 3):
            table[kind, period, scope - 1] = number[id(one)]
    return table


def _product(
    returns: Returns,
) -> Iterator[tuple[tuple[int, tuple[str, str]], tuple[int, date], Scope]]:
    for kind in enumerate(returns.kinds):
        for period in enumerate(returns.days):
            for scope in SCOPES:
                yield kind, period, scope


def _entries(of: Emissions, scopes: Sequence[Scope]) -> tuple[Labels, Labels]:
    """Rows and columns of what could be reckoned."""
    row, column = np.nonzero((of.factor != _NONE) & np.isin(SCOPES, scopes))
    return row, column


def _variances(
    of: Emissions, group: Labels, groups: int, scopes: Sequence[Scope]
) -> tuple[Floats, Floats]:
    """By the formula above, in tCO2e squared: of factors, and of quantities."""
    row, column = _entries(of, scopes)
    tco2e, factor = of.tco2e[row, column], of.factor[row, column]
    w = _factor_deviations(of.factors)
    # Each factor's sum in each group.
    cells, cell = np.unique(group[row] * len(of.factors) + factor, return_inverse=True)
    together = np.bincount(cell, tco2e) * w[cells % len(of.factors)]
    shared = np.bincount(cells // len(of.factors), together**2, groups)
    # Each quantity by itself: its scopes share its error.
    many = len(of.returns.quantity)
    alone = np.bincount(row, tco2e, many) ** 2 + np.bincount(row, (w[factor] * tco2e) ** 2, many)
    of_quantities = _relative(of.returns.uncertainty) ** 2 * alone
    counted = np.unique(row)
    independent = np.bincount(group[counted], of_quantities[counted], groups)
    return shared.astype(float), independent.astype(float)


def _factor_deviations(factors: Sequence[Factor]) -> Floats:
    stated = (np.nan if one.uncertainty is None else one.uncertainty for one in factors)
    return _relative(np.array([*stated], dtype=float))


def _relative(uncertainty: Floats) -> Floats:
    """Relative standard deviations of half intervals."""
    return uncertainty / _SIDES_95


def _lognormal(draw: np.random.Generator, deviation: Floats, count: int) -> Floats:
    """Of mean 1 and the standard deviations given, a column each."""
    variance = np.log1p(deviation**2)
    drawn = draw.standard_normal((count, len(deviation)))
    return np.asarray(np.exp(drawn * np.sqrt(variance) - variance / 2))


def _summed(label: Labels, values: Floats, groups: int, found: Labels) -> Floats:
    return np.where(found > 0, np.bincount(label, values, groups), np.nan)


def _distinct(label: Labels, factory: Labels, groups: int) -> Labels:
    most = 1 + factory.max(initial=0)
    return np.bincount(np.unique(label * most + factory) // most, minlength=groups)


def _states(found: Labels, without: Labels) -> NDArray[np.str_]:
    conditions = [(found > 0) & (without == 0), found > 0, without > 0]
    return np.select(conditions, [COMPUTED, PARTIAL, NO_FACTOR], NO_RETURN)
