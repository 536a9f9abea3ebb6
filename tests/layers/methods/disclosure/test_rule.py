"""Which sums tell too much of a reporter."""

import numpy as np
import pytest

from layers.methods.disclosure.rule import fault, leeway


def amounts(*values: float) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    return {str(number): np.array([value]) for number, value in enumerate(values)}


def test_four_reporters_are_few_and_five_are_not() -> None:
    assert fault(amounts(10, 10, 10, 10)) == "few"
    assert fault(amounts(10, 10, 10, 10, 10)) is None


def test_the_second_largest_must_not_tell_the_largest_to_within_15_percent() -> None:
    assert fault(amounts(100, 80, 5, 5, 4.9)) == "dominated"
    assert fault(amounts(100, 80, 5, 5, 5)) is None


def test_one_measure_is_enough_to_forbid_a_cell() -> None:
    both = {name: np.array([10, 1 if name == "0" else 0]) for name in "01234"}

    assert fault(both) == "dominated"


def test_nobody_and_nothing_are_no_secret() -> None:
    assert fault({}) is None
    assert fault(amounts(0, 0, 0, 0, 0)) is None


def test_an_outsider_may_not_tell_a_sum_to_within_15_percent_either_way() -> None:
    assert leeway([60, 40], None) == pytest.approx((15, 15))


def test_a_reporter_may_not_tell_the_largest_other_one() -> None:
    assert leeway([100, 5], 80) == pytest.approx((10, 0))
    assert leeway([100, 20], 80) == pytest.approx((0, 0))


def test_the_only_other_one_may_not_be_told_from_below_either() -> None:
    assert leeway([100], 80) == pytest.approx((15, 15))
