"""This burning season to date beside the same days of up to five earlier ones: by province, region
and country, and by land use.

All detections of which the single day is known are counted, each satellite's apart; what is
compared follows `layers/methods/season_counts.py`. The satellites by which seasons are compared are
those of the whole country: a province in which one happened to see nothing has it too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import execute_values

from geo_api.analyses import AnalysisRun
from geo_api.analyses import season_comparison_sql as sql
from geo_api.database.runs import DEMO, RunFailed
from layers.methods.season_counts import (
    WEEK,
    Comparable,
    Ratio,
    comparable,
    leap_day,
    ratio,
    same_day,
    was_there,
    weeks,
)
from layers.reports.season import EARLIER_SEASONS, season_days, to_date

NAME = "season_comparison"
METHOD = "season_counts 1: same days, common satellites, ratio of weekly sums"
ALL = "all"
COUNTRY = "TH"
Counts = npt.NDArray[np.float64]


class NoDetections(RunFailed):
    """There is no hotspot of which the day is known."""


@dataclass(frozen=True)
class _Season:
    season: int
    first: date
    last: date

    @property
    def days(self) -> int:
        """29 February left out."""
        leap = leap_day(self.first)
        has_leap = leap is not None and leap <= self.last
        return (self.last - self.first).days + 1 - has_leap


@dataclass(frozen=True)
class _Table:
    """Detections by area, land use, season, satellite and week, the last of which is 29 February;
    `areas` are kinds and codes, `land_uses` begin with all together."""

    areas: Sequence[tuple[str, str]]
    land_uses: Sequence[str]
    satellites: Sequence[str]
    counts: Counts


def compute(run: AnalysisRun) -> str:
    """See `compare`."""
    return compare(run, datetime.now(UTC))


def compare(run: AnalysisRun, now: datetime) -> str:
    """Keeps what is compared as of the newest day that is over by `now`; of detections that are all
    gone, nothing. Raises NoDetections where there never was any."""
    with run.connection.cursor() as cursor:
        cursor.execute(sql.NEWEST_DAY, {"now": now})
        [(first, newest, simulated)] = cursor.fetchall()
        if newest is None:
            return _nothing(run, cursor)
        seasons = _seasons(newest, first)
        there = _there(cursor, seasons)
        table = _table(cursor, seasons)
        common = comparable(there, _of_country(table, seasons[0].season), seasons[0].season)
        source = DEMO if simulated else NAME
        rows = [(*row, METHOD, source, run.run_id) for row in _rows(seasons, there, table, common)]
        cursor.execute(sql.REPLACING.stage)
        execute_values(cursor, sql.REPLACING.fill, rows, page_size=1000)
        cursor.execute(sql.REPLACING.forget_changed)
        cursor.execute(sql.REPLACING.keep_new)
        changed = cursor.rowcount
    run.tally.read = run.tally.sound = len(rows)
    run.tally.inserted, run.tally.unchanged = changed, len(rows) - changed
    this = seasons[0]
    return (
        f"{NAME}: {this.first} to {this.last} beside {len(common.seasons)} of"
        f" {len(seasons) - 1} earlier seasons, by {', '.join(common.satellites) or 'no satellite'};"
        f" {changed:,} of {len(rows):,} rows are new or changed"
    )


def _nothing(run: AnalysisRun, cursor: Cursor) -> str:
    cursor.execute(sql.FORGET)
    run.tally.updated = cursor.rowcount
    if not cursor.rowcount:
        raise NoDetections(f"{NAME} needs hotspots of which the day is known")
    return f"{NAME}: no hotspots of a known day any more; {cursor.rowcount:,} rows are forgotten"


def _seasons(newest: date, known_from: date) -> list[_Season]:
    """This one to date and the same days of earlier ones that have any day known."""
    this, first, last = to_date(newest)
    found = [_Season(this, first, last)]
    for season in range(this - 1, this - 1 - EARLIER_SEASONS, -1):
        begun = season_days(season)[0]
        ended = same_day(last, last.year - this + season)
        if ended >= known_from:
            found.append(_Season(season, begun, ended))
    return found


def _values(seasons: Sequence[_Season]) -> dict[str, Any]:
    return {
        "seasons": [one.season for one in seasons],
        "firsts": [one.first for one in seasons],
        "lasts": [one.last for one in seasons],
        "leaps": [leap_day(one.first) for one in seasons],
        "week": WEEK,
    }


def _there(cursor: Cursor, seasons: Sequence[_Season]) -> dict[int, frozenset[str]]:
    """By season the satellites that were there all along."""
    cursor.execute(sql.SEEN, _values(seasons))
    length = {one.season: (one.last - one.first).days + 1 for one in seasons}
    found: dict[int, set[str]] = {one.season: set() for one in seasons}
    for season, satellite, seen in cursor:
        if was_there(seen, length[season]):
            found[season].add(satellite)
    return {season: frozenset(names) for season, names in found.items()}


def _table(cursor: Cursor, seasons: Sequence[_Season]) -> _Table:
    cursor.execute(sql.REGIONS)
    region_of = dict(cursor.fetchall())
    cursor.execute(sql.COUNTS, _values(seasons))
    rows = cursor.fetchall()
    columns = list(zip(*rows, strict=True)) or [()] * 6
    provinces, province = np.unique(np.array(columns[1], dtype=str), return_inverse=True)
    land_uses, land_use = np.unique(np.array(columns[2], dtype=str), return_inverse=True)
    satellites, satellite = np.unique(np.array(columns[3], dtype=str), return_inverse=True)
    season = np.searchsorted([-one.season for one in seasons], -np.array(columns[0], dtype=int))
    blocks = weeks(max(one.days for one in seasons))
    # What remains after the last whole week is of it; 29 February stands behind all.
    week = np.array([blocks if one is None else min(one, blocks - 1) for one in columns[4]], int)
    shape = (len(provinces), len(land_uses), len(seasons), len(satellites), blocks + 1)
    of_provinces = np.zeros(shape)
    where = (province, land_use, season, satellite, week)
    np.add.at(of_provinces, where, np.array(columns[5], dtype=float))
    regions = sorted({region_of.get(code, "") for code in provinces} - {""})
    sums = [
        of_provinces[[region_of.get(code) == region for code in provinces]].sum(axis=0)
        for region in regions
    ]
    counts = np.stack([of_provinces.sum(axis=0), *sums, *of_provinces])
    together = counts.sum(axis=1, keepdims=True)
    areas = [("country", COUNTRY), *(("region", one) for one in regions)]
    areas += [("province", str(code)) for code in provinces]
    names = [ALL, *map(str, land_uses)]
    return _Table(areas, names, list(map(str, satellites)), np.hstack([together, counts]))


def _of_country(table: _Table, season: int) -> Mapping[str, float]:
    """This season's detections by satellite."""
    if not table.satellites:
        return {}
    return dict(zip(table.satellites, table.counts[0, 0, 0].sum(axis=1).tolist(), strict=True))


