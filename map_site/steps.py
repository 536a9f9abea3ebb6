"""Five steps of one colour: which values each holds, the same for map, legend and table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# The lowest value of each step, of counts so small; larger ones are multiples.
_COUNTS = (1.0, 3.0, 6.0, 10.0, 15.0)
_FACTORS = (1, 2, 5)
SHARES_PCT = (0.0, 5.0, 10.0, 20.0, 30.0)


@dataclass(frozen=True)
class Steps:
    """`lows` are the lowest values of the steps 1 to 5, ascending; below the first is zero.
    `least` is how far values are apart: 1 of counts, 0 of shares."""

    lows: tuple[float, ...]
    least: float = 1

    def step(self, value: float | None) -> int | None:
        """1 to 5; 0 below the first step; None where the value is not known."""
        if value is None:
            return None
        told = round(value, 1) if self.least else value
        return sum(told >= low for low in self.lows)

    def bounds(self) -> list[tuple[float, float | None]]:
        """The lowest value of each step, and the lowest of the next."""
        return list(zip(self.lows, (*self.lows[1:], None), strict=True))


def of_counts(values: Iterable[float | None]) -> Steps:
    """Steps for whole numbers: so wide that the highest value is no more than twice the start of
    the last step."""
    highest = max((value for value in values if value is not None), default=0)
    power = 1
    while True:
        for factor in _FACTORS:
            if highest <= 2 * _COUNTS[-1] * factor * power:
                return _multiplied(factor * power)
        power *= 10


def _multiplied(factor: int) -> Steps:
    first, *rest = _COUNTS
    return Steps((first, *(low * factor for low in rest)))


def tally(steps: Steps, values: Iterable[float | None]) -> Sequence[int]:
    """How many values are in each step, from 0 (none) to 5."""
    found = [0] * (len(steps.lows) + 1)
    for value in values:
        step = steps.step(value)
        if step is not None:
            found[step] += 1
    return found
