"""The simulated detections: of fires that begin and end, and of heat that stays, by several
satellites; and which true event each is of."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo_api.demo import satellites, static_heat
from geo_api.demo.clock import DAY_S, Clock
from geo_api.demo.fire_events import kindle
from geo_api.demo.fuels import FUELS, OTHER, STATIC_SHARE, Fuel
from geo_api.demo.ground import Array, moved
from geo_api.demo.kinds import SUGAR
from geo_api.demo.satellites import PLATFORMS

# Places at which a fire burns during one pass: one for each so many metres of its radius.
_METRES_A_FLAME = 260.0
# Smouldering, by night, is seen less often.
_SEEN_AT_NIGHT = 0.45
_POWER_UNEVEN = 0.9
# One in so many is drawn beyond what is asked for, since some are of one pixel.
_SPARE = 50
_STATIC_MW = 2.2
# Flares and furnaces stand out by night.
_STATIC_BY_DAY, _STATIC_DAYS = 0.35, 0.5


@dataclass(frozen=True)
class Burnt:
    """`detections` as products report them, with `seconds` since the clock's start and the `event`
    (row number) of each; `events` are what truly burnt, or is hot for ever."""

    detections: pd.DataFrame
    events: pd.DataFrame

    def smoking(self) -> pd.DataFrame:
        """The detections of what makes smoke: plants and flares burn cleaner."""
        kind = self.events["kind"].to_numpy()[self.detections["event"]]
        return self.detections[kind == "vegetation"]


def burn(
    seed: int,
    clock: Clock,
    factories: pd.DataFrame,
    plants: pd.DataFrame,
    scale: float,
    count: int,
) -> Burnt:
    """`count` detections."""
    rng = np.random.default_rng([seed, 4])
    mills = factories[factories["factory_class"] == SUGAR.code]
    share = np.array([fuel.share for fuel in FUELS], dtype=float)
    some = count + count // _SPARE + 20
    numbers = rng.multinomial(some - int(some * STATIC_SHARE), share / share.sum())
    parts = [
        _of_fuel(rng, clock, fuel, mills, int(number))
        for fuel, number in zip(FUELS, numbers, strict=True)
        if number
    ]
    still = static_heat.places(seed, clock, factories, plants, scale)
    parts.append(_of_static(rng, clock, still, some - int(numbers.sum())))
    first = np.cumsum([0, *(len(part.events) for part in parts)])
    found = pd.concat(
        [
            part.detections.assign(event=part.detections["event"] + start)
            for part, start in zip(parts, first, strict=False)
        ],
        ignore_index=True,
    )
    events = pd.concat([part.events for part in parts], ignore_index=True)
    # Two fires in one pixel of one pass are one detection.
    found = found.drop_duplicates(["satellite", "seconds", "lon", "lat"], ignore_index=True)
    found = found.iloc[np.sort(rng.permutation(len(found))[:count])]
    order = ["seconds", "lon", "lat"]
    return Burnt(found.sort_values(order, kind="stable", ignore_index=True), events)


def _of_fuel(
    rng: np.random.Generator, clock: Clock, fuel: Fuel, mills: pd.DataFrame, count: int
) -> Burnt:
    """Fires until so many detections are seen of them; some fires nobody sees."""
    events: list[pd.DataFrame] = []
    seen: list[pd.DataFrame] = []
    first, missing = 0, count
    while missing > 0:
        some = kindle(rng, clock, fuel, mills, max(20, missing // 2))
        of_these = _seen(rng, clock, some)
        # A fire with all that is seen of it, or the first of it where that is enough.
        of_these = of_these.sort_values(["event", "seconds"], kind="stable").head(missing)
        if len(of_these) == missing:
            some = some.head(int(of_these["event"].max()) + 1)
        seen.append(of_these.assign(event=of_these["event"] + first))
        events.append(some)
        first += len(some)
        missing -= len(of_these)
    found = pd.concat(seen, ignore_index=True)
    power = fuel.power_mw * rng.lognormal(0, _POWER_UNEVEN, len(found))
    return Burnt(_reported(rng, found, fuel, power), pd.concat(events, ignore_index=True))


def _seen(rng: np.random.Generator, clock: Clock, fires: pd.DataFrame) -> pd.DataFrame:
    """The pixels in which satellites see fires while they burn, of each pass each once."""
    first_day = fires["begins"].to_numpy() // DAY_S
    days = (fires["ends"].to_numpy() // DAY_S - first_day).astype(np.int64) + 1
    event = np.repeat(np.arange(len(fires)), days)
    day = np.repeat(first_day, days) + np.arange(len(event)) - np.repeat(days.cumsum() - days, days)
    lon, lat = (fires[name].to_numpy()[event] for name in ("lon", "lat"))
    found = satellites.passes(clock, day, lon, lat)
    found["event"] = event[found["row"]]
    begins, ends = (fires[name].to_numpy()[found["event"]] for name in ("begins", "ends"))
    sees = np.array([one.sees for one in PLATFORMS])[found["platform"]]
    sees = sees * np.where(found["night"], _SEEN_AT_NIGHT, 1)
    burning = (found["seconds"] >= begins) & (found["seconds"] < ends)
    found = found[burning & (rng.random(len(found)) < sees)]
    flames = 1 + rng.poisson(fires["radius_m"].to_numpy()[found["event"]] / _METRES_A_FLAME)
    found = found.loc[found.index.repeat(flames)].reset_index(drop=True)
    return _in_pixels(rng, fires, found)


def _in_pixels(rng: np.random.Generator, fires: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    radius = fires["radius_m"].to_numpy()[found["event"]]
    lon, lat = moved(
        fires["lon"].to_numpy()[found["event"]],
        fires["lat"].to_numpy()[found["event"]],
        rng.uniform(0, 360, len(found)),
        radius * np.sqrt(rng.random(len(found))),
    )
    found["lon"], found["lat"] = satellites.pixels(found, lon, lat)
    return found.drop_duplicates(["platform", "seconds", "lon", "lat"], ignore_index=True)


def _of_static(rng: np.random.Generator, clock: Clock, still: pd.DataFrame, count: int) -> Burnt:
    """So many detections of heat that stays, spread over all days."""
    days = clock.hours // 24
    event = np.tile(np.arange(len(still)), days)
    day = np.repeat(np.arange(days, dtype=float), len(still))
    lon, lat = (still[name].to_numpy()[event] for name in ("lon", "lat"))
    found = satellites.passes(clock, day, lon, lat)
    found["event"] = event[found["row"]]
    strength = rng.lognormal(0, _STATIC_DAYS, len(still))[found["event"]]
    chance = strength * np.where(found["night"], 1, _STATIC_BY_DAY)
    chance *= np.array([one.sees for one in PLATFORMS])[found["platform"]]
    drawn = rng.choice(len(found), min(count, len(found)), replace=False, p=chance / chance.sum())
    seen = _in_pixels(rng, still, found.iloc[np.sort(drawn)].reset_index(drop=True))
    power = _STATIC_MW * rng.lognormal(0, 0.5, len(seen))
    return Burnt(_reported(rng, seen, OTHER, power), still)


def _reported(
    rng: np.random.Generator, found: pd.DataFrame, fuel: Fuel, power_mw: Array
) -> pd.DataFrame:
    count = len(found)
    platform = found["platform"].to_numpy()
    viirs = np.array([one.instrument == "VIIRS" for one in PLATFORMS])[platform]
    classes = rng.choice(["low", "nominal", "high"], size=count, p=[0.06, 0.88, 0.06])
    return pd.DataFrame(
        {
            "event": found["event"],
            "lon": found["lon"],
            "lat": found["lat"],
            "seconds": found["seconds"],
            "satellite": np.array([one.letter for one in PLATFORMS])[platform],
            "instrument": np.where(viirs, "VIIRS", "MODIS"),
            "confidence": pd.Series(classes).where(viirs),
            "confidence_pct": np.where(viirs, np.nan, rng.integers(20, 100, count)),
            "brightness_k": np.round(rng.normal(337, 9, count), 2),
            "scan_km": found["scan_km"],
            "track_km": found["track_km"],
            "daynight": np.where(found["night"], "N", "D"),
            "land_use": fuel.land_use,
            "land_use_th": fuel.land_use_th,
            "land_use_code": fuel.land_use_code,
            "frp_mw": np.round(power_mw, 2),
        }
    )
