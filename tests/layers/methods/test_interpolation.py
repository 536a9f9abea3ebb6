"""Inverse distance weighting: what follows from its definition, whatever the samples."""

import numpy as np
import pytest
from pyproj import Geod

from layers.methods.interpolation import Samples, inverse_distance, leave_one_out

KM = 1000.0


def test_a_sample_is_met_exactly_where_it_was_taken() -> None:
    samples = samples_of((100.0, 14.0, 20.0), (100.5, 14.0, 60.0))

    assert at(samples, 100.5, 14.0) == pytest.approx(60.0, abs=1e-6)


def test_halfway_between_two_samples_lies_their_mean() -> None:
    samples = samples_of((100.0, 14.0, 20.0), (100.5, 14.0, 60.0))

    assert at(samples, 100.25, 14.0) == pytest.approx(40.0)


def test_weights_fall_with_the_square_of_the_geodesic_distance() -> None:
    samples = samples_of((100.0, 14.0, 20.0), (100.9, 14.7, 60.0))
    geod = Geod(ellps="WGS84")
    near, far = (geod.inv(100.1, 14.1, lon, lat)[2] for lon, lat in [(100, 14), (100.9, 14.7)])

    expected = (20 / near**2 + 60 / far**2) / (1 / near**2 + 1 / far**2)

    assert at(samples, 100.1, 14.1, reach_m=200 * KM) == pytest.approx(expected, rel=1e-5)


def test_what_no_sample_reaches_stays_unknown() -> None:
    samples = samples_of((100.0, 14.0, 20.0))
    edge, *_ = Geod(ellps="WGS84").fwd(100.0, 14.0, 90, 99.9 * KM)
    beyond, *_ = Geod(ellps="WGS84").fwd(100.0, 14.0, 90, 100.1 * KM)

    assert at(samples, edge, 14.0) == pytest.approx(20.0)
    assert np.isnan(at(samples, beyond, 14.0))


def test_an_estimate_stays_between_the_lowest_and_the_highest_sample() -> None:
    draw = np.random.default_rng(1)
    samples = Samples(draw.uniform(99, 101, 40), draw.uniform(13, 15, 40), draw.uniform(5, 90, 40))
    lon, lat = np.meshgrid(np.linspace(98, 102, 60), np.linspace(12, 16, 160))

    estimates = inverse_distance(samples, lon.ravel(), lat.ravel(), 2, 100 * KM)

    assert len(estimates) == 9600
    assert np.nanmin(estimates) >= samples.value.min() - 1e-9
    assert np.nanmax(estimates) <= samples.value.max() + 1e-9


def test_leaving_one_out_measures_how_well_the_others_tell_it() -> None:
    samples = samples_of((100.0, 14.0, 20.0), (100.5, 14.0, 60.0), (104.0, 16.0, 35.0))

    check = leave_one_out(samples, 2, 100 * KM)

    assert check.samples == 2  # the third has no other within 100 km
    assert check.rmse == pytest.approx(40.0)


def test_samples_out_of_each_others_reach_leave_the_error_unknown() -> None:
    check = leave_one_out(samples_of((100.0, 14.0, 20.0), (104.0, 16.0, 35.0)), 2, 100 * KM)

    assert (check.rmse, check.samples) == (None, 0)


def samples_of(*rows: tuple[float, float, float]) -> Samples:
    lon, lat, value = np.array(rows, dtype=float).T
    return Samples(lon, lat, value)


def at(samples: Samples, lon: float, lat: float, reach_m: float = 100 * KM) -> float:
    return float(inverse_distance(samples, np.array([lon]), np.array([lat]), 2, reach_m)[0])
