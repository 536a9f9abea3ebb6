"""Residuals of counts: by hand, where nothing is expected, and about normal for Poisson's."""

import math

import numpy as np
import pytest

from layers.methods.count_residuals import expected_by_amount, falling_ranks, freeman_tukey


def test_the_deviate_by_hand() -> None:
    found = freeman_tukey(np.array([9.0, 0.0, 4.0]), np.array([4.0, 0.0, 6.0]))

    assert found.tolist() == pytest.approx(
        [3 + math.sqrt(10) - math.sqrt(17), 0, 2 + math.sqrt(5) - 5]
    )


def test_of_a_poisson_count_it_is_about_standard_normal() -> None:
    expected = np.full(40_000, 25.0)

    found = freeman_tukey(np.random.default_rng(1).poisson(expected).astype(float), expected)

    assert found.mean() == pytest.approx(0, abs=0.02)
    assert found.std() == pytest.approx(1, abs=0.03)


def test_what_is_expected_has_the_same_sum_and_follows_the_amounts() -> None:
    found = expected_by_amount(np.array([9.0, 4.0, 3.0]), np.array([100.0, 200.0, 100.0]))

    assert found is not None and found.tolist() == [4, 8, 4]
    assert expected_by_amount(np.array([1.0]), np.array([0.0])) is None


def test_equal_ones_share_the_best_rank() -> None:
    assert falling_ranks(np.array([1.0, 3.0, 3.0, -2.0])).tolist() == [3, 1, 1, 4]


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        freeman_tukey(np.array([-1.0]), np.array([1.0]))
