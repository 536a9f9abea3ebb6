"""How it was around a factory before: fires by month, PM2.5 by hour, where winds came from."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from geo_api.database.connections import Reads
from geo_api.reports import factory_sql as sql
from geo_api.reports.spans import first_month
from geo_api.reports.surroundings import Surroundings, text_of
from layers.methods.aqi import LEAST_HOURS
from layers.methods.upwind import FIRE_WITHIN_M, STATION_WITHIN_M
from layers.model import Text
from layers.reports.factory import CHART_DAYS, FIRE_MONTHS, ROSE_DAYS
from layers.reports.measures import Series, period_of
from layers.times import thai_day, thai_midnight

DIRECTIONS_OF_ROSE = 16
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class History:
    """As a FactoryReport has it."""

    fires_by_month: Series | None = None
    pm25_hourly: Series | None = None
    pm25_running: Series | None = None
    station: Text | None = None
    wind_station: Text | None = None
    wind_from: tuple[int, ...] = ()
    calm_share: float | None = None

    @property
    def running_at_eight(self) -> tuple[float | None, ...]:
        """The running mean at 08:00 of each day, the report's last."""
        return self.pm25_running.values[23::24] if self.pm25_running else ()


def history_of(
    reads: Reads,
    around: Surroundings,
    lon: float,
    lat: float,
    day: date,
    fires_known_to: date | None = None,
) -> History:
    """Up to 08:00 of `day`. `fires_known_to` is the newest fire's day, where the feed is behind."""
    hourly, running, station = _air(reads, around, lon, lat, day)
    rose, calm_share, wind_station = _winds(reads, around, lon, lat, day)
    return History(
        fires_by_month=_fires_by_month(reads, lon, lat, day, fires_known_to or day),
        pm25_hourly=hourly,
        pm25_running=running,
        station=station,
        wind_station=wind_station,
        wind_from=rose,
        calm_share=calm_share,
    )


def _fires_by_month(
    reads: Reads, lon: float, lat: float, day: date, known_to: date
) -> Series | None:
    """None in months before the first fire that was ever loaded, and after `known_to`; that of
    `day`, or of `known_to`, is known in part."""
    begins = reads.fetch(sql.FIRST_FIRE)
    if not begins:
        return None
    start = first_month(day, FIRE_MONTHS)
    values = {
        "lon": lon,
        "lat": lat,
        "radius_m": FIRE_WITHIN_M,
        "since": thai_midnight(start),
        "at": period_of(day)[1],
    }
    counts = dict(reads.fetch(sql.FIRES_BY_MONTH, values))
    loaded = thai_day(begins[0][0]).replace(day=1)
    months = [first_month(day, back) for back in range(FIRE_MONTHS, 0, -1)]
    known = (counts.get(m, 0) if loaded <= m <= known_to else None for m in months)
    # That of `day` goes on beyond its 08:00.
    return Series(start, "month", tuple(known), until=min(day, known_to))


def _air(
    reads: Reads, around: Surroundings, lon: float, lat: float, day: date
) -> tuple[Series | None, Series | None, Text | None]:
    since = period_of(day)[1] - timedelta(days=CHART_DAYS)
    values = _station_values(lon, lat, since, day)
    found = reads.fetch(sql.STATION_OF_AIR, values) if around.air is None else []
    station, name = _station(found)
    if around.air:
        station, name = around.air["id"], around.air_station
    if station is None:
        return None, None, None
    values = {**values, "station": station, "least_hours": LEAST_HOURS}
    hourly: list[float | None] = [None] * (CHART_DAYS * 24)
    running = hourly.copy()
    for observed_at, of_hour, of_day in reads.fetch(sql.PM25_HOURS, values):
        place = _hour(observed_at, since)
        hourly[place], running[place] = of_hour, of_day
    start = day - timedelta(days=CHART_DAYS)
    return Series(start, "hour", tuple(hourly)), Series(start, "hour", tuple(running)), name


def _hour(observed_at: datetime, since: datetime) -> int:
    """The place of the hour that ends with or after an observation."""
    return max(0, math.ceil((observed_at - since) / _HOUR) - 1)


def _winds(
    reads: Reads, around: Surroundings, lon: float, lat: float, day: date
) -> tuple[tuple[int, ...], float | None, Text | None]:
    values = _station_values(lon, lat, period_of(day)[1] - timedelta(days=ROSE_DAYS), day)
    found = reads.fetch(sql.STATION_OF_WIND, values) if around.wind is None else []
    station, name = _station(found)
    if around.wind:
        station, name = around.wind_station, around.wind.station
    if station is None:
        return (), None, None
    hours = dict(reads.fetch(sql.WIND_ROSE, {**values, "station": station}))
    total = sum(hours.values())
    rose = tuple(hours.get(sector, 0) for sector in range(DIRECTIONS_OF_ROSE))
    return rose, (hours.get(None, 0) / total if total else None), name


def _station_values(lon: float, lat: float, since: datetime, day: date) -> dict[str, Any]:
    return {
        "lon": lon,
        "lat": lat,
        "station_m": STATION_WITHIN_M,
        "since": since,
        "at": period_of(day)[1],
    }


def _station(rows: Sequence[tuple[Any, ...]]) -> tuple[str | None, Text | None]:
    """Its id and its name; None where there is none."""
    if not rows:
        return None, None
    id, name_th, name_en, *_ = rows[0]
    return id, text_of(name_th, name_en, id)
