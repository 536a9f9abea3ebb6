"""From which directions, and at which speeds, the wind blows when a concentration is high: the
conditional probability function.

CPF = m / n for each sector: n hours with wind from there, of which m above a threshold, a
percentile of the whole series. Ashbaugh, L. L., Malm, W. C., Sadeh, W. Z. (1985): A residence time
probability analysis of sulfur concentrations at Grand Canyon National Park. Atmospheric Environment
19, 1263–1270; Uria-Tellaetxe, I., Carslaw, D. C. (2014): Conditional bivariate probability function
for source identification. Environmental Modelling & Software 59, 1–9.

It tells a direction, not a distance nor a cause: screening, which says where to look.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.methods.wilson import wilson
from layers.methods.wind import sector

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

# The upper quarter of all hours; openair's default for CPF too.
PERCENTILE = 75.0
SECTORS = 12
# Hours below it have no direction to speak of, our choice.
CALM_M_S = 1.0


class NothingMeasured(ValueError):
    """No hour has a concentration."""


@dataclass(frozen=True)
class ConditionalProbability:
    """By sector (last axis; the first is centred on north), and by speed class before it where it
    is bivariate: `m` of `n` hours above `threshold`, `share` = m / n with its 95 % interval from
    `low` to `high` (Wilson), NaN where no hour was counted. `overall` is that of all hours counted,
    `calm` the hours left out for little wind, `unknown` those without concentration or wind."""

    threshold: float
    m: Integers
    n: Integers
    share: Floats
    low: Floats
    high: Floats
    overall: float
    calm: int
    unknown: int

    @property
    def sectors(self) -> int:
        """Of the whole turn."""
        return int(self.n.shape[-1])

    @property
    def centre_deg(self) -> Floats:
        """Of each sector, clockwise from north."""
        return np.arange(self.sectors) * 360.0 / self.sectors

    @property
    def is_lobe(self) -> Booleans:
        """Where high hours are more than chance would have them: the interval's lower end is above
        the share of all hours."""
        with np.errstate(invalid="ignore"):
            return self.low > self.overall

    def lobe_towards(self, bearing_deg: Floats) -> Booleans:
        """Whether what lies at each bearing lies in a sector of a lobe (of any speed class)."""
        by_sector: Booleans = np.logical_or.reduce(self.is_lobe.reshape(-1, self.sectors))
        return by_sector[sector(bearing_deg, self.sectors)]


def threshold_of(concentration: Floats, percentile: float = PERCENTILE) -> float:
    """The percentile of the whole series, in its unit: with calm and with unknown wind, so that it
    does not depend on the wind. Raises NothingMeasured."""
    known = concentration[np.isfinite(concentration)]
    if not len(known):
        raise NothingMeasured("a percentile needs concentrations, and no hour has one")
    return float(np.percentile(known, percentile))


def cpf(
    concentration: Floats,
    speed_m_s: Floats,
    from_deg: Floats,
    *,
    sectors: int = SECTORS,
    percentile: float = PERCENTILE,
    calm_m_s: float = CALM_M_S,
) -> ConditionalProbability:
    """CPF of an hourly series (one dimension; NaN where not measured; any unit). High is what lies
    above the threshold, not at it. Raises NothingMeasured."""
    every_speed = (calm_m_s, np.inf)
    found = bivariate(
        concentration, speed_m_s, from_deg, every_speed, sectors=sectors, percentile=percentile
    )
    by_sector = (found.m[0], found.n[0], found.share[0], found.low[0], found.high[0])
    return ConditionalProbability(
        found.threshold, *by_sector, found.overall, found.calm, found.unknown
    )


def bivariate(
    concentration: Floats,
    speed_m_s: Floats,
    from_deg: Floats,
    edges_m_s: tuple[float, ...],
    *,
    sectors: int = SECTORS,
    percentile: float = PERCENTILE,
) -> ConditionalProbability:
    """CPF by speed class and sector: a class from each of the ascending `edges_m_s` (inclusive) up
    to the next; below the first is calm. Raises NothingMeasured."""
    threshold = threshold_of(concentration, percentile)
    known = np.isfinite(concentration) & np.isfinite(speed_m_s)
    blows = known & (speed_m_s >= edges_m_s[0])
    counted = blows & np.isfinite(from_deg) & (speed_m_s < edges_m_s[-1])
    speed_class = np.searchsorted(edges_m_s, speed_m_s[counted], side="right") - 1
    shape = (len(edges_m_s) - 1, sectors)
    cell = np.ravel_multi_index((speed_class, sector(from_deg[counted], sectors)), shape)
    is_high = concentration[counted] > threshold
    n = np.bincount(cell, minlength=shape[0] * sectors).reshape(shape)
    m = np.bincount(cell[is_high], minlength=shape[0] * sectors).reshape(shape)
    calm = int((known & ~blows).sum())
    overall = float(is_high.mean()) if len(is_high) else np.nan
    unknown = len(concentration) - calm - int(counted.sum())
    return ConditionalProbability(threshold, m, n, *_shares(m, n), overall, calm, unknown)


def _shares(m: Integers, n: Integers) -> tuple[Floats, Floats, Floats]:
    none = (np.nan, np.nan)
    counts = zip(m.ravel().tolist(), n.ravel().tolist(), strict=True)
    limits = np.array([wilson(found, of) or none for found, of in counts])
    share = np.full(n.shape, np.nan)
    np.divide(m, n, out=share, where=n > 0)
    return share, limits[:, 0].reshape(n.shape), limits[:, 1].reshape(n.shape)
