"""A province's greenhouse gas by year, from what its factories returned."""

from dataclasses import dataclass
from datetime import date

from geo_api.database.connections import Reads
from geo_api.reports.factory_sql import CARBON


@dataclass(frozen=True)
class CarbonYear:
    """tCO2e of a year, None where nothing that was returned has a factor or it is withheld; how
    many factories could report, and how many did; the basis of electricity's factor."""

    year: int
    tco2e: float | None
    factories: int | None
    reported: int
    basis: str | None


def carbon_years(reads: Reads, province: str, day: date) -> list[CarbonYear]:
    """The years with returns that were over on `day`, the newest last."""
    rows = reads.fetch(CARBON, {"province": province})
    return [CarbonYear(*row) for row in rows if row[0] < day.year]
