"""Zones against the nearest place by the geodesics of PROJ, point by point."""

import numpy as np
import pytest
import shapely
from pyproj import Geod

from layers.methods.partition import partition

WGS84 = Geod(ellps="WGS84")
REACH_M = 50_000.0
# A zone's edge is off by some tens of metres, its circle by a thousandth of its area.
EDGE_M = 200.0


def places(seed: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    return random.uniform(100, 102, 12), random.uniform(14, 16, 12)


@pytest.mark.parametrize("seed", range(3))
def test_a_point_is_in_the_zone_of_its_nearest_place_and_in_no_other(seed: int) -> None:
    lon, lat = places(seed)
    random = np.random.default_rng(seed + 100)
    x, y = random.uniform(99.5, 102.5, 500), random.uniform(13.5, 16.5, 500)
    metres = np.array(
        [WGS84.inv(np.full(12, a), np.full(12, b), lon, lat)[2] for a, b in zip(x, y, strict=True)]
    )

    zones = partition(lon, lat, REACH_M)

    inside = np.array([shapely.contains_xy(zone, x, y) for zone in zones]).T
    ranked = np.sort(metres, axis=1)
    is_clear = (ranked[:, 1] - ranked[:, 0] > EDGE_M) & (abs(ranked[:, 0] - REACH_M) > EDGE_M)
    nearest = metres.argmin(axis=1)
    expected = np.zeros_like(inside)
    within = ranked[:, 0] < REACH_M
    expected[np.flatnonzero(within), nearest[within]] = True
    assert is_clear.sum() > 400 and within.sum() > 100
    assert (inside[is_clear] == expected[is_clear]).all()


def test_a_place_alone_has_all_within_its_reach() -> None:
    [zone] = partition(np.array([101.0]), np.array([15.0]), REACH_M)

    area, _ = WGS84.geometry_area_perimeter(zone)
    assert abs(area) == pytest.approx(np.pi * REACH_M**2, rel=2e-3)


def test_a_reach_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="reach is metres above 0, got 0"):
        partition(np.array([101.0]), np.array([15.0]), 0)
