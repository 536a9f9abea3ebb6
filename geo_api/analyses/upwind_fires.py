"""For each operating factory and day, the fires within ten kilometres that lay upwind of it.

The wind is that of 08:00 in Thailand, when the day ends: the newest reading, no older than three
hours, of the nearest station within 50 km that has one. One wind for a factory's whole day is less
than the hour of each fire would tell, but it is what the officer meets in the morning, what the
page draws, and what `/api/near` says at that hour: the three agree. Where that wind is calm or no
station speaks, a factory that had a fire near is not judged; one that had none, has none upwind.
The register tells which factories operate now, not which did.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from geo_api.analyses import AnalysisRun
from geo_api.analyses.parts import Gathered, InParts, Part, PartRun, by_month, days_of
from geo_api.analyses.upwind_fires_sql import DUE_DAYS, FORGET_DAY, KEEP_DAY, NEWEST_DAY
from geo_api.database.runs import RunFailed
from layers.methods.upwind import (
    CALM_M_S,
    FIRE_WITHIN_M,
    STATION_WITHIN_H,
    STATION_WITHIN_M,
    UPWIND_DEG,
)
from layers.reports.measures import period_of

NAME = "upwind_fires"
# Two years and the season before: what the pages compare with.
MOST_DAYS = 2 * 366 + 90
# Detections come hours, and from some providers days, after the pass.
OPEN_DAYS = 3
_TABLES = ("upwind_fire", "upwind_coverage")


class NoWind(RunFailed):
    """No station had a wind at 08:00 of the day: of no factory can anything be said."""


@dataclass(frozen=True)
class _Judged:
    """A day's factories: with a fire upwind, of those judged, of all."""

    day: str
    upwind: int
    judged: int
    factories: int


def _plan(run: AnalysisRun) -> list[Part]:
    """The months of the day asked for, or else of every day that is due: those with wind that were
    never reckoned, and the last OPEN_DAYS again. Raises NoWind."""
    with run.connection.cursor() as cursor:
        cursor.execute(NEWEST_DAY)
        (newest,) = cursor.fetchone() or (None,)
    if newest is None:
        raise NoWind(f"{NAME} needs readings of wind, and there are none")
    days = [run.day] if run.day else _due_days(run, newest)
    if not days:
        raise NoWind(f"{NAME} needs wind at 08:00 of {newest}, and no station had any")
    return by_month(days)


def _compute(part: PartRun) -> list[list[Any]]:
    """Each day of the month, as `_Judged` has it. Raises NoWind."""
    return [_judge(part, day) for day in days_of(part.given)]


def _gather(run: AnalysisRun, gathered: Gathered) -> str:
    judged = [_Judged(*told) for month in gathered.told for told in month]
    with run.connection.cursor() as cursor:
        for one in judged:
            cursor.execute(FORGET_DAY, {"day": one.day})
            _count(run, one.upwind, cursor.rowcount)
    for table in _TABLES:
        gathered.add_rows(table)
    last = judged[-1]
    return (
        f"{NAME}: days computed: {len(judged)}, the last {last.day}; of that day {last.upwind:,} of"
        f" {last.judged:,} judged factories had fires upwind ({last.factories:,} operate)"
    )


def _count(run: AnalysisRun, upwind: int, known: int) -> None:
    tally = run.tally
    tally.read += upwind
    tally.sound += upwind
    tally.updated += min(known, upwind)
    tally.inserted += upwind - min(known, upwind)


def _due_days(run: AnalysisRun, last: date) -> list[date]:
    values = {
        "last": last,
        "most_days": MOST_DAYS,
        "open_days": OPEN_DAYS,
        "station_h": STATION_WITHIN_H,
    }
    with run.connection.cursor() as cursor:
        cursor.execute(DUE_DAYS, values)
        return [day for (day,) in cursor.fetchall()]


def _judge(part: PartRun, day: date) -> list[Any]:
    start, end = period_of(day)
    values = {
        "day": day,
        "start": start,
        "end": end,
        "run": part.run_id,
        "radius_m": FIRE_WITHIN_M,
        "upwind_deg": UPWIND_DEG,
        "calm_m_s": CALM_M_S,
        "station_m": STATION_WITHIN_M,
        "station_h": STATION_WITHIN_H,
    }
    with part.connection.cursor() as cursor:
        cursor.execute(KEEP_DAY, values)
        stations, upwind, factories, judged = cursor.fetchone() or (0, 0, 0, 0)
    if not stations:
        raise NoWind(f"{NAME} needs wind at 08:00 of {day}, and no station had any")
    return [day.isoformat(), upwind, int(judged or 0), int(factories or 0)]


PARTS = InParts(_plan, _compute, _gather, _TABLES)
