"""How the simulated complaints are written down: late, at noon, on a wrong day, and not where it
was; and whom they name."""

import numpy as np
import pandas as pd

from geo_api.demo.clock import DAY_S, HOUR_S, Clock
from geo_api.demo.ground import Array, moved
from geo_api.demo.towns import Towns

# Shares of the reports by what is wrong with their time. Most come within the hour; of some nobody
# knows more than the day, and their clerk writes noon.
TIMES = (("prompt", 0.70), ("slow", 0.10), ("late", 0.12), ("noon", 0.06), ("wrong_date", 0.02))
_PROMPT_S, _SLOW_H, _LATE_H, _WRONG_DAYS = 1_500.0, (1, 4), (6, 14), 12
# And with their place: told as a village or road, rounded to 0.01°, or put in the town's middle.
PLACES = (("exact", 0.80), ("blurred", 0.13), ("rounded", 0.05), ("centre", 0.02))
_BLURRED_M = 320.0
# Those that name a factory: of what one caused, and of the rest; and those of the former that name
# another of the town.
NAMED_SHARE, NAMED_OF_OTHERS, WRONGLY_NAMED_SHARE = 0.9, 0.08, 0.08


def write(seed: int, clock: Clock, towns: Towns, felt: pd.DataFrame) -> pd.DataFrame:
    """Adds `seconds`, `lon` and `lat` as reported, and as `time_fault` and `place_fault` how they
    came about, to what was felt: `felt_seconds`, `felt_lon`, `felt_lat` and `town`."""
    rng = np.random.default_rng([seed, 64])
    seconds, time_fault = _times(rng, clock, felt["felt_seconds"].to_numpy())
    lon, lat, place_fault = _places(rng, towns, felt)
    return felt.assign(
        seconds=np.floor(seconds), lon=lon, lat=lat, time_fault=time_fault, place_fault=place_fault
    )


def _times(rng: np.random.Generator, clock: Clock, felt: Array) -> tuple[Array, Array]:
    count = len(felt)
    fault = _drawn(rng, TIMES, count)
    days = rng.integers(1, _WRONG_DAYS, count) * rng.choice([-1, 1], count)
    reported = np.select(
        [fault == name for name, _ in TIMES],
        [
            felt + rng.exponential(_PROMPT_S, count),
            felt + rng.uniform(*_SLOW_H, count) * HOUR_S,
            felt + rng.uniform(*_LATE_H, count) * HOUR_S,
            # The clock begins at a Thai midnight.
            felt // DAY_S * DAY_S + 12 * HOUR_S,
            felt + days * DAY_S + rng.exponential(_PROMPT_S, count),
        ],
    )
    # What would be reported after the end, or before the beginning, was reported at once.
    outside = (reported < 0) | (reported >= clock.seconds)
    return np.where(outside, felt, reported), np.where(outside, "prompt", fault)


def _places(
    rng: np.random.Generator, towns: Towns, felt: pd.DataFrame
) -> tuple[Array, Array, Array]:
    count = len(felt)
    fault = _drawn(rng, PLACES, count)
    lon, lat, town = (felt[name].to_numpy() for name in ("felt_lon", "felt_lat", "town"))
    near = moved(lon, lat, rng.uniform(0, 360, count), np.abs(rng.normal(0, _BLURRED_M, count)))
    told = [
        np.select(
            [fault == "blurred", fault == "rounded", fault == "centre"],
            [blurred, np.round(true, 2), centre[town]],
            true,
        )
        for true, blurred, centre in ((lon, near[0], towns.lon), (lat, near[1], towns.lat))
    ]
    return np.round(told[0], 6), np.round(told[1], 6), fault


def _drawn(rng: np.random.Generator, kinds: tuple[tuple[str, float], ...], count: int) -> Array:
    names, shares = zip(*kinds, strict=True)
    return rng.choice(np.array(names, dtype=object), count, p=shares)


def named(seed: int, complained: pd.DataFrame, factories: pd.DataFrame) -> pd.DataFrame:
    """Whom the complaints name, by ticket: most that a factory caused name it, some another of the
    town; and of the others a few blame one."""
    rng = np.random.default_rng([seed, 34])
    caused = complained["cause"].notna().to_numpy()
    chance = rng.random(len(complained))
    names = complained[chance < np.where(caused, NAMED_SHARE, NAMED_OF_OTHERS)]
    in_town = factories[factories["town"] >= 0].sort_values("town", kind="stable")
    first = np.searchsorted(in_town["town"].to_numpy(), names["town"].to_numpy())
    last = np.searchsorted(in_town["town"].to_numpy(), names["town"].to_numpy(), side="right")
    some = first + (rng.random(len(names)) * (last - first)).astype(np.int64)
    others = in_town["id"].to_numpy()[np.minimum(some, len(in_town) - 1)]
    is_wrong = names["cause"].isna().to_numpy() | (rng.random(len(names)) < WRONGLY_NAMED_SHARE)
    return pd.DataFrame(
        {
            "ticket_id": names["ticket_id"].to_numpy(),
            "factory_id": np.where(is_wrong, others, names["cause"].to_numpy()),
            "source": "demo",
        }
    )
