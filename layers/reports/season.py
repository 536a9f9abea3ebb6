"""This burning season to date beside earlier ones, of the country."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from layers.reports.measures import SEASON_FIRST_MONTH, SEASON_LAST_MONTH, season_of

# How many earlier seasons are compared.
EARLIER_SEASONS = 5
_LAST_DAY_OF_LAST_MONTH = 30


class Standing(StrEnum):
    """Whether a season is compared, and why it is not."""

    THIS = "this"
    COMPARED = "compared"
    PARTIAL = "partial"  # detections are not known from its first day to the same day
    OTHER_SATELLITES = "other_satellites"  # too few of the satellites were there in both


@dataclass(frozen=True)
class Change:
    """This season's count as a change in percent of an earlier one's, with bounds of 95 % where the
    weeks suffice for them."""

    percent: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class SeasonCount:
    """A season by the year (CE) in which it begins. `detections` are those of all satellites up to
    the same day, `by_satellite` each one's. `compared` are those of the satellites that all seasons
    compared have, without 29 February, and `cane` those of them on cane land; `change` is this
    season's against it. Of this season, too, those are None where no satellite was there from its
    first day on. `curve` is the sum up to each day from the first on, 29 February left out,
    to the season's end or the day of the report."""

    season: int
    standing: Standing
    detections: int
    by_satellite: Mapping[str, int]
    compared: int | None
    cane: int | None
    change: Change | None
    curve: tuple[int, ...]


@dataclass(frozen=True)
class SeasonComparison:
    """From `first` to `last`, the last day counted; `seasons` from this one back. `satellites` are
    those by which they are compared."""

    first: date
    last: date
    satellites: tuple[str, ...]
    seasons: tuple[SeasonCount, ...]


def season_days(season: int) -> tuple[date, date]:
    """The first and the last day of a burning season."""
    return (
        date(season, SEASON_FIRST_MONTH, 1),
        date(season + 1, SEASON_LAST_MONTH, _LAST_DAY_OF_LAST_MONTH),
    )


def to_date(day: date) -> tuple[int, date, date]:
    """The season that a day is in, or the last one before it, its first day, and the day or, where
    that has passed, its last."""
    season = season_of(day)
    first, last = season_days(season)
    return season, first, min(day, last)
