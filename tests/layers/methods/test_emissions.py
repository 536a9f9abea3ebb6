"""Emissions of factories: scopes, what is none, and errors that all who use a factor share."""

from datetime import date

import numpy as np
import pytest

from layers.methods.emission_factors import Factor
from layers.methods.emissions import (
    SCOPES,
    Emissions,
    Labels,
    Returns,
    Sums,
    emissions,
    simulated_sums,
    sums,
)

DIESEL = Factor("diesel", "litre", 2.7078, 1, "combustion", uncertainty=0.05)
BAGASSE = Factor("bagasse", "kg", 0.0143, 1, "combustion", biogenic_kgco2=0.7530, uncertainty=0.3)
GRID = Factor(
    *("grid_electricity", "kWh", 0.4750, 2, "generation_and_losses"),
    valid_from=date(2026, 1, 1),
    tier=2,
    uncertainty=0.1,
)
GRID_BEFORE = Factor(
    *("grid_electricity", "kWh", 0.4999, 2, "combined"),
    valid_to=date(2026, 3, 31),
    tier=2,
    uncertainty=0.1,
)
UPSTREAM = Factor(
    *("grid_electricity", "kWh", 0.0812, 3, "upstream"),
    valid_from=date(2026, 1, 1),
    uncertainty=0.4,
)
FACTORS = (DIESEL, BAGASSE, GRID_BEFORE, GRID, UPSTREAM)
KINDS = (("diesel", "litre"), ("bagasse", "kg"), ("grid_electricity", "kWh"), ("rice_husk", "kg"))
DIESEL_KIND, BAGASSE_KIND, GRID_KIND, HUSK_KIND = range(4)
YEARS = (date(2025, 12, 31), date(2026, 12, 31))
# Factory, year from 2025, kind, quantity, uncertainty.
Row = tuple[int, int, int, float, float]


def returned(*rows: Row) -> Emissions:
    table = np.array(rows, dtype=float).reshape(-1, 5)
    factory, period, kind = table[:, :3].astype(np.int64).T
    quantity, uncertainty = table[:, 3:].T
    return emissions(Returns(factory, period, kind, quantity, uncertainty, KINDS, YEARS), FACTORS)


def all_in_one(of: Emissions) -> Labels:
    return np.zeros(len(of.returns.quantity), dtype=np.int64)


def total(of: Emissions, *scopes: int) -> Sums:
    return sums(of, all_in_one(of), 1, [one for one in SCOPES if one in (scopes or (1, 2))])


def test_a_factory_and_year_by_hand() -> None:
    found = returned((0, 0, DIESEL_KIND, 10_000, 0), (0, 0, GRID_KIND, 1_000_000, 0))

    assert total(found, 1).tco2e == pytest.approx([10_000 * 2.7078 / 1000])
    assert total(found, 2).tco2e == pytest.approx([1_000_000 * 0.4999 / 1000])
    assert total(found).tco2e == pytest.approx([27.078 + 499.9])


def test_each_year_has_the_factor_valid_on_its_last_day() -> None:
    found = returned((0, 0, GRID_KIND, 1000, 0), (0, 1, GRID_KIND, 1000, 0))

    assert sums(found, found.returns.period, 2).tco2e == pytest.approx([0.4999, 0.4750])


def test_what_lies_upstream_is_scope_3_and_in_no_sum_that_does_not_ask_for_it() -> None:
    found = returned((0, 1, GRID_KIND, 1000, 0))

    assert total(found, 3).tco2e == pytest.approx([0.0812])
    assert total(found, 1, 2, 3).tco2e == pytest.approx([0.5562])
    assert total(found).tco2e == pytest.approx([0.4750])


def test_carbon_dioxide_of_biomass_stands_apart() -> None:
    found = total(returned((0, 0, BAGASSE_KIND, 1_000_000, 0)))

    assert found.tco2e == pytest.approx([14.3])
    assert found.biogenic_tco2 == pytest.approx([753.0])


def test_what_cannot_be_reckoned_says_why_and_is_never_zero() -> None:
    found = returned(
        (0, 0, DIESEL_KIND, 1000, 0),
        (1, 0, DIESEL_KIND, 1000, 0),
        (1, 0, HUSK_KIND, 1000, 0),
        (2, 0, HUSK_KIND, 1000, 0),
    )

    by_factory = sums(found, found.returns.factory, 4)

    assert list(by_factory.state) == ["computed", "partial", "no factor", "no return"]
    assert by_factory.tco2e[:2] == pytest.approx([2.7078, 2.7078])
    assert np.isnan(by_factory.tco2e[2:]).all() and np.isnan(by_factory.biogenic_tco2[2:]).all()
    assert list(by_factory.without_factor) == [0, 1, 1, 0]
    assert list(by_factory.factories) == [1, 1, 0, 0]


def test_a_scope_of_which_nothing_was_returned_is_no_return() -> None:
    found = returned((0, 0, DIESEL_KIND, 1000, 0))

    assert [total(found, scope).state[0] for scope in SCOPES] == [
        *("computed", "no return", "no factor")
    ]


