"""A pixel's size on the ground, by geodesics."""

import numpy as np

from layers.methods import footprints
from layers.methods.checks import Check


def _area() -> float:
    """Square kilometres of a pixel drawn aslant."""
    from pyproj import Geod

    ring = footprints.footprints(*(np.array([x]) for x in (100.0, 16.0, 0.5, 0.4, 350.0)))[0]
    area, _ = Geod(ellps="WGS84").polygon_area_perimeter(*ring.T)
    return float(area) / 1e6


CHECKS = (
    Check(
        name="area",
        th="พื้นที่ของจุดภาพบนพื้นดิน",
        en="Area of a pixel on the ground",
        given="scan 0.5 km, track 0.4 km",
        expected=0.2,
        got=_area,
        tolerance=0.0004,
        unit="km²",
        source="0.5 · 0.4; GeographicLib",
    ),
)
