"""The true wind of the simulated world, which nobody reads: monsoon, sea breeze, weather that
moves over the country, and gusts within the hour. What instruments write of it is in
`instruments`."""

from dataclasses import dataclass

import numpy as np

from geo_api.demo.clock import HOUR_S, Clock
from geo_api.demo.ground import M_PER_DEGREE_LAT, M_PER_DEGREE_LON, Array

# Of each kind of weather: over what distance (km) and time (h) winds are alike, and how strong it
# is (m/s). At Thai stations the wind of an hour and of three hours later correlate by 0.7 to 0.9
# and by 0.3 to 0.7 (shared/data/air_quality_air4thai).
_WEATHER = ((600.0, 60.0, 0.55), (110.0, 9.0, 0.8), (25.0, 2.0, 0.55))
_WAVES = 24
# The monsoon of January (eastward, northward), which turns round in July.
_MONSOON_M_S = (-1.2, -1.0)
# The strength of all this at night, and what midday adds: real means of 1-4 h are 0.2 to 1 m/s,
# those of 12-15 h 0.9 to 2.3.
_NIGHT, _DAY = 0.5, 0.9
# Onshore in the afternoon, offshore before dawn, at the coast of the Gulf.
_SEA_BREEZE_M_S, _COAST_LAT, _COAST_LON = 1.1, (12.4, 13.75), (99.9, 101.6)
# Gusts last minutes: of two kinds, by their memory in steps of two minutes.
GUST_STEP_S = 120
_GUST_MEMORY, _GUST_STEPS = (5.0, 15.0), 1 << 16
# The standard deviation of gusts (m/s): this much in still air and this share of the wind. Slow
# air meanders most.
_GUST_LEAST, _GUST_SHARE = 0.28, 0.15


@dataclass(frozen=True)
class Hourly:
    """`from_deg` and `speed_m_s` by place (rows) and hour (columns): means of the hour."""

    from_deg: Array
    speed_m_s: Array


@dataclass(frozen=True)
class TrueWind:
    """The flow (`u` eastward, `v` northward, m/s) at places (rows) and full hours (columns: one
    more than the clock has hours), and gusts (of unit variance), which every place reads from a
    step of its own on."""

    u: Array
    v: Array
    gusts: Array
    first_step: Array

    def at(self, place: Array, seconds: Array) -> tuple[Array, Array]:
        """The flow at moments, gusts and all."""
        hour = np.minimum((seconds // HOUR_S).astype(np.int64), self.u.shape[1] - 2)
        share = seconds / HOUR_S - hour
        u = self.u[place, hour] * (1 - share) + self.u[place, hour + 1] * share
        v = self.v[place, hour] * (1 - share) + self.v[place, hour + 1] * share
        step = (self.first_step[place] + (seconds // GUST_STEP_S).astype(np.int64)) % _GUST_STEPS
        gust = _GUST_LEAST + _GUST_SHARE * np.hypot(u, v)
        return u + gust * self.gusts[0, step], v + gust * self.gusts[1, step]

    def hourly(self, places: Array) -> Hourly:
        """Vector means of every hour at some places."""
        u = (self.u[places, :-1] + self.u[places, 1:]) / 2
        v = (self.v[places, :-1] + self.v[places, 1:]) / 2
        gust = _GUST_LEAST + _GUST_SHARE * np.hypot(u, v)
        u, v = (
            flow + gust * self._gust_means(number, places) for number, flow in enumerate((u, v))
        )
        return Hourly(np.mod(180 + np.degrees(np.arctan2(u, v)), 360), np.hypot(u, v))

    def _gust_means(self, component: int, places: Array) -> Array:
        steps = HOUR_S // GUST_STEP_S
        track = self.gusts[component]
        total = np.concatenate([[0.0], np.cumsum(np.concatenate([track, track[:steps]]))])
        first = self.first_step[places][:, None] + steps * np.arange(self.u.shape[1] - 1)
        first %= _GUST_STEPS
        return (total[first + steps] - total[first]) / steps


def blow(seed: int, clock: Clock, lon: Array, lat: Array) -> TrueWind:
    """The wind at places (EPSG:4326), alike at those that lie near each other."""
    rng = np.random.default_rng([seed, 2])
    hours = np.arange(clock.hours + 1)
    season = np.cos(2 * np.pi * (np.interp(hours, hours[:-1], clock.day_of_year()) - 5) / 365.25)
    of_day = hours + clock.hour_of_day()[0]
    daytime = np.maximum(0, np.sin(np.pi * (of_day % 24 - 6) / 12))
    u, v = _weather(rng, len(hours), lon, lat)
    strength = (_NIGHT + _DAY * daytime).astype(np.float32)
    u = (u + np.float32(_MONSOON_M_S[0]) * season.astype(np.float32)) * strength
    v = (v + np.float32(_MONSOON_M_S[1]) * season.astype(np.float32)) * strength
    breeze = _SEA_BREEZE_M_S * np.sin(2 * np.pi * (of_day - 9) / 24).clip(-0.4)
    v += np.outer(_is_coast(lon, lat), breeze).astype(np.float32)
    return TrueWind(u, v, _gusts(rng), rng.integers(0, _GUST_STEPS, len(lon)))


def _is_coast(lon: Array, lat: Array) -> Array:
    return (
        (lat > _COAST_LAT[0])
        & (lat < _COAST_LAT[1])
        & (lon > _COAST_LON[0])
        & (lon < _COAST_LON[1])
    )


def _weather(rng: np.random.Generator, hours: int, lon: Array, lat: Array) -> tuple[Array, Array]:
    """Both components as sums of random waves in space whose amplitudes wander in time: winds of
    places are alike by exp(-d²/2L²)."""
    km = np.array([lon * M_PER_DEGREE_LON, lat * M_PER_DEGREE_LAT]) / 1000
    shapes, memories = [], []
    for length_km, memory_h, strength in _WEATHER:
        phase = (rng.normal(0, 1 / length_km, (_WAVES, 2)) @ km).T
        shapes.append(np.hstack([np.cos(phase), np.sin(phase)]) * strength / np.sqrt(_WAVES))
        memories += [memory_h] * (2 * _WAVES)
    shape = np.hstack(shapes).astype(np.float32)
    u, v = (shape @ wandering(rng, hours, np.array(memories)).T for _ in range(2))
    return u, v


def wandering(rng: np.random.Generator, steps: int, memory: Array) -> Array:
    """Noise of unit variance, (steps, series), of which each series falls to 1/e in `memory`
    steps."""
    keep = np.exp(-1 / memory).astype(np.float32)
    noise = rng.standard_normal((steps, len(memory)), dtype=np.float32)
    noise[1:] *= np.sqrt(1 - keep**2)
    for step in range(1, steps):
        noise[step] += keep * noise[step - 1]
    return noise


def _gusts(rng: np.random.Generator) -> Array:
    memory = np.repeat(_GUST_MEMORY, 2)
    tracks = wandering(rng, _GUST_STEPS, memory).T
    return (tracks[:2] + tracks[2:]) / np.sqrt(2)
