"""Did certification lower complaints? The estimate, its checks, and whether it may be told."""

from dataclasses import replace
from math import exp, expm1, sqrt

import numpy as np
import pandas as pd

from layers.methods.green_effect.cells import LEAST_COMPLAINTS, Cells, cells, joined
from layers.methods.green_effect.finding import (
    ALPHA,
    LEAST_AFTER,
    LEAST_FACTORIES,
    Change,
    Counts,
    Finding,
    Margin,
    PreTrend,
    Reason,
    Step,
)
from layers.methods.green_effect.panel import Ints, Panel, prepare, summed
from layers.methods.green_effect.permutation import permutation_p
from layers.methods.green_effect.pre_trend import Before, horizon_months, margin, pre_trend
from layers.methods.green_effect.regression import LogRatios, NotIdentified, log_ratios

STEP_MONTHS = 6
# Steps before and after: three years. The reference is the half-year before.
FIRST_STEP, REFERENCE, LAST_STEP = -6, -1, 5
NORMAL_95 = 1.959963984540054


def green_effect(frame: pd.DataFrame) -> Finding:
    """The finding of a panel of factories and months (see `panel.prepare`); raises UnfitPanel.

    Complaints of factories from certification on, over what they would have been: as those before,
    moved by month as factories not certified of the same province and of the same stratum of size.
    """
    panel, counts = prepare(frame)
    if reason := _nothing(counts):
        return Finding("refuses", (reason,), counts)
    if reasons := _too_small(counts):
        p = permutation_p(panel)
        return Finding("permutation_only", reasons, counts, permutation_p=p)
    return _estimated(summed(panel), counts)


def _nothing(counts: Counts) -> Reason | None:
    if not counts.certified:
        return Reason.NONE_CERTIFIED
    if not counts.with_complaints or not counts.compared_with:
        return Reason.NOTHING_TO_COMPARE
    return None


def _too_small(counts: Counts) -> tuple[Reason, ...]:
    """What is below the least size."""
    checks = {
        Reason.TOO_FEW_FACTORIES: counts.with_complaints < LEAST_FACTORIES,
        Reason.TOO_FEW_COMPLAINTS: counts.complaints_after < LEAST_AFTER,
    }
    return tuple(reason for reason, small in checks.items() if small)


def _estimated(panel: Panel, counts: Counts) -> Finding:
    try:
        effect = log_ratios(panel, *_cohorts_by_year(panel))
        finding = Finding("refuses", (), counts, change=_changes(effect)[0])
        number = _step_numbers(panel)
        if number is None:
            return replace(finding, reasons=(Reason.TOO_FEW_BEFORE,))
        steps = _steps(panel, number)
    except NotIdentified:
        return Finding("refuses", (Reason.NOT_IDENTIFIED,), counts)
    if not (steps.bins < REFERENCE).any():
        return replace(finding, reasons=(Reason.NOT_IDENTIFIED,))
    trend = pre_trend(_before(panel, number, steps), counts.with_complaints)
    log_ratio, error = float(effect.values[0]), sqrt(effect.covariance[0, 0])
    room = margin(log_ratio, error, trend, horizon_months(panel))
    reasons = _objections(log_ratio, error, trend, room)
    return replace(
        finding,
        verdict="refuses" if reasons else "prints",
        reasons=reasons,
        steps=_told(panel, number, steps),
        pre_trend=trend,
        margin=room,
    )


def _objections(
    log_ratio: float, error: float, trend: PreTrend, room: Margin
) -> tuple[Reason, ...]:
    checks = {
        Reason.PRE_TREND: min(trend.p_any, trend.p_slope) < ALPHA,
        Reason.WITHIN_TREND: not room.exceeded,
        Reason.WITHIN_CHANCE: abs(log_ratio) <= NORMAL_95 * error,
    }
    return tuple(reason for reason, stands in checks.items() if stands)


def _cohorts_by_year(panel: Panel) -> tuple[Cells, Ints]:
    """Cells after certification, by cohort and year, and the one bin of all."""
    rows = np.flatnonzero(panel.after)
    complaints = panel.complaints[rows]
    years, label = np.unique(panel.year[rows], return_inverse=True)
    busiest = int(years[np.bincount(label, complaints).argmax()])
    bins = joined(panel.year[rows], complaints, busiest)
    made = cells(rows, bins, panel.cohort[rows], complaints, len(panel.unit))
    return made, np.zeros_like(made.bins)


def _step_numbers(panel: Panel) -> Ints | None:
    """The number of each row's step, the reference's of those not certified; none where the steps
    before, or the reference, have too few complaints."""
    number = np.full(len(panel.unit), REFERENCE)
    certified = panel.certified
    number[certified] = np.clip(panel.since[certified] // STEP_MONTHS, FIRST_STEP, LAST_STEP)
    sides = {REFERENCE - 1: certified & (number < REFERENCE), 0: panel.after}
    for centre, side in sides.items():
        number[side] = joined(number[side], panel.complaints[side], centre)
    for side in (number == REFERENCE - 1, certified & (number == REFERENCE)):
        if panel.complaints[side].sum() < LEAST_COMPLAINTS:
            return None
    return number


def _steps(panel: Panel, number: Ints) -> LogRatios:
    rows = np.flatnonzero(number != REFERENCE)
    made = cells(rows, number[rows], panel.cohort[rows], panel.complaints[rows], len(panel.unit))
    return log_ratios(panel, made, made.bins)


def _before(panel: Panel, number: Ints, ratios: LogRatios) -> Before:
    before, weight = ratios.bins < REFERENCE, panel.weight
    steps = [panel.certified & (number == step) for step in (*ratios.bins[before], REFERENCE)]
    return Before(
        months=np.array([np.average(panel.since[rows], weights=weight[rows]) for rows in steps]),
        complaints=np.array([panel.complaints[rows].sum() for rows in steps]),
        ratios=ratios.values[before],
        covariance=ratios.covariance[np.ix_(before, before)],
    )


def _told(panel: Panel, number: Ints, ratios: LogRatios) -> tuple[Step, ...]:
    spans = (panel.since[panel.certified & (number == step)] for step in ratios.bins)
    return tuple(
        Step(int(span.min()), int(span.max()), change)
        for span, change in zip(spans, _changes(ratios), strict=True)
    )


def _changes(ratios: LogRatios) -> list[Change]:
    errors = np.sqrt(np.diag(ratios.covariance))
    return [
        Change(
            value=expm1(value),
            standard_error=exp(value) * error,
            low=expm1(value - NORMAL_95 * error),
            high=expm1(value + NORMAL_95 * error),
        )
        for value, error in zip(ratios.values.tolist(), errors.tolist(), strict=True)
    ]
