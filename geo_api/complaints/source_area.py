"""Where a cluster of complaints comes from, computed when asked: of the complaints that whoever
asks may see, with the winds of stations around them and, if wished, a monitor's concentrations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo_api.accounts.credentials import as_holder
from geo_api.complaints import source_area_sql as sql
from geo_api.complaints.source_area_geojson import document
from geo_api.database.connections import PrivateWrites, Transaction
from layers.casework.cases import CaseNotFound
from layers.casework.source_area import DEFAULT_DAYS, MOST_DAYS, MOST_KM
from layers.casework.staff import Staff, require_reader
from layers.methods import ellipsoid
from layers.methods.source_area import (
    Receptors,
    Reports,
    exceedances,
    gather,
    locate,
    plane_around,
    winds_at,
)
from layers.methods.wind import Stations
from layers.query import BadQuery, Box
from layers.times import thai_day, thai_midnight

Floats = NDArray[np.float64]

POLLUTANTS = ("so2", "no2", "co", "pm25", "pm10")
# So much of the period about a complaint lies behind it.
_AFTER = timedelta(days=30)
# Around a complaint that is asked about.
AROUND_M = 5_000.0
MOST_COMPLAINTS = 20_000
# As far as a station may speak for a place, and as a monitor may lie off, in degrees.
_WIND_DEG, _MONITOR_DEG = 0.3, 0.1
# Of the hours of a period a monitor must have measured, our choice.
_LEAST_MEASURED = 0.3
_CELLS, _BOOTSTRAPS = 41, 60
_THAI = np.timedelta64(7, "h")
_Series = tuple[Floats, Floats, Floats]


@dataclass(frozen=True)
class SourceAreaQuery:
    """Complaints of a category in a box, or like one and around it, from the day `first` to the day
    `last` in Thai time; with the high hours of `pollutant`, one of POLLUTANTS, where it is given.
    Without `last` it is the day of the newest complaint, and without both of a complaint's 30 days
    after it; without `first` DEFAULT_DAYS end there."""

    first: date | None = None
    last: date | None = None
    box: Box | None = None
    complaint: str | None = None
    category: str | None = None
    pollutant: str | None = None
    language: str = "th"


@dataclass(frozen=True)
class DatabaseSourceArea:
    """`now` gives UTC."""

    private: PrivateWrites
    now: Callable[[], datetime]

    def source_area(self, staff: Staff, asked: SourceAreaQuery) -> dict[str, Any]:
        """As GeoJSON. Raises NotAllowed, CaseNotFound and BadQuery."""
        require_reader(staff)
        with as_holder(self.private.staff, staff.credential) as transaction:
            asked = _of_complaint(transaction, asked)
            box = _box(asked)
            values = {
                **box._asdict(),
                "category": asked.category,
                "now": self.now(),
                "most": MOST_COMPLAINTS,
            }
            since, until = _period(transaction, asked, values)
            values |= {"since": since, "until": until}
            complaints = transaction.fetch(sql.COMPLAINTS, values)
            winds = transaction.fetch(sql.WINDS, values | _wider(box, _WIND_DEG))
            monitors = asked.pollutant and transaction.fetch(
                sql.CONCENTRATIONS,
                {**values, **_wider(box, _MONITOR_DEG), "pollutant": asked.pollutant},
            )
        hours = _hours(since, until)
        receptors, reports = _receptors(complaints, winds, monitors or (), hours)
        of_complaints = receptors.lon[~receptors.is_monitor], receptors.lat[~receptors.is_monitor]
        found = locate(
            receptors,
            reports,
            plane_around(*(of_complaints if len(of_complaints[0]) else _middle(box)), cells=_CELLS),
            bootstraps=_BOOTSTRAPS,
        )
        told = {
            "category": asked.category,
            "since": since,
            "until": until,
            "complaints": len(complaints),
            "is_whole": len(complaints) < MOST_COMPLAINTS,
            "receptors": int((~receptors.is_monitor).sum()),
            "monitors": int(receptors.is_monitor.sum()),
            "pollutant": asked.pollutant,
            "wind_stations": len({row[0] for row in winds}),
            "bootstraps": _BOOTSTRAPS,
            "computed_at": self.now(),
        }
        return document(found, told, asked.language)


def _of_complaint(transaction: Transaction, asked: SourceAreaQuery) -> SourceAreaQuery:
    """Its surroundings and its category, unless others are given. Raises CaseNotFound."""
    if asked.complaint is None:
        return asked
    found = transaction.fetch(sql.ONE, {"id": asked.complaint})
    if not found:
        raise CaseNotFound(f"no complaint {asked.complaint!r}")
    [(lon, lat, category, _, at)] = found
    if lon is None and asked.box is None:
        raise BadQuery("complaint", f"complaint {asked.complaint!r} has no position: give a bbox")
    if asked.box is None:
        of_lon, of_lat = (float(m) for m in ellipsoid.metres_per_degree(np.array(lat)))
        east, north = AROUND_M / of_lon, AROUND_M / of_lat
        asked = replace(asked, box=Box(lon - east, lat - north, lon + east, lat + north))
    if asked.first is None and asked.last is None:
        asked = replace(asked, last=thai_day(at) + _AFTER)
    return replace(asked, category=asked.category or category)


def _box(asked: SourceAreaQuery) -> Box:
    """Raises BadQuery."""
    if asked.box is None:
        raise BadQuery("bbox", "bbox or complaint must be given: where do complaints lie?")
    if asked.category is None:
        raise BadQuery("category", "category is missing: complaints of one kind are looked at")
    box = asked.box
    of_lon, of_lat = ellipsoid.metres_per_degree(np.array((box.south + box.north) / 2))
    wide = float((box.east - box.west) * of_lon) / 1000
    high = float((box.north - box.south) * of_lat) / 1000
    if not (0 <= wide <= MOST_KM and high <= MOST_KM):
        raise BadQuery(
            "bbox",
            f"bbox must be at most {MOST_KM:.0f} km wide and high, got {wide:.0f}, {high:.0f}",
        )
    return box


def _period(
    transaction: Transaction, asked: SourceAreaQuery, values: dict[str, Any]
) -> tuple[datetime, datetime]:
    """From when to before when, no later than today. Raises BadQuery."""
    today = thai_day(values["now"])
    if asked.last is None:
        [(newest,)] = transaction.fetch(sql.NEWEST, values)
        last = thai_day(newest) if newest else today
    else:
        last = min(asked.last, today)
    first = asked.first or last - timedelta(days=DEFAULT_DAYS - 1)
    if not timedelta(0) <= last - first < timedelta(days=MOST_DAYS):
        raise BadQuery(
            "since",
            f"from since to until it must be 1 to {MOST_DAYS} days, got {first} to {last}",
        )
    return thai_midnight(first), thai_midnight(last) + timedelta(days=1)


def _wider(box: Box, by_deg: float) -> dict[str, float]:
    return {
        "west": box.west - by_deg,
        "south": box.south - by_deg,
        "east": box.east + by_deg,
        "north": box.north + by_deg,
    }


def _middle(box: Box) -> tuple[Floats, Floats]:
    return np.array([(box.west + box.east) / 2]), np.array([(box.south + box.north) / 2])


def _hours(since: datetime, until: datetime) -> NDArray[np.int64]:
    """The ends of all hours of the period, counted from 1970 in UTC."""
    first = int(since.timestamp()) // 3600 + 1
    count = max(1, round((until - since) / timedelta(hours=1)))
    return np.arange(first, first + count)


def _receptors(
    complaints: Sequence[tuple[Any, ...]],
    winds: Sequence[tuple[Any, ...]],
    monitors: Sequence[tuple[Any, ...]],
    hours: NDArray[np.int64],
) -> tuple[Receptors, Reports]:
    speed = _by_station(winds, 4, hours)
    from_deg = _by_station(winds, 5, hours)[2]
    stations = Stations(speed[0], speed[1], hours.astype("datetime64[h]"), speed[2], from_deg)
    lon, lat, reporter = gather(
        np.array([row[0] for row in complaints], dtype=np.float64),
        np.array([row[1] for row in complaints], dtype=np.float64),
    )
    at = np.array([row[2].timestamp() for row in complaints], dtype=np.float64)
    hour = np.floor(at / 3600).astype(np.int64) + 1 - hours[0]
    measured = _measured(_by_station(monitors, 4, hours))
    at_monitors = winds_at(stations, measured[0], measured[1])
    at_monitors[~np.isfinite(measured[2])] = np.nan
    high = [exceedances(series) for series in measured[2]]
    numbers = [np.full(len(one), len(lon) + place) for place, one in enumerate(high)]
    return (
        Receptors(
            np.append(lon, measured[0]),
            np.append(lat, measured[1]),
            np.arange(len(lon) + len(high)) >= len(lon),
            np.vstack((winds_at(stations, lon, lat), at_monitors)),
            stations.hours + _THAI,
        ),
        Reports(np.concatenate((reporter, *numbers)), np.concatenate((hour, *high))),
    )


def _by_station(rows: Sequence[tuple[Any, ...]], column: int, hours: NDArray[np.int64]) -> _Series:
    """(lon, lat, (stations, hours)) of rows that are in order of stations and hours; NaN where
    there is none, and the last of several of an hour."""
    number = {id: place for place, id in enumerate(dict.fromkeys(row[0] for row in rows))}
    place = {row[0]: (row[1], row[2]) for row in rows}
    series = np.full((len(number), len(hours)), np.nan)
    station = np.array([number[row[0]] for row in rows], dtype=np.int64)
    hour = np.array([row[3] for row in rows], dtype=np.int64) - hours[0]
    within = (hour >= 0) & (hour < len(hours))
    values = np.array([row[column] for row in rows], dtype=np.float64)
    series[station[within], hour[within]] = values[within]
    lon, lat = np.array([place[id] for id in number], dtype=np.float64).reshape(-1, 2).T
    return lon, lat, series


def _measured(of_all: _Series) -> _Series:
    """The monitors that measured in enough hours."""
    lon, lat, series = of_all
    enough = np.isfinite(series).mean(axis=1) >= _LEAST_MEASURED if len(series) else []
    kept = np.flatnonzero(enough)
    return lon[kept], lat[kept], series[kept]
