"""Why a total changed, by published figures alone: exact, and each effect where it belongs."""

from dataclasses import astuple

import numpy as np
import pytest

from layers.methods.published_change import (
    Factors,
    Inconsistent,
    Published,
    PublishedChange,
    change_of,
)

SAME = Factors(1, 1)
A, B = Published(10, 100.0, 400.0), Published(20, 300.0, 200.0)
COUNTRY = Published(40, 500.0, 700.0)


def effects(change: PublishedChange) -> dict[str, float]:
    """Those that are not 0."""
    told = vars(change) | {"before": 0, "after": 0}
    return {name: value for name, value in told.items() if abs(value) > 1e-9}


def times(of: Published, factor: float) -> Published:
    return Published(of.factories, factor * of.scope1, factor * of.scope2)


@pytest.mark.parametrize("seed", range(20))
def test_the_effects_leave_nothing_unexplained(seed: int) -> None:
    chance = np.random.default_rng(seed)

    def figures() -> dict[str, Published]:
        return {
            code: Published(
                int(chance.integers(5, 50)),
                *(chance.exponential(100, 2) * chance.integers(0, 2, 2)),
            )
            for code in "abcdef"
            if chance.random() < 0.8
        }

    def country(of: dict[str, Published]) -> Published:
        rest = Published(int(chance.integers(1, 9)), *(chance.exponential(50, 2)))
        columns = zip(*map(astuple, (*of.values(), rest)), strict=True)
        factories, scope1, scope2 = map(sum, columns)
        return Published(int(factories), scope1, scope2)

    before, after = figures(), figures()

    change = change_of(before, after, (country(before), country(after)), Factors(0.95, 1.11))

    told = sum(astuple(change)[2:])
    assert abs(change.after - change.before - told) <= 1e-12 * (change.before + change.after)


def test_twice_the_factories_that_use_the_same_are_reporters_alone() -> None:
    def twice(of: Published) -> Published:
        return Published(2 * of.factories, 2 * of.scope1, 2 * of.scope2)

    change = change_of(
        {"a": A, "b": B}, {"a": twice(A), "b": twice(B)}, (COUNTRY, twice(COUNTRY)), SAME
    )

    assert effects(change) == {"reporters": pytest.approx(1200)}


def test_more_used_by_the_same_factories_is_use_per_factory_alone() -> None:
    change = change_of(
        {"a": A, "b": B}, {"a": times(A, 1.1), "b": times(B, 1.1)}, (COUNTRY, times(COUNTRY, 1.1)),
        SAME,
    )  # fmt: skip

    assert effects(change) == {"use_per_factory": pytest.approx(120)}


def test_another_basis_of_the_grid_s_factor_is_no_progress() -> None:
    """0.4999 combined, then 0.4750 and 0.0812 upstream apart: 5 % less told, 11 % more in truth."""
    ratio, like = 0.4750 / 0.4999, 0.5562 / 0.4999

    def bought(of: Published) -> Published:
        return Published(of.factories, of.scope1, ratio * of.scope2)

    change = change_of(
        {"a": A, "b": B}, {"a": bought(A), "b": bought(B)}, (COUNTRY, bought(COUNTRY)),
        Factors(ratio, like),
    )  # fmt: skip

    assert effects(change).keys() == {"emission_factor", "basis"}
    assert change.emission_factor > 0 > change.basis
    assert change.emission_factor + change.basis == pytest.approx(700 * (ratio - 1))


def test_a_province_withheld_in_one_year_is_part_of_the_rest() -> None:
    one = change_of({"a": A, "b": B}, {"a": A}, (COUNTRY, COUNTRY), SAME)
    other = change_of({"a": A}, {"a": A}, (COUNTRY, COUNTRY), SAME)

    assert one == other
    assert effects(one) == {}


def test_figures_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(Inconsistent):
        change_of({"a": COUNTRY}, {"a": COUNTRY}, (A, COUNTRY), SAME)
