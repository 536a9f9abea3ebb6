"""The hours of the simulated world, and what time of day and year they are in Thailand."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from geo_api.demo.ground import Array
from layers.times import THAI_TIME

HOUR_S, DAY_S = 3_600, 86_400


@dataclass(frozen=True)
class Clock:
    """The hours of the world: `start` (UTC, a Thai midnight) and how many. Moments are seconds
    since `start`."""

    start: datetime
    hours: int

    def index(self, seconds: Array) -> Array:
        """The hour in which a moment lies."""
        return np.clip(seconds // HOUR_S, 0, self.hours - 1).astype(np.int64)

    def day_of_year(self) -> Array:
        """Thai-time day of the year of every hour."""
        first = self.start + timedelta(hours=7)
        days = np.datetime64(first.replace(tzinfo=None), "h") + np.arange(self.hours)
        year = days.astype("datetime64[Y]")
        return ((days - year) / np.timedelta64(24, "h")).astype(float)

    def hour_of_day(self) -> Array:
        """Thai-time hour of the day of every hour."""
        return ((self.start.hour + 7 + np.arange(self.hours)) % 24).astype(float)

    def weekday(self, seconds: Array) -> Array:
        """The Thai weekday of a moment, Monday being 0."""
        first = (self.start + timedelta(hours=7)).weekday()
        return (seconds // DAY_S + first).astype(np.int64) % 7

    @property
    def seconds(self) -> float:
        """How long the world lasts."""
        return float(self.hours) * HOUR_S

    @property
    def end(self) -> datetime:
        """One hour after the last."""
        return self.start + timedelta(hours=self.hours)


def clock(end: datetime, days: int) -> Clock:
    """The whole hours up to `end` (aware), from the Thai midnight `days` days before its day."""
    local_end = end.astimezone(THAI_TIME).replace(minute=0, second=0, microsecond=0)
    start = local_end.replace(hour=0) - timedelta(days=days)
    return Clock(start.astimezone(UTC), int((local_end - start) / timedelta(hours=1)))
