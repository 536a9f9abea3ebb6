"""Makes surfaces of what stations measured, clipped to the land, and keeps them as days or hours of
a raster layer."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg2.extensions import connection as Connection
from rasterio.features import geometry_mask

from geo_api.database.runs import Tally
from geo_api.rasters.cog_writer import Grid, Quantity, in_memory, keep
from geo_api.rasters.sql import KEEP_RASTER, LAND
from layers.methods.kriging import Floats, Variogram
from layers.methods.surfaces import Limits, Measured, Surface, surfaces
from layers.model import Layer, Text

THAILAND = Grid(west=97.3, north=20.5, step=0.05, columns=168, rows=298)


@dataclass(frozen=True)
class Slot:
    """A day (Thai time), or the hour of it that ends with `hour`; and the fingerprint of
    what was measured then."""

    day: date
    hour: int | None
    fingerprint: str


@dataclass(frozen=True)
class Readings:
    """What stations measured, a column per slot, and which of the stations are simulated."""

    measured: Measured
    slots: Sequence[Slot]
    simulated: NDArray[np.bool_]

    @classmethod
    def of(
        cls, rows: Sequence[tuple[str, float, float, bool, int, float]], slots: Sequence[Slot]
    ) -> "Readings":
        """Rows of station, longitude, latitude, whether it is simulated, the place of the slot,
        and the value."""
        stations = {row[0]: row[1:4] for row in rows}
        places = {name: place for place, name in enumerate(stations)}
        values = np.full((len(stations), len(slots)), np.nan)
        values[[places[row[0]] for row in rows], [row[4] for row in rows]] = [
            row[5] for row in rows
        ]
        lon, lat, simulated = np.array(list(stations.values()), float).reshape(-1, 3).T
        return cls(Measured(lon, lat, values), slots, simulated.astype(bool))


@dataclass(frozen=True)
class Making:
    """What every surface of one pass has to go by, by whom its days or hours are made; `of` says
    what each is a mean of."""

    connection: Connection
    home: Path
    run_id: int
    layer: Layer
    variogram: Variogram
    limits: Limits
    version: int
    of: Text


@dataclass(frozen=True)
class Made:
    """A surface whose file is written: its day and hour, how many stations it is of, the error of
    leaving each out, which share lay in their band, and what is noted of it."""

    day: str
    hour: int | None
    stations: int
    rmse: float
    within: float
    noted: Mapping[str, Any]


def make(making: Making, readings: Readings) -> list[Made]:
    """Writes a file for every slot with stations enough, and notes none; what was made, by slot."""
    land = _land(making.connection)
    lon, lat = (axis[land] for axis in THAILAND.centres())
    told = surfaces(readings.measured, making.variogram, lon, lat, making.limits)
    made = {one.time: _made(making, readings, one, land) for one in told}
    return [made[time] for time in sorted(made)]


def note(connection: Connection, tally: Tally, made: Sequence[Made]) -> None:
    """Notes what was made, so that it is seen; a slot that there was is replaced."""
    for one in made:
        with connection.cursor() as cursor:
            cursor.execute(KEEP_RASTER, one.noted)
            (new,) = cursor.fetchone() or (False,)
        if new:
            tally.inserted += 1
        else:
            tally.updated += 1


def errors_told(made: Sequence[Made]) -> str:
    """How well the stations that were left out were told, over all that was made."""
    weights = [one.stations for one in made]
    rmse = np.sqrt(np.average([one.rmse**2 for one in made], weights=weights))
    within = np.average([one.within for one in made], weights=weights)
    return f"leave-one-out error {rmse:.1f} µg/m³, {100 * within:.0f} % within the band"


def _land(connection: Connection) -> NDArray[np.bool_]:
    """Which cells touch a province; all, where no outline was ever loaded."""
    with connection.cursor() as cursor:
        cursor.execute(LAND)
        outlines = [json.loads(text) for (text,) in cursor.fetchall()]
    shape = (THAILAND.rows, THAILAND.columns)
    if not outlines:
        return np.ones(shape, dtype=bool)
    mask: NDArray[np.bool_] = geometry_mask(
        outlines, shape, THAILAND.transform, all_touched=True, invert=True
    )
    return mask


def _write(making: Making, readings: Readings, surface: Surface, land: NDArray[np.bool_]) -> str:
    """Keeps the GeoTIFF; its path under the home."""
    slot = readings.slots[surface.time]
    of = f"{slot.day}" if slot.hour is None else f"{slot.day}, the hour to {slot.hour:02d}:00"
    tags = {
        "TITLE": f"{making.of.en}, {of} (UTC+7)",
        "UNIT": making.layer.fields[0].unit or "",
        "METHOD": _method(making, surface).en,
        "SIMULATED": "yes" if _simulated(readings, surface) else "no",
    }
    value, error, far_m = (
        _spread(cells, land) for cells in (surface.value, surface.standard_error, surface.far_m)
    )
    quantity = Quantity.of(making.layer)
    with in_memory(THAILAND, value, tags, quantity, far_m, error) as file:
        return keep(making.home, making.layer.name, slot.day, file, slot.hour)


def _spread(cells: Floats, land: NDArray[np.bool_]) -> Floats:
    """What is known of the land as a whole grid; NaN at sea."""
    found = np.full(land.shape, np.nan)
    found[land] = cells
    return found


def _made(making: Making, readings: Readings, surface: Surface, land: NDArray[np.bool_]) -> Made:
    slot, method = readings.slots[surface.time], _method(making, surface)
    known = np.isfinite(readings.measured.value[:, surface.time])
    noted = {
        "layer": making.layer.name,
        "day": slot.day.isoformat(),
        "hour": slot.hour,
        "path": _write(making, readings, surface, land),
        "bounds": list(THAILAND.bounds),
        "method_th": method.th,
        "method_en": method.en,
        "stations": surface.stations,
        "rmse": surface.rmse,
        "within_error": surface.within,
        "version": making.version,
        "fingerprint": slot.fingerprint,
        "simulated": _simulated(readings, surface),
        "run": making.run_id,
        "lon": readings.measured.lon[known].tolist(),
        "lat": readings.measured.lat[known].tolist(),
    }
    return Made(
        slot.day.isoformat(), slot.hour, surface.stations, surface.rmse, surface.within, noted
    )


def _simulated(readings: Readings, surface: Surface) -> bool:
    known = np.isfinite(readings.measured.value[:, surface.time])
    return bool(readings.simulated[known].any())


def _method(making: Making, surface: Surface) -> Text:
    range_km, reach_km = making.variogram.range_m / 1000, making.limits.reach_m / 1000
    nugget, version = making.variogram.nugget, making.version
    error, share = making.limits.error, 100 * making.limits.share
    return Text(
        f"คริกิงแบบสามัญของรากที่สอง (รุ่น {version}) จาก {surface.stations} สถานี"
        f" แวริโอแกรมเอกซ์โพเนนเชียลพิสัย {range_km:g} กม. นักเก็ต {nugget:g} ของซิลล์"
        f" ไม่ประมาณค่าเมื่อห่างสถานีเกิน {reach_km:g} กม."
        f" หรือความคลาดเคลื่อนมาตรฐานเกินทั้ง {error:g} µg/m³ และร้อยละ {share:g} ของค่า",
        f"ordinary kriging of square roots (version {version}), {surface.stations} stations,"
        f" exponential variogram of range {range_km:g} km and nugget {nugget:g} of the sill; not"
        f" estimated beyond {reach_km:g} km from a station, nor where the standard error exceeds"
        f" both {error:g} µg/m³ and {share:g} % of the value",
    )
