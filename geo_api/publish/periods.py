"""The years or months by which what is timed is published: the longest of which a tile can show
every feature, so that any days can be chosen from it, and a new day leaves the others as they were.

A day is the 24 hours that end at 08:00 of it in Thailand, and a year begins with December, as
everywhere on the maps.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from geo_api.database.connections import Reads
from geo_api.features.columns import columns
from geo_api.publish import periods_sql as sql
from layers.model import Layer
from layers.query import Interval
from layers.reports.measures import SEASON_FIRST_MONTH, day_of, period_of, season_of

_DAY = timedelta(days=1)
_LEAST = timedelta(microseconds=1)
NEWEST = "newest"
# Months of a period.
_YEAR, _MONTH = 12, 1


@dataclass(frozen=True)
class Days:
    """Whole days from `first` to `last`, both included, of the period `name`; `digest` changes with
    their rows."""

    name: str
    first: date
    last: date
    rows: int
    digest: str

    @property
    def start(self) -> datetime:
        """When the first begins."""
        return period_of(self.first)[0]

    @property
    def end(self) -> datetime:
        """When the last ends, which is no more of it."""
        return period_of(self.last)[1]

    @property
    def during(self) -> Interval:
        """As a query has it, its end included."""
        return Interval(self.start.astimezone(UTC), self.end.astimezone(UTC) - _LEAST)

    @property
    def single(self) -> Iterator["Days"]:
        """Each day by itself."""
        for number in range((self.last - self.first).days + 1):
            day = self.first + number * _DAY
            yield Days(f"{day}", day, day, 0, self.digest)


def periods(
    reads: Reads, layer: Layer, most_rows: int, *, newest_first: bool = False
) -> list[Days]:
    """All of time if it has no more than so many rows, else the years if each has, else the months;
    each from its first to its last day that has rows, and without what has none. Where months have
    more, of what is shown `newest_first` the last day alone, named NEWEST."""
    [(first, last)] = reads.fetch(sql.ends(layer))
    if first is None:
        return []
    ends = day_of(first), day_of(last)
    named = [("", *ends)]
    for months in (_YEAR, _MONTH):
        if all(_count(reads, layer, one, most_rows) <= most_rows for one in named):
            break
        named = [*_named(*ends, months)]
    else:
        if newest_first and any(_count(reads, layer, one, most_rows) > most_rows for one in named):
            named = [(NEWEST, ends[1], ends[1])]
    return [days for one in named for days in _found(reads, layer, *one)]


def year_start(day: date) -> date:
    """The first day of the year of a day."""
    return date(season_of(day), SEASON_FIRST_MONTH, 1)


def _named(first: date, last: date, months: int) -> Iterator[tuple[str, date, date]]:
    """The periods of so many months: names, first days and last. A year's name is that of its end:
    2026 is the one that begins with December 2025."""
    start = year_start(first) if months == _YEAR else first.replace(day=1)
    while start <= last:
        number = start.year * _YEAR + start.month - 1 + months
        after = date(number // _YEAR, number % _YEAR + 1, 1)
        yield f"{start:%Y-%m}" if months == _MONTH else f"{after.year}", start, after - _DAY
        start = after


def _count(reads: Reads, layer: Layer, named: tuple[str, date, date], most: int) -> int:
    _, first, last = named
    [(count,)] = reads.fetch(sql.count(layer, period_of(first)[0], period_of(last)[1], most))
    return int(count)


def _found(reads: Reads, layer: Layer, name: str, first: date, last: date) -> Iterator[Days]:
    start, end = period_of(first)[0], period_of(last)[1]
    between = sql.within(layer, columns(reads, layer), start, end)
    [(rows, earliest, latest, digest)] = reads.fetch(between)
    if rows:
        yield Days(name, day_of(earliest), day_of(latest), rows, f"{rows} {digest}")
