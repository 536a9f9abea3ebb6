"""Numbers as the pages say them: a value, what it is compared with, and how it came about."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from layers.model import Text
from layers.times import THAI_TIME

DAY_BEGINS_H = 8  # 08:00 in Thailand, when the officers begin
# The burning season: from the first of December to the end of April.
SEASON_FIRST_MONTH, SEASON_LAST_MONTH = 12, 4
# A base below this makes percents jump: the change is told as a count.
LEAST_BASE_FOR_PERCENT = 20
# A share of fewer factories says little, and could tell of one of them.
LEAST_FACTORIES_FOR_RATE = 15


class NotReported(LookupError):
    """There is no report of what was asked: the message names it."""


class State(StrEnum):
    """How much is known: a value, none seen, and why there is no value."""

    KNOWN = "known"
    LATE = "late"  # the feed is behind; the value is the last one
    NOT_SEEN = "not_seen"  # nothing was delivered of that time, before or after which there is
    NO_STATION = "no_station"
    CALM = "calm"  # a wind below 1 m/s, which has no direction to speak of
    NO_PLACE = "no_place"  # nothing can be said of what is near
    TOO_FEW = "too_few"
    NEVER_LOADED = "never_loaded"
    NOT_PUBLISHED = "not_published"


class Base(StrEnum):
    """What a value is compared with."""

    DAYS_BEFORE = "days_before"  # the mean of the seven days before
    LAST_SEASON = "last_season"  # the mean of the same seven days a year before
    WEEK_LAST_SEASON = "week_last_season"  # the sum of those seven days a year before
    WEEK_BEFORE = "week_before"  # the sum of the seven days before those summed
    MONTH_BEFORE = "month_before"
    YEAR_BEFORE = "year_before"
    COUNTRY = "country"  # of shares in percent: the country's at the same time


@dataclass(frozen=True)
class Comparison:
    """A value beside what it is compared with; `base` None where there is nothing to compare."""

    base_kind: Base
    value: float | None
    base: float | None

    @property
    def difference(self) -> float | None:
        """More than the base, or less."""
        if self.value is None or self.base is None:
            return None
        return self.value - self.base

    @property
    def percent(self) -> float | None:
        """The difference in percent of the base; None where that is too small to say so."""
        if self.difference is None or not self.base or self.base < LEAST_BASE_FOR_PERCENT:
            return None
        return 100 * self.difference / self.base


@dataclass(frozen=True)
class Series:
    """A value per hour, day, month or year, from `start` on; None where it is not known. The first
    hour is that which ends at 09:00 of `start` in Thailand. The value of the month or year that
    `until` is in counts to 08:00 of that day."""

    start: date
    step: str  # "hour", "day", "month" or "year"
    values: tuple[float | None, ...]
    until: date | None = None


@dataclass(frozen=True)
class Place:
    """An area of which something is said; `code` is DOPA's, or a registration's."""

    code: str
    name: Text


@dataclass(frozen=True)
class Measure:
    """One of a page's numbers.

    `of` is of how many (stations, factories); `parts` its counts by class; `highest` the place
    with the most, and `highest_value` how much there. `beside` are further counts by name, which
    are no parts of the value. `more_is_better` is true of certificates.
    """

    name: str
    state: State
    value: float | None
    comparisons: tuple[Comparison, ...] = ()
    of: int | None = None
    as_of: datetime | None = None
    series: Series | None = None
    last_season: Series | None = None
    parts: dict[str, int] = field(default_factory=dict)
    beside: dict[str, float] = field(default_factory=dict)
    highest: Place | None = None
    highest_value: float | None = None
    more_is_better: bool = False


@dataclass(frozen=True)
class Freshness:
    """How old a layer's newest data are. `due` "daily" is on schedule or late, "periodic" comes by
    the month or the year. `last_day` is the last of a timed layer that was delivered to its end."""

    layer: str
    title: Text
    newest: datetime | None
    loaded: bool
    stale: bool
    due: str
    last_day: date | None = None


def period_of(day: date) -> tuple[datetime, datetime]:
    """The 24 hours that end at 08:00 of `day` in Thailand: its beginning and its end, left out."""
    end = datetime(day.year, day.month, day.day, DAY_BEGINS_H, tzinfo=THAI_TIME)
    return end - timedelta(days=1), end


def day_of(at: datetime) -> date:
    """The day whose report has `at` (aware) in it."""
    return (at.astimezone(THAI_TIME) + timedelta(hours=24 - DAY_BEGINS_H)).date()


def newest_day(now: datetime) -> date:
    """The day of the last 08:00 that has passed."""
    return (now.astimezone(THAI_TIME) - timedelta(hours=DAY_BEGINS_H)).date()


def season_of(day: date) -> int:
    """The year in which a burning season began: it runs from 1 December to the end of April."""
    return day.year if day.month >= SEASON_FIRST_MONTH else day.year - 1


def year_before(day: date) -> date:
    """The same day a year ago; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
