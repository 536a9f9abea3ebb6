"""Released complaints as reports take them: rows of a table, by period and area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from geo_api.database.connections import Reads
from geo_api.reports import released_complaints_sql as sql
from layers.model import Text


@dataclass(frozen=True)
class ReleasedRow:
    """Of the period from `start`, `last_day` included; `homes` None where there are too few."""

    start: date
    last_day: date
    period: str
    area: str
    code: str
    name: Text
    homes: int | None


def country_rows(reads: Reads, at: datetime, *, since: date) -> list[ReleasedRow]:
    """Every row by month of periods from `since` on that were over at `at`, by time."""
    return _rows(reads, sql.MONTHS, {"at": at, "since": since})


def rows_around(
    reads: Reads, lon: float, lat: float, at: datetime, *, since: date
) -> list[ReleasedRow]:
    """The rows by month of the areas that hold a point, by time."""
    values = {"lon": lon, "lat": lat, "at": at, "since": since}
    return _rows(reads, sql.MONTHS_AROUND, values)


def year_around(reads: Reads, lon: float, lat: float, year: int) -> ReleasedRow | None:
    """The row of a year of the area that holds a point."""
    values = {"lon": lon, "lat": lat, "start": date(year, 1, 1)}
    return next(iter(_rows(reads, sql.YEAR_AROUND, values)), None)


def by_start(rows: Sequence[ReleasedRow]) -> dict[date, list[ReleasedRow]]:
    """The rows of each period, by its first day."""
    found: dict[date, list[ReleasedRow]] = {}
    for row in rows:
        found.setdefault(row.start, []).append(row)
    return found


def shown_sum(rows: Sequence[ReleasedRow]) -> int | None:
    """Of the rows that are shown; None where none is."""
    shown = [row.homes for row in rows if row.homes is not None]
    return sum(shown) if shown else None


def _rows(reads: Reads, statement: str, values: Mapping[str, Any]) -> list[ReleasedRow]:
    return [
        ReleasedRow(start, last_day, period, area, code, Text(name_th, name_en), homes)
        for start, last_day, period, area, code, name_th, name_en, homes in reads.fetch(
            statement, values
        )
    ]
