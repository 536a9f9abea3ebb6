"""Whether the certified moved apart before they were, and what a trend not seen could have made."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from layers.methods.green_effect.finding import ALPHA, Margin, PreTrend
from layers.methods.green_effect.panel import Floats, Panel


@dataclass(frozen=True)
class Before:
    """Steps before certification: the mean `months` and the `complaints` of each, of the reference
    last, and of all but the reference the log `ratios` to it with their `covariance`."""

    months: Floats
    complaints: Floats
    ratios: Floats
    covariance: Floats


def pre_trend(before: Before, units: int) -> PreTrend:
    """The tests of the steps; `units` are clusters of the certified.

    The slope is that of a straight line through the steps and the reference, weighted by
    complaints. Weights from the covariance would be better were it known: as it is estimated, they
    make the slope's error too small by a sixth.
    """
    from scipy import stats  # brought by pyfixest, and as heavy

    ratios, covariance = before.ratios, before.covariance
    wald = float(ratios @ np.linalg.solve(covariance, ratios)) / len(ratios)
    months = before.months - np.average(before.months, weights=before.complaints)
    # Of the reference the log ratio is 0, without error.
    line = (before.complaints * months / (before.complaints @ months**2))[:-1]
    slope, error = float(line @ ratios), sqrt(line @ covariance @ line)
    return PreTrend(
        p_any=float(stats.f.sf(wald, len(ratios), units - 1)),
        p_slope=float(2 * stats.norm.sf(abs(slope) / error)),
        slope=slope,
        slope_error=error,
    )


def margin(log_ratio: float, error: float, trend: PreTrend, horizon_months: float) -> Margin:
    """The margin of an effect (Roth 2022, American Economic Review: Insights 4, 305–322): of a
    slope that the test sees in half of all trials the estimate lies on the test's bound."""
    from scipy import stats

    missed = float(stats.norm.isf(ALPHA / 2)) * trend.slope_error
    # What was seen of a trend towards the effect counts as well.
    seen = max(0.0, float(trend.slope * np.sign(log_ratio)))
    return Margin(
        missed_slope=missed,
        horizon_months=horizon_months,
        reach=(missed + seen) * horizon_months,
        distance=abs(log_ratio) - error,
    )


def horizon_months(panel: Panel) -> float:
    """From the mean month before to the mean month after, of each unit that has both, weighted by
    complaints and months after: over this the estimate, which compares the two, takes in a trend.
    """
    size = int(panel.unit.max()) + 1
    mean, many = [], []
    for rows in (panel.since < 0, panel.after):
        months = np.bincount(panel.unit[rows], minlength=size)
        sums = np.bincount(panel.unit[rows], panel.since[rows], size)
        mean.append(np.divide(sums, months, out=np.zeros(size), where=months > 0))
        many.append(months)
    rate = np.bincount(panel.unit, panel.complaints, size) / np.bincount(panel.unit)
    weights = rate * many[1] * (many[0] > 0)
    return float(np.average(mean[1] - mean[0], weights=weights))
