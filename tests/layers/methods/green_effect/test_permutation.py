"""Chance by dealing certificates anew."""

from dataclasses import replace

import numpy as np
import pytest

from layers.methods.green_effect.panel import Panel, prepare
from layers.methods.green_effect.permutation import fitted, permutation_p
from tests.layers.methods.green_effect.worlds import NULL, World, simulate

SMALL = replace(NULL, factories=90)


def panel(world: World, seed: int) -> Panel:
    return prepare(simulate(world, seed).frame)[0]


def test_what_is_fitted_has_the_sums_of_units_and_of_months() -> None:
    given = panel(SMALL, 1)

    expected = fitted(given)

    for label in (given.unit, given.province_month, given.stratum_month):
        assert np.bincount(label, expected) == pytest.approx(
            np.bincount(label, given.complaints), abs=0.01
        )


def test_an_effect_that_no_deal_reaches_has_the_least_value_that_there_is() -> None:
    given = panel(replace(SMALL, effect=-0.95), 1)

    assert permutation_p(given, deals=99) == pytest.approx(1 / 100)


def test_without_an_effect_small_values_are_as_rare_as_they_say() -> None:
    found = np.array([permutation_p(panel(SMALL, seed), deals=99) for seed in range(20)])

    # Of 20 evenly spread values more than 6 below 0.1 come by chance in 1 of 400 trials.
    assert (found <= 0.1).sum() <= 6
    assert 0.3 < found.mean() < 0.7


def test_the_same_panel_has_the_same_value() -> None:
    given = panel(SMALL, 2)

    assert permutation_p(given, deals=99) == permutation_p(given, deals=99)
