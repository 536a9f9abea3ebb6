"""In which order stops are driven: plainly, to the nearest next.

A district's day has at most thirty stops, and no roads are known to the database: a solver of
routes would be precise about straight lines that nobody drives. Nearest-first is what a person
checks by eye.
"""

import math
from collections.abc import Sequence

Place = tuple[float, float]
_EARTH_M = 6_371_008.8  # the mean radius of WGS84 (IUGG)


def nearest_first(places: Sequence[Place], start: Place | None) -> list[tuple[int, float | None]]:
    """The index of each of `places` (lon, lat) in the order of the way, with the metres from the
    one before. From `start`, or else from the first of them."""
    left = list(range(len(places)))
    way: list[tuple[int, float | None]] = []
    here = start
    while left:
        far = {one: 0.0 if here is None else distance_m(here, places[one]) for one in left}
        nearest = left[0] if here is None else min(left, key=lambda one: (far[one], one))
        way.append((nearest, None if here is None else far[nearest]))
        here = places[nearest]
        left.remove(nearest)
    return way


def distance_m(one: Place, other: Place) -> float:
    """On the sphere, by the haversine: to half a per cent, as straight ways of a list are told."""
    (lon, lat), (lon2, lat2) = (tuple(map(math.radians, place)) for place in (one, other))
    half = (
        math.sin((lat2 - lat) / 2) ** 2
        + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    )
    return 2 * _EARTH_M * math.asin(math.sqrt(min(1.0, half)))
