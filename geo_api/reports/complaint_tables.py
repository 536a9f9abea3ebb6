"""The page of complaints: a released table, the areas of one of its periods, and its parameters."""

from datetime import date, datetime, timedelta

from geo_api.database.connections import Reads
from geo_api.database.data_versions import fetch_data_versions
from geo_api.reports import complaint_tables_sql as sql
from layers.model import Text
from layers.reports.complaints import (
    DEALT_WITH,
    TABLES,
    AreaDealtWith,
    AreaHomes,
    ComplaintsReport,
    ReleasedPeriod,
    ReleasePlan,
)
from layers.reports.measures import NotReported
from layers.times import THAI_TIME

VIEWS = (
    *TABLES,
    *("complaint_release_periods", "complaint_plans", "complaint_areas", "houses_known"),
)


def complaint_table(
    reads: Reads, table: str, start: date | None, now: datetime
) -> ComplaintsReport:
    """Of the newest period, or of the one that holds the day `start`. Raises NotReported for a
    table there is none of, and for a period that was not released."""
    if table not in TABLES:
        raise NotReported(f"no table {table!r} of complaints; there are: {', '.join(TABLES)}")
    periods = tuple(
        ReleasedPeriod(first, end - timedelta(days=1), period, area, released_at)
        for first, end, period, area, released_at in reads.fetch(sql.PERIODS, {"table": table})
    )
    chosen = _chosen(periods, start)
    if start and not chosen:
        raise NotReported(f"no period of {table} with {start} was released")
    is_split = table == DEALT_WITH
    year = now.astimezone(THAI_TIME).year
    [(houses_known,)] = reads.fetch(sql.HOUSES_KNOWN)
    return ComplaintsReport(
        table=table,
        periods=periods,
        chosen=chosen,
        areas=_areas(reads, table, periods, chosen) if chosen and not is_split else (),
        dealt_with=_dealt_with(reads, chosen) if chosen and is_split else (),
        plans=tuple(
            ReleasePlan(name, year, period, area, float(epsilon), *rest)
            for name, period, area, epsilon, *rest in reads.fetch(sql.PLANS, {"year": year})
        ),
        houses_known=houses_known,
        simulated=table in fetch_data_versions(reads).simulated_views,
        computed_at=now,
    )


def _chosen(periods: tuple[ReleasedPeriod, ...], day: date | None) -> ReleasedPeriod | None:
    if day is None:
        return periods[0] if periods else None
    return next((one for one in periods if one.start <= day <= one.last_day), None)


def _areas(
    reads: Reads, table: str, periods: tuple[ReleasedPeriod, ...], chosen: ReleasedPeriod
) -> tuple[AreaHomes, ...]:
    """The most homes first, those that are not shown last."""
    former = next((one for one in periods if one.start < chosen.start), None)
    alike = former and (former.period, former.area) == (chosen.period, chosen.area)
    values = {
        "start": chosen.start,
        "before": former.start if former and alike else None,
    }
    return tuple(
        AreaHomes(code, Text(name_th, name_en), homes, before)
        for code, name_th, name_en, homes, before in reads.fetch(sql.areas(table), values)
    )


def _dealt_with(reads: Reads, chosen: ReleasedPeriod) -> tuple[AreaDealtWith, ...]:
    return tuple(
        AreaDealtWith(code, Text(name_th, name_en), *rest)
        for code, name_th, name_en, *rest in reads.fetch(sql.DEALT_WITH, {"start": chosen.start})
    )
