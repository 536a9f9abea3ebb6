"""How far the feed behind a number reaches: whether a day was delivered, and which was the last."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from geo_api.features.freshness import Freshness
from layers.reports.measures import State, newest_day, period_of


@dataclass(frozen=True)
class Feed:
    """`newest` is its newest observation and `known_until` when it was last read to, both UTC; a
    quiet time of `stale_after` is usual. `first_day` is the first of which anything is kept."""

    newest: datetime | None
    known_until: datetime | None
    stale_after: timedelta
    loaded: bool
    first_day: date | None = None

    @property
    def last_day(self) -> date | None:
        """The last day that was delivered to its end."""
        return newest_day(self.known_until) if self.known_until else None

    def has(self, day: date) -> bool:
        """Whether the day was delivered: nothing found of it means that there was nothing. Of the
        Runs the newest end is known alone: days within that no Run asked for, as of an outage
        longer than a source looks back, or before Runs told to when they know, count as
        delivered."""
        if self.first_day is None or self.last_day is None:
            return False
        return self.first_day <= day <= self.last_day

    def state(self, day: date) -> State:
        """What a number of the day is."""
        if not self.loaded or self.newest is None or self.last_day is None:
            return State.NEVER_LOADED
        if self.first_day is None or day < self.first_day:
            return State.NOT_SEEN
        return State.LATE if day > self.last_day else State.KNOWN

    def behind(self, end: datetime) -> bool:
        """Whether what ended at `end` was not delivered to its end."""
        return self.newest is None or end - self.newest > self.stale_after

    def day_told(self, day: date) -> date:
        """The day itself, or the last that was delivered where the feed is late."""
        return min(day, self.last_day) if self.last_day else day


def feed(of_layer: Freshness, first_day: date | None = None) -> Feed:
    """The feed of a timed layer."""
    return Feed(
        of_layer.newest, of_layer.known_until, of_layer.stale_after, of_layer.loaded, first_day
    )


def as_of(feed: Feed, day: date) -> datetime | None:
    """When the newest observation was that a number of the day can have."""
    _, end = period_of(day)
    return min(feed.newest, end) if feed.newest else None
