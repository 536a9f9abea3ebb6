"""How what the simulated sources emit comes to people: by air as particles that walk with the true
wind until they are too thin to be noticed; and without the wind, as sound and water do."""

import numpy as np

from geo_api.demo.ground import M_PER_DEGREE_LAT, M_PER_DEGREE_LON, Array, moved
from geo_api.demo.kinds import AIRBORNE, CATEGORIES
from geo_api.demo.true_wind import TrueWind

_STEP_S, _STEPS = 120.0, 60
# What thins a particle out: minutes and metres, of which the mean particle survives one together.
_MINUTES, _METRES, _STAMINA = 45.0, 950.0, 1.6
# Turbulence of each particle by itself (m/s): in still air, and as a share of the wind; how long
# an eddy lasts (s). The flow's gusts, which all particles of a place share, are in the wind.
_EDDY_LEAST, _EDDY_SHARE, _EDDY_S = 0.1, 0.14, 60.0
# How far noise is heard, water flows along its canal and aside from it, and waste lies (m; means).
_HEARD_M, _FLOWS_M, _ASIDE_M, _LIES_M = 380.0, 900.0, 60.0, 600.0
_FLOW_M_S = 0.2


def carried(
    rng: np.random.Generator,
    wind: TrueWind,
    place: Array,
    lon: Array,
    lat: Array,
    seconds: Array,
) -> tuple[Array, Array, Array]:
    """(lon, lat, seconds) of where and when each particle was last noticed, which was let go at a
    moment in the wind of a place."""
    count = len(place)
    stamina = rng.gamma(_STAMINA, 1 / _STAMINA, count)
    x, y, age = np.zeros(count), np.zeros(count), np.zeros(count)
    walking = np.arange(count)
    for _ in range(_STEPS):
        u, v = wind.at(place[walking], seconds[walking] + age[walking])
        eddy = _EDDY_LEAST + _EDDY_SHARE * np.hypot(u, v)
        spread = eddy * np.sqrt(2 * _EDDY_S * _STEP_S)
        east = u * _STEP_S + spread * rng.standard_normal(len(walking))
        north = v * _STEP_S + spread * rng.standard_normal(len(walking))
        cost = _STEP_S / 60 / _MINUTES + np.hypot(u, v) * _STEP_S / _METRES
        share = np.minimum(1, stamina[walking] / cost)
        x[walking] += east * share
        y[walking] += north * share
        age[walking] += _STEP_S * share
        stamina[walking] -= cost
        walking = walking[stamina[walking] > 0]
        if not len(walking):
            break
    return lon + x / M_PER_DEGREE_LON, lat + y / M_PER_DEGREE_LAT, seconds + age


def spread(
    rng: np.random.Generator, category: Array, source: Array, lon: Array, lat: Array
) -> tuple[Array, Array, Array]:
    """(lon, lat, how long it took) of what no wind carries; water always flows the same way from a
    source."""
    count = len(category)
    water = category == CATEGORIES.index("wastewater")
    far = np.where(category == CATEGORIES.index("noise"), _HEARD_M, _LIES_M)
    away_m = 40 + rng.gamma(2.0, np.where(water, _FLOWS_M, far) / 2)
    # A hash of the source is its canal's direction.
    canal_deg = source * 137.508 % 360 + np.degrees(rng.normal(0, _ASIDE_M, count) / away_m)
    bearing = np.where(water, canal_deg, rng.uniform(0, 360, count))
    x, y = moved(lon, lat, bearing, away_m)
    return x, y, np.where(water, away_m / _FLOW_M_S, 0.0)


def is_airborne(category: Array) -> Array:
    """Whether the wind carries it; categories are numbers of CATEGORIES."""
    return np.isin(category, [CATEGORIES.index(one) for one in AIRBORNE])