def test_a_return_of_nothing_is_zero_and_not_none() -> None:
    found = total(returned((0, 0, DIESEL_KIND, 0, 0)))

    assert (found.tco2e[0], found.state[0]) == (0, "computed")


def test_a_missing_quantity_is_refused_and_not_taken_for_zero() -> None:
    with pytest.raises(ValueError, match="leave out what is none"):
        returned((0, 0, DIESEL_KIND, float("nan"), 0))


def test_without_any_factor_nothing_is_reckoned() -> None:
    rows = returned((0, 0, DIESEL_KIND, 1000, 0)).returns

    found = total(emissions(rows, []))

    assert (found.state[0], found.tier[0], found.without_factor[0]) == ("no factor", 0, 1)
    assert np.isnan(found.uncertainty_tco2e[0])


def test_the_tier_is_that_of_the_weakest_factor() -> None:
    grid, diesel = (0, 0, GRID_KIND, 1, 0), (0, 0, DIESEL_KIND, 1, 0)

    assert total(returned(grid)).tier == [2]
    assert total(returned(grid, diesel)).tier == [1]
    assert total(returned((0, 0, HUSK_KIND, 1, 0))).tier == [0]


def test_sums_of_sums_are_the_sum_of_all() -> None:
    found = drawn(500)

    for label, groups in ((found.returns.factory, 60), (found.returns.kind, 4)):
        parts = sums(found, label, groups)
        assert np.nansum(parts.tco2e) == pytest.approx(total(found).tco2e[0], rel=1e-12)
        assert parts.without_factor.sum() == total(found).without_factor[0]


def test_a_factor_s_error_does_not_shrink_with_the_number_of_factories() -> None:
    for count in (1, 100, 3364):
        found = returned(*((n, 0, DIESEL_KIND, 1000, 0) for n in range(count)))
        whole = total(found)

        assert whole.uncertainty_tco2e / whole.tco2e == pytest.approx([0.05])
        assert whole.share_of_factors == pytest.approx([1])

    apart = np.sqrt((sums(found, found.returns.factory, 3364).uncertainty_tco2e ** 2).sum())
    assert whole.uncertainty_tco2e / apart == pytest.approx([58])  # of 3,364 equal factories √n


def test_errors_of_quantities_are_independent() -> None:
    exact = Factor("diesel", "litre", 2.7078, 1, "combustion", uncertainty=0.0)
    rows = returned(*((n, 0, DIESEL_KIND, 1000, 0.2) for n in range(100))).returns

    found = total(emissions(rows, [exact]))

    assert found.uncertainty_tco2e / found.tco2e == pytest.approx([0.02])
    assert found.share_of_factors == [0]


def test_an_uncertainty_that_nobody_states_is_unknown_and_not_zero() -> None:
    unstated = Factor("diesel", "litre", 2.7078, 1, "combustion")
    rows = returned((0, 0, DIESEL_KIND, 1000, 0.1), (1, 0, BAGASSE_KIND, 1000, 0.1)).returns

    found = sums(emissions(rows, [unstated, BAGASSE]), rows.factory, 2)

    assert np.isnan(found.uncertainty_tco2e[0]) and found.uncertainty_tco2e[1] > 0
    quantity = total(returned((0, 0, DIESEL_KIND, 1000, float("nan"))))
    assert np.isnan(quantity.uncertainty_tco2e[0]) and quantity.tco2e[0] > 0


@pytest.mark.parametrize("scopes", [(1, 2), (2, 3), (1, 2, 3)])
def test_what_is_drawn_has_the_mean_and_the_width_of_the_formula(scopes: tuple[int, ...]) -> None:
    found = drawn(400)
    group = found.returns.factory % 5
    asked = [one for one in SCOPES if one in scopes]

    simulated = simulated_sums(found, group, 6, 20_000, 1, asked)

    formula = sums(found, group, 6, asked)
    width = 1.959964 * simulated.std(axis=0)
    assert simulated.mean(axis=0)[:5] == pytest.approx(formula.tco2e[:5], rel=0.01)
    assert width[:5] == pytest.approx(formula.uncertainty_tco2e[:5], rel=0.05)
    assert np.isnan(simulated[:, 5]).all() and formula.state[5] == "no return"


def test_the_same_seed_draws_the_same() -> None:
    found = drawn(50)
    one, same, other = (simulated_sums(found, all_in_one(found), 1, 10, seed) for seed in (1, 1, 2))

    assert (one == same).all() and not (one == other).any()


def test_without_any_return_there_is_nothing_to_draw() -> None:
    found = returned()

    assert list(sums(found, all_in_one(found), 2).state) == ["no return", "no return"]
    assert np.isnan(simulated_sums(found, all_in_one(found), 2, 3, 1)).all()


def drawn(count: int) -> Emissions:
    """Returns of 60 factories, some of a kind without a factor."""
    draw = np.random.default_rng(11)
    rows = zip(
        draw.integers(0, 60, count),
        draw.integers(0, 2, count),
        draw.integers(0, 4, count),
        10 ** draw.uniform(3, 5, count),
        draw.uniform(0.02, 0.6, count),
        strict=True,
    )
    return returned(*((int(f), int(p), int(k), float(q), float(u)) for f, p, k, q, u in rows))
