"""Days judged in a world of our own: fires upwind are found, in turned winds or of other days
none."""

import numpy as np
import pytest

from layers.methods import fire_contribution as method
from layers.methods.fire_contribution import FIRE_GRID, Contribution, Days, air_of, contributions
from layers.methods.fires_met import ALPHA, BOTH_SIDES, FireHours, fire_hours
from layers.methods.wind import Stations

LON, LAT = 100.5, 15.0
FIRST = np.datetime64("2026-01-01T02", "h")  # the end of the first hour of the first day
DAYS = 80
STEPS = np.arange(-4.5, 5, 1.5)  # degrees between stations
# No two of them lie 4 to 17 days apart, as a day and its placebos do.
DIRTY = np.array([20, 21, 39, 40, 58, 59])


def stations(from_deg: float, speed_m_s: float = 2.0) -> Stations:
    """Up to 500 km around the place, whose winds wander alike, each with an error of its own."""
    rng = np.random.default_rng(4)
    hours = DAYS * 24
    shared = np.cumsum(rng.normal(0, 2, hours)) % 20
    lon, lat = (part.ravel() for part in np.meshgrid(LON + STEPS[1:-1], LAT + STEPS))
    off = rng.normal(0, 10, (len(lon), hours))
    directions = np.mod(from_deg + shared + off, 360)
    return Stations(lon, lat, FIRST + np.arange(hours), np.full(off.shape, speed_m_s), directions)


def burning(days: np.ndarray, lon: float = LON, north_deg: float = 0.7) -> FireHours:
    """Fires north of the place in the afternoons before those days, and everywhere by chance."""
    rng = np.random.default_rng(5)
    cells = (FIRE_GRID.columns * FIRE_GRID.rows,)
    background = rng.integers(0, cells, 40_000), rng.integers(0, DAYS * 24, 40_000)
    column = np.round((lon + rng.normal(0, 0.15, (len(days), 60)) - FIRE_GRID.west) * 10)
    row = np.round((LAT + north_deg + rng.normal(0, 0.15, column.shape) - FIRE_GRID.south) * 10)
    planted = (row * FIRE_GRID.columns + column).astype(np.int64)
    # The day ends at 08:00; 14:00 of the day before is its seventh hour.
    hour = np.broadcast_to(days[:, None] * 24 + 6, planted.shape)
    cell = np.concatenate([background[0], planted.ravel()])
    hours = np.concatenate([background[1], hour.ravel()])
    return fire_hours(FIRE_GRID, DAYS, cell, hours, np.ones_like(cell))


def judged(of: Stations, fires: FireHours, days: np.ndarray = DIRTY) -> Contribution:
    place = np.ones(len(days))
    ends = days * 24 + 23
    return contributions(air_of(of), fires, Days(LON * place, LAT * place, ends, ends), BOTH_SIDES)


def test_fires_upwind_on_the_days_are_found_and_their_way_is_told() -> None:
    told = judged(stations(from_deg=350), burning(DIRTY))

    assert set(told.abstained) == {None}
    assert (told.p <= ALPHA).all() and (told.fires > 3 * told.placebo).all()
    assert (told.low <= told.fires).all() and (told.fires <= told.high).all()
    assert (np.abs((told.from_deg + 180) % 360 - 180) < 25).all()
    # 24 h at 2 to 4 m/s, and less where the members part.
    assert ((told.from_km > 120) & (told.from_km < 300)).all() and (told.spread_km > 20).all()


def test_in_turned_winds_the_same_fires_are_nothing_special() -> None:
    told = judged(stations(from_deg=170), burning(DIRTY))

    assert (told.p > ALPHA).mean() > 0.8
    assert told.fires.mean() == pytest.approx(told.placebo.mean(), rel=0.3)


def test_fires_of_other_days_are_nothing_special() -> None:
    told = judged(stations(from_deg=350), burning(DIRTY + 9))

    assert (told.p > ALPHA).all()


def test_a_place_that_is_always_downwind_of_fires_has_no_more_on_a_day() -> None:
    told = judged(stations(from_deg=350), burning(np.arange(DAYS)))

    assert (told.p > ALPHA).all() and (told.fires > 0.3).all()


def test_in_a_calm_nothing_is_said() -> None:
    told = judged(stations(from_deg=350, speed_m_s=0.3), burning(DIRTY))

    assert set(told.abstained) == {"calm"}
    assert np.isnan([told.fires, told.p, told.low, told.from_km]).all()


def test_far_from_stations_and_without_readings_nothing_is_said() -> None:
    dead = stations(from_deg=350)
    dead.speed_m_s[:, DIRTY[0] * 24 - 10 : DIRTY[0] * 24 + 24] = np.nan

    told = judged(dead, burning(DIRTY))
    place = np.ones(1)
    far = Days(99.0 * place, 9.0 * place, DIRTY[:1] * 24, DIRTY[:1] * 24)
    elsewhere = contributions(air_of(dead), burning(DIRTY), far, BOTH_SIDES)

    # Of the second day the way back leads into the hours without wind.
    assert told.abstained.tolist() == ["old_wind", "left_wind", *[None] * (len(DIRTY) - 2)]
    assert elsewhere.abstained.tolist() == ["far_station"]


def test_air_that_left_the_wind_within_a_day_is_not_judged() -> None:
    told = judged(stations(from_deg=350, speed_m_s=9), burning(DIRTY))

    assert set(told.abstained) == {"left_wind"}
    assert (told.told_h < method.LEAST_TOLD_H).all()


def test_the_same_days_give_the_same_numbers_whatever_else_is_asked_with_them() -> None:
    of, fires = stations(from_deg=350), burning(DIRTY)

    one, all_ = judged(of, fires, DIRTY[2:3]), judged(of, fires)

    assert (one.fires[0], one.high[0], one.p[0]) == (all_.fires[2], all_.high[2], all_.p[2])


def test_no_days_have_no_contributions() -> None:
    assert len(judged(stations(350), burning(DIRTY), DIRTY[:0]).p) == 0
