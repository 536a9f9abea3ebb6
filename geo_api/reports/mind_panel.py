"""The four panels of a province by the dimensions of MIND."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from geo_api.database.connections import Reads
from geo_api.features.freshness_sql import RUNS
from geo_api.reports import mind_panel_sql as sql
from geo_api.reports.data_freshness import counted, freshness_of, state_of
from geo_api.reports.day_asked import day_asked
from geo_api.reports.reported_place import reported_place
from layers.model import Layer
from layers.reports.brief import PM25_STANDARD
from layers.reports.measures import Freshness, State
from layers.reports.mind_panel import FIGURES, Figure, FigureKind, MindPanel
from layers.times import thai_day, thai_midnight

LAYERS = tuple(dict.fromkeys(kind.layer for kind in FIGURES))
VIEWS = (
    *LAYERS,
    *("factory_register", "factory_certificates", "hotspot_province_days", "air_station_places"),
    *("air_station_days", "provinces", "freshness"),
)
_A_YEAR = timedelta(days=365)
_RELEASED = ("complaint_months",)  # by the month, some time after its end
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
    read_to = _read_to(reads, layers)
    figures = tuple(
        _figure(reads, kind, values, fresh, read_to.get(kind.layer)) for kind in FIGURES
    )
    return MindPanel(place.place, of_day, figures, simulated, now)


def _read_to(reads: Reads, layers: Mapping[str, Layer]) -> dict[str, date]:
    """To which day each layer was read: what is observed to when its feed was asked, a register
    to its reading, and the simulated world to its end."""
    read_to: dict[str, date] = {}
    for source, succeeded, known_until, views in reads.fetch(RUNS):
        for name in LAYERS:
            layer = layers.get(name)
            if layer is None:
                continue
            is_demo = name in (views or ())
            at = known_until if layer.timed or is_demo else succeeded
            if at and (is_demo or source in layer.sources):
                read_to[name] = max(thai_day(at), read_to.get(name, date.min))
    return read_to


def _figure(
    reads: Reads,
    kind: FigureKind,
    values: Mapping[str, Any],
    fresh: Sequence[Freshness],
    read_to: date | None,
) -> Figure:
    """Before the first data NOT_SEEN, and after the newest, unless it was looked for, LATE."""
    state, day = state_of(fresh, kind.layer), values["day"]
    if state is State.NEVER_LOADED:
        return Figure(kind, state, None, None)
    spans = sql.SPANS.get(kind.code)
    first, newest = reads.fetch(spans)[0] if spans else (None, None)
    if first and day < first:
        return Figure(kind, State.NOT_SEEN, None, None)
    known_to = max(filter(None, (newest, read_to)), default=day)
    if kind.layer in _RELEASED:
        state = state_of(fresh, kind.layer, day)
    elif day > known_to:
        state = State.LATE
    rows = reads.fetch(sql.FIGURES[kind.code], values)
    value, *years = rows[0] if rows else (None,)
    if value is None:
        withheld = bool(rows) and kind.code in _MAY_BE_WITHHELD
        return Figure(kind, State.NOT_PUBLISHED if withheld else State.NOT_SEEN, None, None)
    told = counted(state, value)
    if told is None:
        return Figure(kind, state, None, None)
    as_of = date(years[0], 12, 31) if years else newest or known_to
    return Figure(kind, state, float(told), min(as_of, day))
