"""PM2.5 between the stations, day by day, by kriging, as GeoTIFFs with their uncertainty."""

from datetime import date, datetime, timedelta

from geo_api.analyses import AnalysisRun
from geo_api.analyses.pm25_surface_sql import DUE_DAYS, NEWEST_OF_DAY, NEWEST_READING, STATION_MEANS
from geo_api.database.runs import RunFailed
from geo_api.rasters.cog_writer import sweep
from geo_api.rasters.model_errors import model_errors
from geo_api.rasters.station_surfaces import Making, Readings, Slot, errors_told, make
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
LIMITS = Limits(
    method.LEAST_STATIONS, method.REACH_M, method.MOST_ERROR_UG_M3, method.MOST_ERROR_SHARE
)
_OF = Text("ค่าเฉลี่ย PM2.5 24 ชั่วโมง", "PM2.5, 24-hour mean")


class TooFewStations(RunFailed):
    """So few stations have a mean of the day that nothing can be said between them."""


def compute(run: AnalysisRun) -> str:
    """Makes the day asked for, or else every day that has no surface of its readings as they are
    now, newest first, MOST_A_PASS at most.

    The day runs from one midnight to the next in Thai time; a station counts if 18 of its hours
    were measured. Raises TooFewStations where the day asked for, or the newest, has none.
    """
    newest = _newest_day(run)
    slots = [_slot(run, run.day)] if run.day else _due(run, newest)
    if not slots:
        return f"{NAME}: every day up to {newest} is there as its readings are"
    readings = _readings(run, slots)
    run.tally.read = run.tally.sound = int((readings.measured.value >= 0).sum())
    sweep(run.connection, run.home, NAME)
    made = make(making(run, NAME, method.NUGGET_OF_DAY, _OF), readings)
    days = [slots[one.time].day for one in made]
    asked = run.day or newest
    if asked in [slot.day for slot in slots] and asked not in days:
        raise TooFewStations(
            f"{NAME} needs {method.LEAST_STATIONS} stations with a 24-hour mean on {asked}, found"
            f" {_stations(readings, asked)}"
        )
    if not made:
        return f"{NAME}: {len(slots)} days have too few stations, the last {slots[-1].day}"
    told = f"{len(days)} days to {days[-1]}" if len(days) > 1 else f"of {days[-1]}"
    model = model_errors(run.connection, run.home, readings, "µg/m³")
    beside = f"; {model}" if model else ""
    return f"{NAME} {told}: {made[-1].stations} stations, {errors_told(made)}{beside}"


def making(run: AnalysisRun, layer: str, nugget: float, of: Text) -> Making:
    """What surfaces of PM2.5 are made by."""
    variogram = Variogram(method.RANGE_M, nugget)
    return Making(
        run.connection,
        run.home,
        run.run_id,
        run.tally,
        layer_named(layer),
        variogram,
        LIMITS,
        method.VERSION,
        of,
    )


def _newest_day(run: AnalysisRun) -> date:
    """The last day of which enough hours have passed."""
    with run.connection.cursor() as cursor:
        cursor.execute(NEWEST_READING)
        (newest,) = cursor.fetchone() or (None,)
    if newest is None:
        raise TooFewStations(f"{NAME} needs PM2.5 readings of stations, and there are none")
    local: datetime = newest.astimezone(THAI_TIME)
    return (local - timedelta(hours=LEAST_HOURS)).date()


def _slot(run: AnalysisRun, day: date) -> Slot:
    with run.connection.cursor() as cursor:
        cursor.execute(NEWEST_OF_DAY, {"day": day})
        (newest,) = cursor.fetchone() or (None,)
    return Slot(day, None, newest)


def _due(run: AnalysisRun, newest: date) -> list[Slot]:
    """Oldest first."""
    values = {
        "layer": NAME,
        "last": newest,
        "version": method.VERSION,
        "least_stations": method.LEAST_STATIONS,
        "most": MOST_A_PASS,
    }
    with run.connection.cursor() as cursor:
        cursor.execute(DUE_DAYS, values)
        return [Slot(day, None, input_run) for day, input_run in cursor.fetchall()]


def _readings(run: AnalysisRun, slots: list[Slot]) -> Readings:
    values = {"days": [slot.day for slot in slots], "least_hours": LEAST_HOURS}
    with run.connection.cursor() as cursor:
        cursor.execute(STATION_MEANS, values)
        return Readings.of(cursor.fetchall(), slots)


def _stations(readings: Readings, day: date) -> int:
    place = [slot.day for slot in readings.slots].index(day)
    return int((readings.measured.value[:, place] >= 0).sum())
