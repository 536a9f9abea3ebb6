"""What a share of few says: the interval of Wilson (1927), which never leaves 0 to 1."""

from math import sqrt

Z_95 = 1.959964  # of a normal distribution, 95 % of which lie within


def wilson(found: int, of: int, z: float = Z_95) -> tuple[float, float] | None:
    """The interval of a share, found / of; None where there is nothing to have a share of."""
    if of == 0:
        return None
    share = found / of
    centre = share + z * z / (2 * of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    wide = 1 + z * z / of
    return max(0.0, (centre - half) / wide), min(1.0, (centre + half) / wide)
