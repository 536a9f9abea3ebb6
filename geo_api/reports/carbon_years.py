"""A province's greenhouse gas by year, as the last vintage tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from geo_api.database.connections import Reads
from geo_api.reports.factory_sql import CARBON


@dataclass(frozen=True)
class CarbonYear:
    """tCO2e of a year, None where nothing that was returned has a factor or it is withheld; how
    many factories could report, and how many did; whether it can be compared with the last year
    told before it, None where there is none; and the vintage that says so."""

    year: int
    tco2e: float | None
    factories: int | None
    reported: int
    comparable: bool | None
    vintage: int
    published_at: datetime


def carbon_years(reads: Reads, province: str, day: date) -> list[CarbonYear]:
    """The years with returns that were over on `day`, the newest last."""
    rows = reads.fetch(CARBON, {"province": province})
    return [CarbonYear(*row) for row in rows if row[0] < day.year]


def since_break(years: Sequence[CarbonYear]) -> list[CarbonYear]:
    """The last ones that make a line: each can be compared with the one before it."""
    breaks = [number for number, one in enumerate(years) if one.comparable is False]
    return list(years[breaks[-1] :] if breaks else years)
