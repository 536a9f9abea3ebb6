"""The simulated complaints: some caused by factories, some by what no register knows, some by
nothing at all that lasts."""

import numpy as np
import pandas as pd

from geo_api.demo import reports, travel
from geo_api.demo.clock import HOUR_S, Clock
from geo_api.demo.emitters import FACTORY_SHARE, UNREGISTERED_SHARE, Sources
from geo_api.demo.ground import Array
from geo_api.demo.homes import Homes
from geo_api.demo.kinds import CATEGORIES
from geo_api.demo.towns import Towns
from geo_api.demo.true_wind import TrueWind

# The planted truth.
CAUSED_SHARE = FACTORY_SHARE + UNREGISTERED_SHARE
CERTIFIED_LEVEL = 3
CERTIFIED_EFFECT = -0.30
# What nothing that lasts causes has the same categories (%), half of it at homes that complain of
# a source.
BACKGROUND = (44, 26, 13, 9, 5, 3)
_SAME_HOMES_SHARE = 0.5
# An emission that is noticed lasts some hours, and so many more complain of it.
_EMISSION_H, _MORE = (0.5, 3.5), 1.4
# Nobody smells what passes more than so far from a home.
_HOME_M = 250.0
# How much likelier people complain at an hour of the day: asleep, at breakfast, at work, at home.
_AWAKE = np.array([0.25] * 5 + [0.5, 0.8, 0.8] + [0.55] * 9 + [0.85] + [1.0] * 5 + [0.6])
# What light air adds up to: complaints in still air against those in a strong wind.
_STAGNANT, _WINDY = 1.0, 0.45
# Half of what is dealt with takes less than so many days.
MEDIAN_DAYS = 25


def complain(
    seed: int,
    clock: Clock,
    towns: Towns,
    homes: Homes,
    sources: Sources,
    wind: TrueWind,
    certified_seconds: Array,
    count: int,
) -> pd.DataFrame:
    """`count` complaints as they are reported, with the truth about each: `kind` of cause, the
    `source` (row number; −1: none) and `emitted_seconds`, where and when it was felt, and what is
    wrong with the report.

    `wind` has the towns first. `certified_seconds` says by source from when on it causes 30 % less
    (inf: never).
    """
    rng = np.random.default_rng([seed, 6])
    caused = int(count * CAUSED_SHARE)
    parts = [
        _caused(rng, clock, homes, sources, wind, certified_seconds, caused),
        _background(rng, clock, count - caused),
    ]
    felt = pd.concat(parts, ignore_index=True)
    felt["home"] = _homes_of_background(rng, homes, felt["home"].to_numpy())
    felt = felt.assign(
        felt_lon=homes.lon[felt["home"]],
        felt_lat=homes.lat[felt["home"]],
        town=homes.town[felt["home"]],
        category=np.array(CATEGORIES, dtype=object)[felt["category"]],
    )
    frame = reports.write(seed, clock, towns, felt).sort_values(
        ["seconds", "home"], kind="stable", ignore_index=True
    )
    return _dealt_with(rng, clock, frame).assign(
        ticket_id=[f"DEMO-{n:07d}" for n in range(1, count + 1)], **_causes(sources, frame)
    )


def _causes(sources: Sources, frame: pd.DataFrame) -> dict[str, Array]:
    """The kind of cause, the source's id and, of a factory, the factory's id; None where none."""
    source = frame["source"].to_numpy()
    ids = np.array([*sources.frame["id"], None], dtype=object)[source]
    registered = (source >= 0) & (sources.frame["factory"].to_numpy()[source] >= 0)
    kind = np.where(registered, "factory", np.where(source >= 0, "unregistered", "background"))
    cause = ids.copy()
    cause[~registered] = None
    return {"kind": kind, "source_id": ids, "cause": cause}


def _dealt_with(rng: np.random.Generator, clock: Clock, frame: pd.DataFrame) -> pd.DataFrame:
    count = len(frame)
    took = rng.lognormal(np.log(MEDIAN_DAYS * 86_400), 1, count)
    acted = np.floor(frame["seconds"] + took)
    closed = acted < clock.seconds
    status = np.where(closed, "closed", np.where(rng.random(count) < 0.5, "open", "in_progress"))
    return frame.assign(acted_seconds=np.where(closed, acted, np.nan), status=status)


