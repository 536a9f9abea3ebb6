"""For each operating factory and day, the fires within ten kilometres that lay upwind of it.

The wind is that of 08:00 in Thailand, when the day ends: the newest reading, no older than three
hours, of the nearest station within 50 km that has one. One wind for a factory's whole day is less
than the hour of each fire would tell, but it is what the officer meets in the morning, what the
page draws, and what `/api/near` says at that hour: the three agree. Where that wind is calm or no
station speaks, a factory that had a fire near is not judged; one that had none, has none upwind.
The register tells which factories operate now, not which did: days before the last OPEN_DAYS stay
as they were reckoned, until their winds or fires change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo_api.analyses import AnalysisRun
from geo_api.analyses import upwind_fires_sql as sql
from geo_api.analyses.parts import Gathered, InParts, Part, PartRun, by_month, days_of
from geo_api.analyses.parts.statements import execute, fetched
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
# Of these the register as it is now is told.
OPEN_DAYS = 3
# So many are reckoned at once: in a burning season's height they have a million pairs of a fire and
# a factory at fifty times the simulated world.
_DAYS_AT_ONCE = 8
_TABLES = ("upwind_fire", "upwind_coverage", "upwind_day")


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
    """The months of the day asked for, or else of every day that is due: those with wind whose
    winds and fires are not those that they were reckoned from; each day with what it is to be known
    by. Raises NoWind."""
    last = _read_days(run)
    if run.day:
        days = [run.day] if _is_read(run, run.day) else []
    else:
        days = [day for (day,) in fetched(run.connection, sql.DUE_DAYS, _values(run, last))]
    known_by = {day: known for day, *known in fetched(run.connection, sql.KNOWN_BY, {"days": days})}
    if run.day and not days:
        raise NoWind(_without(last if _newest(run) else date.max))
    return [
        Part(part.label, [[day.isoformat(), *known_by[day]] for day in days_of(part.given)])
        for part in by_month(days)
    ]


def _compute(part: PartRun) -> list[tuple[Any, ...]]:
    """Each day of the month, as `_Judged` has it."""
    days, fingerprints, registers = zip(*part.given, strict=True)
    known_by = {
        "days": list(days),
        "fingerprints": list(fingerprints),
        "registers": list(registers),
    }
    for statement in (sql.REGISTER, sql.STAGE, sql.ARE_KNOWN_BY):
        execute(part.connection, statement, known_by)
    judged: list[tuple[Any, ...]] = []
    given = days_of(days)
    for first in range(0, len(given), _DAYS_AT_ONCE):
        judged += _keep(part, given[first : first + _DAYS_AT_ONCE])
    return judged


def _gather(run: AnalysisRun, gathered: Gathered) -> str:
    """A day whose winds were taken back is forgotten. Raises NoWind where there is no wind, and
    never was."""
    last = _read_days(run)
    gone = 0 if run.day else _forget_gone(run, last)
    judged = [_Judged(*told) for month in gathered.told for told in month]
    if not (judged or gone or _is_read(run, last)):
        raise NoWind(_without(last))
    for one in judged:
        _count(run, one.upwind, execute(run.connection, sql.FORGET_DAYS, {"days": [one.day]}))
    for table in _TABLES:
        gathered.add_rows(table)
    told = f"; {gone} days have no wind any more" if gone else ""
    if not judged:
        return f"{NAME}: every day is there as its winds and fires are{told}"
    newest = judged[-1]
    return (
        f"{NAME}: days computed: {len(judged)}, the last {newest.day}; of that day"
        f" {newest.upwind:,} of {newest.judged:,} judged factories had fires upwind"
        f" ({newest.factories:,} operate){told}"
    )


def _without(last: date) -> str:
    if last == date.max:
        return f"{NAME} needs readings of wind, and there are none"
    return f"{NAME} needs wind at 08:00 of {last}, and no station had any"


def _read_days(run: AnalysisRun) -> date:
    """Reckons which days have winds, for the statements that follow; answers the last day. Where
    all winds were taken back it is the last that was reckoned."""
    last = run.day or _newest(run) or _last_kept(run) or date.max
    for statement in (sql.REGISTER, sql.READ_DAYS):
        execute(run.connection, statement, _values(run, last))
    return last


def _newest(run: AnalysisRun) -> date | None:
    rows = fetched(run.connection, sql.NEWEST_DAY, {})
    return rows[0][0] if rows else None


def _last_kept(run: AnalysisRun) -> date | None:
    kept: list[tuple[date | None]] = fetched(run.connection, sql.LAST_KEPT, {})
    return kept[0][0]


def _values(run: AnalysisRun, last: date) -> dict[str, Any]:
    return {
        "last": last,
        "most_days": MOST_DAYS,
        "open_days": OPEN_DAYS,
        "anew": run.anew,
        "station_h": STATION_WITHIN_H,
    }


def _is_read(run: AnalysisRun, day: date) -> bool:
    [(is_read,)] = fetched(run.connection, sql.IS_READ, {"day": day})
    return bool(is_read)


def _forget_gone(run: AnalysisRun, last: date) -> int:
    """How many days."""
    days = [day for (day,) in fetched(run.connection, sql.GONE_DAYS, _values(run, last))]
    execute(run.connection, sql.FORGET_DAYS, {"days": days})
    return len(days)


def _count(run: AnalysisRun, upwind: int, known: int) -> None:
    tally = run.tally
    tally.read += upwind
    tally.sound += upwind
    tally.updated += min(known, upwind)
    tally.inserted += upwind - min(known, upwind)


def _keep(part: PartRun, days: Sequence[date]) -> list[tuple[Any, ...]]:
    values = {
        "days": list(days),
        "start": period_of(days[0])[0],
        "end": period_of(days[-1])[1],
        "run": part.run_id,
        "radius_m": FIRE_WITHIN_M,
        "upwind_deg": UPWIND_DEG,
        "calm_m_s": CALM_M_S,
        "station_m": STATION_WITHIN_M,
        "station_h": STATION_WITHIN_H,
    }
    for statement in (sql.BESIDE, sql.STATIONS, sql.TOLD):
        execute(part.connection, statement, values)
    return [
        (day.isoformat(), int(upwind), int(judged), int(factories))
        for day, upwind, judged, factories in fetched(part.connection, sql.KEEP, values)
    ]


PARTS = InParts(_plan, _compute, _gather, _TABLES)
