"""Where complaints come from: made worlds whose source is known, and what must not be found."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from layers.methods import ellipsoid
from layers.methods.source_area import (
    FEW_REPORTS,
    NO_WIND,
    NOT_THE_WIND,
    ROTATED_FITS,
    SHORT_PERIOD,
    Receptors,
    Reports,
    SourceArea,
    compare_places,
    exceedances,
    locate,
    plane_around,
    winds_at,
)
from layers.methods.wind import Stations

Floats = NDArray[np.float64]

LON, LAT = 101.15, 12.72
OF_LON, OF_LAT = (float(metres) for metres in ellipsoid.metres_per_degree(np.array(LAT)))
# Homes on three sides of nothing in particular (metres east and north).
HOMES = ((0.0, 0.0), (2_000.0, 500.0), (-1_500.0, 1_000.0), (500.0, 2_500.0), (1_000.0, -1_500.0))
DAYS = 120


@dataclass(frozen=True)
class World:
    """Homes, their winds, and who reported when; `source` is in metres."""

    receptors: Receptors
    reports: Reports
    source: tuple[float, float]

    def located(self, **more: int) -> SourceArea:
        """With few resamplings, unless told."""
        plane = plane_around(self.receptors.lon, self.receptors.lat, reach_m=10_000.0, cells=41)
        return locate(self.receptors, self.reports, plane, **{"bootstraps": 40, **more})

    def off_m(self, found: SourceArea) -> float:
        """From the peak to the source."""
        assert found.peak is not None
        east, north = (found.peak[0] - LON) * OF_LON, (found.peak[1] - LAT) * OF_LAT
        return float(np.hypot(east - self.source[0], north - self.source[1]))


def wind_of(rng: np.random.Generator, days: int) -> Floats:
    """Directions that turn from hour to hour, all around within weeks."""
    return np.mod(np.cumsum(rng.normal(0, 25, days * 24)), 360)


def world(
    source: tuple[float, float] = (4_000.0, -3_000.0),
    *,
    homes: tuple[tuple[float, float], ...] = HOMES,
    seed: int = 1,
    strength: float = 30.0,
    days: int = DAYS,
) -> World:
    """People report 0.1 times a day, mostly by day, and more often downwind of the source."""
    rng = np.random.default_rng(seed)
    east, north = np.array(homes).T
    from_deg = np.tile(wind_of(rng, days), (len(homes), 1))
    hour_of_day = np.arange(days * 24) % 24
    bearing = ellipsoid.bearing_deg(source[0] - east, source[1] - north)
    off = np.mod(from_deg - bearing[:, None] + 180, 360) - 180
    away = np.hypot(source[0] - east, source[1] - north)[:, None]
    usual = 0.1 / 24 * (1 + np.cos(2 * np.pi * (hour_of_day - 14) / 24))
    rate = usual * (1 + strength * np.exp(-away / 10_000) * np.exp(-0.5 * (off / 15) ** 2))
    reporter, hour = np.nonzero(rng.random(from_deg.shape) < rate)
    hours = np.datetime64("2026-01-01T00", "h") + np.arange(days * 24)
    receptors = Receptors(
        LON + east / OF_LON, LAT + north / OF_LAT, np.zeros(len(east), dtype=bool), from_deg, hours
    )
    return World(receptors, Reports(reporter, hour), source)


def test_a_source_among_homes_is_found() -> None:
    made = world()

    found = made.located()

    assert found.reason is None
    assert made.off_m(found) < 1_500
    assert found.log_ratio is not None and found.log_ratio.max() > 3 * max(found.shifted)


@pytest.mark.parametrize("source", [(-6_000.0, 1_000.0), (0.0, 6_000.0), (3_000.0, 5_000.0)])
def test_it_is_found_on_every_side(source: tuple[float, float]) -> None:
    made = world(source)

    found = made.located()

    assert found.reason is None
    assert found.support is not None
    east, north = found.plane.metres(
        np.array(LON + source[0] / OF_LON), np.array(LAT + source[1] / OF_LAT)
    )
    row = np.abs(found.plane.axis_m - north).argmin()
    column = np.abs(found.plane.axis_m - east).argmin()
    assert found.support[row, column] >= 0.05, "the band holds the source"


def test_one_home_sees_a_direction_and_no_place() -> None:
    """The ridge then leads from the home to the edge of the map."""
    made = world((6_000.0, 0.0), homes=((0.0, 0.0),), strength=200.0, days=300)

    found = made.located(bootstraps=60)

    assert found.reason is None
    ridge = found.ridge
    assert ridge is not None and len(ridge.lon) > 10
    assert ridge.leaves_map
    far = ridge.distance_m > 2_000
    bearing = ellipsoid.bearing_deg(
        (ridge.lon[far] - LON) * OF_LON, (ridge.lat[far] - LAT) * OF_LAT
    )
    assert bearing == pytest.approx(90, abs=15)


def test_a_ridge_goes_outwards_within_the_band_and_past_the_peak() -> None:
    found = world((7_000.0, 2_000.0)).located()

    ridge = found.ridge
    assert ridge is not None and found.peak is not None
    assert (np.diff(ridge.distance_m) > 0).all()
    assert np.isfinite(ridge.log_ratio).all()
    nearest = np.hypot(
        (ridge.lon - found.peak[0]) * OF_LON, (ridge.lat - found.peak[1]) * OF_LAT
    ).min()
    assert nearest < 1.5 * found.plane.step_m


def test_winds_of_other_days_find_nothing() -> None:
    made = world()
    other = np.roll(made.receptors.from_deg, 24 * 31, axis=1)

    found = replace(made, receptors=replace(made.receptors, from_deg=other)).located()

    assert found.reason == NOT_THE_WIND


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_winds_find_nothing(turn: int) -> None:
    """Among homes around the source, rays that are turned cross nowhere."""
    around = ((-3_000.0, 0.0), (3_000.0, 0.0), (0.0, 3_000.0), (0.0, -3_000.0))
    made = world((300.0, -200.0), homes=around)
    turned = np.mod(made.receptors.from_deg + turn, 360)

    found = replace(made, receptors=replace(made.receptors, from_deg=turned)).located()

    assert made.located().reason is None
    assert found.reason in (ROTATED_FITS, NOT_THE_WIND)


def test_a_period_that_goes_on_after_the_last_wind_tells_the_same() -> None:
    made = world()
    longer = replace(
        made,
        receptors=replace(
            made.receptors,
            from_deg=np.pad(
                made.receptors.from_deg, ((0, 0), (0, 24 * DAYS)), constant_values=np.nan
            ),
            local_hours=made.receptors.local_hours[0] + np.arange(2 * 24 * DAYS),
        ),
    )

    alike, found = made.located(), longer.located()

    assert found.reason is None and found.peak == alike.peak
    assert len(found.shifted) == len(alike.shifted)


def test_reports_that_do_not_follow_the_wind_find_nothing() -> None:
    reasons = [world(strength=0, seed=seed, days=400).located().reason for seed in range(6)]

    assert reasons.count(NOT_THE_WIND) >= 5  # one in twenty is above all nineteen by chance


def test_too_little_is_said_to_be_so() -> None:
    made = world()
    few = Reports(made.reports.receptor[:20], made.reports.hour[:20])
    still = np.full_like(made.receptors.from_deg, np.nan)

    assert replace(made, reports=few).located().reason == FEW_REPORTS
    assert replace(made, reports=few).located().log_ratio is None
    assert world(days=20, strength=300).located().reason == SHORT_PERIOD
    calm = replace(made, receptors=replace(made.receptors, from_deg=still)).located()
    assert (calm.reason, calm.reports) == (NO_WIND, 0)
    nobody = Reports(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))
    assert replace(made, reports=nobody).located().reason == FEW_REPORTS


def test_many_reports_of_one_place_and_hour_are_one() -> None:
    made = world()
    again = Reports(np.tile(made.reports.receptor, 9), np.tile(made.reports.hour, 9))

    once, nine = made.located(), replace(made, reports=again).located()

    assert once.reports == nine.reports
    assert once.log_ratio is not None and nine.log_ratio is not None
    assert (once.log_ratio == nine.log_ratio).all()


def test_the_same_seed_gives_the_same_answer() -> None:
    one, other = world().located(seed=3), world().located(seed=3)

    assert one.support is not None and other.support is not None
    assert (one.support == other.support).all()


@settings(deadline=None, max_examples=12)
@given(st.integers(0, 35), st.integers(0, 5))
def test_a_world_that_is_turned_as_a_whole_is_told_alike(turn: int, seed: int) -> None:
    """Homes, source and winds turned by whole steps of the tables."""
    angle = np.radians(10 * turn)
    made = world(seed=seed, days=60)
    east = (made.receptors.lon - LON) * OF_LON
    north = (made.receptors.lat - LAT) * OF_LAT
    turned = replace(
        made.receptors,
        lon=LON + (east * np.cos(angle) + north * np.sin(angle)) / OF_LON,
        lat=LAT + (north * np.cos(angle) - east * np.sin(angle)) / OF_LAT,
        from_deg=np.mod(np.rint(made.receptors.from_deg) + 10 * turn, 360),
    )
    before = replace(made.receptors, from_deg=np.rint(made.receptors.from_deg))
    x, y = np.array([4_000.0, -2_000.0]), np.array([-3_000.0, 5_000.0])

    asked = LON + x / OF_LON, LAT + y / OF_LAT
    asked_turned = (
        LON + (x * np.cos(angle) + y * np.sin(angle)) / OF_LON,
        LAT + (y * np.cos(angle) - x * np.sin(angle)) / OF_LAT,
    )

    one = compare_places(before, made.reports, *asked, bootstraps=0)
    other = compare_places(turned, made.reports, *asked_turned, bootstraps=0)
    assert other == pytest.approx(one, rel=1e-3, abs=0.01)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000))
def test_no_place_is_told_to_explain_less_than_nothing(seed: int) -> None:
    made = world(seed=seed, days=40, strength=float(seed % 3) * 20)
    rng = np.random.default_rng(seed)
    lon, lat = LON + rng.normal(0, 0.05, 30), LAT + rng.normal(0, 0.05, 30)

    assert (compare_places(made.receptors, made.reports, lon, lat, bootstraps=3) >= 0).all()


def test_a_monitor_tells_of_its_high_hours() -> None:
    concentration = np.array([1.0] * 9 + [np.nan, 5.0])

    assert exceedances(concentration).tolist() == [10]


def test_winds_at_places_are_those_of_their_stations_and_none_where_it_is_calm() -> None:
    hours = np.datetime64("2026-01-01T00", "h") + np.arange(3)
    station = Stations(
        np.array([LON]),
        np.array([LAT]),
        hours,
        np.array([[2.0, 0.1, np.nan]]),
        np.array([[90.0, 90.0, 90.0]]),
    )

    found = winds_at(station, np.array([LON, LON + 0.01, LON + 1]), np.array([LAT, LAT, LAT]))

    assert found.shape == (3, 3)
    assert found[:2, 0] == pytest.approx([90, 90])
    assert np.isnan(found[:, 1:]).all() and np.isnan(found[2]).all()
