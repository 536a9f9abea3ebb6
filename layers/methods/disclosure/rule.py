"""When the sum of some reporters' amounts tells too much of one of them."""

from collections.abc import Collection, Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Fault = Literal["few", "dominated"]

# Of fewer reporters no sum is published.
LEAST_REPORTERS = 5
# Nobody may tell an amount to within this share of it: p = 15 %.
P = 0.15


def fault(amounts: Mapping[str, Floats]) -> Fault | None:
    """What forbids to publish the sum of `amounts`, by reporter and then by measure; None of
    nothing, and of no reporters at all.

    Dominated is what fails the p % rule in any measure: the second largest reporter takes its own
    amount from the sum, and is left with the largest plus the rest, which is less than p % of it
    (Hundepool et al. 2012, chapter 4).
    """
    if not amounts:
        return None
    if len(amounts) < LEAST_REPORTERS:
        return "few"
    ranked = np.sort(np.array(list(amounts.values())), axis=0)
    rest = ranked[:-2].sum(axis=0)
    return "dominated" if bool((rest < P * ranked[-1]).any()) else None


def leeway(others: Collection[float], own: float | None) -> tuple[float, float]:
    """How far above and below the truth `others`, the sum of a cell without one's own amount,
    must seem possible to whoever looks; `own` is None of an outsider, who may not tell the sum
    of the cell either."""
    largest = max(others, default=0.0)
    if own is None:
        return P * sum(others), P * sum(others)
    above = max(0.0, (1 + P) * largest - sum(others))
    # Of two or more others a lower bound of their sum bounds none of them.
    return above, P * largest if len(others) == 1 else 0.0
