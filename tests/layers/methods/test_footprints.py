"""Pixels on the ground: their size, and that they lie along the satellite's path."""

from itertools import pairwise
from math import asin, atan2, cos, degrees, nan, pi, radians, sin

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from layers.methods.ellipsoid import metres_per_degree
from layers.methods.footprints import footprints, outlines, path_deg, sizes_km

Floats = NDArray[np.float64]
GEOD, SPHERE = Geod(ellps="WGS84"), Geod(a=6_371_008.8, f=0)


def ring(scan_km: float, track_km: float, bearing: float = nan) -> Floats:
    given = (101, 15, scan_km, track_km, bearing)
    lon, lat, scan, track, path = (np.full(1, float(one)) for one in given)
    made: Floats = footprints(lon, lat, scan, track, path)[0]
    return made


def sides_m(corners: Floats) -> list[float]:
    return [GEOD.inv(*start, *end)[2] for start, end in pairwise(corners)]


def flown_deg(inclination_deg: float, minutes: float, lat: float) -> float:
    """The bearing at a latitude (geocentric) of a satellite's ascending path, by flying it: two
    places half a second apart, the earth turning below."""
    tilt = radians(inclination_deg)
    start = asin(sin(radians(lat)) / sin(tilt))
    places = []
    for seconds in (0.0, 0.5):
        along = start + 2 * pi * seconds / (minutes * 60)
        north = asin(sin(tilt) * sin(along))
        east = atan2(cos(tilt) * sin(along), cos(along)) - 2 * pi * seconds / 86_164.0905
        places.append((degrees(east), degrees(north)))
    bearing: float = SPHERE.inv(*places[0], *places[1])[0]
    return bearing % 360


def test_a_pixel_below_the_satellite_and_one_at_the_edge_of_its_swath_differ_in_size() -> None:
    nadir, edge = ring(0.375, 0.375), ring(0.8, 0.78)

    assert sides_m(nadir) == pytest.approx([375] * 4, abs=0.1)
    assert sides_m(edge) == pytest.approx([800, 780, 800, 780], abs=0.1)


def test_a_ring_is_closed_counterclockwise_and_about_its_centre() -> None:
    corners = ring(0.8, 0.5, 347)
    lon, lat = corners.T

    assert (corners[0] == corners[-1]).all()
    assert np.sum(lon[:-1] * lat[1:] - lon[1:] * lat[:-1]) > 0
    assert corners[:-1].mean(axis=0) == pytest.approx([101, 15], abs=1e-9)
    assert abs(GEOD.polygon_area_perimeter(lon, lat)[0]) == pytest.approx(400_000, rel=1e-4)


@pytest.mark.parametrize("bearing", [0, 12.5, 90, 193, 347])
def test_its_track_lies_along_the_path_and_its_scan_across(bearing: float) -> None:
    behind_left, behind_right, ahead_right, *_ = ring(0.5, 0.8, bearing)

    azimuth, _, length = GEOD.inv(*behind_right, *ahead_right)
    assert length == pytest.approx(800, abs=0.1)
    assert azimuth % 360 == pytest.approx(bearing % 360, abs=0.05)
    azimuth, _, length = GEOD.inv(*behind_left, *behind_right)
    assert length == pytest.approx(500, abs=0.1)
    assert azimuth % 360 == pytest.approx((bearing + 90) % 360, abs=0.05)


def test_day_passes_of_viirs_and_aqua_go_north_by_west_and_those_of_terra_south_by_west() -> None:
    lat = np.full(6, 15.0)

    found = path_deg(["N", "N20", "A", "T", "N21", "T"], ["D", "D", "D", "D", "N", "N"], lat)

    assert found[0] == pytest.approx(flown_deg(98.7, 101.5, 15), abs=0.01)
    assert found[1] == found[0]
    assert found[2] == pytest.approx(flown_deg(98.2, 98.8, 15), abs=0.01)
    assert 346 < found[0] < 349
    # One that descends is the other's image in the meridian.
    assert found[3] == pytest.approx(540 - found[2])
    assert found[4] == pytest.approx(540 - found[0])
    assert found[5] == pytest.approx(found[2])


def test_without_the_turning_of_the_earth_it_would_be_the_orbit_s_own_inclination(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("layers.methods.footprints._SIDEREAL_DAY_S", np.inf)

    assert path_deg(["N"], ["D"], np.zeros(1))[0] == pytest.approx(360 - 8.7)


def test_a_path_that_is_not_known_is_nan_and_the_pixel_drawn_to_the_north() -> None:
    assert np.isnan(path_deg(["N", None, "X"], [None, "D", "D"], np.full(3, 15.0))).all()
    assert (ring(0.4, 0.4) == ring(0.4, 0.4, 0.0)).all()


def test_degrees_are_as_long_as_geodesics_say() -> None:
    # ANCHORS 5.1: 15 N from 100 to 101 E, and 100 E from 15 to 16 N.
    assert metres_per_degree(np.array([15.0]))[0][0] == pytest.approx(107_550.4, abs=1)
    assert metres_per_degree(np.array([15.5]))[1][0] == pytest.approx(110_653.6, abs=1)


def test_a_size_that_is_not_told_is_that_of_nadir_and_said_to_be_so() -> None:
    scan, track, told = sizes_km(
        ["VIIRS", "MODIS", None, "VIIRS"],
        np.array([0.4, np.nan, np.nan, np.nan]),
        np.array([0.5, np.nan, np.nan, 0.4]),
    )

    assert scan == pytest.approx([0.4, 1.0, np.nan, 0.375], nan_ok=True)
    assert track == pytest.approx([0.5, 1.0, np.nan, 0.375], nan_ok=True)
    assert list(told) == [True, False, False, False]


def pixels(east_m: list[float], north_m: list[float], bearing: float = 347) -> Floats:
    """So far from 101 E 15 N, each 400 by 400 m."""
    east, north = (float(one[0]) for one in metres_per_degree(np.array([15.0])))
    size = np.full(len(east_m), 0.4)
    lon, lat = 101 + np.array(east_m) / east, 15 + np.array(north_m) / north
    return footprints(lon, lat, size, size, np.full(len(size), bearing))


def test_the_outline_of_one_pixel_is_the_pixel() -> None:
    rings = pixels([0], [0])

    [outline] = outlines(rings, np.zeros(1, np.intp))

    assert outline.symmetric_difference(shapely.Polygon(rings[0])).area < 1e-4 * outline.area


def test_an_outline_holds_its_pixels_and_closes_gaps_of_less_than_seven_hundred_metres() -> None:
    rings = pixels([0, 1050, 3000], [0, 0, 0], bearing=0)  # 650 m and 1,550 m between them

    [outline] = outlines(rings, np.zeros(3, np.intp))

    joined, alone = sorted(outline.geoms, key=lambda one: -one.area)
    assert len(outline.geoms) == 2
    assert joined.area / alone.area == pytest.approx(1450 / 400, rel=1e-3)
    for ring in rings:
        pixel = shapely.Polygon(ring)
        assert pixel.difference(outline).area < 1e-6 * pixel.area


def test_outlines_are_of_their_group_whatever_the_order() -> None:
    rings = pixels([0, 20_000, 500, 20_400], [0, 0, 300, 0])
    group = np.array([1, 0, 1, 0])
    order = np.array([3, 2, 1, 0])

    found, turned = outlines(rings, group), outlines(rings[order], group[order])

    assert [round(one.centroid.x, 2) for one in found] == [101.19, 101.0]
    for one, other in zip(found, turned, strict=True):
        assert one.symmetric_difference(other).area < 1e-9 * one.area
