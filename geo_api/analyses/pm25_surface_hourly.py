"""PM2.5 between the stations, hour by hour, by ordinary kriging, as GeoTIFFs with their
uncertainty."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from psycopg2.extensions import connection as Connection

from geo_api.analyses import AnalysisRun
from geo_api.analyses import pm25_surface_hourly_sql as sql
from geo_api.analyses.parts import Gathered, InParts, Part, PartRun
from geo_api.analyses.pm25_surface import TooFewStations, making, parts_of_slots, slots_in
from geo_api.rasters.cog_writer import sweep
from geo_api.rasters.station_surfaces import Made, Readings, Slot, errors_told, make, note
from layers.methods import pm25_surface as method
from layers.model import Text
from layers.times import THAI_TIME, thai_midnight

NAME = "pm25_surface_hourly"
# What the last days' hours show; those of an earlier day are made when it is asked for.
LAST_HOURS = 48
_OF = Text("ค่าเฉลี่ย PM2.5 1 ชั่วโมง", "PM2.5, 1-hour mean")
_HOUR = timedelta(hours=1)


def _plan(run: AnalysisRun) -> list[Part]:
    """The hours of the day asked for (Thai time), or else those of the last LAST_HOURS that have no
    surface of their readings as they are now. Raises TooFewStations."""
    slots = _due(run, *_span(run))
    if not slots and run.day:
        raise TooFewStations(
            f"{NAME} needs {method.LEAST_STATIONS} stations that measured the same hour, and"
            f" {run.day} has none such"
        )
    sweep(run.connection, run.home, NAME)
    return parts_of_slots(slots)


def _compute(part: PartRun) -> list[dict[str, Any]]:
    readings = _readings(part.connection, slots_in(part.given))
    made = make(making(part, NAME, method.NUGGET_OF_HOUR, _OF), readings)
    return [asdict(one) for one in made]


def _gather(run: AnalysisRun, gathered: Gathered) -> str:
    """Hours whose readings were taken back lose their surface."""
    after, until = _span(run)
    gone = _forget(run, after, until)
    beside = f"; {gone} no more" if gone else ""
    slots = [slot for part in gathered.given for slot in slots_in(part)]
    if not slots:
        until_then = f"{until.astimezone(THAI_TIME):%Y-%m-%d %H:%M}"
        return f"{NAME}: every hour up to {until_then} is there{beside}"
    readings = _readings(run.connection, slots)
    run.tally.read = run.tally.sound = int((readings.measured.value >= 0).sum())
    made = [Made(**one) for part in gathered.told for one in part]
    note(run.connection, run.tally, made)
    last = made[-1]
    return (
        f"{NAME}: {len(made)} hours to {last.day} {last.hour:02d}:00, {last.stations} stations,"
        f" {errors_told(made)}{beside}"
    )


def _span(run: AnalysisRun) -> tuple[datetime, datetime]:
    if run.day:
        start = thai_midnight(run.day)
        return start, start + 24 * _HOUR
    with run.connection.cursor() as cursor:
        cursor.execute(sql.NEWEST_HOUR)
        (newest,) = cursor.fetchone() or (None,)
        if newest is None:
            # What was measured was taken back: what followed from it may still stand.
            cursor.execute(sql.NEWEST_SURFACE, {"layer": NAME})
            (newest,) = cursor.fetchone() or (None,)
    if newest is None:
        raise TooFewStations(f"{NAME} needs hourly PM2.5 of stations, and there is none")
    return newest - LAST_HOURS * _HOUR, newest


def _due(run: AnalysisRun, after: datetime, until: datetime) -> list[Slot]:
    values = _values(after, until) | {"all": run.day is not None, "version": method.VERSION}
    with run.connection.cursor() as cursor:
        cursor.execute(sql.READ_HOURS, values)
        cursor.execute(sql.DUE_HOURS, values)
        return [Slot(*row) for row in cursor.fetchall()]


def _forget(run: AnalysisRun, after: datetime, until: datetime) -> int:
    """How many hours are forgotten; they count as changed."""
    values = _values(after, until)
    with run.connection.cursor() as cursor:
        cursor.execute(sql.READ_HOURS, values)
        cursor.execute(sql.FORGET_HOURS, values)
        run.tally.updated += cursor.rowcount
        return cursor.rowcount


def _values(after: datetime, until: datetime) -> dict[str, Any]:
    return {
        "layer": NAME,
        "after": after,
        "until": until,
        "least_stations": method.LEAST_STATIONS,
    }


def _readings(connection: Connection, slots: list[Slot]) -> Readings:
    with connection.cursor() as cursor:
        cursor.execute(sql.SITE_HOURS, {"ends": [_ends_at(slot) for slot in slots]})
        return Readings.of(cursor.fetchall(), slots)


def _ends_at(slot: Slot) -> datetime:
    return thai_midnight(slot.day) + (slot.hour or 0) * _HOUR


PARTS = InParts(_plan, _compute, _gather)
