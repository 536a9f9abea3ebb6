"""How far a model's daily grid lies from what stations measured: beside the error of our surface,
which says whether the model would serve better."""

from pathlib import Path

import numpy as np
from psycopg2.extensions import connection as Connection

from geo_api.rasters.cog_reader import cells
from geo_api.rasters.sql import MODEL_DAYS
from geo_api.rasters.station_surfaces import Readings
from layers.methods.kriging import Floats

# The layer under which a model's daily mean PM2.5, as that of CAMS, is registered.
MODEL_LAYER = "cams_pm25"


def model_errors(connection: Connection, home: Path, readings: Readings, unit: str) -> str | None:
    """In words, of all days that both have; None where there is no such layer in `unit`, or no day
    of it. Hours are not compared: the layer is of days."""
    slots = {slot.day: place for place, slot in enumerate(readings.slots) if slot.hour is None}
    values = {"layer": MODEL_LAYER, "unit": unit, "days": list(slots)}
    with connection.cursor() as cursor:
        cursor.execute(MODEL_DAYS, values)
        days = [(slots[day], home / path) for day, path in cursor.fetchall()]
    told = np.concatenate(
        [np.empty(0), *(_errors(readings, slot, path) for slot, path in days if path.is_file())]
    )
    if not told.size:
        return None
    rmse, bias = np.sqrt(np.mean(told**2)), told.mean()
    return f"{MODEL_LAYER} at the same stations: error {rmse:.1f} {unit}, bias {bias:+.1f}"


def _errors(readings: Readings, slot: int, path: Path) -> Floats:
    """The model less the stations; of stations where it has a value."""
    grid, measured = cells(path), readings.measured
    known = np.flatnonzero(np.isfinite(measured.value[:, slot]))
    modelled = [
        grid.between_centres(float(measured.lon[one]), float(measured.lat[one])) for one in known
    ]
    found = np.array([np.nan if one is None else one for one in modelled])
    errors: Floats = found - measured.value[known, slot]
    return errors[np.isfinite(errors)]
