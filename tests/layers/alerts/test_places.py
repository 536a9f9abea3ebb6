"""How large a place is that somebody drew."""

from math import pi

import pytest

from layers.alerts.places import area_km2

EARTH_KM2 = 4 * pi * 6371.0088**2
SQUARE = [(100.0, 14.0), (101.0, 14.0), (101.0, 15.0), (100.0, 15.0), (100.0, 14.0)]


def test_an_eighth_of_the_earth_has_an_eighth_of_its_area() -> None:
    octant = [(0.0, 0.0), (90.0, 0.0), (90.0, 90.0), (0.0, 90.0)]

    assert area_km2(octant) == pytest.approx(EARTH_KM2 / 8)


def test_a_degree_of_thailand_is_as_large_as_on_the_ellipsoid() -> None:
    # pyproj's Geod (WGS84) of the same square.
    assert area_km2(SQUARE) == pytest.approx(11_927.1, rel=0.01)


def test_it_is_the_same_either_way_round_closed_or_not() -> None:
    assert area_km2(SQUARE[::-1]) == area_km2(SQUARE[:-1]) == area_km2(SQUARE)
