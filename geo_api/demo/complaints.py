"""The simulated complaints: some caused by known factories upwind, some by nothing we know."""

import numpy as np
import pandas as pd

from geo_api.demo.factories import CLUSTERS
from geo_api.demo.ground import Array, moved
from geo_api.demo.weather import Clock, Wind

# The planted truth.
EMITTER_SHARE = 0.12
CAUSED_SHARE = 0.65
# Of all complaints those that name a factory, and of these those that name another one.
NAMED_SHARE, WRONGLY_NAMED_SHARE = 0.6, 0.08
PLUME_SPREAD_DEG = 18.0
MEAN_DISTANCE_M = 1_100.0
# Of complaints those that come from a home that complained before, of the same cause.
SAME_HOME_SHARE = 0.35
# Half of what is dealt with takes less than so many days.
MEDIAN_DAYS = 25
CERTIFIED_LEVEL = 3
CERTIFIED_EFFECT = -0.30
# How uneven emitters are, and how much likelier a large factory is one.
_TAIL, _SIZE_MATTERS = 3.0, 1.5

BACKGROUND = ("odour", "dust_smoke", "noise", "wastewater", "solid_waste")
CATEGORY_TYPES = {
    "odour": "กลิ่นเหม็น",
    "dust_smoke": "ฝุ่นละออง/เขม่าควัน",
    "noise": "เสียงดัง",
    "chemical_vapour": "ไอสารเคมี",
    "wastewater": "น้ำเสีย",
    "solid_waste": "ขยะมูลฝอย",
}


def complain(
    seed: int,
    clock: Clock,
    factories: pd.DataFrame,
    stations: pd.DataFrame,
    wind: Wind,
    certified_seconds: Array,
    count: int,
) -> pd.DataFrame:
    """`count` complaints; `cause` is the id of the factory that caused one, None for the others.

    `certified_seconds` says when each factory reached level 3 (inf: never): from then on it causes
    30 % fewer.
    """
    rng = np.random.default_rng([seed, 6])
    caused = int(count * CAUSED_SHARE)
    parts = [
        _caused(rng, clock, factories, stations, wind, certified_seconds, caused),
        _background(rng, clock, count - caused),
    ]
    frame = pd.concat(parts, ignore_index=True).sort_values("seconds", ignore_index=True)
    frame = _from_the_same_homes(rng, frame)
    took = rng.lognormal(np.log(MEDIAN_DAYS * 86_400), 1, count)
    acted = np.floor(frame["seconds"] + took)
    closed = acted < clock.hours * 3600
    return frame.assign(
        acted_seconds=np.where(closed, acted, np.nan),
        ticket_id=[f"DEMO-{n:07d}" for n in range(1, count + 1)],
        status=np.where(closed, "closed", np.where(rng.random(count) < 0.5, "open", "in_progress")),
    )


def _from_the_same_homes(rng: np.random.Generator, frame: pd.DataFrame) -> pd.DataFrame:
    """Some complaints have the place of an earlier one of the same cause and category: a home
    complains more than once."""
    group = frame.groupby([frame["cause"].fillna(""), "category"], sort=False)
    before = group.cumcount().to_numpy()
    again = (rng.random(len(frame)) < SAME_HOME_SHARE) & (before > 0) & frame["cause"].notna()
    # Of a group's complaints, in the order of time, one of the last few before this.
    rows = pd.Series(np.arange(len(frame)))
    order = rows.groupby(group.ngroup().to_numpy(), sort=False)
    back = 1 + rng.integers(0, 8, len(frame)) % np.maximum(before, 1)
    earlier = np.empty(len(frame), dtype=np.int64)
    for members in order.indices.values():
        earlier[members] = members[np.maximum(np.arange(len(members)) - back[members], 0)]
    lon, lat = frame["lon"].to_numpy().copy(), frame["lat"].to_numpy().copy()
    for at in np.flatnonzero(again):
        lon[at], lat[at] = lon[earlier[at]], lat[earlier[at]]
    return frame.assign(lon=lon, lat=lat)


