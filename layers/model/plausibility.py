"""Which values of a row can be, and what becomes of one that cannot: Plausible, judged.

A source declares the columns of its rows; whoever loads them has them judged. What must be compared
with other rows, or with outlines, is judged in the merge (`geo_api/ingest/functions`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from layers.model.record import CsvRows, Record, Rejected, Row

# Of a value outside: the row is not stored; the row is stored without it; the row is stored with
# it, and shown with a doubt.
Otherwise = Literal["reject", "leave_out", "doubt"]


@dataclass(frozen=True)
class Plausible:
    """The values of `table.column` from `low` to `high`, and what becomes of others.

    `source` is where the limits are from. `doubt` is the code under which a layer shows one that
    is stored all the same. `where` limits it to rows with these values.
    """

    table: str
    column: str
    low: float
    high: float
    otherwise: Otherwise
    source: str
    doubt: str = ""
    where: tuple[tuple[str, str], ...] = ()

    def allows(self, values: dict[str, Any]) -> bool:
        """Whether a row has no value in the column, or one that can be."""
        value = values.get(self.column)
        if value is None or any(values.get(name) != wanted for name, wanted in self.where):
            return True
        number = value.year if isinstance(value, date | datetime) else value
        return bool(self.low <= number <= self.high)


Result = CsvRows | Row | Rejected


def judged(results: Iterable[Result], plausible: Sequence[Plausible]) -> Iterator[Result]:
    """What a source's `parse` gives, with rows that hold an implausible value rejected, mended or
    doubted, each with a rejection or a warning that names the value and the limits."""
    of_table: dict[str, list[Plausible]] = {}
    for one in plausible:
        of_table.setdefault(one.table, []).append(one)
    for result in results:
        if isinstance(result, Row) and result.table in of_table:
            yield from _judged_row(result, of_table[result.table])
        else:
            yield result


def _judged_row(row: Row, plausible: Sequence[Plausible]) -> Iterator[Result]:
    wrong = [one for one in plausible if not one.allows(row.values)]
    if not wrong:
        yield row
        return
    record = row.record or Record(0, {}, "")
    told = [Rejected(record, *_told(one, row), stored=one.otherwise != "reject") for one in wrong]
    refused = [rejected for rejected in told if not rejected.stored]
    if refused:
        yield refused[0]
        return
    for one in wrong:
        if one.otherwise == "leave_out":
            row.values[one.column] = None
        else:
            row.values["doubts"] = (*(row.values.get("doubts") or ()), one.doubt)
    yield row
    yield from told


def _told(one: Plausible, row: Row) -> tuple[str, str]:
    """The reason and the detail."""
    outcome = {
        "reject": "",
        "leave_out": ": left empty",
        "doubt": ": stored, marked as doubtful",
    }[one.otherwise]
    value = row.values[one.column]
    written = str(value) if isinstance(value, date) else f"{value:g}"
    return (
        f"{one.column} is implausible{outcome}",
        f"{written} is not within {one.low:g} to {one.high:g} ({one.source})",
    )


# --- limits that several sources share ----------------------------------------------------------

# Saturated channels and folded counts stay within these; a fire is no colder than the ground.
HOTSPOT = (
    Plausible(
        "hotspot", "frp_mw", 0, 20_000, "reject", "FRP of one pixel; the highest seen: 11 GW"
    ),
    Plausible("hotspot", "brightness_k", 180, 600, "reject", "range of VIIRS I4 and MODIS 21/22"),
    Plausible("hotspot", "background_k", 0, 450, "reject", "range of VIIRS I5 and MODIS 31"),
    Plausible("hotspot", "scan_km", 0, 10, "reject", "a MODIS pixel at the swath's edge: 4.8 km"),
    Plausible("hotspot", "track_km", 0, 10, "reject", "a MODIS pixel at the swath's edge: 2 km"),
)

# A beta gauge of full scale 1,000 µg/m³ (Met One BAM-1020) with its offset of -15 writes 985 where
# it has no reading; others by their makers' data sheets.
_BETA_GAUGE = "a beta gauge of 1 mg/m³ writes 985 at its stop"
_ANEMOMETER = "range of ultrasonic anemometers (Vaisala WXT536)"
AIR = (
    *(
        Plausible("air_measurement", column, 0, 984, "leave_out", _BETA_GAUGE)
        for column in ("pm25_1h", "pm25_24h", "pm10_1h", "pm10_24h")
    ),
    *(
        Plausible("air_measurement", column, 0, 500, "leave_out", "range of ozone photometers, ppb")
        for column in ("o3_1h", "o3_8h")
    ),
    *(
        Plausible("air_measurement", column, 0, 100, "leave_out", "range of CO analysers, ppm")
        for column in ("co_1h", "co_8h")
    ),
    Plausible("air_measurement", "no2_1h", 0, 2000, "leave_out", "range of NOx analysers, ppb"),
    Plausible("air_measurement", "so2_1h", 0, 5000, "leave_out", "range of SO2 analysers, ppb"),
    Plausible("air_measurement", "wind_speed_m_s", 0, 60, "leave_out", _ANEMOMETER),
    Plausible("air_measurement", "wind_from_deg", 0, 360, "leave_out", "a full turn"),
    Plausible("air_measurement", "temperature_c", -10, 55, "leave_out", "Thai records: -1.4, 45.4"),
    Plausible("air_measurement", "humidity_pct", 0, 100, "leave_out", "a share"),
    Plausible("air_measurement", "aqi_reported", 0, 500, "leave_out", "PCD's index"),
)
