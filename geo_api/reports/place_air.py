"""A place's PM2.5: that of its station with the highest mean, day by day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from geo_api.database.connections import Reads
from geo_api.reports import place_sql as sql
from geo_api.reports.reported_place import ReportedPlace
from geo_api.reports.spans import daily, days_between, last_season_days, season_days
from geo_api.reports.surroundings import HOURS_OF_MEAN, Surroundings, text_of
from layers.model import Text
from layers.reports.brief import AIR, CURVE_DAYS
from layers.reports.measures import Base, Comparison, Measure, Series, State, year_before
from layers.reports.place import FiresOnTheWay

_WEEK = 7


@dataclass(frozen=True)
class Air:
    """`measure` has the stations of the place `of` it is the highest; `station` names it."""

    measure: Measure
    station: Text | None = None
    season: Series | None = None
    last_season: Series | None = None
    fires_on_the_way: FiresOnTheWay | None = None


@dataclass(frozen=True)
class _Station:
    """With its 24-hour mean, None where it had too few hours."""

    id: str
    name: Text
    observed_at: datetime | None
    pm25: float | None


def air_of(reads: Reads, place: ReportedPlace, around: Surroundings, day: date) -> Air:
    """Of a province the station in it; of a smaller place that without one has the nearest within
    50 km that speaks for its middle."""
    values = {**place.values, "day": day}
    found = [
        _Station(id, text_of(th, en, id), observed_at, pm25)
        for id, th, en, observed_at, pm25 in reads.fetch(sql.stations(place.kind), values)
    ]
    stations = sum(one.pm25 is not None for one in found)
    if not found and around.air and place.kind != "province":
        found = [_nearest(around.air)]
    if not found:
        return Air(Measure(AIR, State.NO_STATION, None))
    highest = found[0]
    if highest.pm25 is None:
        return Air(Measure(AIR, State.TOO_FEW, None), highest.name)
    by_day = _by_day(reads, highest.id, day)
    measure = Measure(
        AIR,
        State.KNOWN,
        highest.pm25,
        comparisons=(
            Comparison(Base.DAYS_BEFORE, highest.pm25, _mean(by_day, day - timedelta(days=1))),
            Comparison(Base.LAST_SEASON, highest.pm25, _mean(by_day, year_before(day))),
        ),
        of=stations or None,
        as_of=highest.observed_at,
        series=daily(by_day, day - timedelta(days=CURVE_DAYS - 1), day, None),
    )
    return Air(
        measure,
        highest.name,
        daily(by_day, *season_days(day), None),
        daily(by_day, *last_season_days(day), None),
        _fires_on_the_way(reads, highest.id, day),
    )


def _fires_on_the_way(reads: Reads, station: str, day: date) -> FiresOnTheWay | None:
    """None where the station is not above the standard on the day, or that was not computed."""
    first = day - timedelta(days=CURVE_DAYS - 1)
    found = reads.fetch(sql.FIRES_ON_THE_WAY, {"station": station, "first_day": first, "day": day})
    if not found or found[-1][0] != day:
        return None
    _, finding, abstained, fires, low, high, others, p, provisional, from_deg, from_km = found[-1]
    return FiresOnTheWay(
        finding=finding,
        abstained=abstained,
        fires=fires,
        low=low,
        high=high,
        on_other_days=others,
        p=p,
        provisional=provisional,
        from_deg=from_deg,
        distance_m=None if from_km is None else 1000 * from_km,
        by_day=daily({row[0]: row[3] for row in found if row[3] is not None}, first, day, None),
        others_by_day=daily(
            {row[0]: row[6] for row in found if row[6] is not None}, first, day, None
        ),
    )


def _nearest(air: Mapping[str, Any]) -> _Station:
    whole = air["pm25_averaging_h"] == HOURS_OF_MEAN
    return _Station(
        air["id"],
        text_of(air["name_th"], air["name_en"], air["id"]),
        datetime.fromisoformat(air["observed_at"]),
        air["pm25_ug_m3"] if whole else None,
    )


def _by_day(reads: Reads, station: str, day: date) -> dict[date, float]:
    """From the season before on."""
    first = min(last_season_days(day)[0], year_before(day) - timedelta(days=_WEEK))
    values = {"station": station, "first_day": first, "day": day}
    return dict(reads.fetch(sql.PM25_DAYS, values))


def _mean(by_day: Mapping[date, float], last: date) -> float | None:
    """Of the seven days to `last`, of those that are known."""
    days = days_between(last - timedelta(days=_WEEK - 1), last)
    known = [by_day[day] for day in days if day in by_day]
    return sum(known) / len(known) if known else None
