"""Two-sided geometric noise, drawn exactly: with whole numbers alone, no rounding tells anything.

The sampler is that of Canonne, Kamath and Steinke, The discrete Gaussian for differential privacy
(NeurIPS 2020), algorithms 1 and 2.
"""

import math
import secrets
from collections.abc import Callable
from fractions import Fraction

# A whole number from 0 to below the given one, all equally likely.
Below = Callable[[int], int]


def geometric_noise(epsilon: Fraction, below: Below = secrets.randbelow) -> int:
    """A whole number k with probability proportional to exp(-epsilon * |k|), for an epsilon of at
    most 1; `below` is the system's generator unless a test has another. Raises ValueError."""
    if not 0 < epsilon <= 1:
        raise ValueError(f"epsilon must be above 0 and at most 1, got {epsilon}")
    return _successes(epsilon, below) - _successes(epsilon, below)


def noise_within(epsilon: Fraction, share: float = 0.95) -> int:
    """The least m of which P(|k| <= m) is at least `share`: with α = exp(-epsilon), P(|k| > m) =
    2 α^(m + 1) / (1 + α)."""
    beyond = (1 - share) * (1 + math.exp(-epsilon)) / 2
    return max(0, math.ceil(math.log(beyond) / -float(epsilon)) - 1)


def _successes(epsilon: Fraction, below: Below) -> int:
    """How often in a row something of probability exp(-epsilon) happens."""
    count = 0
    while _happens(epsilon, below):
        count += 1
    return count


def _happens(epsilon: Fraction, below: Below) -> bool:
    """Something of probability exp(-epsilon), of which the series is drawn term by term."""
    term = 1
    while below(epsilon.denominator * term) < epsilon.numerator:
        term += 1
    return term % 2 == 1
