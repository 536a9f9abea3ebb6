"""Counts by day, province and class, from which a page sums any part of the time that it has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from psycopg2.sql import Composed

from geo_api.database.connections import Reads
from geo_api.reports import daily_counts_sql as sql
from layers.query import BadQuery, date_of
from layers.query.provinces import province_asked

MOST_DAYS = 400
# The layers of which there are some, and the published views that their counts follow from.
VIEWS: Mapping[str, tuple[str, ...]] = {
    "hotspots": ("hotspot_day_counts", "hotspots"),
    "air_stations": ("air_station_places", "air_station_days"),
}
_STATEMENTS: Mapping[str, Callable[[], Composed]] = {
    "hotspots": sql.hotspots,
    "air_stations": sql.air_stations,
}
INCLUDED, EXCLUDED = "included", "excluded"


@dataclass(frozen=True)
class DailyCounts:
    """From `first` to `last`, both included, of one province or of all places; of hotspots with
    static industrial heat, as a class of its own, or without."""

    first: date
    last: date
    province: str | None = None
    industrial: bool = False

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> "DailyCounts":
        """Raises BadQuery."""
        asked = cls(
            date_of("from", params["from"]),
            date_of("to", params["to"]),
            params.get("province"),
            _is_included(params.get("industrial_heat", EXCLUDED)),
        )
        days = (asked.last - asked.first).days + 1
        if days < 1:
            raise BadQuery("to", f"to must not be before from, got {asked.first} to {asked.last}")
        if days > MOST_DAYS:
            raise BadQuery("to", f"ask for at most {MOST_DAYS} days at once, got {days}")
        if asked.province is not None:
            province_asked(asked.province)
        return asked


def _is_included(text: str) -> bool:
    if text not in (INCLUDED, EXCLUDED):
        raise BadQuery(
            "industrial_heat",
            f"industrial_heat must be {INCLUDED} or {EXCLUDED}, got {text!r}",
        )
    return text == INCLUDED


def daily_counts(reads: Reads, layer: str, asked: DailyCounts, *, simulated: bool) -> bytes:
    """JSON, of one of the layers of VIEWS."""
    values = {
        "first": asked.first,
        "last": asked.last,
        "province": asked.province,
        "industrial": asked.industrial,
        "told": INCLUDED if asked.industrial else EXCLUDED,
        "simulated": str(simulated).lower(),
    }
    [(text,)] = reads.fetch(_STATEMENTS[layer](), values)
    return bytes(text)
