"""One day's PM2.5 between the stations, by inverse distance weighting, as a GeoTIFF."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray
from rasterio.features import geometry_mask

from geo_api.analyses import AnalysisRun
from geo_api.analyses.pm25_surface_sql import LAND, NEWEST_READING, STATION_MEANS
from geo_api.database.runs import RunFailed
from geo_api.rasters.cog_writer import Grid, Quantity, in_memory, keep, sweep
from geo_api.rasters.sql import KEEP_RASTER
from layers.catalog import layer_named
from layers.methods.aqi import LEAST_HOURS
from layers.methods.interpolation import (
    Check,
    Samples,
    inverse_distance,
    leave_one_out,
    nearest_m,
)
from layers.methods.pm25_surface import LEAST_STATIONS, POWER, REACH_M
from layers.model import Text
from layers.times import THAI_TIME

NAME = "pm25_surface"
THAILAND = Grid(west=97.3, north=20.5, step=0.05, columns=168, rows=298)


class TooFewStations(RunFailed):
    """So few stations have a mean of the day that nothing can be said between them."""


@dataclass(frozen=True)
class _Day:
    """The stations' means of one day, in µg/m³, and whether any of them is simulated."""

    day: date
    samples: Samples
    simulated: bool


def compute(run: AnalysisRun) -> str:
    """Writes the day's GeoTIFF and notes it in the table `raster`; the same day again replaces it.

    The day runs from one midnight to the next in Thai time; a station counts if 18 of its hours
    were measured. Raises TooFewStations.
    """
    measured = _means(run, run.day or _newest_day(run))
    tally = run.tally
    tally.read = tally.sound = len(measured.samples.value)
    if tally.read < LEAST_STATIONS:
        raise TooFewStations(
            f"{NAME} needs {LEAST_STATIONS} stations with a 24-hour mean on {measured.day},"
            f" found {tally.read}"
        )
    check = leave_one_out(measured.samples, POWER, REACH_M)
    if _keep(run, measured, check, _write(run, measured)):
        tally.inserted = 1
    else:
        tally.updated = 1
    error = "unknown" if check.rmse is None else f"{check.rmse:.1f} µg/m³"
    return f"{NAME} of {measured.day}: {tally.read} stations, leave-one-out error {error}"


def _newest_day(run: AnalysisRun) -> date:
    """The last day of which enough hours have passed."""
    with run.connection.cursor() as cursor:
        cursor.execute(NEWEST_READING)
        (newest,) = cursor.fetchone() or (None,)
    if newest is None:
        raise TooFewStations(f"{NAME} needs PM2.5 readings of stations, and there are none")
    local: datetime = newest.astimezone(THAI_TIME)
    return (local - timedelta(hours=LEAST_HOURS)).date()


def _means(run: AnalysisRun, day: date) -> _Day:
    start = datetime.combine(day, time.min, THAI_TIME)
    values = {"start": start, "end": start + timedelta(days=1), "least_hours": LEAST_HOURS}
    with run.connection.cursor() as cursor:
        cursor.execute(STATION_MEANS, values)
        rows = cursor.fetchall()
    lon, lat, mean = np.array([row[:3] for row in rows], dtype=float).reshape(-1, 3).T
    return _Day(day, Samples(lon, lat, mean), any(simulated for *_, simulated in rows))


def _write(run: AnalysisRun, measured: _Day) -> str:
    """Keeps the GeoTIFF; its path under the home."""
    sweep(run.connection, run.home, NAME)
    lon, lat = THAILAND.centres()
    surface = inverse_distance(measured.samples, lon.ravel(), lat.ravel(), POWER, REACH_M)
    surface[~_on_land(run).ravel()] = np.nan
    tags = {
        "TITLE": f"PM2.5, 24-hour mean, {measured.day} (UTC+7)",
        "UNIT": "µg/m³",
        "METHOD": _method(measured).en,
        "SIMULATED": "yes" if measured.simulated else "no",
    }
    quantity = Quantity.of(layer_named(NAME))
    far_m = nearest_m(measured.samples, lon.ravel(), lat.ravel()).reshape(lon.shape)
    with in_memory(THAILAND, surface.reshape(lon.shape), tags, quantity, far_m) as made:
        return keep(run.home, NAME, measured.day, made)


def _on_land(run: AnalysisRun) -> NDArray[np.bool_]:
    """Which cells touch a province; all, where no outline was ever loaded."""
    with run.connection.cursor() as cursor:
        cursor.execute(LAND)
        outlines = [json.loads(text) for (text,) in cursor.fetchall()]
    shape = (THAILAND.rows, THAILAND.columns)
    if not outlines:
        return np.ones(shape, dtype=bool)
    mask: NDArray[np.bool_] = geometry_mask(
        outlines, shape, THAILAND.transform, all_touched=True, invert=True
    )
    return mask


def _keep(run: AnalysisRun, measured: _Day, check: Check, path: str) -> bool:
    """Whether the day is new."""
    method = _method(measured)
    values = {
        "layer": NAME,
        "day": measured.day,
        "path": path,
        "bounds": list(THAILAND.bounds),
        "method_th": method.th,
        "method_en": method.en,
        "stations": len(measured.samples.value),
        "rmse": check.rmse,
        "simulated": measured.simulated,
        "run": run.run_id,
        "lon": measured.samples.lon.tolist(),
        "lat": measured.samples.lat.tolist(),
    }
    with run.connection.cursor() as cursor:
        cursor.execute(KEEP_RASTER, values)
        (new,) = cursor.fetchone() or (False,)
    return bool(new)


def _method(measured: _Day) -> Text:
    stations, reach_km = len(measured.samples.value), REACH_M / 1000
    pale_km = layer_named(NAME).style.fades[0][0] / 1000
    return Text(
        f"ถ่วงน้ำหนักผกผันกับระยะทางยกกำลัง {POWER:g} จาก {stations} สถานี ห่างไม่เกิน {reach_km:g} กม."
        f" สีจางลงเมื่อห่างสถานีเกิน {pale_km:g} กม. เกิน {reach_km:g} กม. ไม่ประมาณค่า",
        f"inverse distance weighting, power {POWER:g}, {stations} stations, within {reach_km:g} km;"
        f" paler beyond {pale_km:g} km from a station, not estimated beyond {reach_km:g} km",
    )
