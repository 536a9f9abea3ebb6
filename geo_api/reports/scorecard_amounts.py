"""What the service reckons itself for an eco-industrial town's scorecard."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from geo_api.database.connections import Reads
from geo_api.reports import scorecard_sql as sql
from geo_api.reports.data_freshness import last_day_of, state_of
from geo_api.reports.factory_sql import FIRST_FIRE
from geo_api.reports.released_complaints import year_around
from geo_api.reports.released_complaints_sql import FACTORIES_OF_AREA
from layers.reports.brief import PM25_STANDARD
from layers.reports.measures import LEAST_FACTORIES_FOR_RATE, Freshness, State, day_of
from layers.reports.scorecard import Cell, CellState, Indicator
from layers.times import thai_midnight

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Amount:
    value: float
    numerator: float
    denominator: float | None
    coverage: float | None


class TownYear:
    """What is reckoned of a town's calendar year, as far as it is over."""

    def __init__(
        self,
        reads: Reads,
        values: Mapping[str, Any],
        year: int,
        newest: date,
        fresh: Sequence[Freshness],
    ) -> None:
        self._reads, self._fresh = reads, fresh
        self._first, self._end = date(year, 1, 1), date(year, 12, 31)
        self._last = min(self._end, newest)
        self._values = {
            **values,
            "since": thai_midnight(self._first),
            "until": thai_midnight(self._last + _A_DAY),
            "first_day": self._first,
            "day": self._last,
            "standard": PM25_STANDARD,
        }
        self._reckoned: dict[str, Callable[[], _Amount | None]] = {
            "complaints_per_1000": self._complaints,
            "pm25_days": self._pm25_days,
            "hotspots": self._hotspots,
            "green_coverage": self._green,
        }

    def computed(self, indicator: Indicator, computes: str) -> Cell:
        """Tonnes of a town beside those of its province would tell of single firms: they are not
        published, nor is its waste."""
        reckon = self._reckoned.get(computes)
        if reckon is None:
            return Cell(indicator, CellState.WITHHELD, origin="computed")
        amount = reckon()
        if amount is None:
            return Cell(indicator, CellState.NOT_KNOWN, origin="computed")
        return Cell(
            indicator,
            CellState.COMPUTED,
            amount.value,
            amount.numerator,
            amount.denominator,
            origin="computed",
            as_of=self._last,
            coverage=amount.coverage,
        )

    def _complaints(self) -> _Amount | None:
        """Of the area of the year's released complaints that holds the town: nothing smaller is
        known of complaints."""
        [(lon, lat)] = self._reads.fetch(sql.point(), self._values)
        row = year_around(self._reads, lon, lat, self._first.year)
        if row is None or row.homes is None:
            return None
        area = {"area": row.area, "code": row.code}
        [(operating,)] = self._reads.fetch(FACTORIES_OF_AREA, area)
        if (operating or 0) < LEAST_FACTORIES_FOR_RATE:
            return None
        return _Amount(1000 * row.homes / operating, row.homes, operating, 1)

    def _hotspots(self) -> _Amount | None:
        coverage = self._coverage("hotspots", FIRST_FIRE)
        if not coverage:
            return None
        [(count,)] = self._reads.fetch(sql.hotspots(), self._values)
        return _Amount(count, count, None, coverage)

    def _green(self) -> _Amount | None:
        if state_of(self._fresh, "green_certificates") is State.NEVER_LOADED:
            return None
        operating, certified = self._factories
        if operating < LEAST_FACTORIES_FOR_RATE:
            return None
        return _Amount(100 * certified / operating, certified, operating, None)

    def _pm25_days(self) -> _Amount | None:
        found = self._reads.fetch(sql.pm25_days(), self._values)
        if not found:
            return None
        above, known = found[0]
        return _Amount(above, above, known, known / self._days)

    @cached_property
    def _factories(self) -> tuple[int, int]:
        [(operating, certified)] = self._reads.fetch(sql.factories(), self._values)
        return operating, certified

    @property
    def _days(self) -> int:
        return (self._end - self._first).days + 1

    def _coverage(self, layer: str, first: Any) -> float | None:
        """Which share of the year lies between the layer's first data and its last."""
        begins = self._reads.fetch(first)
        if not begins or state_of(self._fresh, layer) is State.NEVER_LOADED:
            return None
        since = max(self._first, day_of(begins[0][0]))
        until = min(self._last, last_day_of(self._fresh, layer) or self._last)
        return max((until - since).days + 1, 0) / self._days
