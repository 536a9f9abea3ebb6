"""Emissions of many: sums, and what sharing a factor does to their uncertainty."""

import numpy as np
import pytest

from layers.methods.emissions import Emission, Factors, Quantities, emission, simulated

GRID_AND_DIESEL = Factors(np.array([0.4999, 2.7078]), np.array([0.05, 0.03]))


def returned(*rows: tuple[float, float, int]) -> Quantities:
    """Rows of amount, relative standard deviation and place of the factor."""
    amount, relative_sd, factor = zip(*rows, strict=True)
    return Quantities(np.array(amount), np.array(relative_sd), np.array(factor, dtype=np.intp))


def many(count: int) -> Quantities:
    chance = np.random.default_rng(1)
    return Quantities(
        chance.lognormal(10, 1.5, count),
        np.full(count, 0.1),
        chance.integers(0, 2, count).astype(np.intp),
    )


def test_one_factory_year_is_reckoned_as_by_hand() -> None:
    # A million kWh and 10,000 litres of diesel: 499.9 t and 27.078 t.
    found = emission(returned((1e6, 0, 0), (1e4, 0, 1)), GRID_AND_DIESEL)

    assert found.tco2e == pytest.approx(499.9 + 27.078)
    assert found.sd == pytest.approx(np.hypot(499.9 * 0.05, 27.078 * 0.03))
    assert (found.by_factors, found.without_factor) == (1, 0)


def test_what_has_no_factor_is_counted_and_no_zero() -> None:
    assert emission(returned((5, 0.1, -1)), GRID_AND_DIESEL) == Emission(None, None, None, 1)
    some = emission(returned((5, 0.1, -1), (1000, 0, 0)), GRID_AND_DIESEL)
    assert some.tco2e == pytest.approx(0.4999)
    assert some.without_factor == 1


def test_a_shared_factor_does_not_average_out() -> None:
    quantities = many(5000)
    found = emission(quantities, GRID_AND_DIESEL)

    kgco2e = GRID_AND_DIESEL.kgco2e[quantities.factor]
    off = np.hypot(quantities.relative_sd, GRID_AND_DIESEL.relative_sd[quantities.factor])
    as_if_independent = np.sqrt(((quantities.amount * kgco2e * off) ** 2).sum()) / 1000
    assert found.sd is not None and found.by_factors is not None
    assert found.sd > 3.5 * as_if_independent
    assert found.by_factors > 0.9


@pytest.mark.parametrize("count", [3, 400])
def test_the_formula_agrees_with_a_simulation(count: int) -> None:
    found = emission(many(count), GRID_AND_DIESEL)

    sums = simulated(many(count), GRID_AND_DIESEL, draws=20_000, seed=2)

    assert sums.mean() == pytest.approx(found.tco2e, rel=0.005)
    assert sums.std() == pytest.approx(found.sd, rel=0.03)
    assert found.interval_95 is not None
    low, high = found.interval_95
    assert np.mean((sums > low) & (sums < high)) == pytest.approx(0.95, abs=0.01)


def test_a_sum_of_parts_is_the_whole() -> None:
    whole = many(300)
    parts = [
        Quantities(whole.amount[n::3], whole.relative_sd[n::3], whole.factor[n::3])
        for n in range(3)
    ]

    tonnes = [emission(part, GRID_AND_DIESEL).tco2e for part in parts]

    assert sum(one or 0 for one in tonnes) == pytest.approx(emission(whole, GRID_AND_DIESEL).tco2e)
