"""What simulated mills declare: some nothing, the others more burnt cane where more burned."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from geo_api.demo import mill_intake
from geo_api.demo.clock import Clock, clock
from layers.cleaning.seasons import fortnight_of

CLOCK: Clock = clock(datetime(2026, 11, 21, 11, tzinfo=UTC), 365 * 3)
MILLS = pd.DataFrame(
    {
        "id": [f"m{n:02d}" for n in range(40)],
        "factory_class": ["01103"] * 40,
        "lon": 99 + 0.2 * (np.arange(40) % 8),
        "lat": 14 + 0.4 * (np.arange(40) // 8),
    }
)


@pytest.fixture(scope="module")
def burnt() -> pd.DataFrame:
    """Detections on cane land around the mills of the west alone, and paddy around the others."""
    rng = np.random.default_rng(3)
    count = 6000
    lon = rng.uniform(98.9, 100.6, count)
    return pd.DataFrame(
        {
            "lon": lon,
            "lat": rng.uniform(13.9, 15.7, count),
            "seconds": rng.uniform(0, CLOCK.hours * 3600, count),
            "land_use": np.where(lon < 99.6, "sugarcane", "paddy"),
        }
    )


def declared(burnt: pd.DataFrame, seed: int = 1) -> pd.DataFrame:
    return mill_intake.declare(seed, CLOCK, MILLS, burnt)


def test_it_is_the_same_each_time_and_another_with_another_seed(burnt: pd.DataFrame) -> None:
    assert declared(burnt).equals(declared(burnt))
    assert not declared(burnt).equals(declared(burnt, 2))


def test_some_mills_never_declare_and_some_leave_halves_out(burnt: pd.DataFrame) -> None:
    told = declared(burnt)

    assert 0.6 < told["mill_ref"].nunique() / len(MILLS) < 1
    per_mill = told.groupby("mill_ref").size()
    assert per_mill.min() < per_mill.max()


def test_halves_of_months_of_seasons_that_are_over(burnt: pd.DataFrame) -> None:
    told = declared(burnt)

    assert set(told["season"]) == {2023, 2024, 2025}
    assert all(
        last <= fortnight_of(first)[1]
        for first, last in zip(told["first_day"], told["last_day"], strict=True)
    )
    assert not told.duplicated(["mill_ref", "first_day"]).any()
    assert (told[["fresh_t", "burnt_t"]] >= 0).all(axis=None)


def test_more_burnt_cane_is_declared_where_more_burned(burnt: pd.DataFrame) -> None:
    told = declared(burnt).merge(MILLS, left_on="mill_ref", right_on="id")
    share = told["burnt_t"] / (told["burnt_t"] + told["fresh_t"])

    west, east = share[told["lon"] < 99.5].median(), share[told["lon"] > 100.1].median()

    assert west > 3 * east
