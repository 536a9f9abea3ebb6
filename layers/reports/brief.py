"""The morning's brief: the country's five numbers, and its provinces."""

from dataclasses import dataclass
from datetime import date, datetime

from layers.model import Text
from layers.reports.measures import Freshness, Measure
from layers.reports.season import SeasonComparison

# The five numbers, in their order.
HOTSPOTS, AIR, COMPLAINTS, UPWIND, GREEN = "hotspots", "air", "complaints", "upwind", "green"
MEASURES = (HOTSPOTS, AIR, COMPLAINTS, UPWIND, GREEN)
# Told along with the fifth: tCO2e of the newest year.
CARBON = "carbon"
CURVE_DAYS, ROW_DAYS = 42, 14
CURVE_MONTHS = 13  # a month, and the twelve before it
# The highest 24-hour mean of PM2.5 that the standard allows, in µg/m³ (since 2023-06-01).
PM25_STANDARD = 37.5
# The class of what has none, among `parts` and `land_use`.
UNKNOWN = "unknown"

REGIONS = {
    "north": Text("เหนือ", "North"),
    "northeast": Text("อีสาน", "Northeast"),
    "central": Text("กลาง", "Central"),
    "east": Text("ตะวันออก", "East"),
    "west": Text("ตะวันตก", "West"),
    "south": Text("ใต้", "South"),
}


@dataclass(frozen=True)
class Province:
    """A row of the table. None is "not known": no station, no register, nothing loaded.

    `hotspots` of the day, `week` and `week_before` of seven days each, `last_season` the same seven
    days a year before, `days` the last ROW_DAYS, `land_use` the day's by class. `pm25` is the
    highest 24-hour mean of its stations (µg/m³) at the end of the day. `complaints`: homes that
    complained in the last period that was released; None where they are too few to be shown, or
    counted by larger areas. `upwind`: factories with a fire upwind. `certified` of its `factories`
    that operate have a Green Industry certificate. `tco2e` of the newest year with returns.
    """

    code: str
    name: Text
    region: str
    hotspots: int | None
    week: int | None
    week_before: int | None
    last_season: int | None
    days: tuple[int | None, ...]
    land_use: dict[str, int]
    pm25: float | None
    complaints: int | None
    upwind: int | None
    factories: int | None
    certified: int | None
    tco2e: float | None


@dataclass(frozen=True)
class Station:
    """A station's 24-hour mean of PM2.5 in µg/m³ at the end of the day."""

    id: str
    name: Text
    lon: float
    lat: float
    province_code: str | None
    pm25: float | None


@dataclass(frozen=True)
class Brief:
    """The 24 hours before 08:00 of `day` in Thailand. `month` is the first day of the period whose
    complaints are counted, a "month" or, where few complain, a "quarter" or "year"; `first_day` and
    `last_day` are those of which there is a brief."""

    day: date
    start: datetime
    end: datetime
    first_day: date | None
    last_day: date
    month: date
    complaint_period: str
    measures: dict[str, Measure]
    provinces: tuple[Province, ...]
    stations: tuple[Station, ...]
    freshness: tuple[Freshness, ...]
    simulated: bool
    computed_at: datetime
    season: SeasonComparison | None = None
