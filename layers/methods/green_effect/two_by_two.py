"""The plain difference in differences of two groups before and after, by least squares."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from layers.methods.green_effect.panel import Floats, Mask


@dataclass(frozen=True)
class Coefficient:
    """A coefficient with its standard error, and the p-value that it is 0."""

    value: float
    standard_error: float
    p: float


@dataclass(frozen=True)
class TwoByTwo:
    """`intercept` is the mean of the others before, `time` their change, `treatment` how the
    treated differed before, and `effect` how their change differs."""

    intercept: Coefficient
    time: Coefficient
    treatment: Coefficient
    effect: Coefficient


def two_by_two(outcome: Floats, treated: Mask, after: Mask) -> TwoByTwo:
    """Ordinary least squares with one variance for all. ValueError where one of the four groups is
    empty, or no observation is left over to tell the variance."""
    groups = [
        outcome[(treated == is_treated) & (after == is_after)]
        for is_treated in (False, True)
        for is_after in (False, True)
    ]
    freedom = len(outcome) - len(groups)
    if not all(len(group) for group in groups) or freedom < 1:
        raise ValueError("each group needs an observation before and after, and one of them two")
    variance = sum(float(((group - group.mean()) ** 2).sum()) for group in groups) / freedom
    means = np.array([group.mean() for group in groups])
    parts = variance / np.array([len(group) for group in groups])
    # Rows: coefficients; columns: others before and after, treated before and after.
    contrasts = np.array([[1, 0, 0, 0], [-1, 1, 0, 0], [-1, 0, 1, 0], [1, -1, -1, 1]])
    return TwoByTwo(*(_coefficient(row, means, parts, freedom) for row in contrasts))


def _coefficient(row: Floats, means: Floats, parts: Floats, freedom: int) -> Coefficient:
    from scipy import stats

    value, error = float(row @ means), sqrt(row**2 @ parts)
    p = float(2 * stats.t.sf(abs(value) / error, freedom)) if error else float(value == 0)
    return Coefficient(value, error, p)
