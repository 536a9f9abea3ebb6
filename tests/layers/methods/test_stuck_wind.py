"""Hours of wind that no instrument can have measured, and calm ones that one can."""

import csv
import gzip
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from layers.methods.stuck_wind import Hour, stuck, stuck_hours

START = datetime(2026, 4, 1, tzinfo=UTC)


def series(*winds: tuple[float, float | None]) -> list[Hour]:
    return [Hour(START + timedelta(hours=n), *wind) for n, wind in enumerate(winds)]


def test_a_vane_that_stays_between_2_and_17_degrees_while_nothing_blows_is_stuck() -> None:
    chance = random.Random(33)
    hours = series(*((0.0, chance.randint(2, 17)) for _ in range(30)))

    assert stuck_hours(hours) == {hour.at for hour in hours}


def test_a_vane_that_does_not_turn_for_a_day_is_stuck_whatever_the_speed() -> None:
    hours = series(*((float(n % 4), 271) for n in range(24)))

    assert len(stuck_hours(hours)) == 24


def test_one_that_sticks_across_north_is_stuck() -> None:
    hours = series(*((1.5, (358 + n % 4) % 360) for n in range(24)))

    assert len(stuck_hours(hours)) == 24


def test_a_steady_monsoon_is_wind() -> None:
    hours = series(*((2.0 + n % 3, 78 + 2 * (n % 6)) for n in range(72)))

    assert stuck_hours(hours) == set()


def test_a_calm_of_a_night_and_a_day_with_a_turning_vane_is_calm() -> None:
    hours = series(*((0.0, 25 * n % 360) for n in range(30)), (1.0, 90))

    assert stuck_hours(hours) == set()


def test_two_days_without_a_breath_are_no_calm() -> None:
    hours = series((1.0, 80), *((0.0, 25 * n % 360) for n in range(48)), (1.0, 90))

    assert stuck_hours(hours) == {hour.at for hour in hours[1:-1]}


def test_of_a_few_hours_nothing_is_concluded() -> None:
    hours = [hour for hour in series(*((0.0, 0.0) for _ in range(60))) if hour.at.hour % 2]

    assert stuck_hours(hours) == set()


@pytest.mark.parametrize(
    ("station", "stuck"),
    [
        *((name, 1968) for name in ("74t", "o21", "o61")),
        *((name, 0) for name in ("100t", "28t", "29t", "34t", "60t", "71t")),
        # 322 hours at 0, and 24 of the others from one degree.
        ("31t", 346),
    ],
)
def test_the_real_series_are_told_apart(shared_data: Path, station: str, stuck: int) -> None:
    assert len(stuck_hours(real_hours(shared_data, station))) == stuck


def test_many_stations_at_once_are_judged_as_each_is(shared_data: Path) -> None:
    hours = [real_hours(shared_data, station) for station in ("31t", "28t", "74t")]
    speed = np.array([[hour.speed_m_s for hour in one] for one in hours])
    from_deg = np.array([[hour.from_deg for hour in one] for one in hours], dtype=float)
    gaps = np.random.default_rng(4).random(speed.shape) < 0.1
    speed[gaps], from_deg[gaps] = np.nan, np.nan

    found = stuck(speed, from_deg)

    for station, series_of in enumerate(hours):
        there = [hour for n, hour in enumerate(series_of) if not gaps[station, n]]
        expected = stuck_hours(there)
        assert [hour.at in expected for hour in there] == found[station][~gaps[station]].tolist()


def real_hours(shared_data: Path, station: str) -> list[Hour]:
    """What a station wrote, in Thai time taken for UTC."""
    (path,) = (shared_data / "air_quality_air4thai").glob(f"air4thai_{station}_*.csv.gz")
    with gzip.open(path, "rt") as lines:
        return [
            Hour(
                datetime.fromisoformat(row["DATETIMEDATA"]).replace(tzinfo=UTC),
                float(row["WS"]),
                float(row["WD"]),
            )
            for row in csv.DictReader(lines)
        ]
