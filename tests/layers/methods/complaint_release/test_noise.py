"""The noise is the two-sided geometric one, drawn with whole numbers."""

import random
from collections import Counter
from fractions import Fraction
from math import exp

import pytest

from layers.methods.complaint_release.noise import geometric_noise, noise_within


def test_its_frequencies_are_those_of_the_distribution() -> None:
    below = random.Random(3).randrange
    drawn = Counter(geometric_noise(Fraction(1, 4), below) for _ in range(40_000))

    alpha = exp(-0.25)
    for k in range(-8, 9):
        expected = (1 - alpha) / (1 + alpha) * alpha ** abs(k)
        assert drawn[k] / 40_000 == pytest.approx(expected, abs=0.006), k


@pytest.mark.parametrize("epsilon", [Fraction(1, 5), Fraction(1, 4), Fraction(1, 2), Fraction(1)])
def test_its_reach_is_the_least_that_holds_95_of_100_draws(epsilon: Fraction) -> None:
    alpha = exp(-epsilon)

    reach = noise_within(epsilon)

    held = [
        sum((1 - alpha) / (1 + alpha) * alpha ** abs(k) for k in range(-m, m + 1))
        for m in (reach - 1, reach)
    ]
    assert held[0] < 0.95 <= held[1]


def test_one_home_more_changes_no_probability_by_more_than_a_factor_of_exp_epsilon() -> None:
    below = random.Random(5).randrange
    one = Counter(10 + geometric_noise(Fraction(1, 2), below) for _ in range(60_000))
    other = Counter(11 + geometric_noise(Fraction(1, 2), below) for _ in range(60_000))

    assert all(one[n] <= exp(0.5) * other[n] * 1.1 for n in range(7, 14))


def test_the_systems_generator_draws_unless_told_otherwise() -> None:
    assert len({geometric_noise(Fraction(1, 4)) for _ in range(200)}) > 10


@pytest.mark.parametrize("epsilon", [Fraction(0), Fraction(2), Fraction(-1, 2)])
def test_an_epsilon_that_is_none_is_refused(epsilon: Fraction) -> None:
    with pytest.raises(ValueError, match="epsilon must be"):
        geometric_noise(epsilon)
