"""Straight lines, degrees and bearings on the ellipsoid against the geodesics of PROJ, which are
those of GeographicLib."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from layers.methods.ellipsoid import bearing_deg, cartesian_m, metres_per_degree

WGS84 = Geod(ellps="WGS84")
# Thailand, and some ground around it.
LON, LAT = st.floats(97, 106), st.floats(5, 21)


@given(lon=LON, lat=LAT, azimuth=st.floats(0, 360), metres=st.floats(10, 100_000))
def test_a_straight_line_is_at_most_a_metre_shorter_than_the_geodesic(
    lon: float, lat: float, azimuth: float, metres: float
) -> None:
    to_lon, to_lat, _ = WGS84.fwd(lon, lat, azimuth, metres)

    ends = cartesian_m(np.array([lon, to_lon]), np.array([lat, to_lat]))

    chord = float(np.linalg.norm(ends[1] - ends[0]))
    assert metres - 1.1 < chord < metres + 1e-6


@given(lat=LAT)
def test_a_degree_is_as_long_as_the_geodesic_about_a_place(lat: float) -> None:
    of_lon, of_lat = metres_per_degree(np.array([lat]))

    _, _, east = WGS84.inv(100, lat, 100.001, lat)
    _, _, north = WGS84.inv(100, lat - 0.0005, 100, lat + 0.0005)
    assert of_lon[0] == pytest.approx(1000 * east, rel=1e-6)
    assert of_lat[0] == pytest.approx(1000 * north, rel=1e-6)


@given(lon=LON, lat=LAT, azimuth=st.floats(0, 359.99), metres=st.floats(100, 10_000))
def test_within_ten_kilometres_a_bearing_is_the_geodesics(
    lon: float, lat: float, azimuth: float, metres: float
) -> None:
    to_lon, to_lat, _ = WGS84.fwd(lon, lat, azimuth, metres)
    of_lon, of_lat = metres_per_degree(np.array([lat]))

    found = bearing_deg((to_lon - lon) * of_lon, (to_lat - lat) * of_lat)[0]

    assert 0 <= found < 360
    assert abs((found - azimuth + 180) % 360 - 180) < 0.06
