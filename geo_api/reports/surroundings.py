"""The areas that hold a place, and the stations that speak for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from geo_api.database.connections import Reads
from geo_api.features.near import surroundings, wind_direction
from layers.model import Layer, Text
from layers.reports.factory import Wind
from layers.reports.measures import Measure, Place, State

HOURS_OF_MEAN = 24


@dataclass(frozen=True)
class Surroundings:
    """Of a place at an hour: `from_deg` is where its wind comes from, None where that is not
    known; `air` the reading of the station `air_station`, as /api/near gives it."""

    province: Place | None
    district: Place | None
    wind: Wind | None
    wind_station: str | None
    from_deg: float | None
    air: Mapping[str, Any] | None

    @property
    def air_station(self) -> Text | None:
        """Its name."""
        air = self.air
        return text_of(air["name_th"], air["name_en"], air["id"]) if air else None


def surroundings_of(
    reads: Reads, layers: Mapping[str, Layer], at: datetime, lon: float, lat: float
) -> Surroundings:
    """What is told of the place at the time `at` by readings no older than three hours."""
    areas, wind, air = surroundings(reads, layers, at, lon, lat)
    return Surroundings(
        province=_place(areas.get("province")),
        district=_place(areas.get("district")),
        wind=_wind(wind) if wind else None,
        wind_station=wind["station_id"] if wind else None,
        from_deg=wind_direction(wind),
        air=air,
    )


def wind_state(wind: Wind | None) -> State:
    """Whether a wind tells what is upwind."""
    if wind is None:
        return State.NO_STATION
    return State.KNOWN if wind.from_deg is not None else State.CALM


def air_measure(air: Mapping[str, Any] | None, **more: Any) -> Measure:
    """The 24-hour mean of PM2.5 that a reading gives; TOO_FEW where it has an hour's alone."""
    if air is None:
        return Measure("air", State.NO_STATION, None)
    read_at = datetime.fromisoformat(air["observed_at"])
    if air["pm25_averaging_h"] != HOURS_OF_MEAN:
        return Measure("air", State.TOO_FEW, None, as_of=read_at)
    return Measure("air", State.KNOWN, air["pm25_ug_m3"], as_of=read_at, **more)


def text_of(th: str | None, en: str | None, otherwise: str) -> Text:
    """A name of which either wording may be missing."""
    return Text(th or en or otherwise, en or th or otherwise)


def _place(area: Mapping[str, Any] | None) -> Place | None:
    return (
        Place(area["id"], text_of(area["name_th"], area["name_en"], area["id"])) if area else None
    )


def _wind(wind: Mapping[str, Any]) -> Wind:
    return Wind(
        station=text_of(wind["name_th"], wind["name_en"], wind["station_id"]),
        distance_m=float(wind["distance_m"]),
        observed_at=datetime.fromisoformat(wind["observed_at"]),
        speed_m_s=wind["speed_m_s"],
        from_deg=wind_direction(wind),
    )
