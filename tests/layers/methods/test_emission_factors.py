"""Emission factors by day, and what may be compared: the grid's change of 2026 above all."""

from datetime import date, timedelta

import pytest

from layers.methods.emission_factors import (
    Factor,
    UnlikeFactors,
    breaks,
    comparable,
    compare,
    direct_scope,
    factor_on,
    like_for_like,
)

NEW_YEAR = date(2026, 1, 1)
COMBINED = Factor("grid_electricity", "kWh", 0.4999, 2, "combined", valid_to=date(2026, 3, 31))
SCOPE_2 = Factor("grid_electricity", "kWh", 0.4750, 2, "generation_and_losses", valid_from=NEW_YEAR)
UPSTREAM = Factor("grid_electricity", "kWh", 0.0812, 3, "upstream", valid_from=NEW_YEAR)
GRID = (COMBINED, SCOPE_2, UPSTREAM)


def grid_on(day: date) -> Factor | None:
    return factor_on(GRID, "grid_electricity", "kWh", 2, day)


def test_the_factor_of_the_last_day_of_2025_is_not_that_of_the_first_of_2026() -> None:
    assert grid_on(date(2025, 12, 31)) is COMBINED
    assert grid_on(NEW_YEAR) is SCOPE_2


def test_of_two_valid_on_a_day_the_later_begun_counts() -> None:
    assert COMBINED.holds_on(date(2026, 3, 31)) and not COMBINED.holds_on(date(2026, 4, 1))
    assert grid_on(date(2026, 3, 31)) is SCOPE_2


def test_no_factor_is_none_and_not_zero() -> None:
    assert factor_on(GRID, "rice_husk", "kg", 1, NEW_YEAR) is None
    assert factor_on(GRID, "grid_electricity", "kWh", 3, NEW_YEAR - timedelta(days=1)) is None


def test_the_grid_seems_to_fall_by_5_percent_where_like_for_like_it_rises_by_11() -> None:
    found = compare(GRID, COMBINED, SCOPE_2, NEW_YEAR)

    assert not found.comparable
    assert found.change == pytest.approx(-0.0498, abs=5e-5)
    assert found.like_for_like == pytest.approx((0.4750 + 0.0812) / 0.4999 - 1)
    assert found.like_for_like == pytest.approx(0.1126, abs=5e-5)


def test_like_for_like_is_the_same_change_backwards() -> None:
    ahead = like_for_like(GRID, COMBINED, SCOPE_2, NEW_YEAR)
    back = like_for_like(GRID, SCOPE_2, COMBINED, NEW_YEAR)

    assert ahead is not None and back is not None
    assert (1 + ahead) * (1 + back) == pytest.approx(1)


def test_without_the_upstream_factor_nothing_is_told_like_for_like() -> None:
    found = compare((COMBINED, SCOPE_2), COMBINED, SCOPE_2, NEW_YEAR)

    assert (found.comparable, found.like_for_like) == (False, None)


def test_other_warming_potentials_are_a_break_too() -> None:
    ar5 = Factor("diesel", "litre", 2.7, 1, "combustion", gwp="AR5")
    ar6 = Factor("diesel", "litre", 2.8, 1, "combustion", gwp="AR6", valid_from=NEW_YEAR)

    assert comparable(ar5, ar5) and not comparable(ar5, ar6)
    assert compare((ar5, ar6), ar5, ar6, NEW_YEAR).like_for_like is None


def test_a_factor_of_the_same_basis_changes_the_line_and_does_not_break_it() -> None:
    old = Factor("diesel", "litre", 2.5, 1, "combustion", valid_to=date(2025, 12, 31))
    new = Factor("diesel", "litre", 2.6, 1, "combustion", valid_from=NEW_YEAR)

    found = compare((old, new), old, new, NEW_YEAR)

    assert found.comparable and found.change == found.like_for_like == pytest.approx(0.04)


def test_the_line_of_the_grid_breaks_in_2026_alone() -> None:
    days = [date(year, 12, 31) for year in range(2023, 2029)]

    found = list(breaks(GRID, "grid_electricity", "kWh", 2, days))

    assert [(day.year, one.before.kgco2e, one.after.kgco2e) for day, one in found] == [
        (2026, 0.4999, 0.4750)
    ]


def test_factors_of_different_units_are_not_compared() -> None:
    per_kg = Factor("lpg", "kg", 3.1134, 1, "combustion")
    per_litre = Factor("lpg", "litre", 1.6812, 1, "combustion")

    with pytest.raises(UnlikeFactors, match="lpg per kg and lpg per litre"):
        compare((per_kg, per_litre), per_kg, per_litre, NEW_YEAR)


def test_what_is_bought_is_scope_2_and_what_is_burnt_scope_1() -> None:
    assert [direct_scope(energy) for energy in ("grid_electricity", "steam", "diesel")] == [2, 2, 1]
