"""The simulated wind: monsoon, a daily rhythm, and wandering, hour by hour at every station."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from geo_api.demo.ground import Array
from layers.times import THAI_TIME


@dataclass(frozen=True)
class Clock:
    """The hours of the world: `start` (UTC) and how many."""

    start: datetime
    hours: int

    def index(self, seconds: Array) -> Array:
        """The hour in which a moment lies (seconds since `start`)."""
        return np.clip(seconds // 3600, 0, self.hours - 1).astype(np.int64)

    def day_of_year(self) -> Array:
        """Thai-time day of the year of every hour."""
        first = self.start + timedelta(hours=7)
        days = np.datetime64(first.replace(tzinfo=None), "h") + np.arange(self.hours)
        year = days.astype("datetime64[Y]")
        return ((days - year) / np.timedelta64(24, "h")).astype(float)

    def hour_of_day(self) -> Array:
        """Thai-time hour of the day of every hour."""
        return ((self.start.hour + 7 + np.arange(self.hours)) % 24).astype(float)

    @property
    def end(self) -> datetime:
        """One hour after the last."""
        return self.start + timedelta(hours=self.hours)


@dataclass(frozen=True)
class Wind:
    """`from_deg` and `speed_m_s` by station (rows) and hour (columns)."""

    from_deg: Array
    speed_m_s: Array


def clock(end: datetime, days: int) -> Clock:
    """The whole hours up to `end` (aware), from the Thai midnight `days` days before its day."""
    local_end = end.astimezone(THAI_TIME).replace(minute=0, second=0, microsecond=0)
    start = local_end.replace(hour=0) - timedelta(days=days)
    return Clock(start.astimezone(UTC), int((local_end - start) / timedelta(hours=1)))


def blow(seed: int, clock: Clock, stations: int) -> Wind:
    """North-east monsoon in the cool season, south-west in the rains, stronger by day."""
    rng = np.random.default_rng([seed, 2])
    season = np.cos(2 * np.pi * (clock.day_of_year() - 5) / 365.25)  # +1 in January, -1 in July
    daytime = np.maximum(0, np.sin(np.pi * (clock.hour_of_day() - 6) / 12))
    u = -1.3 * season + 0.3 * _wander(rng, clock.hours, stations, memory_h=60)
    v = -1.1 * season + 0.3 * _wander(rng, clock.hours, stations, memory_h=60)
    u += 0.8 * _wander(rng, clock.hours, stations, memory_h=9)
    v += 0.8 * _wander(rng, clock.hours, stations, memory_h=9)
    strength = 0.55 + 0.9 * daytime
    u, v = u * strength, v * strength
    return Wind(np.mod(180 + np.degrees(np.arctan2(u, v)), 360), np.hypot(u, v))


def _wander(rng: np.random.Generator, hours: int, stations: int, memory_h: float) -> Array:
    """Smooth noise of unit variance; half of it is shared by all stations."""
    keep = np.exp(-1 / memory_h)
    noise = rng.standard_normal((hours, stations + 1)) * np.sqrt(1 - keep**2)
    state = rng.standard_normal(stations + 1)
    for hour in range(hours):
        state = keep * state + noise[hour]
        noise[hour] = state
    return ((noise[:, 1:] + noise[:, :1]) / np.sqrt(2)).T
