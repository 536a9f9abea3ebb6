"""Backward trajectories: what must hold in winds whose paths are known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from layers.methods import trajectory, wind
from layers.methods.trajectory import ERROR_LAG, ERROR_M_S, Field, Grid, Residual, backward
from layers.methods.wind import Stations

GRID = Grid(west=97.0, south=10.0, step=0.25, columns=33, rows=33)
WGS84 = Geod(ellps="WGS84")
HOURS = 96


def blowing(speed_m_s: float, from_deg: float, hours: int = HOURS, count: int = 4) -> Stations:
    """Stations around 101° E, 14° N, all with one wind."""
    lon = np.array([100.5, 101.5, 100.5, 101.5, 101.0])[:count]
    lat = np.array([13.5, 13.5, 14.5, 14.5, 14.0])[:count]
    first = np.datetime64("2026-03-01T00", "h")
    every = np.ones((count, hours))
    return Stations(lon, lat, first + np.arange(hours), speed_m_s * every, from_deg * every)


def one_path(field: Field, hours: int, lon: float = 101.0, lat: float = 14.0) -> np.ndarray:
    paths = backward(field, np.array([lon]), np.array([lat]), np.array([HOURS - 1]), hours)
    return np.stack([paths.lon[0, 0], paths.lat[0, 0]], axis=1)


@settings(max_examples=25)
@given(st.floats(0.5, 4), st.floats(0, 359))
def test_in_a_steady_wind_the_air_came_straight_from_where_it_blows(
    speed: float, from_deg: float
) -> None:
    field = trajectory.spread(blowing(speed, from_deg), GRID)

    path = one_path(field, 6)

    azimuth, _, metres = WGS84.inv(101.0, 14.0, path[-1, 0], path[-1, 1])
    assert metres == pytest.approx(speed * 6 * 3600, rel=0.005, abs=30)
    assert abs((azimuth - from_deg + 180) % 360 - 180) < 0.5


@settings(max_examples=20)
@given(st.floats(0.5, 3), st.floats(0, 359))
def test_air_followed_back_and_forth_is_where_it_was(speed: float, from_deg: float) -> None:
    back = one_path(trajectory.spread(blowing(speed, from_deg), GRID), 12)[-1]
    turned = trajectory.spread(blowing(speed, (from_deg + 180) % 360), GRID)

    again = one_path(turned, 12, *map(float, back))[-1]

    assert again == pytest.approx([101.0, 14.0], abs=0.002)


def test_in_a_wind_that_circles_the_air_comes_back_to_where_it_was() -> None:
    """Once around in 36 hours, at 70 km from the middle: the midpoint rule loses hardly any."""
    lon, lat = GRID.nodes()
    of_lon, of_lat = 107_700.0, 110_650.0  # at 14° N
    turn = 2 * np.pi / (36 * 3600)
    u, v = -turn * (lat - 14.0) * of_lat, turn * (lon - 101.0) * of_lon
    every = np.ones((HOURS, 1), np.float32)
    field = Field(GRID, (u * every).astype(np.float32), (v * every).astype(np.float32))

    path = one_path(field, 36, lon=101.65)

    assert path[18, 0] == pytest.approx(100.35, abs=0.02)
    assert path[-1] == pytest.approx([101.65, 14.0], abs=0.02)


def test_the_wind_of_each_hour_counts_for_that_hour() -> None:
    stations = blowing(2, 270)
    stations.speed_m_s[:, -3] = 5
    field = trajectory.spread(stations, GRID)

    path = one_path(field, 4)

    steps = [WGS84.inv(*path[n], *path[n + 1])[2] / 3600 for n in range(4)]
    assert steps == pytest.approx([2, 2, 5, 2], rel=0.01)


def test_members_spread_the_more_the_farther_back_and_the_more_the_stations_err() -> None:
    field = trajectory.spread(blowing(2, 270), GRID)

    def width(error: float) -> np.ndarray:
        noise = trajectory.perturbations(40, 5, Residual(error, 0.7))
        place = (np.array([101.0]), np.array([14.0]), np.array([HOURS - 1]))
        return np.asarray(np.std(backward(field, *place, 5, noise[None]).lat[0], axis=0))

    little, much = width(0.3), width(0.9)

    assert little[0] == 0 and np.all(np.diff(little) > 0)
    assert much[5] == pytest.approx(3 * little[5], rel=0.05)


def test_the_fastest_member_goes_twice_as_far_as_the_slowest() -> None:
    field = trajectory.spread(blowing(2, 270), GRID)
    noise = np.zeros((1, 5, 6, 2), np.float32)

    lon = backward(field, np.array([101.0]), np.array([14.0]), np.array([50]), 6, noise).lon[0]

    gone = 101.0 - lon[:, -1]
    assert gone[-1] == pytest.approx(2 * gone[0], rel=0.01) and np.all(np.diff(gone) > 0)


def test_a_path_ends_where_no_station_is_within_reach() -> None:
    field = trajectory.spread(blowing(10, 0), GRID)

    path = one_path(field, 24)

    ended = int(np.isnan(path[:, 1]).argmax())
    assert 0 < ended < 24 and np.isnan(path[ended:]).all()
    # 165 km north of the northernmost station, and a cell of the grid.
    _, _, metres = WGS84.inv(101.0, 14.5, *path[ended - 1])
    assert 80_000 < metres < 200_000


def test_a_reading_stands_for_the_next_three_hours_and_for_no_more() -> None:
    stations = blowing(2, 90)
    stations.speed_m_s[:, 40:46] = np.nan
    stations.speed_m_s[0, 50] = np.nan

    field = trajectory.spread(stations, GRID)

    assert np.isfinite(field.u[39:47]).any(axis=1).tolist() == [True] * 4 + [False] * 3 + [True]
    assert np.nanmax(np.abs(field.u[50] + 2)) < 1e-5


def test_a_calm_is_no_wind_and_not_an_unknown_one() -> None:
    stations = blowing(0, np.nan)

    path = one_path(trajectory.spread(stations, GRID), 24)

    assert np.ptp(path, axis=0) == pytest.approx([0, 0])


def test_stations_that_agree_do_not_err() -> None:
    rng = np.random.default_rng(1)
    same = rng.normal(0, 2, (2, 1, 400)) * np.ones((2, 5, 1))
    noisy = same + rng.normal(0, 1, (2, 5, 400))

    def residual(parts: np.ndarray) -> Residual:
        u, v = parts
        steady = blowing(1, 0, 400, 5)
        return trajectory.residual(
            Stations(steady.lon, steady.lat, steady.hours, np.hypot(u, v), wind.direction(u, v))
        )

    # Of five alike, each is told by four: the error is its own and a quarter of theirs.
    assert residual(same).error_m_s < 1e-6
    assert residual(noisy).error_m_s == pytest.approx((1 + 1 / 3.5) ** 0.5, abs=0.1)
    assert residual(noisy).lag == pytest.approx(0, abs=0.1)


def test_of_a_single_station_the_error_of_the_real_ones_is_taken() -> None:
    assert trajectory.residual(blowing(2, 90, count=1)) == Residual(ERROR_M_S, ERROR_LAG)


def test_perturbations_err_as_much_and_as_persistently_as_asked_and_are_the_same_again() -> None:
    noise = trajectory.perturbations(4000, 20, Residual(1.5, 0.6))

    assert noise.std(axis=0) == pytest.approx(np.full((20, 2), 1.5), rel=0.05)
    lag = np.mean(noise[:, 5] * noise[:, 6], axis=0) / 1.5**2
    assert lag == pytest.approx([0.6, 0.6], abs=0.05)
    assert np.array_equal(noise, trajectory.perturbations(4000, 20, Residual(1.5, 0.6)))


def test_before_the_first_hour_there_is_no_way_back() -> None:
    field = trajectory.spread(blowing(2, 90), GRID)

    with pytest.raises(IndexError, match="24 hours back from hour 22"):
        backward(field, np.array([101.0]), np.array([14.0]), np.array([22]), 24)
