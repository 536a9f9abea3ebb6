"""A province, a district or an eco-town: its numbers, its factories and its parts."""

from dataclasses import dataclass
from datetime import date, datetime

from layers.model import Text
from layers.reports.factory import Wind
from layers.reports.measures import Freshness, Measure, Place, Series


@dataclass(frozen=True)
class Circle:
    """What lies within geodesic `radius_m` of a point."""

    lon: float
    lat: float
    radius_m: float


@dataclass(frozen=True)
class UpwindFactory:
    """A factory with fires upwind of it, the nearest of them."""

    id: str
    name: str
    kind: str | None
    level: int | None
    land_use: str | None
    fires: int
    distance_m: float
    direction: str  # one of eight, as "north_east": where the fire lies


@dataclass(frozen=True)
class Part:
    """A district of a province, or a sub-district of a district; None where it is not known."""

    place: Place
    hotspots_week: int | None
    factories: int | None
    upwind: int | None
    complaints_year: int | None


@dataclass(frozen=True)
class Labelled:
    """A place's name on a map, at a point within it (degrees)."""

    place: Place
    lon: float
    lat: float


@dataclass(frozen=True)
class Town:
    """An eco-industrial town: where its `extent` comes from, the `levels` it was assessed at by
    year, 0 where it did not pass, and the one it is to reach by the end of a year."""

    extent: str
    levels: dict[int, int]
    target_level: int | None
    target_year: int | None
    notice: str | None


@dataclass(frozen=True)
class Carbon:
    """Factories' greenhouse gas of a province by year, None where withheld; the years that cannot
    be compared with the one told before, and the vintage that says so."""

    tco2e: dict[int, float | None]
    breaks: tuple[int, ...]
    vintage: int
    published_at: datetime


@dataclass(frozen=True)
class FiresOnTheWay:
    """Of the station's day above the standard: whether its air met more fires than on other days
    (`finding` "more", "no_more", or "abstained", then `abstained` says why). Fires are hotspots
    around the air in a mean hour of its way, with the band of possible ways, and on other days;
    `from_deg` and `distance_m` are where the air was a day before, seen from the station. `by_day`
    are those of days above the standard, and `others_by_day` those beside them."""

    finding: str
    abstained: str | None
    fires: float | None
    low: float | None
    high: float | None
    on_other_days: float | None
    p: float | None
    provisional: bool
    from_deg: float | None
    distance_m: float | None
    by_day: Series
    others_by_day: Series


@dataclass(frozen=True)
class PlaceReport:
    """`bounds` west, south, east, north; `above` the areas that hold it, the widest first.

    `season` and `last_season` are daily hotspots from 1 December; `pm25` daily 24-hour means of the
    station that is named, and `fires_on_the_way` are told where it is above the standard on the
    day; `complaints` are homes of the area `complaints_of` that holds the place,
    by month, of twenty-four, and `complaints_period` is how long the period of their number is;
    `levels` factories by their highest Green Industry level, 0 for none; `carbon` is None but of a
    province; `labels` the province's districts;
    `circle` is None unless only a point is known of where it lies, and what is told is of what lies
    around that; `town` is None unless it is an eco-industrial town. Where `outlines_invented`,
    districts have their real names and outlines that are made up.

    Of the measures "hotspots" counts seven days (compared by sums of seven), "green" the factories
    with a valid certificate `of` those that operate (compared with the country in percent),
    "upwind" factories `of` those judged, with how many were not among its parts.
    """

    kind: str
    place: Place
    region: str | None
    above: tuple[Place, ...]
    bounds: tuple[float, float, float, float]
    circle: Circle | None
    day: date
    start: datetime
    end: datetime
    measures: dict[str, Measure]
    rank: int | None
    wind: Wind | None
    upwind_factories: tuple[UpwindFactory, ...]
    season: Series | None
    last_season: Series | None
    pm25: Series | None
    pm25_last_season: Series | None
    station: Text | None
    complaints: Series | None
    complaints_of: Text | None
    complaints_period: str
    levels: dict[int, int]
    carbon: Carbon | None
    parts: tuple[Part, ...]
    parts_quiet: int
    labels: tuple[Labelled, ...]
    outlines_invented: bool
    town: Town | None
    freshness: tuple[Freshness, ...]
    simulated: bool
    computed_at: datetime
    fires_on_the_way: FiresOnTheWay | None = None
