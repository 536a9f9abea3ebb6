"""For each station's day above the standard, the fires along its air's way, beside other days'.

A day ends at 08:00 in Thailand, as everywhere on the pages; its standard is that of its date. Days
are computed by the month, of which all wind is read, so that what is told of a day does not depend
on which others were due. A day whose later fires are not yet there is compared with earlier days
alone, marked as provisional, and computed again when they are.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from psycopg2.extensions import connection as Connection

from geo_api.analyses import AnalysisRun
from geo_api.analyses import fire_contribution_sql as sql
from geo_api.analyses.parts import Gathered, InParts, Part, PartRun, by_month, days_of
from geo_api.analyses.parts.statements import execute, fetched
from geo_api.database.runs import RunFailed
from layers.methods.aqi import NOTICE_OF_2023, pm25_standard
from layers.methods.fire_contribution import (
    FIRE_GRID,
    VERSION,
    Air,
    Contribution,
    Days,
    air_of,
    contributions,
    method,
)
from layers.methods.fires_met import BACK_H, BOTH_SIDES, EARLIER, FireHours, fire_hours
from layers.methods.wind import Stations
from layers.reports.measures import day_of, period_of

NAME = "fire_contribution"
_TABLES = ("fire_contribution", "fire_contribution_day")
_DAY = timedelta(days=1)
# How far a day's ways and placebos reach into the days around it.
_WAYS = BACK_H // 24 + 1
_BEFORE, _AFTER = _WAYS - min(EARLIER), max(BOTH_SIDES)


class NoStations(RunFailed):
    """No station's place is known: there is nothing to follow air to."""


@dataclass(frozen=True)
class _Above:
    """A station's day above the standard."""

    day: date
    station: str
    mean: float


@dataclass(frozen=True)
class _Due:
    """A day to be judged: its stations above the standard, of which there may be none any more, and
    what they are judged by."""

    day: date
    above: Sequence[_Above]
    fingerprint: str


@dataclass(frozen=True)
class _Record:
    """The first and the last day of which all fires are there; no day where there are none."""

    first: date
    last: date

    def shifts(self, day: date) -> tuple[int, ...]:
        """The days to compare with: on both sides, else earlier ones, else none."""
        for shifts in (BOTH_SIDES, EARLIER):
            reach = day + min(shifts) * _DAY - _WAYS * _DAY, day + max(*shifts, 0) * _DAY
            if self.first <= reach[0] and reach[1] <= self.last:
                return shifts
        return ()

    def told_of(self, day: date) -> str:
        """What of it tells how a day is judged."""
        return f"{self.shifts(day)}{self.has(day)}{self.is_late(day)}"

    def is_provisional(self, day: date) -> bool:
        """Whether later fires may yet tell more of the day."""
        return self.shifts(day) == EARLIER or self.is_late(day)

    def is_late(self, day: date) -> bool:
        """Whether the day ends after it."""
        return day > self.last

    def has(self, day: date) -> bool:
        return self.first <= day - _WAYS * _DAY and day <= self.last


def _plan(run: AnalysisRun) -> list[Part]:
    """The months of the day asked for, or of every day that is due; each is given its due days, the
    stations above the standard on each, and what the day is judged by. Raises NoStations."""
    if not _places(run.connection):
        raise NoStations(f"{NAME} needs stations of air whose place is known, and there are none")
    due = {one.day: one for one in _due(run, _record(run.connection))}
    return [
        Part(part.label, [_given(due[day]) for day in days_of(part.given)])
        for part in by_month(list(due))
    ]


def _compute(part: PartRun) -> Mapping[str, Any]:
    """How many station days there were, and of how many something is told."""
    due = [_due_of(given) for given in part.given]
    above = [one for day in due for one in day.above]
    record = _record(part.connection)
    told = _judge(part, above, _places(part.connection), record) if above else 0
    _keep_days(part, due, record)
    return {"above": len(above), "told": told}


