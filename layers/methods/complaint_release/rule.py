"""Which number of homes is shown, if any."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from layers.methods.complaint_release.noise import geometric_noise

# A sub-district of fewer houses tells of whom it counts, and so does one where more than a tenth
# complain; of areas whose houses nobody counted, neither is known.
LEAST_HOUSES = 500
MOST_SHARE = Fraction(1, 10)

# The database lets no table show fewer, and takes two places so near to each other for one home:
# half a thousandth of a degree (geo_api/complaints/release_sql.py).
LEAST_HOMES = 5
HOME_WITHIN_M = 55

Draw = Callable[[Fraction], int]


@dataclass(frozen=True)
class Rule:
    """Of a table: its share of the budget, and the numbers of homes from which a row is shown."""

    epsilon: Fraction
    least_homes: int
    least_noisy: int


def shown(
    homes: int, rule: Rule, *, houses: int | None = None, draw: Draw = geometric_noise
) -> int | None:
    """The number of homes that is published, with its noise; None for a hidden row.

    The noise is drawn whatever the number of homes is, and the share of houses is that of the
    noisy number: what hides a row tells no more than what is shown.
    """
    noisy = homes + draw(rule.epsilon)
    if homes < rule.least_homes or noisy < rule.least_noisy:
        return None
    if houses is not None and (houses < LEAST_HOUSES or noisy > houses * MOST_SHARE):
        return None
    return noisy
