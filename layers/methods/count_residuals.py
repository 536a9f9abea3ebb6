"""How many more, or fewer, were counted than expected, on a scale that is alike for many and few.

The Freeman–Tukey deviate of a count o of which e is expected, √o + √(o + 1) − √(4e + 1), is near to
standard normal where counts are Poisson's (Freeman and Tukey 1950, Annals of Mathematical
Statistics 21, 607), and unlike (o − e)/√e it has a value where nothing is expected. Fires come in
clusters, and shares of them are no counts: the deviate ranks, it is no test.
"""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


def freeman_tukey(observed: Numbers, expected: Numbers) -> Numbers:
    """Raises ValueError for a negative one."""
    if np.any(observed < 0) or np.any(expected < 0):
        raise ValueError("counts are not negative")
    return np.sqrt(observed) + np.sqrt(observed + 1) - np.sqrt(4 * expected + 1)


def expected_by_amount(observed: Numbers, amount: Numbers) -> Numbers | None:
    """What each would have if all had alike many per amount (a ratio of sums); None where there is
    no amount at all."""
    total = float(amount.sum())
    return amount * (float(observed.sum()) / total) if total > 0 else None


def falling_ranks(values: Numbers) -> npt.NDArray[np.int64]:
    """1 for the highest; equal ones share the best of their ranks."""
    higher = (values[None, :] > values[:, None]).sum(axis=1)
    return np.asarray(higher + 1, dtype=np.int64)