def _rows(
    seasons: Sequence[_Season],
    there: Mapping[int, frozenset[str]],
    table: _Table,
    common: Comparable,
) -> Iterator[tuple[Any, ...]]:
    """Of each area and land use that has any detection, every season."""
    whole = table.counts.sum(axis=4)
    mine = np.isin(np.array(table.satellites, dtype=str), common.satellites)
    weekly = table.counts[:, :, :, mine, :-1].sum(axis=3)
    earlier = [number for number, one in enumerate(seasons) if one.season in common.seasons]
    for area, use in np.argwhere(whole.sum(axis=(2, 3)) > 0).tolist():
        compared = weekly[area, use]
        for number, one in enumerate(seasons):
            by_satellite = dict(
                zip(table.satellites, whole[area, use, number].tolist(), strict=True)
            )
            is_compared = number == 0 or number in earlier
            found = _against(compared, number, earlier) if is_compared and earlier else None
            yield (
                *(one.season, *table.areas[area], table.land_uses[use], seasons[0].season),
                *(one.first, one.last, int(sum(by_satellite.values()))),
                *(_listed(by_satellite), ", ".join(common.satellites)),
                int(compared[number].sum()) if is_compared else None,
                int(compared[0].sum()) if is_compared else None,
                *_changes(found),
                _abstained(one, there, found, is_compared=is_compared, is_alone=not earlier),
            )


def _against(weekly: Counts, number: int, earlier: Sequence[int]) -> Ratio | None:
    """This season against an earlier one; in its own row against the mean of them all."""
    base = weekly[earlier if number == 0 else [number]].mean(axis=0)
    return ratio(weekly[0].tolist(), base.tolist())


def _listed(of_satellites: Mapping[str, float]) -> str:
    return ", ".join(
        f"{name or 'unknown'} {int(count)}" for name, count in of_satellites.items() if count
    )


def _changes(found: Ratio | None) -> tuple[float | None, ...]:
    """The ratio and its bounds as changes in percent."""
    bounds = (found.value, found.low, found.high) if found else (None, None, None)
    return tuple(None if one is None else 100 * (one - 1) for one in bounds)


def _abstained(
    season: _Season,
    there: Mapping[int, frozenset[str]],
    found: Ratio | None,
    *,
    is_compared: bool,
    is_alone: bool,
) -> str | None:
    """Why a season is not compared, or without bounds."""
    if not is_compared:
        return "other_satellites" if there[season.season] else "partial"
    if is_alone:
        return "this_season"
    if found is None:
        return "few"
    return "few_weeks" if found.low is None else None
