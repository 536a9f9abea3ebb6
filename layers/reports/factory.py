"""A factory's report card: what is known of it, what is near it, and what lies upwind."""

from dataclasses import dataclass
from datetime import date, datetime

from layers.model import Text
from layers.reports.measures import Freshness, Measure, Place, Series, State

FIRE_HOURS = 72
CHART_DAYS, ROSE_DAYS, FIRE_MONTHS = 14, 30, 24


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
    `distance_m` away and the farthest `farthest_m`; at the very place it has no bearing. `upwind`
    None where the wind is not known."""

    layer: str
    id: str | None
    title: Text
    detail: Text
    count: int
    distance_m: float
    farthest_m: float
    bearing_deg: float | None
    upwind: bool | None
    kind: str | None  # the class that colours it: land use, certified
    observed_at: datetime | None
    places: tuple[tuple[float, float], ...]  # lon, lat of each


@dataclass(frozen=True)
class Certificate:
    """A Green Industry certificate, level 1 to 5."""

    level: int
    issued_on: date | None
    expires_on: date | None


@dataclass(frozen=True)
class AreaComplaints:
    """Homes that complained in the area that holds the factory, in the last period of `layer` that
    was released, from `start`; None where they are too few to be shown."""

    layer: str
    period: str
    start: date
    last_day: date
    area: str
    name: Text
    homes: int | None


@dataclass(frozen=True)
class MillHalf:
    """A half of a month of a crushing season: fires on cane land of the mill's zone, a proxy, and
    the share of burnt cane in percent that the mill `declared`, None where it did not. Of so many
    days that were told one by one some were above the daily limit, None where none is known."""

    first_day: date
    last_day: date
    fires: float | None
    declared: str
    fresh_t: float | None
    burnt_t: float | None
    burnt_pct: float | None
    days_told: int
    days_above_cap: int | None


@dataclass(frozen=True)
class MillSeason:
    """The newest season of a sugar mill, as far as it was by the day, and the limits of burnt cane
    in percent that were set for it, None where none is known."""

    season: int
    halves: tuple[MillHalf, ...]
    daily_cap_pct: float | None
    season_cap_pct: float | None

    @property
    def burnt_pct(self) -> float | None:
        """Of all cane whose tonnes were declared."""
        burnt = sum(one.burnt_t or 0 for one in self.halves)
        all_cane = burnt + sum(one.fresh_t or 0 for one in self.halves)
        return 100 * burnt / all_cane if all_cane else None

    @property
    def days_told(self) -> int:
        return sum(one.days_told for one in self.halves)

    @property
    def days_above_cap(self) -> int:
        """Of those told."""
        return sum(one.days_above_cap or 0 for one in self.halves)


@dataclass(frozen=True)
class FactoryReport:
    """Around `lon`, `lat` at `at`: neighbours upwind first, then by distance.

    `carbon_state` says why there is no figure: a factory's carbon is not published. `carbon` is its
    province's newest year, `of` its factories that operate, with those that reported among its
    parts. `certificates` are those issued until the day, the oldest first.

    Of the measures "upwind" counts fires of FIRE_HOURS within `radius_m`, "upwind_day" those of the
    day itself, both `of` all fires there whatever the wind; "air" is the 24-hour mean of `station`;
    "green" the highest level that is valid. `found` says of each layer how many there were within
    the distance `looked_m`, of which `neighbours` may be the nearest. `complaints` are of the areas
    that hold the factory: nothing nearer is told. `fires_by_month` within
    `radius_m`; `pm25_hourly` of the last fourteen days at `station` and `pm25_running` its running
    24-hour means; `wind_from` hours by sixteen directions of thirty days at `wind_station`, and
    `calm_share` the share of hours without one. `mill` is None of other works.
    """

    id: str
    name: Text
    registration_no: str | None
    facts: tuple[tuple[Text, Text], ...]
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
    looked_m: dict[str, float]
    complaints: tuple[AreaComplaints, ...]
    fires_by_month: Series | None
    pm25_hourly: Series | None
    pm25_running: Series | None
    station: Text | None
    wind_station: Text | None
    wind_from: tuple[int, ...]
    calm_share: float | None
    mill: MillSeason | None
    freshness: tuple[Freshness, ...]
    simulated: bool
    computed_at: datetime
