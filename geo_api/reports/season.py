"""This burning season to date beside earlier ones, of the country, from counts by satellite."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

from geo_api.database.connections import Reads
from geo_api.reports import brief_sql as sql
from geo_api.reports.feeds import Feed
from layers.methods.season_counts import (
    WEEK,
    Comparable,
    comparable,
    days_between,
    leap_day,
    ratio,
    same_day,
    was_there,
    weeks,
)
from layers.reports.season import (
    EARLIER_SEASONS,
    Change,
    SeasonComparison,
    SeasonCount,
    Standing,
    season_days,
    to_date,
)


@dataclass
class _Season:
    """Detections by satellite and day, all and on cane land. `last` is the same day as that of the
    report."""

    season: int
    first: date
    last: date
    counts: dict[str, Counter[date]] = field(default_factory=lambda: defaultdict(Counter))
    cane: dict[str, Counter[date]] = field(default_factory=lambda: defaultdict(Counter))

    def there(self) -> frozenset[str]:
        """The satellites that were there all along."""
        days = (self.last - self.first).days + 1
        return frozenset(
            name
            for name, by_day in self.counts.items()
            if was_there([(day - self.first).days for day in by_day if day <= self.last], days)
        )

    def to_date(self, satellite: str) -> int:
        """A satellite's detections, 29 February among them."""
        return sum(count for day, count in self.counts[satellite].items() if day <= self.last)

    def daily(self, names: Sequence[str], to: date) -> list[int]:
        """Of some satellites, from the first day on; 29 February left out."""
        leap = leap_day(self.first)
        days = [day for day in days_between(self.first, to) if day != leap]
        return [sum(self.counts[name][day] for name in names) for day in days]

    def on_cane(self, names: Sequence[str]) -> int:
        """Of some satellites, to date; 29 February left out."""
        leap = leap_day(self.first)
        counted = (self.cane[name].items() for name in names)
        return sum(n for one in counted for day, n in one if day <= self.last and day != leap)


def season_comparison(reads: Reads, day: date, feed: Feed) -> SeasonComparison | None:
    """As of `day`, or the last that the feed delivered; None of a season before its first."""
    if feed.first_day is None or feed.last_day is None:
        return None
    this, first, last = to_date(feed.day_told(day))
    if last < feed.first_day:
        return None
    found = _read(reads, this, last)
    there = {one.season: one.there() for one in found}
    of_satellites = {name: float(found[0].to_date(name)) for name in found[0].counts}
    common = comparable(there, of_satellites, this)
    shown = [one for one in found if one.season == this or any(map(one.to_date, one.counts))]
    now = found[0].daily(common.satellites, last)
    is_quiet = feed.first_day <= first and not any(of_satellites.values())
    return SeasonComparison(
        first,
        last,
        common.satellites,
        tuple(_count(one, this, now, there, common, is_quiet=is_quiet) for one in shown),
    )


def _read(reads: Reads, this: int, last: date) -> list[_Season]:
    """This season and those before it, whole ones."""
    seasons = [
        _Season(year, season_days(year)[0], same_day(last, last.year - this + year))
        for year in range(this, this - 1 - EARLIER_SEASONS, -1)
    ]
    ends = [last, *(season_days(one.season)[1] for one in seasons[1:])]
    values = {"firsts": [one.first for one in seasons], "lasts": ends}
    for first, day, satellite, count, cane in reads.fetch(sql.SEASON_DAYS, values):
        season = seasons[this - first.year]
        season.counts[satellite or ""][day] = int(count)
        season.cane[satellite or ""][day] = int(cane)
    return seasons


def _count(
    one: _Season,
    this: int,
    now: Sequence[int],
    there: Mapping[int, frozenset[str]],
    common: Comparable,
    *,
    is_quiet: bool,
) -> SeasonCount:
    """Of a season; `now` are this season's detections that are compared, by day. Where no satellite
    was there all along, it is known alone of one that `is_quiet`: it has none at all."""
    standing = _standing(one, this, there, common)
    is_known = bool(common.satellites) or is_quiet
    is_compared = is_known and standing in (Standing.THIS, Standing.COMPARED)
    daily = one.daily(common.satellites, _end(one, this)) if is_compared else []
    to_date = daily[: len(now)]
    return SeasonCount(
        one.season,
        standing,
        sum(map(one.to_date, one.counts)),
        {name: count for name in sorted(one.counts) if (count := one.to_date(name))},
        sum(to_date) if is_compared else None,
        one.on_cane(common.satellites) if is_compared else None,
        _change(now, to_date) if standing == Standing.COMPARED else None,
        tuple(accumulate(daily)),
    )


def _end(one: _Season, this: int) -> date:
    """Earlier seasons are drawn whole."""
    return one.last if one.season == this else season_days(one.season)[1]


def _standing(
    one: _Season, this: int, there: Mapping[int, frozenset[str]], common: Comparable
) -> Standing:
    if one.season == this:
        return Standing.THIS
    if one.season in common.seasons:
        return Standing.COMPARED
    return Standing.OTHER_SATELLITES if there[one.season] else Standing.PARTIAL


def _change(now: Sequence[int], base: Sequence[int]) -> Change | None:
    found = ratio(_weekly(now), _weekly(base))
    if found is None:
        return None
    low, high = (None if one is None else 100 * (one - 1) for one in (found.low, found.high))
    return Change(100 * (found.value - 1), low, high)


def _weekly(daily: Sequence[int]) -> list[int]:
    """Sums of seven days; what remains is of the last."""
    blocks = weeks(len(daily))
    sums = [0] * blocks
    for number, count in enumerate(daily):
        sums[min(number // WEEK, blocks - 1)] += count
    return sums
