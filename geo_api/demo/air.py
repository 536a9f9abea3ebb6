"""The simulated PM2.5: a seasonal background that answers to the fires upwind."""

import numpy as np
import pandas as pd

from geo_api.demo.clock import Clock
from geo_api.demo.ground import M_PER_DEGREE_LAT, M_PER_DEGREE_LON, Array
from geo_api.demo.true_wind import Hourly

# The planted truth: a fire adds `POWER_TO_UG_M3` × FRP × exp(−distance/REACH_KM) at a station when
# it lies within SECTOR_DEG of upwind, after the smoke has travelled, fading over MEMORY_H.
POWER_TO_UG_M3 = 2.5
REACH_KM = 60.0
FARTHEST_KM = 200.0
SECTOR_DEG = 45.0
MEMORY_H = 10.0
TRAVEL_M_S = 3.0


def breathe(
    seed: int, clock: Clock, stations: pd.DataFrame, wind: Hourly, fires: pd.DataFrame, scale: float
) -> tuple[Array, Array]:
    """(PM2.5, the part of it that fires upwind cause) in µg/m³ by station and hour.

    At a larger `scale` more detections stand for the same smoke, so that each adds less.
    """
    rng = np.random.default_rng([seed, 5])
    season = np.cos(2 * np.pi * (clock.day_of_year() - 35) / 365.25)
    night = np.cos(2 * np.pi * (clock.hour_of_day() - 3) / 24)
    base = 14 + 9 * season + 2.5 * night
    smoke = np.empty_like(wind.speed_m_s)
    for number, station in enumerate(stations.itertuples()):
        added = _arriving(clock, station.lon, station.lat, wind.from_deg[number], fires)
        smoke[number] = POWER_TO_UG_M3 / scale * _fading(added)
    stagnant = 1 + 0.35 * np.exp(-wind.speed_m_s)
    noise = rng.lognormal(0, 0.12, smoke.shape)
    return np.round(np.maximum(1.0, base * stagnant * noise + smoke), 1), np.round(smoke, 2)


def _arriving(clock: Clock, lon: float, lat: float, from_deg: Array, fires: pd.DataFrame) -> Array:
    """Weighted power (MW) that reaches one station in each hour."""
    east = (fires["lon"].to_numpy() - lon) * M_PER_DEGREE_LON / 1000
    north = (fires["lat"].to_numpy() - lat) * M_PER_DEGREE_LAT / 1000
    distance_km = np.hypot(east, north)
    near = np.flatnonzero(distance_km < FARTHEST_KM)
    bearing = np.degrees(np.arctan2(east[near], north[near]))
    seen = clock.index(fires["seconds"].to_numpy()[near])
    off = np.abs((bearing - from_deg[seen] + 180) % 360 - 180)
    upwind = off <= SECTOR_DEG
    near, seen, distance_km = near[upwind], seen[upwind], distance_km[near[upwind]]
    lag = (distance_km * 1000 / TRAVEL_M_S / 3600).astype(np.int64)
    weight = fires["frp_mw"].to_numpy()[near] * np.exp(-distance_km / REACH_KM)
    hour = seen + lag
    kept = hour < clock.hours
    return np.bincount(hour[kept], weight[kept], minlength=clock.hours)


def _fading(added: Array) -> Array:
    keep = np.exp(-1 / MEMORY_H)
    level = np.empty_like(added)
    now = 0.0
    for hour, more in enumerate(added):
        now = now * keep + more
        level[hour] = now
    return level
