"""Why a published total changed between two years, told by nothing but what is published.

What provinces emit by scope is a product, so that the change of the country's sum is a sum of one
effect each, without residual (LMDI-I, see `lmdi`):

    tCO2e = reporters × structure × use per factory × mix × emission factor × basis

with n the factories in a sum, C tCO2e and A what the same use emits by the factors of the base
year: N, n_p/N, A_p/n_p, A_ps/A_p, C*_ps/A_ps and C_ps/C*_ps by province p and scope s, where C* is
C by factors that count what the base year's do. Provinces that are withheld are one, the rest of
the country's sum: whoever has the figures can reckon the same, and so it tells nobody's amount.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from layers.methods.lmdi import Floats, effects_of_product

REST = "rest"


@dataclass(frozen=True)
class Published:
    """A figure: the factories in it, and tCO2e of Scope 1 and 2."""

    factories: int
    scope1: float
    scope2: float


@dataclass(frozen=True)
class Factors:
    """Of what is bought, against the base year: how many times the factor is the former one, and
    how many times it is where both count the same. Those of fuels are as they were."""

    ratio: float
    like_for_like: float


@dataclass(frozen=True)
class PublishedChange:
    """What each quantity added to the country's sum, in tCO2e; `before` + all of them = `after`,
    which are the country's but for what is rounded."""

    before: float
    after: float
    reporters: float
    structure: float
    use_per_factory: float
    mix: float
    emission_factor: float
    basis: float


class Inconsistent(ValueError):
    """Provinces have more than the country: their figures are not of the same returns."""


def change_of(
    before: Mapping[str, Published],
    after: Mapping[str, Published],
    countries: tuple[Published, Published],
    factors: Factors,
) -> PublishedChange:
    """From the provinces published in both years, and the country's figures of both; the rest is
    what those leave. Raises Inconsistent."""
    both = sorted(before.keys() & after.keys())
    tables = [
        [*(of[code] for code in both), _rest([of[code] for code in both], country)]
        for of, country in zip((before, after), countries, strict=True)
    ]
    first = _quantities(tables[0], 1.0, 1.0)
    last = _quantities(tables[1], factors.ratio, factors.like_for_like)
    effects = effects_of_product(first, last).tolist()
    sums = [sum(one.scope1 + one.scope2 for one in table) for table in tables]
    return PublishedChange(*sums, *effects)


def _rest(shown: list[Published], country: Published) -> Published:
    factories = country.factories - sum(one.factories for one in shown)
    left = Published(
        factories,
        _left(country.scope1, [one.scope1 for one in shown], factories),
        _left(country.scope2, [one.scope2 for one in shown], factories),
    )
    nobodys = not factories and (left.scope1 or left.scope2)
    if min(factories, left.scope1, left.scope2) < 0 or nobodys:
        raise Inconsistent("provinces have more than the country: figures of different vintages")
    return left


def _left(whole: float, parts: list[float], factories: int) -> float:
    """0 where what nobody can have left is but the rounding of figures to tonnes."""
    left = whole - sum(parts)
    is_rounding = abs(left) <= (len(parts) + 1) / 2
    return 0.0 if is_rounding and (left < 0 or not factories) else left


def _quantities(of: list[Published], ratio: float, like_for_like: float) -> Floats:
    """The six of each province and scope, in columns."""
    emitted = np.array([[one.scope1, one.scope2] for one in of])
    by_base = emitted / np.array([1.0, ratio])
    comparable = by_base * np.array([1.0, like_for_like])
    factories = np.array([[float(one.factories)] for one in of])
    provinces = by_base.sum(axis=1, keepdims=True)
    quantities = (
        np.full(emitted.shape, factories.sum()),
        _share(factories, factories.sum(), emitted),
        _share(provinces, factories, emitted),
        _share(by_base, provinces, emitted),
        _share(comparable, by_base, emitted),
        _share(emitted, comparable, emitted),
    )
    return np.stack([one.ravel() for one in quantities])


def _share(part: Floats, whole: Floats | np.float64, like: Floats) -> Floats:
    """NaN of nothing, which takes the other year's value."""
    part, whole = np.broadcast_to(part, like.shape), np.broadcast_to(whole, like.shape)
    return np.asarray(np.divide(part, whole, out=np.full(like.shape, np.nan), where=whole != 0))
