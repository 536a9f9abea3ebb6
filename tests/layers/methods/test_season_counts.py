"""Seasons compared: leap days, satellites that came and went, and a ratio with its interval."""

import math
from datetime import date

import numpy as np
import pytest
from scipy.stats import t

from layers.methods.season_counts import (
    Comparable,
    comparable,
    leap_day,
    ratio,
    same_day,
    slot,
    was_there,
    weeks,
)


def test_29_february_is_no_day_of_a_year_that_has_none() -> None:
    assert same_day(date(2024, 2, 29), 2023) == date(2023, 2, 28)
    assert same_day(date(2023, 2, 28), 2024) == date(2024, 2, 28)
    assert leap_day(date(2023, 12, 1)) == date(2024, 2, 29)
    assert leap_day(date(2024, 12, 1)) is None


def test_the_same_day_has_the_same_number_in_every_season() -> None:
    leap, plain = date(2023, 12, 1), date(2024, 12, 1)

    assert slot(date(2024, 2, 28), leap) == slot(date(2025, 2, 28), plain) == 89
    assert slot(date(2024, 2, 29), leap) is None
    assert slot(date(2024, 3, 1), leap) == slot(date(2025, 3, 1), plain) == 90


@pytest.mark.parametrize(
    ("seen", "there"),
    [
        (range(60), True),
        (range(7, 60, 8), True),  # silent for seven days at a time
        (range(8, 60), False),  # it came after a week
        (range(52), False),  # it went before the last week
        ([*range(20), *range(28, 60)], False),
        ([], False),
    ],
)
def test_a_satellite_was_there_where_it_was_never_silent_for_long(
    seen: list[int], there: bool
) -> None:
    assert was_there(list(seen), 60) is there


def test_satellites_compared_are_those_of_every_season_compared() -> None:
    there = {
        2025: frozenset({"N", "N20", "N21"}),
        2024: frozenset({"N", "N20", "N21", "T"}),
        2023: frozenset({"N", "N20", "T"}),
        2022: frozenset({"T"}),
    }

    found = comparable(there, {"N": 40, "N20": 40, "N21": 40}, 2025)

    assert found == Comparable(("N", "N20"), (2024, 2023))


def test_a_season_by_which_less_than_half_would_remain_is_left_out() -> None:
    there = {2025: frozenset({"N", "N21"}), 2024: frozenset({"N"}), 2023: frozenset({"N", "N21"})}

    assert comparable(there, {"N": 30, "N21": 70}, 2025) == Comparable(("N", "N21"), (2023,))


def test_a_season_of_which_nothing_is_known_is_left_out() -> None:
    found = comparable({2025: frozenset({"N"}), 2024: frozenset()}, {"N": 5}, 2025)

    assert found == Comparable(("N",), ())


def test_a_ratio_by_hand_with_the_bounds_of_its_weeks() -> None:
    now, base = [20, 30, 40, 30], [10, 20, 20, 10]
    # Residuals 0, -10, 0, 10: squares 200; error sqrt(4 / 3 * 200) / 60.
    error = math.sqrt(4 / 3 * 200) / 60

    found = ratio(now, base)

    assert found is not None and found.low is not None and found.high is not None
    assert found.value == 2
    reach = math.exp(t.ppf(0.975, 3) * error / 2)
    assert (found.low, found.high) == pytest.approx((2 / reach, 2 * reach), rel=0.01)


def test_weeks_that_agree_leave_no_doubt_and_few_leave_no_bounds() -> None:
    agreed = ratio([20, 40, 60, 80], [10, 20, 30, 40])
    few = ratio([20, 40, 60], [10, 20, 30])

    assert agreed is not None and (agreed.low, agreed.high) == (2, 2)
    assert few is not None and (few.value, few.low, few.high) == (2, None, None)


def test_a_small_base_gives_no_ratio() -> None:
    assert ratio([50, 50], [10, 9]) is None


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Weeks that vary by more than chance, as fires do: 1.3 times the base, 20 weeks."""
    random = np.random.default_rng(7)
    held = 0
    for _ in range(600):
        season = 200 * np.exp(-0.5 * ((np.arange(20) - 9) / 5) ** 2)
        base = random.poisson(season * random.gamma(8, 1 / 8, 20))
        now = random.poisson(1.3 * season * random.gamma(8, 1 / 8, 20))
        found = ratio(now.tolist(), base.tolist())
        assert found is not None and found.low is not None and found.high is not None
        held += found.low <= 1.3 <= found.high

    assert held / 600 == pytest.approx(0.95, abs=0.035)


def test_what_remains_after_the_last_whole_week_is_of_it() -> None:
    assert [weeks(days) for days in (1, 7, 13, 14, 151)] == [1, 1, 1, 2, 21]
