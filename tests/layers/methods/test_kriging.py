"""Ordinary kriging: against the textbook's equations, and against leaving each sample out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from layers.methods.ellipsoid import cartesian_m
from layers.methods.kriging import Kriging, Variogram, sets

Floats = NDArray[np.float64]
VARIOGRAM = Variogram(range_m=150_000.0, nugget=0.2)


def stations(count: int, seed: int = 1) -> tuple[Floats, Floats, Floats]:
    """Longitudes, latitudes and values that change with both."""
    draw = np.random.default_rng(seed)
    lon, lat = draw.uniform(98, 104, count), draw.uniform(12, 20, count)
    values = 30 + 4 * (lon - 101) + 2 * (lat - 16) + draw.normal(0, 3, count)
    return lon, lat, values


def textbook(lon: Floats, lat: Floats, values: Floats, at: tuple[float, float]) -> Floats:
    """Cressie (1993), Statistics for Spatial Data, 3.2: the system with a Lagrange multiplier; the
    estimate, and its variance in sills with the nugget of what is estimated."""

    def correlation(a: Floats, b: Floats) -> Floats:
        metres = np.linalg.norm(a[:, None] - b[None], axis=2)
        found: Floats = np.exp(-metres / VARIOGRAM.range_m)
        return found

    known, place = cartesian_m(lon, lat), cartesian_m(np.array([at[0]]), np.array([at[1]]))
    count = len(lon)
    left = np.ones((count + 1, count + 1))
    left[:count, :count] = correlation(known, known) + VARIOGRAM.nugget * np.eye(count)
    left[count, count] = 0
    right = np.append(correlation(known, place)[:, 0], 1)
    solved = np.linalg.solve(left, right)
    variance = 1 + VARIOGRAM.nugget - solved @ right
    return np.array([solved[:count] @ values, variance])


def test_the_estimate_and_its_variance_are_the_textbooks() -> None:
    lon, lat, values = stations(12)

    told = Kriging(lon, lat, VARIOGRAM).at(np.array([100.3]), np.array([14.2]))

    estimate, variance = textbook(lon, lat, values, (100.3, 14.2))
    assert told.weights @ values == pytest.approx(estimate, rel=1e-3)
    assert told.variance == pytest.approx(variance, rel=1e-3)


def test_leaving_one_out_is_what_kriging_without_that_station_says() -> None:
    lon, lat, values = stations(9)
    left_out = Kriging(lon, lat, VARIOGRAM).leave_one_out(values[:, None])

    for one in range(len(lon)):
        rest = np.arange(len(lon)) != one
        told = Kriging(lon[rest], lat[rest], VARIOGRAM).at(lon[[one]], lat[[one]])
        error = (told.weights @ values[rest]).item() - values[one]
        assert left_out.value[one, 0] - values[one] == pytest.approx(error, rel=1e-2, abs=1e-2)


@settings(max_examples=25, deadline=None)
@given(st.integers(3, 15), st.integers(0, 1000), st.floats(-50, 50))
def test_the_weights_sum_to_one_and_a_shift_of_all_shifts_the_estimate(
    count: int, seed: int, shift: float
) -> None:
    lon, lat, values = stations(count, seed)
    model = Kriging(lon, lat, VARIOGRAM)

    told = model.at(np.array([99.0, 103.0]), np.array([13.0, 19.0]))

    assert told.weights.sum(axis=1) == pytest.approx(1, abs=1e-3)
    moved = told.weights @ (values + shift) - told.weights @ values
    assert moved == pytest.approx(shift, abs=abs(shift) * 1e-3 + 1e-9)
    assert model.sill((values + shift)[:, None]) == pytest.approx(model.sill(values[:, None]))


def test_far_from_every_station_the_variance_is_more_than_beside_one() -> None:
    lon, lat, _ = stations(20)

    told = Kriging(lon, lat, VARIOGRAM).at(np.array([lon[0], 110.0]), np.array([lat[0], 5.0]))

    beside, far = told.variance
    assert far > 2 * beside


def test_of_few_stations_the_band_is_wider_by_students_t() -> None:
    few, many = (Kriging(*stations(count)[:2], VARIOGRAM) for count in (3, 200))

    # Student's t of 2 degrees of freedom holds 68.27 % within 1.3213 deviations.
    assert few.width == pytest.approx(1.3213, rel=1e-3)
    assert many.width == pytest.approx(1, rel=5e-3)


def test_the_band_holds_as_many_left_out_stations_as_it_says() -> None:
    draw = np.random.default_rng(3)
    lon, lat, _ = stations(40)
    places = cartesian_m(lon, lat)
    metres = np.linalg.norm(places[:, None] - places[None], axis=2)
    covariance = np.exp(-metres / VARIOGRAM.range_m) + VARIOGRAM.nugget * np.eye(len(lon))
    drawn = draw.multivariate_normal(np.full(len(lon), 50.0), 100 * covariance, 400).T

    model = Kriging(lon, lat, VARIOGRAM)
    left_out = model.leave_one_out(drawn)

    missed = np.abs(left_out.value - drawn)
    within = np.mean(missed <= model.width * np.sqrt(left_out.variance))
    assert within == pytest.approx(0.683, abs=0.02)


def test_times_are_grouped_by_what_was_measured_together() -> None:
    values = np.array([[1.0, np.nan, 3.0], [4.0, 5.0, 6.0]])

    found = {tuple(which): tuple(times) for which, times in sets(values)}

    assert found == {(True, True): (0, 2), (False, True): (1,)}
