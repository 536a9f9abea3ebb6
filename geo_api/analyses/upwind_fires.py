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

from tqdm import tqdm

from geo_api.analyses import AnalysisRun
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


class NoWind(RunFailed):
    """No station had a wind at 08:00 of the day: of no factory can anything be said."""


@dataclass(frozen=True)
class _Judged:
    """A day's factories: with a fire upwind, of those judged, of all."""

    upwind: int
    judged: int
    factories: int


def compute(run: AnalysisRun) -> str:
    """Keeps the day asked for, or else every day that is due: those with wind that were never
    reckoned, and the last OPEN_DAYS again. Raises NoWind."""
    with run.connection.cursor() as cursor:
        cursor.execute(NEWEST_DAY)
        (newest,) = cursor.fetchone() or (None,)
    if newest is None:
        raise NoWind(f"{NAME} needs readings of wind, and there are none")
    days = [run.day] if run.day else _due_days(run, newest)
    if not days:
        raise NoWind(f"{NAME} needs wind at 08:00 of {newest}, and no station had any")
    judged = [_keep(run, day) for day in tqdm(days, NAME, unit=" days", disable=None)]
    last = judged[-1]
    return (
        f"{NAME}: days computed: {len(days)}, the last {days[-1]}; of that day {last.upwind:,} of"
        f" {last.judged:,} judged factories had fires upwind ({last.factories:,} operate)"
    )


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


def _keep(run: AnalysisRun, day: date) -> _Judged:
    start, end = period_of(day)
    values = {
        "day": day,
        "start": start,
        "end": end,
        "run": run.run_id,
        "radius_m": FIRE_WITHIN_M,
        "upwind_deg": UPWIND_DEG,
        "calm_m_s": CALM_M_S,
        "station_m": STATION_WITHIN_M,
        "station_h": STATION_WITHIN_H,
    }
    with run.connection.cursor() as cursor:
        cursor.execute(FORGET_DAY, values)
        known = cursor.rowcount
        cursor.execute(KEEP_DAY, values)
        stations, upwind, factories, judged = cursor.fetchone() or (0, 0, 0, 0)
    if not stations:
        raise NoWind(f"{NAME} needs wind at 08:00 of {day}, and no station had any")
    tally = run.tally
    tally.read += upwind
    tally.sound += upwind
    tally.updated += min(known, upwind)
    tally.inserted += upwind - min(known, upwind)
    return _Judged(upwind, judged or 0, factories or 0)
