"""Shares of mills by distance."""

import numpy as np

from layers.methods.checks import Check


def _shares() -> tuple[float, float]:
    """Of a place with mills 10 and 40 km to the east, and one beyond the reach."""
    from pyproj import Geod

    from layers.methods.mill_zones import zone_shares

    ends = [Geod(ellps="WGS84").fwd(101.0, 15.0, 90, 1000 * km)[:2] for km in (10, 40, 50.001)]
    lon, lat = np.array(ends).T
    place = np.array([101.0]), np.array([15.0])
    found = zone_shares(*place, lon, lat, reach_m=50_000, decay_m=20_000)
    return float(found.share[0]), float(found.share.sum())


CHECKS = (
    Check(
        name="shares",
        th="ส่วนของโรงงานที่ใกล้กว่า และผลรวมของทุกโรงงาน",
        en="Share of the nearer mill, and the sum over all",
        given="10, 40, 50.001 km; reach 50 km, decay 20 km",
        expected=(0.8175745, 1.0),
        got=_shares,
        tolerance=1e-6,
        source="1 / (1 + e^−1.5); Σ = 1",
    ),
)
