"""The true fires of the simulated country: each begins somewhere, burns for a while and is so wide.
Cane burns around the mill that it is cut for."""

import numpy as np
import pandas as pd

from geo_api.demo.clock import DAY_S, HOUR_S, Clock
from geo_api.demo.fuels import OUT_OF_SEASON_SHARE, SUGARCANE, Fuel
from geo_api.demo.ground import Array, moved, provinces

# Mills fetch cane from around; 50 km is the proxy of shared/domain/FACTS.md §5.
_MILL_KM, _FARTHEST_KM = 17.0, 50.0
# How unlike the mills are in the share of burnt cane that they take.
_MILLS_UNEVEN = 0.6
_BEGINS_H, _BEGINS_SPREAD_H = 12.5, 3.0
_UNEVEN = 0.6
_MOST_H = 24 * 8


def kindle(
    rng: np.random.Generator, clock: Clock, fuel: Fuel, mills: pd.DataFrame, count: int
) -> pd.DataFrame:
    """`count` fires of one fuel: `lon`, `lat`, `begins` and `ends` (s), `radius_m`, and of cane
    `mill_id` and `mill_km`."""
    if fuel is SUGARCANE and len(mills):
        places = _around_mills(rng, mills, count)
    else:
        lon, lat = provinces().scatter(
            rng, list(fuel.provinces), [1.0] * len(fuel.provinces), count
        )
        places = pd.DataFrame({"lon": lon, "lat": lat, "mill_id": None, "mill_km": np.nan})
    hour = rng.normal(_BEGINS_H, _BEGINS_SPREAD_H, count).clip(4, 23)
    begins = _days(rng, clock, count, fuel) * float(DAY_S) + hour * HOUR_S
    lasts = fuel.burns_h * rng.lognormal(0, _UNEVEN, count)
    return places.assign(
        kind="vegetation",
        fuel=fuel.land_use,
        begins=np.floor(begins),
        ends=np.floor(np.minimum(begins + np.minimum(lasts, _MOST_H) * HOUR_S, clock.seconds)),
        radius_m=np.round(fuel.radius_m * rng.lognormal(0, _UNEVEN, count)),
    )


def _around_mills(rng: np.random.Generator, mills: pd.DataFrame, count: int) -> pd.DataFrame:
    weight = rng.lognormal(0, _MILLS_UNEVEN, len(mills))
    mill = rng.choice(len(mills), count, p=weight / weight.sum())
    lon, lat, km = np.empty(count), np.empty(count), np.empty(count)
    todo = np.arange(count)
    while len(todo):
        km[todo] = (1 + rng.gamma(2.0, _MILL_KM / 2, len(todo))).clip(1, _FARTHEST_KM)
        lon[todo], lat[todo] = moved(
            mills["lon"].to_numpy()[mill[todo]],
            mills["lat"].to_numpy()[mill[todo]],
            rng.uniform(0, 360, len(todo)),
            km[todo] * 1000,
        )
        abroad = provinces().containing(lon[todo], lat[todo]) == None  # noqa: E711
        todo = todo[abroad]
    names = mills["id"].to_numpy()[mill]
    return pd.DataFrame({"lon": lon, "lat": lat, "mill_id": names, "mill_km": np.round(km, 2)})


def _days(rng: np.random.Generator, clock: Clock, count: int, fuel: Fuel) -> Array:
    """Days on which fires begin: a bell around the peak each year, and a few at any time."""
    of_year = clock.day_of_year()[::24]
    away = np.abs((of_year - fuel.peak_day + 182.6) % 365.25 - 182.6)
    weight = np.exp(-0.5 * (away / fuel.spread_days) ** 2)
    weight = weight / weight.sum() + OUT_OF_SEASON_SHARE / len(weight)
    return rng.choice(len(weight), size=count, p=weight / weight.sum())
