"""The four panels of a province by the dimensions of MIND."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from geo_api.database.connections import Reads
from geo_api.reports import mind_panel_sql as sql
from geo_api.reports.data_freshness import freshness_of, state_of
from geo_api.reports.day_asked import day_asked
from geo_api.reports.reported_place import reported_place
from layers.model import Layer
from layers.reports.brief import PM25_STANDARD
from layers.reports.measures import Freshness, State
from layers.reports.mind_panel import FIGURES, Figure, FigureKind, MindPanel
from layers.times import thai_midnight

LAYERS = tuple(dict.fromkeys(kind.layer for kind in FIGURES))
VIEWS = (
    *LAYERS,
    *("factory_register", "factory_certificates", "hotspot_province_days", "air_station_places"),
    *("air_station_days", "provinces", "freshness"),
)
_A_YEAR = timedelta(days=365)
# Whose value may be withheld: a row without a value is not one without data.
_MAY_BE_WITHHELD = ("complaints", "tco2e", "loans")


def mind_panel(
    reads: Reads, layers: Mapping[str, Layer], province: str, day: date | None, now: datetime
) -> MindPanel:
    """As of the end of `day`, the newest unless given. Raises NotReported."""
    place = reported_place(reads, "province", province)
    of_day = day_asked(day, now)
    fresh, simulated = freshness_of(reads, layers, LAYERS, now)
    values = {
        "code": province,
        "day": of_day,
        "first_day": of_day - _A_YEAR,
        "since": thai_midnight(of_day - _A_YEAR + timedelta(days=1)),
        "until": thai_midnight(of_day + timedelta(days=1)),
        "standard": PM25_STANDARD,
    }
    figures = tuple(_figure(reads, kind, values, fresh) for kind in FIGURES)
    return MindPanel(place.place, of_day, figures, simulated, now)


def _figure(
    reads: Reads, kind: FigureKind, values: Mapping[str, Any], fresh: Sequence[Freshness]
) -> Figure:
    state = state_of(fresh, kind.layer)
    if state is State.NEVER_LOADED:
        return Figure(kind, state, None, None)
    rows = reads.fetch(sql.FIGURES[kind.code], values)
    value, *years = rows[0] if rows else (None,)
    if value is None:
        withheld = bool(rows) and kind.code in _MAY_BE_WITHHELD
        return Figure(kind, State.NOT_PUBLISHED if withheld else State.NOT_SEEN, None, None)
    as_of = min(date(years[0], 12, 31), values["day"]) if years else values["day"]
    return Figure(kind, state, float(value), as_of)
