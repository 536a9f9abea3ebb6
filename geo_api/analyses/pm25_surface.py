"""PM2.5 between the stations, day by day, by kriging, as GeoTIFFs with their uncertainty."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from psycopg2.extensions import connection as Connection

from geo_api.analyses import AnalysisRun
from geo_api.analyses import pm25_surface_sql as sql
from geo_api.analyses.parts import Gathered, InParts, Part, PartRun, in_blocks
from geo_api.database.runs import RunFailed
from geo_api.rasters.cog_writer import sweep
from geo_api.rasters.model_errors import model_errors
from geo_api.rasters.station_surfaces import Made, Making, Readings, Slot, errors_told, make, note
from layers.catalog import layer_named
from layers.methods import pm25_surface as method
from layers.methods.aqi import LEAST_HOURS
from layers.methods.kriging import Variogram
from layers.methods.surfaces import Limits
from layers.model import Text
from layers.times import THAI_TIME

NAME = "pm25_surface"
# The height of a burning season; what is older comes with the next passes.
MOST_A_PASS = 120
# A surface takes some tenths of a second, as long as what a part needs before its first one.
SLOTS_A_PART = 10
LIMITS = Limits(
    method.LEAST_STATIONS, method.REACH_M, method.MOST_ERROR_UG_M3, method.MOST_ERROR_SHARE
)
_OF = Text("ค่าเฉลี่ย PM2.5 24 ชั่วโมง", "PM2.5, 24-hour mean")


class TooFewStations(RunFailed):
    """So few stations have a mean of the day that nothing can be said between them."""


def _plan(run: AnalysisRun) -> list[Part]:
    """The day asked for, or else every day that has no surface of its readings as they are now,
    newest first, MOST_A_PASS at most. Raises TooFewStations where the day asked for has too few."""
    newest = _newest_day(run)
    _read_days(run, newest)
    if run.day and (few := _too_few(run, run.day)):
        raise TooFewStations(f"{NAME} needs {few}")
    sweep(run.connection, run.home, NAME)
    return parts_of_slots(_due(run, newest))


def _compute(part: PartRun) -> list[dict[str, Any]]:
    """The day runs from one midnight to the next in Thai time; a station counts if 18 of its hours
    were measured, and stations of one place are one."""
    slots = slots_in(part.given)
    readings = _readings(part.connection, slots)
    made = make(making(part, NAME, method.NUGGET_OF_DAY, _OF), readings)
    return [asdict(one) for one in made]


def _gather(run: AnalysisRun, gathered: Gathered) -> str:
    """A day that no longer has readings enough loses its surface. Raises TooFewStations where no
    day has enough, nor ever had."""
    newest = _newest_day(run)
    _read_days(run, newest)
    gone = 0 if run.day else _forget(run, newest)
    beside = f"; {gone} no more" if gone else ""
    slots = [slot for part in gathered.given for slot in slots_in(part)]
    if few := _too_few(run, run.day or newest):
        if not (slots or gone or _has_any(run)):
            raise TooFewStations(f"{NAME} needs {few}")
        beside += f"; not made: {few}"
    if not slots:
        return f"{NAME}: every day up to {newest} is there as its readings are{beside}"
    made = [Made(**one) for part in gathered.told for one in part]
    readings = _readings(run.connection, slots)
    run.tally.read = run.tally.sound = int((readings.measured.value >= 0).sum())
    note(run.connection, run.tally, made)
    last = made[-1]
    told = f"{len(made)} days to {last.day}" if len(made) > 1 else f"of {last.day}"
    if model := model_errors(run.connection, run.home, readings, "µg/m³"):
        beside += f"; {model}"
    return f"{NAME} {told}: {last.stations} stations, {errors_told(made)}{beside}"


def making(part: PartRun, layer: str, nugget: float, of: Text) -> Making:
    """What surfaces of PM2.5 are made by."""
    variogram = Variogram(method.RANGE_M, nugget)
    return Making(
        part.connection,
        part.home,
        part.run_id,
        layer_named(layer),
        variogram,
        LIMITS,
        method.VERSION,
        of,
    )


def parts_of_slots(slots: Sequence[Slot]) -> list[Part]:
    """SLOTS_A_PART of them each, with the fingerprint of what each is made from."""
    given = [[slot.day.isoformat(), slot.hour, slot.fingerprint] for slot in slots]
    return [
        Part(block.label, given[slice(*block.given)])
        for block in in_blocks(len(given), SLOTS_A_PART)
    ]


def slots_in(given: Sequence[tuple[str, int | None, str]]) -> list[Slot]:
    """Those that a part is given."""
    return [Slot(date.fromisoformat(day), hour, fingerprint) for day, hour, fingerprint in given]


def _newest_day(run: AnalysisRun) -> date:
    """The last day of which enough hours have passed."""
    with run.connection.cursor() as cursor:
        cursor.execute(sql.NEWEST_READING)
        (newest,) = cursor.fetchone() or (None,)
    if newest is None and run.day is None and _has_any(run):
        # All that was read was taken back: so is what followed from it.
        return date.max - timedelta(days=1)
    if newest is None:
        raise TooFewStations(f"{NAME} needs PM2.5 readings of stations, and there are none")
    local: datetime = newest.astimezone(THAI_TIME)
    return (local - timedelta(hours=LEAST_HOURS)).date()


def _read_days(run: AnalysisRun, newest: date) -> None:
    """Reckons which days have readings, and which; for the statements that follow."""
    values = {"day": run.day, "last": run.day or newest, "least_hours": LEAST_HOURS}
    with run.connection.cursor() as cursor:
        cursor.execute(sql.READ_DAYS, values)


def _forget(run: AnalysisRun, newest: date) -> int:
    """How many days are forgotten, for they no longer have readings; they count as changed."""
    values = {"layer": NAME, "last": newest, "least_stations": method.LEAST_STATIONS}
    with run.connection.cursor() as cursor:
        cursor.execute(sql.FORGET_DAYS, values)
        run.tally.updated += cursor.rowcount
        return cursor.rowcount


def _due(run: AnalysisRun, newest: date) -> list[Slot]:
    """Oldest first."""
    values = {
        "layer": NAME,
        "day": run.day,
        "last": run.day or newest,
        "version": method.VERSION,
        "least_stations": method.LEAST_STATIONS,
        "most": MOST_A_PASS,
    }
    with run.connection.cursor() as cursor:
        cursor.execute(sql.DUE_DAYS, values)
        return [Slot(day, None, fingerprint) for day, fingerprint in cursor.fetchall()]


def _too_few(run: AnalysisRun, day: date) -> str:
    """What the day lacks; nothing where it has stations enough."""
    with run.connection.cursor() as cursor:
        cursor.execute(sql.SITES_OF_DAY, {"day": day})
        [(sites,)] = cursor.fetchall()
    if sites >= method.LEAST_STATIONS:
        return ""
    return f"{method.LEAST_STATIONS} stations with a 24-hour mean on {day}, found {sites}"


def _has_any(run: AnalysisRun) -> bool:
    with run.connection.cursor() as cursor:
        cursor.execute(sql.HAS_ANY, {"layer": NAME})
        [(has_any,)] = cursor.fetchall()
    return bool(has_any)


def _readings(connection: Connection, slots: list[Slot]) -> Readings:
    values = {"days": [slot.day for slot in slots], "least_hours": LEAST_HOURS}
    with connection.cursor() as cursor:
        cursor.execute(sql.SITE_MEANS, values)
        return Readings.of(cursor.fetchall(), slots)


PARTS = InParts(_plan, _compute, _gather)
