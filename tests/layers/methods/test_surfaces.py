"""Surfaces over times: where nothing is estimated, and how sure the rest is."""

import numpy as np
import pytest

from layers.methods.kriging import Floats, Kriging, Variogram
from layers.methods.surfaces import Limits, Measured, Surface, surfaces, told_at, told_left_out

VARIOGRAM = Variogram(200_000.0, 0.1)
OPEN = Limits(least=3, reach_m=1e9, error=1e9, share=1.0)
LON, LAT = np.array([100.0, 101.0, 100.0, 101.0]), np.array([14.0, 14.0, 15.0, 15.0])


def of(values: Floats, limits: Limits = OPEN, **places: Floats) -> dict[int, Surface]:
    lon, lat = places.get("lon", np.array([100.5])), places.get("lat", np.array([14.5]))
    return {
        one.time: one for one in surfaces(Measured(LON, LAT, values), VARIOGRAM, lon, lat, limits)
    }


def test_in_the_middle_of_four_stations_lies_about_their_mean() -> None:
    (told,) = of(np.array([[20.0], [30.0], [40.0], [50.0]])).values()

    assert told.value == pytest.approx([35.0], abs=2)
    assert told.stations == 4


def test_each_time_is_of_the_stations_that_measured_then() -> None:
    values = np.array([[20.0, 20.0], [20.0, 20.0], [20.0, 20.0], [60.0, np.nan]])

    told = of(values)

    assert (told[0].stations, told[1].stations) == (4, 3)
    assert told[0].value[0] > 25
    assert told[1].value == pytest.approx([20.0], abs=1e-2)


def test_a_time_with_too_few_stations_has_no_surface() -> None:
    values = np.array([[20.0, 20.0], [20.0, 20.0], [20.0, np.nan], [np.nan, np.nan]])

    assert set(of(values)) == {0}


def test_beyond_a_limit_of_distance_or_of_uncertainty_nothing_is_estimated() -> None:
    values = np.array([[20.0], [60.0], [90.0], [10.0]])
    lon, lat = np.array([100.0, 100.5, 103.0]), np.array([14.0, 14.5, 14.5])
    near = Limits(least=3, reach_m=100_000, error=1e9, share=1.0)
    (sure,) = of(values, OPEN, lon=lon, lat=lat).values()

    (within_reach,) = of(values, near, lon=lon, lat=lat).values()
    strict = Limits(3, 1e9, error=float(sure.standard_error[0]) + 1, share=0.0)
    (within_error,) = of(values, strict, lon=lon, lat=lat).values()

    assert list(np.isfinite(sure.value)) == [True, True, True]
    assert list(np.isfinite(within_reach.value)) == [True, True, False]
    assert list(np.isfinite(within_error.value)) == [True, False, False]
    assert np.array_equal(np.isnan(within_error.value), np.isnan(within_error.standard_error))


def test_an_error_that_is_a_small_share_of_the_value_is_no_reason_to_say_nothing() -> None:
    values = np.array([[180.0], [220.0], [190.0], [210.0]])

    (told,) = of(values, Limits(3, 1e9, error=1.0, share=0.4)).values()
    (strict,) = of(values, Limits(3, 1e9, error=1.0, share=0.0)).values()

    assert np.isfinite(told.value).all()
    assert np.isnan(strict.value).all()


def test_haze_elsewhere_leaves_less_doubt_where_the_air_is_clean() -> None:
    lon, lat = np.linspace(98, 104, 12), np.tile([14.0, 14.5], 6)
    draw = np.random.default_rng(1)
    values = np.where(lon > 101, 150, 12) * draw.uniform(0.85, 1.15, 12)
    measured = Measured(lon, lat, values[:, None])

    (told,) = surfaces(measured, VARIOGRAM, lon[[0, -1]], lat[[0, -1]] + 0.1, OPEN)

    clean, dirty = told.standard_error
    assert clean < dirty / 2


def test_no_concentration_is_negative() -> None:
    values = np.array([[0.0], [0.0], [0.0], [500.0]])
    lon, lat = (axis.ravel() for axis in np.meshgrid(np.linspace(98, 103, 40), np.full(1, 14.0)))

    (told,) = of(values, OPEN, lon=lon, lat=lat).values()

    assert told.value.min() >= 0


def test_the_band_holds_68_of_100_left_out_stations_though_a_few_have_most_of_the_variance() -> (
    None
):
    draw = np.random.default_rng(7)
    lon, lat = draw.uniform(98, 104, 60), draw.uniform(13, 19, 60)
    smoke = np.where(draw.random((60, 40)) < 0.06, draw.uniform(80, 250, (60, 40)), 0.0)
    values = draw.uniform(20, 30, (60, 40)) + smoke

    within = [
        one.within
        for one in surfaces(Measured(lon, lat, values), VARIOGRAM, lon[:1], lat[:1], OPEN)
    ]

    assert np.mean(within) == pytest.approx(0.68, abs=0.02)


def test_the_band_of_a_station_does_not_follow_from_its_own_value() -> None:
    draw = np.random.default_rng(3)
    lon, lat = draw.uniform(98, 104, 30), draw.uniform(13, 19, 30)
    values = draw.uniform(20, 30, (30, 1))
    model = Kriging(lon[1:], lat[1:], VARIOGRAM)

    apart = told_at(model, model.at(lon[:1], lat[:1]), values[1:])
    left_out = told_left_out(Kriging(lon, lat, VARIOGRAM), values)

    assert left_out.value[0, 0] == pytest.approx(apart.value[0, 0], abs=0.1)
    # The sill alone knows of it.
    assert left_out.standard_error[0, 0] == pytest.approx(apart.standard_error[0, 0], rel=0.15)
