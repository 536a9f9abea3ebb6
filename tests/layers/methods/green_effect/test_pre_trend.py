"""What a trend before tells, and what one that is not seen could have made."""

import numpy as np
import pandas as pd
import pytest

from layers.methods.green_effect.finding import PreTrend
from layers.methods.green_effect.panel import Floats, prepare
from layers.methods.green_effect.pre_trend import Before, horizon_months, margin, pre_trend

MONTHS = np.array([-24.0, -18.0, -12.0, -6.0])
# Four steps and the reference with the same error, which all ratios share.
COVARIANCE = 0.01 * (np.eye(4) + 1)


def before(ratios: Floats) -> Before:
    return Before(np.append(MONTHS, 0.0), np.full(5, 100.0), ratios, COVARIANCE)


def test_a_straight_line_is_found_with_the_error_of_its_slope() -> None:
    found = pre_trend(before(-0.01 * MONTHS), units=10**6)

    assert found.slope == pytest.approx(-0.01)
    # Five points at equal distances and of equal errors: Σ(t − t̄)² = 360 months².
    assert found.slope_error == pytest.approx(0.1 / np.sqrt(360))
    assert found.p_slope == pytest.approx(0.0578, abs=1e-4)


def test_steps_of_more_complaints_weigh_more() -> None:
    bent = Before(
        np.array([-12.0, -6.0, 0.0]),
        np.array([1.0, 1000.0, 1000.0]),
        np.array([0.0, -0.6]),
        np.eye(2),
    )

    assert pre_trend(bent, units=100).slope == pytest.approx(0.1, abs=0.001)


def test_a_dip_is_seen_that_is_no_slope() -> None:
    found = pre_trend(before(np.array([0.5, -0.5, -0.5, 0.5])), units=100)

    assert found.p_any < 0.001
    assert found.p_slope > 0.05


def test_the_slope_of_the_margin_is_missed_by_the_test_half_the_time() -> None:
    random = np.random.default_rng(13)
    still = pre_trend(before(np.zeros(4)), units=100)
    slope = margin(-0.3, 0.05, still, 30.0).missed_slope

    drawn = random.multivariate_normal(slope * MONTHS, COVARIANCE, 1000)
    missed = [pre_trend(before(ratios), units=100).p_slope >= 0.05 for ratios in drawn]

    assert np.mean(missed) == pytest.approx(0.5, abs=0.05)


def test_an_effect_must_exceed_what_a_slope_missed_comes_to_over_the_horizon() -> None:
    trend = PreTrend(p_any=0.5, p_slope=0.5, slope=0.0, slope_error=0.005)

    near, far = (margin(-0.35, 0.05, trend, months) for months in (30, 31))

    assert near.missed_slope == pytest.approx(1.96 * 0.005, rel=1e-4)
    assert near.distance == pytest.approx(0.30)
    assert (near.exceeded, far.exceeded) == (True, False)


def test_what_was_seen_of_a_trend_towards_the_effect_counts_too() -> None:
    falling, rising = (PreTrend(0.5, 0.5, slope, 0.005) for slope in (-0.002, 0.002))

    towards, against = (margin(-0.35, 0.05, trend, 30) for trend in (falling, rising))

    assert towards.reach == pytest.approx((1.96 * 0.005 + 0.002) * 30, rel=1e-4)
    assert against.reach == pytest.approx(1.96 * 0.005 * 30, rel=1e-4)


def test_the_horizon_lies_between_the_mean_months_of_each_unit() -> None:
    columns = {"province": "21", "stratum": "small"}
    # Of 8 months 2 before, 6 after; of 4 months 2 and 2, with twice the complaints a month.
    spans = [("a", 8, 1), ("b", 4, 2)]
    frames = [
        pd.DataFrame(
            {
                "factory": name,
                "month": pd.date_range("2024-01-01", periods=months, freq="MS"),
                "complaints": rate,
                "certified": pd.Timestamp("2024-03-01"),
                **columns,
            }
        )
        for name, months, rate in spans
    ]

    found = horizon_months(prepare(pd.concat(frames))[0])

    # 2.5 − (−1.5) = 4 with weight 1 × 6, and 0.5 − (−1.5) = 2 with weight 2 × 2.
    assert found == pytest.approx((4 * 6 + 2 * 4) / 10)
