"""What is found of certification and complaints: numbers, and whether they may be told."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

# Of fewer the errors of clusters, and the interval of a count, can't be relied on.
LEAST_FACTORIES = 40
LEAST_AFTER = 200
# Of the tests of a trend before, and of intervals.
ALPHA = 0.05

Verdict = Literal["prints", "permutation_only", "refuses"]


class Reason(StrEnum):
    """Why no effect is told."""

    NONE_CERTIFIED = "none_certified"
    NOTHING_TO_COMPARE = "nothing_to_compare"
    TOO_FEW_FACTORIES = "too_few_factories"
    TOO_FEW_COMPLAINTS = "too_few_complaints"
    TOO_FEW_BEFORE = "too_few_before"
    NOT_IDENTIFIED = "not_identified"
    PRE_TREND = "pre_trend"
    WITHIN_TREND = "within_trend"
    WITHIN_CHANCE = "within_chance"


@dataclass(frozen=True)
class Counts:
    """What the panel holds. `certified` within its months, after the first one: of the others
    nothing before is known, and `certified_before` of them are left out."""

    certified: int
    certified_before: int
    with_complaints: int
    complaints_before: int
    complaints_after: int
    compared_with: int


@dataclass(frozen=True)
class Change:
    """Complaints over what they would have been, less 1: −0.3 is 30 % fewer. The interval is one
    of 95 %, and not symmetric: that of a logarithm."""

    value: float
    standard_error: float
    low: float
    high: float


@dataclass(frozen=True)
class Step:
    """The change in some months, counted from that of certification (0), against the half-year
    before it. The outermost steps have the panel's first and last months in them."""

    first_month: int
    last_month: int
    change: Change


@dataclass(frozen=True)
class PreTrend:
    """Whether complaints of the certified moved apart before. `p_any` tests all steps before
    together, `p_slope` a straight line through their logarithms of some `slope` a month."""

    p_any: float
    p_slope: float
    slope: float
    slope_error: float


@dataclass(frozen=True)
class Margin:
    """What a trend that goes unnoticed makes of no effect (Roth 2022). `missed_slope` a month is
    seen by the test in half of all trials, `horizon_months` lie between the mean month before and
    the mean month after, and `reach` is what the trend comes to, in logarithms. `distance` is what
    must exceed it: the effect less one standard error, in logarithms too."""

    missed_slope: float
    horizon_months: float
    reach: float
    distance: float

    @property
    def exceeded(self) -> bool:
        """Whether the effect is more than such a trend makes."""
        return self.distance > self.reach


@dataclass(frozen=True)
class Finding:
    """`change`, `steps`, `pre_trend` and `margin` are there wherever they could be estimated, to
    show why it refuses: an effect may be told only where the verdict is `prints`. Below the least
    size there is `permutation_p` alone."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    counts: Counts
    change: Change | None = None
    steps: tuple[Step, ...] = ()
    pre_trend: PreTrend | None = None
    margin: Margin | None = None
    permutation_p: float | None = None
