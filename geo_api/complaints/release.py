"""Releases what the public sees of complaints: each period once, when it is over, and never again.

Idempotent: what was released stands, and a period without a row that may be shown is released
too, so that no later count of it can be compared. All of it commits together; one that is
interrupted has told nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import execute_values

from geo_api.complaints import release_sql as sql
from geo_api.database.runs import RunFailed, Tally, record_inputs, record_run
from layers.analyses import analysis_named
from layers.methods.complaint_release import METHOD
from layers.methods.complaint_release.noise import geometric_noise, noise_within
from layers.methods.complaint_release.rule import Draw, Rule, shown
from layers.methods.complaint_release.steps import Area, Step, chosen_step, periods
from layers.times import thai_day, thai_midnight

NAME = "complaint_release"
# The plan of a year is made so long before it begins.
_AHEAD = timedelta(days=31)


class NotYetOver(RunFailed):
    """A release was asked for of what lies in the future."""


@dataclass(frozen=True)
class Released:
    """How many periods were released, and how many rows of them are shown. How many are hidden is
    not told: that would tell how many areas had a complaint."""

    periods: int
    rows: int

    def __str__(self) -> str:
        if not self.periods:
            return "nothing is due: what was released stands"
        return f"{self.periods:,} periods released, with {self.rows:,} rows that may be shown"


@dataclass(frozen=True)
class _Planned:
    """How a table counts in a year."""

    year: int
    table: str
    step: Step
    rule: Rule
    wait_days: int
    is_split: bool

    def ended_periods(self, until: datetime) -> Iterator[tuple[date, date]]:
        """Those that are over, and have been for as long as the table waits."""
        for start, end in periods(self.step.period, self.year):
            due = thai_midnight(end) + timedelta(days=self.wait_days)
            if due <= until:
                yield start, end


@dataclass(frozen=True)
class _Due:
    """A period of a table that is to be released."""

    planned: _Planned
    start: date
    end: date


def release(
    connection: Connection,
    run_id: int,
    *,
    until: datetime,
    now: datetime,
    draw: Draw = geometric_noise,
) -> Released:
    """Releases each period that was over by `until` (aware) and was not released yet, within the
    caller's transaction. Raises NotYetOver where `until` is after `now`."""
    if until > now:
        raise NotYetOver(f"--until must not be in the future, got {until:%Y-%m-%d %H:%M}")
    with connection.cursor() as cursor:
        cursor.execute(sql.LOCK)
        cursor.execute(sql.FIRST)
        first, simulated = cursor.fetchone() or (None, False)
        if first is None:
            return Released(0, 0)
        _plan(cursor, range(first.year, (until + _AHEAD).year + 1), until, simulated, draw)
        due = _due(cursor, until)
        if not due:
            return Released(0, 0)
        cursor.execute(sql.STAGE_HOMES, {"since": min(one.start for one in due)})
        told = {"at": now, "simulated": simulated, "run": run_id}
        rows = [_release_period(cursor, one, told, draw) for one in due]
        for area in sorted({one.planned.step.area for one in due}):
            cursor.execute(sql.keep_areas(area))
    return Released(len(due), sum(rows))


def release_complaints(connection: Connection, until: datetime, now: datetime) -> Released:
    """`release` as a Run of its own, which commits. Raises NotYetOver."""
    tally = Tally()
    with record_run(connection, NAME, f"until={until:%Y-%m-%dT%H:%M%z}", tally) as run_id:
        record_inputs(connection, run_id, analysis_named(NAME).sources)
        made = release(connection, run_id, until=until, now=now)
        tally.inserted = made.rows
        tally.notes.append(str(made))
    return made


def _plan(cursor: Cursor, years: range, until: datetime, simulated: bool, draw: Draw) -> None:
    """Fixes how each table counts, in the years that have no plan: by the twelve months before."""
    cursor.execute(sql.PLANS)
    known = {(year, table) for year, table, *_ in cursor.fetchall()}
    cursor.execute(sql.TABLES)
    tables = cursor.fetchall()
    missing = [year for year in years if any((year, name) not in known for name, *_ in tables)]
    if not missing:
        return
    cursor.execute(sql.AREAS)
    areas: dict[Area, int] = dict(cursor.fetchall())
    month = thai_day(until).replace(day=1)
    cursor.execute(sql.YEARLY_HOMES, {"before": month})
    (homes,) = cursor.fetchone() or (0,)
    for name, _, plan_epsilon, _, _, least_mean, _, is_split, _ in tables:
        cursor.execute(sql.LADDER, {"table": name})
        ladder = [Step(period, area) for period, area in cursor.fetchall()]
        noisy = homes + draw(Fraction(plan_epsilon))
        step = chosen_step(ladder, noisy, areas, least_mean=least_mean, is_split=is_split)
        told = {"table": name, "period": step.period, "area": step.area}
        for year in missing:
            if (year, name) not in known:
                values = {"year": year, **told, "at": until, "simulated": simulated}
                cursor.execute(sql.KEEP_PLAN, values)


def _due(cursor: Cursor, until: datetime) -> list[_Due]:
    cursor.execute(sql.RELEASED)
    released = set(cursor.fetchall())
    cursor.execute(sql.PLANS)
    return [
        _Due(planned, start, end)
        for planned in map(_planned, cursor.fetchall())
        for start, end in planned.ended_periods(until)
        if (planned.table, start) not in released
    ]


def _planned(row: tuple[Any, ...]) -> _Planned:
    year, table, period, area, epsilon, least_noisy, least_homes, wait_days, is_split = row
    rule = Rule(Fraction(epsilon), least_homes, least_noisy)
    return _Planned(year, table, Step(period, area), rule, wait_days, is_split)


def _release_period(cursor: Cursor, due: _Due, told: dict[str, object], draw: Draw) -> int:
    """How many rows of the period are shown."""
    planned, step = due.planned, due.planned.step
    period = {"table": planned.table, "period": step.period, "area": step.area}
    how = {"method": METHOD, "noise_95": noise_within(planned.rule.epsilon)}
    cursor.execute(sql.KEEP_PERIOD, {**period, "start": due.start, "end": due.end, **how, **told})
    values = {"start": due.start, "end": due.end, "wait_days": planned.wait_days}
    cursor.execute(sql.homes(step, is_split=planned.is_split), values)
    counted = cursor.fetchall()
    houses = _houses(cursor) if step.area == "subdistrict" else {}
    rows = [
        (planned.table, due.start, step.area, code, category, dealt_with, number)
        for code, category, dealt_with, homes in counted
        if (number := shown(homes, planned.rule, houses=houses.get(code), draw=draw)) is not None
    ]
    if rows:
        execute_values(cursor, sql.KEEP_ROWS, rows, page_size=1000)
    return len(rows)


def _houses(cursor: Cursor) -> dict[str, int]:
    """Of sub-districts where they are known."""
    cursor.execute(sql.HOUSES)
    return dict(cursor.fetchall())
