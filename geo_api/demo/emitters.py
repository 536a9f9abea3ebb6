"""Who in the simulated world gives cause for complaints, how much, and when: some factories, and
sources that no register knows."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from geo_api.demo.clock import DAY_S, HOUR_S, Clock
from geo_api.demo.ground import M_PER_DEGREE_LAT, M_PER_DEGREE_LON, Array, moved
from geo_api.demo.kinds import ALL_KINDS
from geo_api.demo.towns import Towns

# Of the factories of towns those that emit, of which each has so many others of its class near it
# that do not.
EMITTER_SHARE, SILENT_NEIGHBOURS, NEAR_M = 0.12, 3, 3_000.0
# Of what sources cause, by kind of source.
FACTORY_SHARE, UNREGISTERED_SHARE = 0.56, 0.09
# How uneven sources are, how little their size tells of it, and the most of all complaints that one
# causes.
_UNEVEN, _SIZE_MATTERS, _MOST_SHARE = 1.0, 0.3, 0.02
# What unregistered sources are complained of, as CATEGORIES (%): pigs, waste that is burnt.
_UNREGISTERED_COMPLAINTS = (48, 38, 4, 3, 4, 3)
# Hours of work: first and last hour (Thai time), on how many days of the week, share of factories.
SHIFTS = (
    ("day", 7, 18, 6, 0.40),
    ("two", 6, 23, 6, 0.28),
    ("continuous", 0, 24, 7, 0.26),
    ("night", 19, 6, 6, 0.06),
)
# Planned stops in three years: how many, and of how many days; and Songkran, when most stand still.
_STOPS, _STOP_DAYS, _SONGKRAN_SHARE, _SONGKRAN_DAYS = 4, (3, 24), 0.7, (101, 107)
_UNREGISTERED_AROUND_M = 2_300.0


@dataclass(frozen=True)
class Sources:
    """`frame` has a row per source: `id`, `factory` (row number; −1: unregistered), `lon`, `lat`,
    `town`, `weight` (shares of all that sources cause) and `shift`; `complaints` its categories'
    shares, and `stops` the beginnings and ends of its stops (source, stop, 2) in seconds."""

    frame: pd.DataFrame
    complaints: Array
    stops: Array

    def __len__(self) -> int:
        return len(self.frame)

    def works(self, clock: Clock, source: Array, seconds: Array) -> Array:
        """Whether sources emit at moments: within their hours of work, and not stopped."""
        shift = self.frame["shift"].to_numpy()[source]
        first, last, days = (np.array([one[n] for one in SHIFTS])[shift] for n in (1, 2, 3))
        hour = seconds / HOUR_S % 24
        within = np.where(
            first < last, (hour >= first) & (hour < last), (hour >= first) | (hour < last)
        )
        stopped = np.zeros(len(source), dtype=bool)
        for begins, ends in self.stops.transpose(1, 2, 0):
            stopped |= (seconds >= begins[source]) & (seconds < ends[source])
        return within & (clock.weekday(seconds) < days) & ~stopped


def choose(seed: int, clock: Clock, factories: pd.DataFrame, towns: Towns) -> Sources:
    """The sources of a world."""
    rng = np.random.default_rng([seed, 62])
    emitting = _emitting(rng, factories)
    unregistered = max(1, round(len(emitting) * UNREGISTERED_SHARE / FACTORY_SHARE))
    registered = factories.iloc[emitting]
    town = rng.integers(0, len(towns), unregistered)
    lon, lat = moved(
        towns.lon[town],
        towns.lat[town],
        rng.uniform(0, 360, unregistered),
        np.abs(rng.normal(0, _UNREGISTERED_AROUND_M, unregistered)),
    )
    size = registered["horsepower"].rank(pct=True).to_numpy() ** _SIZE_MATTERS
    strength = rng.lognormal(0, _UNEVEN, len(emitting)) * size
    weights = [
        _capped(strength, FACTORY_SHARE),
        _capped(rng.lognormal(0, _UNEVEN, unregistered), UNREGISTERED_SHARE),
    ]
    weight = np.concatenate(weights)
    frame = pd.DataFrame(
        {
            "id": [
                *registered["id"],
                *(f"unregistered-{n:04d}" for n in range(1, unregistered + 1)),
            ],
            "factory": np.concatenate([emitting, np.full(unregistered, -1)]),
            "lon": np.concatenate([registered["lon"], np.round(lon, 5)]),
            "lat": np.concatenate([registered["lat"], np.round(lat, 5)]),
            "town": np.concatenate([registered["town"], town]),
            "weight": weight / weight.sum(),
            "shift": rng.choice(len(SHIFTS), len(weight), p=[one[4] for one in SHIFTS]),
        }
    )
    codes = {kind.code: kind.complaints for kind in ALL_KINDS}
    of_kind = [codes[code] for code in registered["factory_class"]]
    shares = np.array(of_kind + [_UNREGISTERED_COMPLAINTS] * unregistered, dtype=float)
    return Sources(
        frame, shares / shares.sum(axis=1, keepdims=True), _stops(rng, clock, len(frame))
    )


def _emitting(rng: np.random.Generator, factories: pd.DataFrame) -> Array:
    """Row numbers of the factories that emit; the large a little more often."""
    rank = factories["horsepower"].rank(pct=True).to_numpy() ** _SIZE_MATTERS
    in_town = (factories["town"] >= 0).to_numpy()
    able = in_town & (factories["status"] == "operating").to_numpy()
    one, other = _pairs(factories)
    neighbours = np.bincount(one, minlength=len(factories))
    crowded = able & (neighbours > SILENT_NEIGHBOURS)
    from_among = np.flatnonzero(crowded if crowded.any() else able)
    count = min(len(from_among), max(1, int(in_town.sum() * EMITTER_SHARE)))
    share = rank[from_among] / rank[from_among].sum()
    emits = np.zeros(len(factories), dtype=bool)
    emits[rng.choice(from_among, count, replace=False, p=share)] = True
    silent = np.bincount(one, ~emits[other], minlength=len(factories))
    kept = emits & (silent >= SILENT_NEIGHBOURS)
    return np.flatnonzero(kept if kept.any() else emits)


def _pairs(factories: pd.DataFrame) -> tuple[Array, Array]:
    """All ordered pairs of factories of towns of one class within 3 km."""
    pairs = [np.empty((2, 0), dtype=np.int64)]
    in_town = factories[factories["town"] >= 0]
    for rows in in_town.groupby("factory_class").indices.values():
        some = in_town.iloc[rows]
        points = shapely.points(
            some["lon"].to_numpy() * M_PER_DEGREE_LON, some["lat"].to_numpy() * M_PER_DEGREE_LAT
        )
        found = shapely.STRtree(points).query(points, predicate="dwithin", distance=NEAR_M)
        number = some.index.to_numpy()
        pairs.append(number[found[:, found[0] != found[1]]])
    one, other = np.hstack(pairs)
    return one, other


def _capped(strength: Array, share: float) -> Array:
    """Strengths that add up to `share`, none above the most that one causes where so many are
    enough to share it."""
    most = max(_MOST_SHARE, 1.6 * share / len(strength))
    weight = strength / strength.sum() * share
    for _ in range(20):
        over = weight > most
        if not over.any():
            break
        weight = np.minimum(weight, most)
        weight[~over] *= (share - weight[over].sum()) / weight[~over].sum()
    return weight


def _stops(rng: np.random.Generator, clock: Clock, count: int) -> Array:
    days = clock.hours // 24
    begins = rng.integers(0, days, (count, _STOPS)).astype(float)
    ends = begins + rng.integers(*_STOP_DAYS, (count, _STOPS))
    day_of_year = clock.day_of_year()[::24]
    songkran = np.flatnonzero(np.floor(day_of_year) == _SONGKRAN_DAYS[0])
    keeps = np.where(rng.random((count, len(songkran))) < _SONGKRAN_SHARE, songkran, np.inf)
    length = _SONGKRAN_DAYS[1] - _SONGKRAN_DAYS[0]
    stops = np.stack([np.hstack([begins, keeps]), np.hstack([ends, keeps + length])], axis=2)
    return stops * DAY_S
