"""Difference in differences of four groups: Card and Krueger's published figures."""

import numpy as np
import pytest

from layers.methods.green_effect.panel import Floats
from layers.methods.green_effect.two_by_two import two_by_two

# Card and Krueger 1994, the public file as hedibert.org regresses it (ANCHORS §5.8): full-time
# equivalents of stores that answered both times, of Pennsylvania and of New Jersey.
PENNSYLVANIA, NEW_JERSEY = 75, 309
INTERCEPT, TIME, TREATMENT, EFFECT = 23.380, -2.283333, -2.949, 2.750
INTERCEPT_ERROR, TIME_ERROR, TREATMENT_ERROR, EFFECT_ERROR = 1.098, 1.553, 1.224, 1.731
EFFECT_P = 0.1126
NEW_JERSEY_CHANGE = 0.466667


def stores(count: int, mean: float, spread: float) -> Floats:
    """Stores with that mean, and that sum of squares about it for each of them."""
    drawn = np.random.default_rng(count).normal(size=count)
    drawn -= drawn.mean()
    return np.asarray(mean + drawn * spread / np.sqrt((drawn**2).mean()))


def test_card_and_kruegers_regression_follows_from_their_means() -> None:
    # One figure, the error of the intercept, gives the variance; the others must follow.
    freedom_share = np.sqrt(1 - 4 / (2 * (PENNSYLVANIA + NEW_JERSEY)))
    spread = INTERCEPT_ERROR * np.sqrt(PENNSYLVANIA) * freedom_share
    groups = [
        stores(PENNSYLVANIA, INTERCEPT, spread),
        stores(PENNSYLVANIA, INTERCEPT + TIME, spread),
        stores(NEW_JERSEY, INTERCEPT + TREATMENT, spread),
        stores(NEW_JERSEY, INTERCEPT + TREATMENT + NEW_JERSEY_CHANGE, spread),
    ]
    sizes = [len(group) for group in groups]

    found = two_by_two(
        np.concatenate(groups),
        np.repeat([False, False, True, True], sizes),
        np.repeat([False, True, False, True], sizes),
    )

    fitted = (found.intercept, found.time, found.treatment, found.effect)
    assert [each.value for each in fitted] == pytest.approx(
        [INTERCEPT, TIME, TREATMENT, EFFECT], abs=5e-4
    )
    assert [each.standard_error for each in fitted] == pytest.approx(
        [INTERCEPT_ERROR, TIME_ERROR, TREATMENT_ERROR, EFFECT_ERROR], abs=1e-3
    )
    assert found.effect.p == pytest.approx(EFFECT_P, abs=5e-4)


def test_the_effect_is_the_difference_of_two_changes() -> None:
    # Others from 10 to 12, treated from 20 to 15: −5 against +2. One variance, of ±1 and 2 a group.
    outcome = np.array([9, 11, 11, 13, 19, 21, 14, 16], dtype=float)
    treated, after = np.arange(8) >= 4, np.arange(8) // 2 % 2 == 1

    found = two_by_two(outcome, treated, after)

    assert (found.intercept.value, found.time.value) == (10, 2)
    assert (found.treatment.value, found.effect.value) == (10, -7)
    # Σ of squares is 8 over 4 degrees of freedom: a variance of 2, and four means of two each.
    assert found.effect.standard_error == pytest.approx(2)


def test_a_group_that_is_missing_gives_no_effect() -> None:
    with pytest.raises(ValueError, match="each group needs"):
        two_by_two(np.ones(6), np.arange(6) > 2, np.zeros(6, dtype=bool))
