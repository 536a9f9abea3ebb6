"""Whether a district's mean of a day is over the standard, and how likely that is.

The standard is compared as it is written: with a decimal, half rounded up. The chance takes the
mean for normal with its standard error, that of the surface's cells: districts of a few cells are
no surer than a cell.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

Floats = NDArray[np.float64]

# With less of a district estimated nothing is said of it: our choice.
LEAST_COVERAGE = 0.5
# Between these chances it is not said to be over the standard, nor within.
LEAST_SURE, MOST_SURE = 0.16, 0.84
_DECIMALS = 1


@dataclass(frozen=True)
class Exposure:
    """Of each district: whether it is over (NaN where abstained, else 0 or 1), the chance that it
    is, and the reason to abstain, or None."""

    over: Floats
    chance: Floats
    abstained: list[str | None]


def exposure(mean: Floats, standard_error: Floats, coverage: Floats, standard: float) -> Exposure:
    """Of means and standard errors in the standard's unit, NaN where nothing is estimated, and the
    shares of the districts that are."""
    nothing = ~np.isfinite(mean) | (coverage <= 0)
    little = ~nothing & (coverage < LEAST_COVERAGE)
    written = np.floor(mean * 10**_DECIMALS + 0.5) / 10**_DECIMALS
    told = ~(nothing | little)
    over = np.where(told, written > standard, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = np.where(told, norm.sf((standard - mean) / standard_error), np.nan)
    reasons = np.where(nothing, "no_estimate", np.where(little, "low_coverage", "")).tolist()
    return Exposure(over, chance, [reason or None for reason in reasons])


def judged(found: Exposure) -> list[str]:
    """Of each district one of over, perhaps_over, within and not_estimated."""
    perhaps = (found.chance >= LEAST_SURE) & (found.chance <= MOST_SURE)
    sure = np.where(found.over == 1, "over", "within")
    words = np.where(np.isnan(found.over), "not_estimated", np.where(perhaps, "perhaps_over", sure))
    told: list[str] = words.tolist()
    return told
