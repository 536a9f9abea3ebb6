"""Shares of mills by distance: they sum to one, fall as declared, and stop at the reach."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import Point, unary_union

from layers.methods.mill_zones import Declared, Numbers, Shares, sums_by_mill, zone_shares
from layers.methods.partition import partition

WGS84 = Geod(ellps="WGS84")
NOWHERE = np.array([], dtype=float)
places = st.lists(
    st.tuples(st.floats(100, 102), st.floats(14, 16)), min_size=1, max_size=12, unique=True
)


def shares(
    lon: Numbers,
    lat: Numbers,
    mill_lon: Numbers,
    mill_lat: Numbers,
    declared: Declared | None = None,
) -> Shares:
    """With a reach of 50 km and a decay of 20 km."""
    return zone_shares(
        lon, lat, mill_lon, mill_lat, reach_m=50_000, decay_m=20_000, declared=declared
    )


def east(lon: float, lat: float, *kilometres: float) -> tuple[np.ndarray, np.ndarray]:
    points = [WGS84.fwd(lon, lat, 90, 1000 * km)[:2] for km in kilometres]
    x, y = zip(*points, strict=True)
    return np.array(x), np.array(y)


def test_shares_fall_with_the_geodesic_distance() -> None:
    mills = east(101, 15, 10, 40, 50.001)

    found = shares(np.array([101.0]), np.array([15.0]), *mills)

    near = 1 / (1 + math.exp(-1.5))
    assert found.mill.tolist() == [0, 1]
    assert found.share.tolist() == pytest.approx([near, 1 - near], abs=1e-9)
    assert found.nearest.tolist() == [True, False]


def test_the_reach_is_a_geodesic_one_to_the_metre() -> None:
    mills = east(101, 15, 49.9995, 50.0005)

    found = shares(np.array([101.0]), np.array([15.0]), *mills)

    assert found.mill.tolist() == [0]


@settings(max_examples=40, deadline=None)
@given(fires=places, mills=places)
def test_shares_of_a_place_sum_to_one_or_there_are_none(
    fires: list[tuple[float, float]], mills: list[tuple[float, float]]
) -> None:
    (x, y), (mill_x, mill_y) = np.array(fires).T, np.array(mills).T

    found = shares(x, y, mill_x, mill_y)

    sums = np.bincount(found.place, found.share, minlength=len(fires))
    reached = np.bincount(found.place, minlength=len(fires)) > 0
    assert np.abs(sums[reached] - 1).max(initial=0) <= 1e-9
    assert np.bincount(found.place, found.nearest, minlength=len(fires)).tolist() == [
        float(one) for one in reached
    ]
    many = np.repeat(x, len(mills)), np.repeat(y, len(mills))
    each = np.tile(mill_x, len(x)), np.tile(mill_y, len(x))
    apart = WGS84.inv(many[0], many[1], each[0], each[1])
    assert reached.tolist() == (apart[2].reshape(len(x), -1).min(axis=1) <= 50_000).tolist()


@settings(max_examples=25, deadline=None)
@given(fires=places, mills=places)
def test_every_fire_is_in_the_sums_once_of_mills_or_of_none(
    fires: list[tuple[float, float]], mills: list[tuple[float, float]]
) -> None:
    (x, y), (mill_x, mill_y) = np.array(fires).T, np.array(mills).T
    unit = np.arange(len(fires)) % 3

    found = shares(x, y, mill_x, mill_y)
    sums, variance, nearest = sums_by_mill(found, unit, 3, len(mills), np.arange(len(fires)))

    assert sums.sum(axis=1) == pytest.approx(np.bincount(unit, minlength=3), abs=1e-9)
    assert nearest.sum() == len(fires)
    assert ((variance >= 0) & (variance <= sums + 1e-12)).all()


def test_a_far_mill_alone_within_reach_has_all_of_it() -> None:
    found = zone_shares(
        np.array([101.0]), np.array([15.0]), *east(101, 15, 49), reach_m=50_000, decay_m=10
    )

    assert found.share.tolist() == [1.0]


def test_in_a_declared_zone_no_other_mill_has_a_share() -> None:
    mills = east(101, 15, 1, 30, 80)
    declared = Declared(np.array([0, 0]), np.array([1, 2]))

    found = shares(np.array([101.0, 101.0]), np.array([15.0, 15.0]), *mills, declared)

    first = found.place == 0
    assert found.mill[first].tolist() == [1, 2]
    assert found.share[first].tolist() == pytest.approx(
        [1 / (1 + math.exp(-2.5)), 1 / (1 + math.exp(2.5))]
    )
    assert found.mill[~first].tolist() == [0, 1]


def test_without_mills_or_places_there_are_no_shares() -> None:
    assert len(shares(np.array([101.0]), np.array([15.0]), NOWHERE, NOWHERE).place) == 0
    assert len(shares(NOWHERE, NOWHERE, *east(101, 15, 1)).place) == 0


@pytest.mark.parametrize(("reach", "decay"), [(0, 1), (1, 0), (-1, 1)])
def test_no_distance_is_refused(reach: float, decay: float) -> None:
    with pytest.raises(ValueError, match="metres above 0"):
        zone_shares(NOWHERE, NOWHERE, NOWHERE, NOWHERE, reach_m=reach, decay_m=decay)


@settings(max_examples=15, deadline=None)
@given(mills=places, fires=places)
def test_the_zone_that_is_drawn_is_where_a_mill_is_the_nearest(
    mills: list[tuple[float, float]], fires: list[tuple[float, float]]
) -> None:
    (mill_x, mill_y), (x, y) = np.array(mills).T, np.array(fires).T
    zones = partition(mill_x, mill_y, 50_000)
    metres = np.array(
        [WGS84.inv(np.full(len(x), a), np.full(len(x), b), x, y)[2] for a, b in mills]
    )

    for number, place in enumerate(map(Point, fires)):
        order = np.sort(metres[:, number])
        clear = order[0] < 49_800 and (len(order) == 1 or order[1] - order[0] > 400)
        if clear:
            assert zones[int(metres[:, number].argmin())].contains(place)
        if order[0] > 50_050:
            assert not unary_union(zones).contains(place)


def test_a_zone_by_itself_is_a_circle_of_the_reach() -> None:
    [zone] = partition(np.array([101.0]), np.array([15.0]), 50_000)

    area, _ = WGS84.geometry_area_perimeter(zone)
    assert abs(area) == pytest.approx(math.pi * 50_000**2, rel=0.002)
