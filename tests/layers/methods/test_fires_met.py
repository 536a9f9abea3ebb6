"""Fires that the air met: counted by hand and by geodesics, and beside other days' fires."""

import numpy as np
import pytest
from pyproj import Geod

from layers.methods.fires_met import (
    ALPHA,
    ARRIVALS_H,
    BACK_H,
    BOTH_SIDES,
    EARLIER,
    WITHIN_H,
    WITHIN_M,
    FireHours,
    chance,
    fire_hours,
    met,
)
from layers.methods.trajectory import Grid, Paths

GRID = Grid(west=99.0, south=13.0, step=0.1, columns=30, rows=30)
DAYS = 50
DAY = 25  # of the arrivals
WGS84 = Geod(ellps="WGS84")


def cell(lon: float, lat: float) -> int:
    return round((lat - GRID.south) * 10) * GRID.columns + round((lon - GRID.west) * 10)


def fires(*seen: tuple[float, float, int]) -> FireHours:
    """Single detections by place and hour."""
    cells, hours = [cell(lon, lat) for lon, lat, _ in seen], [hour for *_, hour in seen]
    every = np.array([cells, hours, [1] * len(seen)], dtype=np.int64).reshape(3, -1)
    return fire_hours(GRID, DAYS, *every)


def staying(lon: float, lat: float, members: int = 1) -> tuple[Paths, np.ndarray]:
    """Air that is at one place all the time, of all arrivals of the day."""
    every = np.ones((len(ARRIVALS_H), members, BACK_H + 1), np.float32)
    return Paths(lon * every, lat * every), (DAY + 1) * 24 - 1 - np.array(ARRIVALS_H)


def test_a_fire_counts_within_the_hours_of_the_airs_passing() -> None:
    paths, last = staying(100.0, 14.0)
    one = met(fires((100.0, 14.0, DAY * 24)), paths, last, BOTH_SIDES)

    # Hours of 8 arrivals within 3 h of the day's first: all seven of the ways that end after them.
    passing = [
        abs(hour - DAY * 24) <= WITHIN_H for end in last for hour in range(end - 71, end + 1)
    ]
    assert one.long.fires == pytest.approx([sum(passing) / len(passing)])
    assert one.long.fires[0] > 0 and one.short.fires[0] > one.long.fires[0]
    assert one.long.placebos == pytest.approx(np.zeros((1, len(BOTH_SIDES))))


@pytest.mark.parametrize(
    ("azimuth", "km", "counts"), [(0, 15, True), (90, 15, True), (45, 27, False)]
)
def test_a_fire_counts_within_the_distance(azimuth: float, km: float, counts: bool) -> None:
    lon, lat, _ = WGS84.fwd(100.0, 14.0, azimuth, km * 1000)
    paths, last = staying(100.0, 14.0)

    told = met(fires((lon, lat, DAY * 24)), paths, last, BOTH_SIDES)

    assert bool(told.long.fires[0] > 0) is counts


def test_cells_counted_are_those_whose_middle_is_near() -> None:
    rng = np.random.default_rng(3)
    seen = [
        (99.5 + rng.integers(0, 20) / 10, 13.5 + rng.integers(0, 20) / 10, int(hour))
        for hour in rng.integers(DAY * 24 - 40, DAY * 24 + 20, 300)
    ]
    paths, last = staying(100.4, 14.3)
    told = met(fires(*seen), paths, last, BOTH_SIDES)

    near = [WGS84.inv(100.4, 14.3, lon, lat)[2] <= WITHIN_M for lon, lat, _ in seen]
    hours = np.array([hour for *_, hour in seen])[near]
    by_hand = [
        (np.abs(hours - hour) <= WITHIN_H).sum()
        for end in last
        for hour in range(end - 71, end + 1)
    ]
    assert told.long.fires[0] == pytest.approx(np.mean(by_hand)) and np.mean(by_hand) > 0.5


def test_a_placebo_is_the_same_way_through_the_fires_of_another_day_at_the_same_hour() -> None:
    paths, last = staying(100.0, 14.0)
    hour = DAY * 24 + 13

    for shift in BOTH_SIDES:
        told = met(fires((100.0, 14.0, hour + 24 * shift)), paths, last, BOTH_SIDES)
        same = met(fires((100.0, 14.0, hour)), paths, last, BOTH_SIDES)

        place = BOTH_SIDES.index(shift)
        assert told.long.placebos[0, place] == pytest.approx(same.long.fires[0])
        assert told.long.fires[0] == 0


def test_where_the_way_is_not_known_nothing_is_counted_and_the_known_hours_are_told() -> None:
    paths, last = staying(100.0, 14.0, members=2)
    paths.lon[:, 0, 10:] = np.nan
    paths.lon[:, 1, 20:] = 120.0

    told = met(fires((100.0, 14.0, DAY * 24)), paths, last, BOTH_SIDES)

    assert told.told_h == pytest.approx([(9 + 19) / 2])
    assert np.isfinite(told.long.members).all()


def test_no_known_hour_gives_no_number() -> None:
    paths, last = staying(np.nan, 14.0)

    told = met(fires(), paths, last, BOTH_SIDES)

    assert np.isnan(told.long.fires).all() and told.told_h == pytest.approx([0])


def test_p_is_the_share_of_days_that_met_as_many() -> None:
    placebos = np.array([[0.0] * 27 + [9.0], [0.0] * 28, [5.0] * 28])

    assert chance(np.array([3.0, 0.0, 1.0]), placebos) == pytest.approx([2 / 29, 1, 1])
    assert chance(np.array([9.5]), placebos[:1])[0] == 1 / 29 < ALPHA
    assert len(BOTH_SIDES) == len(EARLIER) == 28


def test_fires_that_know_nothing_of_the_air_are_more_than_chance_as_rarely_as_stated() -> None:
    """Fires of a season, thick on some days, laid without regard to the ways."""
    rng = np.random.default_rng(8)
    days = 340
    per_day = rng.poisson(rng.gamma(2, 20, days))
    cells = rng.integers(0, GRID.columns * GRID.rows, per_day.sum())
    hours = np.repeat(np.arange(days) * 24, per_day) + rng.integers(6, 15, per_day.sum())
    season = fire_hours(GRID, days, cells, hours, np.ones_like(cells))
    last = np.add.outer(24 * np.arange(30, days - 20), 23 - np.array(ARRIVALS_H)).ravel()
    steps = rng.normal(0, 0.03, (2, len(last), 1, BACK_H + 1)).cumsum(axis=3).astype(np.float32)
    paths = Paths(100.5 + steps[0], 14.5 + steps[1])

    told = met(season, paths, last, BOTH_SIDES)

    p = chance(told.long.fires, told.long.placebos)
    assert 0.2 * ALPHA < (p <= ALPHA).mean() < 1.3 * ALPHA
