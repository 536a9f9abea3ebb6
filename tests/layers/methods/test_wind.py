"""Wind as vectors: conventions, means, and the wind between stations."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pyproj
import pytest
from numpy.typing import NDArray

from layers.methods import ellipsoid, wind
from layers.methods.wind import Stations

Floats = NDArray[np.float64]
NOON = np.datetime64("2026-04-01T12", "h")
DEAD = ("74t", "o21", "o61")


def stations(
    *places: tuple[float, float], speed: list[list[float]], from_deg: list[list[float]]
) -> Stations:
    """Stations by metres (east, north) of 100.5° E 13.7° N, whose last hour is NOON."""
    east, north = np.array(places).T
    hours = NOON - np.arange(len(speed[0]))[::-1]
    of_lon, of_lat = ellipsoid.metres_per_degree(np.array(13.7))
    lon, lat = 100.5 + east / of_lon, 13.7 + north / of_lat
    return Stations(lon, lat, hours, np.array(speed), np.array(from_deg))


def here(of: Stations, hour: np.datetime64 = NOON) -> wind.Wind:
    return wind.at(of, np.array([100.5]), np.array([13.7]), np.array([hour]))


def test_equal_parts_of_minus_three_come_from_the_north_east() -> None:
    assert wind.direction(np.array([-3.0]), np.array([-3.0])) == pytest.approx([45])


def test_components_and_direction_undo_each_other() -> None:
    from_deg = np.array([0.0, 12.5, 90, 180, 269, 359.99])

    assert wind.direction(*wind.components(np.full(6, 2.5), from_deg)) == pytest.approx(from_deg)


def test_a_direction_is_never_360() -> None:
    found = wind.direction(np.array([1e-18, 0.0]), np.array([-1.0, -1.0]))

    assert found.tolist() == [0, 0]


def test_the_mean_of_350_and_10_degrees_is_north() -> None:
    speed, from_deg, persistence = wind.vector_mean(np.array([2.0, 2]), np.array([350.0, 10]))

    assert wind.angle_between(np.array(from_deg), np.array(0.0)) == pytest.approx(0, abs=1e-9)
    assert speed == pytest.approx(2 * np.cos(np.radians(10)))
    assert persistence == pytest.approx(np.cos(np.radians(10)))


def test_opposite_winds_have_no_persistence() -> None:
    assert wind.vector_mean(np.array([2.0, 2]), np.array([90.0, 270]))[2] == pytest.approx(0)


def test_what_was_not_measured_is_in_no_mean() -> None:
    found = wind.vector_mean(np.array([2.0, np.nan, 3]), np.array([90.0, 200, np.nan]))

    assert found == pytest.approx((2, 90, 1))


def test_sectors_are_centred_on_their_directions() -> None:
    assert wind.sector(np.array([355.0, 5, 22.4, 22.6, 338, 337]), 8).tolist() == [0, 0, 0, 1, 0, 7]


def test_a_station_within_5_km_speaks_alone() -> None:
    of = stations((4_900, 0), (6_000, 0), speed=[[2], [9]], from_deg=[[90], [270]])

    found = here(of)

    assert found.from_deg == pytest.approx([90])
    assert found.speed_m_s == pytest.approx([2])
    assert found.station_m == pytest.approx([4_900], rel=0.001)
    assert found.reason.tolist() == [None]


def test_farther_ones_are_weighted_by_inverse_squared_distance() -> None:
    of = stations((10_000, 0), (0, 20_000), speed=[[2], [2]], from_deg=[[0], [90]])

    found = here(of)

    assert found.v / found.u == pytest.approx([4], rel=0.001)


def test_calm_is_judged_by_the_speeds_and_not_by_what_is_left_of_opposite_winds() -> None:
    opposite = stations((10_000, 0), (-10_000, 0), speed=[[2], [2]], from_deg=[[0], [181]])
    still = stations((1_000, 0), speed=[[0.4]], from_deg=[[30]])

    assert not here(opposite).is_calm[0]
    assert here(opposite).reason.tolist() == [None]
    assert here(still).reason.tolist() == ["calm"]
    assert np.isnan(here(still).from_deg[0])


def test_a_calm_needs_no_direction() -> None:
    assert here(stations((0, 0), speed=[[0]], from_deg=[[np.nan]])).reason.tolist() == ["calm"]


def test_a_gap_is_bridged_for_three_hours_and_no_longer() -> None:
    three = stations((0, 0), speed=[[2, *[np.nan] * 3]], from_deg=[[90, *[np.nan] * 3]])
    four = stations((0, 0), speed=[[2, *[np.nan] * 4]], from_deg=[[90, *[np.nan] * 4]])

    assert (here(three).age_h[0], here(three).reason[0]) == (3, None)
    assert here(four).reason.tolist() == ["old_wind"]
    assert np.isnan(here(four).u[0])


def test_a_fresh_station_farther_off_answers_for_a_silent_near_one() -> None:
    of = stations((0, 0), (9_000, 0), speed=[[np.nan], [3]], from_deg=[[np.nan], [200]])

    assert here(of).from_deg == pytest.approx([200])
    assert here(of).station_m == pytest.approx([9_000], rel=0.001)


def test_a_later_reading_says_nothing_of_an_earlier_hour() -> None:
    of = stations((0, 0), speed=[[np.nan, 3]], from_deg=[[np.nan, 200]])

    assert here(of, NOON - 1).reason.tolist() == ["no_wind"]
    assert here(of, NOON - 9).reason.tolist() == ["no_wind"]


def test_a_station_beyond_30_km_says_nothing() -> None:
    assert here(stations((29_900, 0), speed=[[3]], from_deg=[[9]])).reason.tolist() == [None]
    far = here(stations((30_200, 0), speed=[[3]], from_deg=[[9]]))

    assert far.reason.tolist() == ["far_station"]
    assert np.isnan(far.station_m[0])


def test_without_stations_or_places_nothing_is_said() -> None:
    nowhere = np.empty(0)
    none = Stations(nowhere, nowhere, NOON - np.arange(1), *np.empty((2, 0, 1)))
    some = stations((0, 0), speed=[[3]], from_deg=[[9]])

    assert here(none).reason.tolist() == ["far_station"]
    assert len(wind.at(some, np.empty(0), np.empty(0), np.empty(0, "datetime64[h]")).u) == 0


def test_many_places_are_told_as_each_of_them_is() -> None:
    rng = np.random.default_rng(8)
    places = [tuple(place) for place in rng.uniform(-40_000, 40_000, (7, 2))]
    of = stations(
        *places,
        speed=np.where(rng.random((7, 30)) < 0.2, np.nan, rng.gamma(2, 1, (7, 30))).tolist(),
        from_deg=rng.uniform(0, 360, (7, 30)).tolist(),
    )
    lon, lat = rng.uniform(100.3, 100.7, 40), rng.uniform(13.5, 13.9, 40)
    hours = NOON - rng.integers(0, 30, 40)

    found = wind.at(of, lon, lat, hours)

    for n in range(40):
        one = wind.at(of, lon[n : n + 1], lat[n : n + 1], hours[n : n + 1])
        assert one.reason[0] == found.reason[n]
        assert one.u[0] == pytest.approx(found.u[n], nan_ok=True)


def real_stations(folder: Path) -> Stations:
    """The stations of the captured history whose place is known and whose instrument lives."""
    with (folder / "stations.csv").open(encoding="utf-8-sig") as lines:
        known = {row["station_id"]: row for row in csv.DictReader(lines)}
    lon, lat, speed, from_deg = [], [], [], []
    for path in sorted(folder.glob("air4thai_*.csv.gz")):
        name = path.name.split("_")[1]
        if name in DEAD or not known.get(name, {}).get("lat"):
            continue
        with gzip.open(path, "rt") as lines:
            rows = list(csv.DictReader(lines))
        lon.append(float(known[name]["lon"]))
        lat.append(float(known[name]["lat"]))
        speed.append([float(row["WS"] or "nan") for row in rows])
        from_deg.append([float(row["WD"] or "nan") for row in rows])
    hours = np.array([row["DATETIMEDATA"] for row in rows], dtype="datetime64[h]")
    return Stations(np.array(lon), np.array(lat), hours, np.array(speed), np.array(from_deg))


def test_leave_one_out_of_the_real_stations_is_stated(shared_data: Path) -> None:
    """Rayong's 29t and 31t, 4 km apart, and 28t at 30 km, December to February."""
    found = wind.leave_one_out(real_stations(shared_data / "air_quality_air4thai"))

    assert found.hours == 1862
    # Half of all hours another station within 30 km is right within 25°, and no better so for
    # being averaged with others: beside one station there is hardly a third.
    assert found.nearest_deg == pytest.approx(24, abs=0.5)
    assert found.interpolated_deg == pytest.approx(24.2, abs=0.5)
    assert found.nearest_m_s == pytest.approx(1.60, abs=0.01)
    assert found.interpolated_m_s == pytest.approx(1.59, abs=0.01)


def test_over_larger_distances_the_mean_of_several_errs_less(shared_data: Path) -> None:
    found = wind.leave_one_out(real_stations(shared_data / "air_quality_air4thai"), 120_000)

    assert found.hours == 6059
    assert found.interpolated_m_s < 0.9 * found.nearest_m_s


def test_metres_around_a_place_are_those_of_the_geodesic() -> None:
    of_lon, of_lat = ellipsoid.metres_per_degree(np.array(13.7))
    azimuth, _, metres = pyproj.Geod(ellps="WGS84").inv(100.5, 13.7, 100.55, 13.75)
    east, north = 0.05 * of_lon, 0.05 * of_lat

    assert np.hypot(east, north) == pytest.approx(metres, abs=2)
    assert ellipsoid.bearing_deg(east, north) == pytest.approx(azimuth, abs=0.02)


def test_straight_lines_are_those_of_the_geodesic() -> None:
    lon, lat = np.array([100.5, 100.7]), np.array([13.7, 13.9])
    one, other = ellipsoid.cartesian_m(lon, lat)
    _, _, metres = pyproj.Geod(ellps="WGS84").inv(lon[0], lat[0], lon[1], lat[1])

    assert np.linalg.norm(one - other) == pytest.approx(metres, abs=0.1)