def _gather(run: AnalysisRun, gathered: Gathered) -> str:
    due = [_due_of(given) for part in gathered.given for given in part]
    _forget(run, due)
    execute(run.connection, sql.STAGE, {})
    gathered.add_rows("fire_contribution", into=sql.STAGED)
    gathered.add_rows("fire_contribution_day")
    above, told = (sum(part[name] for part in gathered.told) for name in ("above", "told"))
    run.tally.read = run.tally.sound = above
    run.tally.updated = execute(run.connection, sql.CHANGE, {})
    run.tally.inserted = execute(run.connection, sql.ADD, {})
    run.tally.unchanged = above - run.tally.updated - run.tally.inserted
    return f"{NAME}: {above:,} station days above the standard on {len(due)} days, {told:,} told"


def _given(due: _Due) -> list[Any]:
    """As JSON has it; `_due_of` reads it back."""
    return [
        due.day.isoformat(),
        [[one.station, one.mean] for one in due.above],
        due.fingerprint,
    ]


def _due_of(given: Sequence[Any]) -> _Due:
    text, stations, fingerprint = given
    day = date.fromisoformat(text)
    return _Due(day, [_Above(day, *one) for one in stations], fingerprint)


def _places(connection: Connection) -> Mapping[str, tuple[float, float]]:
    return {id: (lon, lat) for id, lon, lat in fetched(connection, sql.PLACES, {})}


def _due(run: AnalysisRun, record: _Record) -> list[_Due]:
    values = {
        "day": run.day,
        "since": NOTICE_OF_2023,
        "standard": pm25_standard(NOTICE_OF_2023),
        "before": pm25_standard(NOTICE_OF_2023 - _DAY),
        "ways": _WAYS,
        "days_before": _BEFORE,
        "days_after": _AFTER,
    }
    due = []
    for day, stations, means, read, judged_by, as_judged in fetched(
        run.connection, sql.DAYS, values
    ):
        fingerprint = f"{read}.{record.told_of(day)}.{VERSION}"
        if run.day or run.anew or not as_judged or fingerprint != judged_by:
            above = [_Above(day, *one) for one in zip(stations or (), means or (), strict=True)]
            due.append(_Due(day, above, fingerprint))
    return due


def _record(connection: Connection) -> _Record:
    [(first, last)] = fetched(connection, sql.FIRST_AND_LAST_FIRE, {})
    if first is None:
        return _Record(date.max, date.min)
    # The first day may have begun before; the last one is as complete as it will be for now.
    return _Record(day_of(first) + _DAY, day_of(last))


def _judge(
    part: PartRun,
    above: Sequence[_Above],
    places: Mapping[str, tuple[float, float]],
    record: _Record,
) -> int:
    """Keeps a month's days; of how many something is told."""
    air = air_of(_stations(part.connection, above[0].day.replace(day=1), places))
    rows: list[dict[str, Any]] = []
    for shifts in (BOTH_SIDES, EARLIER, ()):
        days = [one for one in above if record.shifts(one.day) == shifts]
        if days and shifts:
            rows += _rows(part, air, days, places, shifts)
        else:
            rows += [_without(one, air, record) for one in days]
    values = {"rows": json.dumps(rows, default=str), "run": part.run_id}
    execute(part.connection, sql.KEEP, values)
    return sum(row["abstained"] is None for row in rows)


def _stations(
    connection: Connection, month: date, places: Mapping[str, tuple[float, float]]
) -> Stations:
    """The winds of the month's days and of the ways before them."""
    start = _wind_start(month)
    end = period_of((month + 31 * _DAY).replace(day=1))[0]
    hours = int((end - start) / timedelta(hours=1))
    order = {station: n for n, station in enumerate(places)}
    speed, from_deg = np.full((2, len(places), hours), np.nan)
    found = fetched(connection, sql.WINDS, {"start": start, "end": end})
    if found:
        ids, hour, speeds, directions = zip(*found, strict=True)
        at = [order[id] for id in ids], np.array(hour) - 1
        speed[at], from_deg[at] = speeds, np.array(directions, dtype=float)
    lon, lat = np.array(list(places.values())).T
    first = np.datetime64(start.replace(tzinfo=None), "h") + 1
    return Stations(lon, lat, first + np.arange(hours), speed, from_deg)


