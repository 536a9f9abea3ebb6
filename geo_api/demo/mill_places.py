"""Where the simulated sugar mills stand: in the provinces of cane, apart from each other."""

import numpy as np

from geo_api.demo.ground import M_PER_DEGREE_LAT, M_PER_DEGREE_LON, Array, provinces

CANE_PROVINCES = ("41", "40", "36", "46", "30", "60", "62", "72", "71", "16", "67", "39")
# 58 mills crush since 2024/25 (shared/data/sugar_mills).
MILLS = 58
# Mills lie 50 km apart by a rule of 2015 (shared/domain/FACTS.md §5); older ones lie nearer.
_TRIES = 40


def spread_out(rng: np.random.Generator, codes: tuple[str, ...], count: int) -> tuple[Array, Array]:
    """(lon, lat): each the farthest from those before it of some places tried."""
    metres = np.array([M_PER_DEGREE_LON, M_PER_DEGREE_LAT])
    tried = np.column_stack(
        provinces().scatter(rng, list(codes), [1.0] * len(codes), _TRIES * count)
    )
    chosen = tried[:1]
    for some in np.array_split(tried[1:], max(1, count - 1))[: count - 1]:
        apart = np.linalg.norm((some[:, None] - chosen) * metres, axis=2).min(axis=1)
        chosen = np.vstack([chosen, some[np.argmax(apart)]])
    return chosen[:count, 0], chosen[:count, 1]
