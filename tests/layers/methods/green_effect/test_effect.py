"""Worlds of known effect: what is found, what is told, and what is refused for which reason."""

import subprocess
import sys
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from layers.methods.green_effect.cells import cells
from layers.methods.green_effect.effect import green_effect
from layers.methods.green_effect.finding import (
    LEAST_AFTER,
    LEAST_FACTORIES,
    Change,
    Finding,
    Reason,
)
from layers.methods.green_effect.panel import prepare, summed
from layers.methods.green_effect.regression import log_ratios
from tests.layers.methods.green_effect import worlds
from tests.layers.methods.green_effect.worlds import World, simulate

SEED = 2


@cache
def found(world: World, seed: int = SEED) -> Finding:
    return green_effect(simulate(world, seed).frame)


def change(finding: Finding) -> Change:
    assert finding.change is not None
    return finding.change


def off(finding: Finding, truth: float) -> float:
    """In standard errors."""
    return abs(change(finding).value - truth) / change(finding).standard_error


def test_a_fall_by_30_percent_is_told() -> None:
    finding = found(worlds.FALL)

    assert (finding.verdict, finding.reasons) == ("prints", ())
    assert off(finding, -0.3) < 2
    assert change(finding).low < -0.3 < change(finding).high < 0
    assert finding.permutation_p is None


def test_its_steps_lie_about_none_before_and_about_the_fall_after() -> None:
    steps = found(worlds.FALL).steps

    assert [step.first_month for step in steps if step.first_month >= 0] == [0, 6, 12, 18, 24, 30]
    before = [step.change for step in steps if step.last_month < 0]
    after = [step.change for step in steps if step.first_month >= 0]
    assert len(before) == 5
    assert -6 not in [step.first_month for step in steps]
    assert np.mean([each.value for each in before]) > np.mean([each.value for each in after]) + 0.15
    assert all(each.low < each.value < each.high for each in before + after)


def test_no_effect_is_refused_and_what_was_found_is_kept() -> None:
    finding = found(worlds.NULL)

    assert finding.verdict == "refuses"
    assert Reason.WITHIN_CHANCE in finding.reasons
    assert change(finding).low < 0 < change(finding).high
    assert finding.pre_trend is not None and finding.margin is not None


def test_an_effect_that_grows_is_found_as_its_mean() -> None:
    simulated = simulate(worlds.GROWING_FALL, SEED)

    finding = green_effect(simulated.frame)

    assert off(finding, simulated.truth) < 2
    first, last = (
        next(step.change.value for step in finding.steps if step.first_month == month)
        for month in (0, 30)
    )
    assert last < first - 0.2


def test_what_happens_to_all_of_a_size_is_no_effect() -> None:
    assert off(found(worlds.NULL_SELECTED), 0.0) < 2


def test_a_trend_is_refused_though_it_looks_like_an_effect() -> None:
    finding = found(worlds.TREND)

    assert change(finding).high < -0.1
    assert finding.verdict == "refuses"
    assert {*finding.reasons} & {Reason.PRE_TREND, Reason.WITHIN_TREND}


def test_a_trend_that_the_test_misses_is_caught_by_the_margin() -> None:
    findings = [found(worlds.SLOW_TREND, seed) for seed in (2, 3)]

    missed = [each for each in findings if Reason.PRE_TREND not in each.reasons]
    assert missed
    assert all(each.reasons[0] == Reason.WITHIN_TREND for each in missed)


def test_a_dip_before_is_refused() -> None:
    finding = found(worlds.DIP)

    assert finding.verdict == "refuses"
    assert Reason.PRE_TREND in finding.reasons
    assert finding.pre_trend is not None and finding.pre_trend.p_any < 0.01


def test_below_the_least_size_there_is_a_p_value_and_no_effect() -> None:
    finding = found(replace(worlds.FALL, effect=-0.6, factories=100))

    assert finding.counts.with_complaints < LEAST_FACTORIES
    assert finding.counts.complaints_after < LEAST_AFTER
    assert finding.verdict == "permutation_only"
    assert finding.reasons == (Reason.TOO_FEW_FACTORIES, Reason.TOO_FEW_COMPLAINTS)
    assert (finding.change, finding.steps, finding.margin) == (None, (), None)
    assert finding.permutation_p is not None and finding.permutation_p < 0.05


def test_nothing_is_said_where_none_is_certified_or_none_is_not() -> None:
    frame = simulate(replace(worlds.NULL, factories=60), SEED).frame

    none = green_effect(frame.assign(certified=pd.NaT))
    all_of_them = green_effect(frame.assign(certified=pd.Timestamp("2022-01-01")))

    assert (none.verdict, none.reasons) == ("refuses", (Reason.NONE_CERTIFIED,))
    assert all_of_them.reasons == (Reason.NOTHING_TO_COMPARE,)
    assert (none.permutation_p, all_of_them.permutation_p) == (None, None)


def test_without_months_before_no_trend_can_be_told() -> None:
    frame = simulate(worlds.FALL, SEED).frame
    late = frame[frame["certified"].isna() | (frame["month"] >= frame["certified"] - MONTH * 4)]

    finding = green_effect(late)

    assert (finding.verdict, finding.reasons) == ("refuses", (Reason.TOO_FEW_BEFORE,))


MONTH = pd.Timedelta(days=30)


def test_a_ratio_without_noise_is_that_reckoned_by_hand() -> None:
    # The certified go from 10 to 6 a month, the others from 10 to 12: 6 instead of 12.
    months = pd.date_range("2023-01-01", periods=24, freq="MS")
    tables = []
    for number in range(8):
        after = months >= pd.Timestamp("2024-01-01")
        certified = number < 4
        counts = np.where(after, 6 if certified else 12, 10)
        given = pd.Timestamp("2024-01-20") if certified else pd.NaT
        columns = {"factory": number, "month": months, "complaints": counts, "certified": given}
        tables.append(pd.DataFrame(columns | {"province": number % 2, "stratum": "all"}))
    panel = prepare(pd.concat(tables))[0]
    rows = np.flatnonzero(panel.after)
    one = cells(rows, panel.year[rows], panel.cohort[rows], panel.complaints[rows], len(panel.unit))

    ratios = log_ratios(panel, one, np.zeros_like(one.bins))

    assert np.exp(ratios.values) == pytest.approx([0.5], abs=1e-6)


def test_to_sum_those_not_certified_changes_no_estimate() -> None:
    whole = prepare(simulate(replace(worlds.FALL, factories=200), SEED).frame)[0]

    values = []
    for panel in (whole, summed(whole)):
        rows = np.flatnonzero(panel.after)
        bins = np.zeros(len(rows), dtype=np.int64)
        one = cells(rows, bins, panel.cohort[rows], panel.complaints[rows], len(panel.unit))
        values.append(log_ratios(panel, one, one.bins))

    assert len(np.unique(summed(whole).unit)) < 0.7 * len(np.unique(whole.unit))
    assert values[0].values == pytest.approx(values[1].values, abs=1e-7)
    assert values[0].covariance == pytest.approx(values[1].covariance, rel=0.15)


def test_the_regression_is_imported_where_it_is_used() -> None:
    code = (
        "import sys, layers.methods.green_effect.effect, layers.methods.green_effect.two_by_two\n"
        "assert not {'pyfixest', 'scipy', 'seaborn'} & set(sys.modules)"
    )

    subprocess.run([sys.executable, "-c", code], check=True)