def _wind_start(month: date) -> datetime:
    """In UTC, some hours before the earliest way of the month begins."""
    return (period_of(month)[0] - _WAYS * _DAY).astimezone(UTC)


def _rows(
    part: PartRun,
    air: Air,
    above: Sequence[_Above],
    places: Mapping[str, tuple[float, float]],
    shifts: Sequence[int],
) -> list[dict[str, Any]]:
    days = sorted({one.day for one in above})
    first = days[0] + (min(shifts) - _WAYS) * _DAY
    fires = _fires(part.connection, first, days[-1] + max(*shifts, 0) * _DAY)
    lon, lat = np.array([places[one.station] for one in above]).T
    wind_hour = _hours_since(_wind_start(days[0].replace(day=1)), above)
    fire_hour = _hours_since(period_of(first)[0], above)
    found = contributions(air, fires, Days(lon, lat, wind_hour, fire_hour), shifts)
    return [_row(one, n, found, air, shifts) for n, one in enumerate(above)]


def _hours_since(start: datetime, above: Iterable[_Above]) -> Any:
    """The hour with which each day ends; the one that begins at `start` is 0."""
    hour = timedelta(hours=1)
    return np.array([int((period_of(one.day)[1] - start) / hour) - 1 for one in above])


def _fires(connection: Connection, first: date, last: date) -> FireHours:
    values = {
        "start": period_of(first)[0],
        "end": period_of(last)[1],
        **{name: getattr(FIRE_GRID, name) for name in ("west", "south", "step", "columns", "rows")},
    }
    found = np.array(fetched(connection, sql.FIRES, values), dtype=np.int64).reshape(-1, 3)
    return fire_hours(FIRE_GRID, (last - first).days + 1, *found.T)


def _row(
    one: _Above, n: int, found: Contribution, air: Air, shifts: Sequence[int]
) -> dict[str, Any]:
    def number(values: Any) -> float | None:
        return float(values[n]) if np.isfinite(values[n]) else None

    return {
        **_said(one, air),
        "abstained": found.abstained[n],
        "told_h": number(found.told_h),
        "from_deg": number(found.from_deg),
        "from_km": number(found.from_km),
        "spread_km": number(found.spread_km),
        "fires_24h": number(found.fires_short),
        "placebo_24h": number(found.placebo_short),
        "p_24h": number(found.p_short),
        "fires_72h": number(found.fires),
        "low_72h": number(found.low),
        "high_72h": number(found.high),
        "placebo_72h": number(found.placebo),
        "p_72h": number(found.p),
        "placebos": len(shifts),
        "provisional": shifts == EARLIER,
    }


def _without(one: _Above, air: Air, record: _Record) -> dict[str, Any]:
    reason = "few_placebos" if record.has(one.day) else "no_fire_record"
    late = record.is_late(one.day)
    return {**_said(one, air), "abstained": reason, "placebos": 0, "provisional": late}


def _said(one: _Above, air: Air) -> dict[str, Any]:
    return {
        "day": one.day,
        "station_id": one.station,
        "pm25_24h": one.mean,
        "standard": pm25_standard(one.day),
        "method": method(air),
    }


def _forget(run: AnalysisRun, due: Sequence[_Due]) -> None:
    values = {
        "days": [one.day for one in due],
        "kept_days": [one.day for day in due for one in day.above],
        "kept_stations": [one.station for day in due for one in day.above],
    }
    execute(run.connection, sql.FORGET, values)


def _keep_days(part: PartRun, due: Sequence[_Due], record: _Record) -> None:
    days = [
        {
            "day": one.day,
            "stations": [above.station for above in one.above],
            "means": [above.mean for above in one.above],
            "provisional": record.is_provisional(one.day),
            "fingerprint": one.fingerprint,
        }
        for one in due
        if one.above
    ]
    values = {"days": json.dumps(days, default=str), "run": part.run_id}
    execute(part.connection, sql.KEEP_DAYS, values)


PARTS = InParts(_plan, _compute, _gather, _TABLES)
