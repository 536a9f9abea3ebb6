"""A Gaussian plume over flat ground: what a source adds downwind of it, for display and screening.

C = Q / (2π u σy σz) · exp(−y²/2σy²) · [exp(−(z−H)²/2σz²) + exp(−(z+H)²/2σz²)]: a steady source and
wind, nothing deposited, the ground reflects. σ by Briggs (1973), rural or urban, valid from 100 m
to 10 km; nothing is told beyond. It gives means over some ten minutes to an hour; no terrain, no
buildings, no lid of the mixing layer, and no calm. A picture of it is no evidence of a source.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
# Pasquill's classes, from very unstable to stable.
Stability = Literal["A", "B", "C", "D", "E", "F"]
Terrain = Literal["rural", "urban"]

NEAREST_M, FARTHEST_M = 100.0, 10_000.0
# Below this the formula, which divides by the speed, says nothing.
LEAST_SPEED_M_S = 0.5
_UG_PER_G = 1e6


@dataclass(frozen=True)
class _Sigma:
    """k x (1 + c x)^p, x in m."""

    k: float
    c: float = 0.0
    p: float = 0.0

    def at(self, x_m: Floats) -> Floats:
        spread: Floats = self.k * x_m * (1 + self.c * x_m) ** self.p
        return spread


def _across(terrain: Terrain, k: float) -> _Sigma:
    return _Sigma(k, {"rural": 1e-4, "urban": 4e-4}[terrain], -0.5)


# (σy, σz); Briggs, G. A. (1973): Diffusion estimation for small emissions. NOAA ATDL 79.
_BRIGGS: Mapping[Terrain, Mapping[Stability, tuple[_Sigma, _Sigma]]] = {
    "rural": {
        "A": (_across("rural", 0.22), _Sigma(0.20)),
        "B": (_across("rural", 0.16), _Sigma(0.12)),
        "C": (_across("rural", 0.11), _Sigma(0.08, 2e-4, -0.5)),
        "D": (_across("rural", 0.08), _Sigma(0.06, 1.5e-3, -0.5)),
        "E": (_across("rural", 0.06), _Sigma(0.03, 3e-4, -1)),
        "F": (_across("rural", 0.04), _Sigma(0.016, 3e-4, -1)),
    },
    "urban": {
        "A": (_across("urban", 0.32), _Sigma(0.24, 1e-3, 0.5)),
        "B": (_across("urban", 0.32), _Sigma(0.24, 1e-3, 0.5)),
        "C": (_across("urban", 0.22), _Sigma(0.20)),
        "D": (_across("urban", 0.16), _Sigma(0.14, 3e-4, -0.5)),
        "E": (_across("urban", 0.11), _Sigma(0.08, 1.5e-3, -0.5)),
        "F": (_across("urban", 0.11), _Sigma(0.08, 1.5e-3, -0.5)),
    },
}
# σy = 465.116 x tan(a − b ln x), x in km, the angle in degrees: Turner's curves, in Boubel, R. W.
# et al.: Fundamentals of Air Pollution, 3rd ed., p. 303.
_TURNER: Mapping[Stability, tuple[float, float]] = {
    "A": (24.167, 2.5334),
    "B": (18.333, 1.8096),
    "C": (12.5, 1.0857),
    "D": (8.3333, 0.72382),
    "E": (6.25, 0.54287),
    "F": (4.1667, 0.36191),
}


@dataclass(frozen=True)
class Source:
    """Emits `q_g_s` at the effective height `height_m` into a wind of `wind_m_s`."""

    q_g_s: float
    height_m: float
    wind_m_s: float


def concentration(
    source: Source,
    x_m: ArrayLike,
    y_m: ArrayLike,
    z_m: ArrayLike,
    stability: Stability,
    terrain: Terrain = "rural",
) -> Floats:
    """In µg/m³, x downwind of the source, y across, z above ground: 0 upwind, NaN downwind outside
    of 100 m to 10 km. Raises ValueError for a wind below LEAST_SPEED_M_S."""
    x, y, z = (np.asarray(one, dtype=float) for one in (x_m, y_m, z_m))
    sigma_y, sigma_z = briggs(x, stability, terrain)
    told = diluted(source, sigma_y, sigma_z, y, z)
    return np.where(x <= 0, 0.0, told)


def diluted(
    source: Source, sigma_y_m: ArrayLike, sigma_z_m: ArrayLike, y_m: ArrayLike, z_m: ArrayLike
) -> Floats:
    """In µg/m³, where the plume has spread so far. Raises ValueError as `concentration`."""
    if source.wind_m_s < LEAST_SPEED_M_S:
        raise ValueError(
            f"a plume needs a wind of {LEAST_SPEED_M_S} m/s, got {source.wind_m_s:g} m/s"
        )
    sigma_y, sigma_z, y, z = (
        np.asarray(one, dtype=float) for one in (sigma_y_m, sigma_z_m, y_m, z_m)
    )
    axis = source.q_g_s / (2 * np.pi * source.wind_m_s * sigma_y * sigma_z)
    direct, reflected = (
        np.exp(-((z - mirrored) ** 2) / (2 * sigma_z**2))
        for mirrored in (source.height_m, -source.height_m)
    )
    told: Floats = _UG_PER_G * axis * np.exp(-(y**2) / (2 * sigma_y**2)) * (direct + reflected)
    return told


def briggs(x_m: ArrayLike, stability: Stability, terrain: Terrain) -> tuple[Floats, Floats]:
    """(σy, σz) in m at so many metres downwind; NaN outside of 100 m to 10 km."""
    x = np.asarray(x_m, dtype=float)
    inside = np.where((x >= NEAREST_M) & (x <= FARTHEST_M), x, np.nan)
    across, upwards = _BRIGGS[terrain][stability]
    return across.at(inside), upwards.at(inside)


def turner_sigma_y(x_m: ArrayLike, stability: Stability) -> Floats:
    """σy in m by Turner's curves, which Briggs' are compared with."""
    x_km = np.asarray(x_m, dtype=float) / 1000
    a, b = _TURNER[stability]
    spread: Floats = 465.116 * x_km * np.tan(np.radians(a - b * np.log(x_km)))
    return spread