def _caused(
    rng: np.random.Generator,
    clock: Clock,
    homes: Homes,
    sources: Sources,
    wind: TrueWind,
    certified_seconds: Array,
    count: int,
) -> pd.DataFrame:
    """What sources cause, as often as their weights say while they work."""
    parts: list[pd.DataFrame] = []
    found = 0
    while found < count:
        emitted = _emitted(rng, clock, sources, certified_seconds, 2 * (count - found) + 500)
        some = _arrived(rng, clock, homes, sources, wind, emitted)
        parts.append(some)
        found += len(some)
    # By chance and not as drawn: an emission's complaints lie together.
    every = pd.concat(parts, ignore_index=True)
    return every.iloc[np.sort(rng.permutation(len(every))[:count])]


def _emitted(
    rng: np.random.Generator, clock: Clock, sources: Sources, certified_seconds: Array, count: int
) -> pd.DataFrame:
    """Emissions that somebody might notice: of `count` episodes those moments at which their source
    works; some of the certified fall silent."""
    weight = sources.frame["weight"].to_numpy()
    episode = np.repeat(np.arange(count), 1 + rng.poisson(_MORE, count))
    source = rng.choice(len(sources), count, p=weight)[episode]
    begins = rng.uniform(0, clock.seconds, count)[episode]
    lasts = rng.uniform(*_EMISSION_H, count)[episode] * HOUR_S
    seconds = begins + lasts * rng.random(len(episode))
    silent = (seconds >= certified_seconds[source]) & (rng.random(len(source)) < -CERTIFIED_EFFECT)
    kept = ~silent & (seconds < clock.seconds) & sources.works(clock, source, seconds)
    source = source[kept]
    shares = np.cumsum(sources.complaints, axis=1)[source]
    category = (rng.random(len(source))[:, None] > shares).sum(axis=1)
    return pd.DataFrame(
        {
            "source": source,
            "emitted": seconds[kept],
            "category": category.clip(0, len(CATEGORIES) - 1),
        }
    )


def _arrived(
    rng: np.random.Generator,
    clock: Clock,
    homes: Homes,
    sources: Sources,
    wind: TrueWind,
    emitted: pd.DataFrame,
) -> pd.DataFrame:
    """Those that come to a home where somebody is awake, before the world ends."""
    source, category = emitted["source"].to_numpy(), emitted["category"].to_numpy()
    seconds = emitted["emitted"].to_numpy()
    town, lon, lat = (sources.frame[name].to_numpy()[source] for name in ("town", "lon", "lat"))
    airborne = travel.is_airborne(category)
    x, y, took = travel.spread(rng, category, source, lon, lat)
    felt = seconds + took
    x[airborne], y[airborne], felt[airborne] = travel.carried(
        rng, wind, town[airborne], lon[airborne], lat[airborne], seconds[airborne]
    )
    felt = np.floor(felt)
    within = felt < clock.seconds
    speed = np.hypot(*wind.at(town, np.minimum(seconds, clock.seconds - 1)))
    noticed = np.where(airborne, _WINDY + (_STAGNANT - _WINDY) / (1 + speed**2), _WINDY)
    awake = _AWAKE[(felt // HOUR_S % 24).astype(np.int64)]
    kept = np.flatnonzero(within & (rng.random(len(felt)) < noticed * awake))
    home, away_m = homes.nearest(x[kept], y[kept])
    kept, home = kept[away_m < _HOME_M], home[away_m < _HOME_M]
    return pd.DataFrame(
        {
            "source": source[kept],
            "emitted_seconds": np.floor(seconds[kept]),
            "felt_seconds": felt[kept],
            "category": category[kept],
            "home": home,
        }
    )


def _background(rng: np.random.Generator, clock: Clock, count: int) -> pd.DataFrame:
    """Complaints at any time at which people are awake, their home to be chosen."""
    day = rng.integers(0, clock.hours // 24, count)
    hour = rng.choice(24, count, p=_AWAKE / _AWAKE.sum()) + rng.random(count)
    share = np.array(BACKGROUND, dtype=float)
    return pd.DataFrame(
        {
            "source": -1,
            "emitted_seconds": np.nan,
            "felt_seconds": np.floor((day * 24 + hour) * HOUR_S),
            "category": rng.choice(len(CATEGORIES), count, p=share / share.sum()),
            "home": -1,
        }
    )


def _homes_of_background(rng: np.random.Generator, homes: Homes, home: Array) -> Array:
    """Of each complaint its home; of those that have none some home, and half of them one that
    others complain at."""
    without = home < 0
    count = int(without.sum())
    there = home[~without]
    any_home = rng.integers(0, len(homes.lon), count)
    same = rng.random(count) < _SAME_HOMES_SHARE
    chosen = np.where(same, there[rng.integers(0, len(there), count)], any_home)
    filled = home.copy()
    filled[without] = chosen
    return filled
