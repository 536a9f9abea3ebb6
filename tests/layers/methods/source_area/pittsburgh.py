"""The real smells of Pittsburgh as receptors and reports; see tests/samples/smell_pittsburgh."""

import csv
import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from layers.methods.source_area import Receptors, Reports, exceedances, winds_at
from layers.methods.wind import Stations

Floats = NDArray[np.float64]

FOLDER = Path(__file__).resolve().parents[3] / "samples" / "smell_pittsburgh"
STATIONS = ("1", "3", "26", "28", "43")
LIBERTY = "28"  # the one with hydrogen sulphide, in the valley of the Monongahela
MPH = 0.44704  # m/s
# Eastern Standard Time; an hour more or less in summer does not matter to matching.
LOCAL = np.timedelta64(-5, "h")


@dataclass(frozen=True)
class Smells:
    """Stations, their `hydrogen_sulphide` (ppb) at Liberty, and reports by ZIP code and hour."""

    stations: Stations
    hydrogen_sulphide: Floats
    zipcodes: tuple[str, ...]
    lon: Floats
    lat: Floats
    zipcode: NDArray[np.int64]
    hour: NDArray[np.int64]
    value: NDArray[np.int64]

    def reports(self, chosen: Callable[[NDArray[np.int64]], NDArray[np.bool_]]) -> Reports:
        """Those whose value is chosen."""
        mine = chosen(self.value)
        return Reports(self.zipcode[mine], self.hour[mine])

    def receptors(self, turned_deg: float = 0.0, shifted_h: int = 0) -> Receptors:
        """The ZIP codes, with winds as they were, or turned, or those of other hours."""
        from_deg = winds_at(self.stations, self.lon, self.lat)
        from_deg = np.roll(np.mod(from_deg + turned_deg, 360), shifted_h, axis=1)
        is_monitor = np.zeros(len(self.lon), dtype=bool)
        return Receptors(self.lon, self.lat, is_monitor, from_deg, self.stations.hours + LOCAL)

    def with_monitor(self, receptors: Receptors, reports: Reports) -> tuple[Receptors, Reports]:
        """And Liberty, whose reports are its high hours of hydrogen sulphide."""
        at = STATIONS.index(LIBERTY)
        lon, lat = (
            all_of[at : at + 1].astype(np.float64)
            for all_of in (self.stations.lon, self.stations.lat)
        )
        from_deg = winds_at(self.stations, lon, lat)
        from_deg[0, ~np.isfinite(self.hydrogen_sulphide)] = np.nan
        high = exceedances(self.hydrogen_sulphide)
        both = Receptors(
            np.append(receptors.lon, lon),
            np.append(receptors.lat, lat),
            np.append(receptors.is_monitor, True),
            np.vstack((receptors.from_deg, from_deg)),
            receptors.local_hours,
        )
        number = np.full(len(high), len(receptors.lon))
        return both, Reports(np.append(reports.receptor, number), np.append(reports.hour, high))


def smells() -> Smells:
    """All of it; hours are told by their ends, in UTC."""
    hours = _columns("hours.csv.gz")
    with (FOLDER / "places.csv").open(encoding="utf-8") as file:
        places = list(csv.DictReader(file))
    ends = ((hours["epoch_s"] + 1800) // 3600).astype("int64")
    stations = Stations(
        *_of(places, "station", STATIONS),
        ends.astype("datetime64[h]"),
        np.array([hours[f"mph_{station}"] * MPH for station in STATIONS]),
        np.array([hours[f"from_deg_{station}"] for station in STATIONS]),
    )
    zipcodes = tuple(row["id"] for row in places if row["kind"] == "zipcode")
    reports = _columns("reports.csv.gz")
    number = {float(code): place for place, code in enumerate(zipcodes)}
    hour = (reports["epoch_s"] // 3600).astype("int64") + 1 - ends[0]
    known = (hour >= 0) & (hour < len(ends))
    return Smells(
        stations,
        hours[f"h2s_ppb_{LIBERTY}"],
        zipcodes,
        *_of(places, "zipcode", zipcodes),
        np.array([number[code] for code in reports["zipcode"][known]]),
        hour[known],
        reports["smell_value"][known].astype("int64"),
    )


def industrial_sites() -> dict[str, tuple[float, float]]:
    """(lon, lat) by name; the first is the known source."""
    with (FOLDER / "industrial_sites.csv").open(encoding="utf-8") as file:
        return {row["name"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)}


def _of(places: list[dict[str, str]], kind: str, ids: tuple[str, ...]) -> tuple[Floats, Floats]:
    found = {row["id"]: row for row in places if row["kind"] == kind}
    lon, lat = ([float(found[id][axis]) for id in ids] for axis in ("lon", "lat"))
    return np.array(lon), np.array(lat)


def _columns(name: str) -> dict[str, Floats]:
    with gzip.open(FOLDER / name, "rt") as file:
        rows = list(csv.DictReader(file))
    return {key: np.array([float(row[key] or "nan") for row in rows]) for key in rows[0]}