def named(seed: int, complained: pd.DataFrame, factories: pd.DataFrame) -> pd.DataFrame:
    """Whom the complaints name, by ticket: most that a factory caused, some of them wrongly. What
    no factory caused names none."""
    rng = np.random.default_rng([seed, 34])
    causes = complained.loc[complained["cause"].notna(), ["ticket_id", "cause"]]
    causes = causes[rng.random(len(causes)) < NAMED_SHARE / CAUSED_SHARE]
    others = factories["id"].to_numpy()[rng.integers(0, len(factories), len(causes))]
    is_wrong = rng.random(len(causes)) < WRONGLY_NAMED_SHARE
    return pd.DataFrame(
        {
            "ticket_id": causes["ticket_id"].to_numpy(),
            "factory_id": np.where(is_wrong, others, causes["cause"].to_numpy()),
            "source": "demo",
        }
    )


def _caused(
    rng: np.random.Generator,
    clock: Clock,
    factories: pd.DataFrame,
    stations: pd.DataFrame,
    wind: Wind,
    certified_seconds: Array,
    count: int,
) -> pd.DataFrame:
    emitters = rng.choice(
        len(factories),
        size=max(1, int(len(factories) * EMITTER_SHARE)),
        replace=False,
        p=_larger_likelier(factories),
    )
    strength = rng.pareto(_TAIL, len(emitters)) + 0.2
    who, seconds = _drawn(rng, clock, emitters, strength, certified_seconds, count)
    lon, lat = factories["lon"].to_numpy()[who], factories["lat"].to_numpy()[who]
    station = _nearest(lon, lat, stations)
    from_deg = wind.from_deg[station, clock.index(seconds)]
    bearing = from_deg + 180 + rng.normal(0, PLUME_SPREAD_DEG, count)
    lon, lat = moved(lon, lat, bearing, rng.gamma(2.0, MEAN_DISTANCE_M / 2, count) + 150)
    return pd.DataFrame(
        {
            "lon": np.round(lon, 6),
            "lat": np.round(lat, 6),
            "seconds": seconds,
            "category": factories["nuisance"].to_numpy()[who],
            "cause": factories["id"].to_numpy()[who],
        }
    )


def _larger_likelier(factories: pd.DataFrame) -> Array:
    rank = factories["horsepower"].rank(pct=True).to_numpy() ** _SIZE_MATTERS
    return np.asarray(rank / rank.sum())


def _drawn(
    rng: np.random.Generator,
    clock: Clock,
    emitters: Array,
    strength: Array,
    certified_seconds: Array,
    count: int,
) -> tuple[Array, Array]:
    """Who and when: by strength, evenings more often; some of the certified fall silent."""
    evening = 1 + 0.8 * np.cos(2 * np.pi * (clock.hour_of_day() - 20) / 24)
    who = np.empty(0, dtype=np.int64)
    seconds = np.empty(0)
    while len(who) < count:
        more = rng.choice(emitters, size=count, p=strength / strength.sum())
        hour = rng.choice(clock.hours, size=count, p=evening / evening.sum())
        at = np.floor((hour + rng.random(count)) * 3600)
        silent = (at >= certified_seconds[more]) & (rng.random(count) < -CERTIFIED_EFFECT)
        who, seconds = np.concatenate([who, more[~silent]]), np.concatenate([seconds, at[~silent]])
    return who[:count], seconds[:count]


def _nearest(lon: Array, lat: Array, stations: pd.DataFrame) -> Array:
    away = np.hypot(
        lon[:, None] - stations["lon"].to_numpy(), lat[:, None] - stations["lat"].to_numpy()
    )
    return np.argmin(away, axis=1)


def _background(rng: np.random.Generator, clock: Clock, count: int) -> pd.DataFrame:
    centre = np.array([(cluster[2], cluster[3]) for cluster in CLUSTERS])
    which = rng.integers(0, len(CLUSTERS), count)
    lon, lat = moved(
        centre[which, 0], centre[which, 1], rng.uniform(0, 360, count), rng.gamma(2, 4000, count)
    )
    return pd.DataFrame(
        {
            "lon": np.round(lon, 6),
            "lat": np.round(lat, 6),
            "seconds": np.floor(rng.uniform(0, clock.hours * 3600, count)),
            "category": rng.choice(BACKGROUND, count),
            "cause": None,
        }
    )
