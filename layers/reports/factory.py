"""A factory's report card: what is known of it, what is near it, and what lies upwind."""

from dataclasses import dataclass
from datetime import date, datetime

from layers.model import Text
from layers.reports.measures import Freshness, Measure, Place, Series, State


@dataclass(frozen=True)
class Wind:
    """A station's wind; `from_deg` None where it is calm, below 1 m/s."""

    station: Text
    distance_m: float
    observed_at: datetime
    speed_m_s: float
    from_deg: float | None


@dataclass(frozen=True)
class Neighbour:
    """What is near, or several of a kind in one direction gathered: `count` of them, the nearest
    `distance_m` away and the farthest `farthest_m`. `upwind` None where the wind is not known."""

    layer: str
    id: str | None
    title: Text
    detail: Text
    count: int
    distance_m: float
    farthest_m: float
    bearing_deg: float
    upwind: bool | None
    kind: str | None  # the class that colours it: land use, category, certified
    observed_at: datetime | None
    places: tuple[tuple[float, float], ...]  # lon, lat of each


@dataclass(frozen=True)
class Certificate:
    """A Green Industry certificate, level 1 to 5."""

    level: int
    issued_on: date | None
    expires_on: date | None


@dataclass(frozen=True)
class FactoryReport:
    """Around `lon`, `lat` at `at`: neighbours upwind first, then by distance.

    `carbon_state` says why there is no figure: a factory's carbon is not published. `carbon` is its
    province's newest year. `fires_by_month` within ten kilometres; `pm25_hourly` of the last
    fourteen days at `station`; `wind_from` hours by sixteen directions of thirty days, and
    `calm_share` the share of hours without one.
    """

    id: str
    name: Text
    registration_no: str | None
    facts: tuple[tuple[Text, str], ...]
    operating: bool | None
    lon: float | None
    lat: float | None
    province: Place | None
    district: Place | None
    at: datetime
    day: date
    radius_m: float
    measures: dict[str, Measure]
    wind: Wind | None
    certificates: tuple[Certificate, ...]
    carbon_state: State
    carbon: Measure | None
    neighbours: tuple[Neighbour, ...]
    found: dict[str, int]
    fires_by_month: Series | None
    pm25_hourly: Series | None
    station: Text | None
    wind_from: tuple[int, ...]
    calm_share: float | None
    freshness: tuple[Freshness, ...]
    simulated: bool
    computed_at: datetime
