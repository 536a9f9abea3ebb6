"""Burned area from two images of the same place: before and after.

NBR = (NIR − SWIR2) / (NIR + SWIR2); dNBR is NBR before less NBR after, and severity its classes as
Key, C. H. and Benson, N. C. (2006), Landscape Assessment, FIREMON, give them for dNBR × 1000.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Severity = Literal["low", "moderate_low", "moderate_high", "high"]

# dNBR × 1000. Fires in crops burn little biomass: from 0.10 on it is burned (doi
# 10.21163/GT_2026.212.09).
BURNED_FROM = 100.0
SEVERITY_STARTS: tuple[tuple[float, Severity], ...] = (
    (100.0, "low"),
    (270.0, "moderate_low"),
    (440.0, "moderate_high"),
    (660.0, "high"),
)
# Scars of crops are gone within days: farther apart images show growth and harvest as well.
MOST_DAYS_APART = 10
M2_OF_RAI, M2_OF_HECTARE = 1_600.0, 10_000.0


def nbr(nir: Floats, swir2: Floats) -> Floats:
    """The normalised burn ratio, −1 to 1, of reflectances (or of numbers in proportion to them);
    NaN where either has no value, is negative, or both are 0."""
    total = nir + swir2
    sound = np.isfinite(total) & (nir >= 0) & (swir2 >= 0) & (total > 0)
    found = np.full(np.shape(total), np.nan)
    np.divide(nir - swir2, total, out=found, where=sound)
    return found


def dnbr(before: Floats, after: Floats) -> Floats:
    """Its fall × 1000, of NBR before and after; NaN where either is."""
    return 1000.0 * (before - after)


def burned(fall: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Where dNBR × 1000 is that of burned land; nowhere without a value."""
    # Nothing is as much as what has no value.
    found: NDArray[np.bool_] = np.asarray(fall) >= BURNED_FROM
    return found


def severity(fall: float) -> Severity | None:
    """The class of dNBR × 1000; None where it is not burned."""
    names = [name for start, name in SEVERITY_STARTS if fall >= start]
    return names[-1] if names else None
