"""Sums movements of waste by year, pair of provinces and hazard; publishes what tells of nobody.

Flows and what each province sends and receives in all are one table of a year and hazard, guarded
together from the side of those who sent and of those who received (`layers/methods/disclosure`).
A vintage is fixed: the next one replaces a figure only where the difference between the two tells
of nobody, and elsewhere the former figure stands. A load that can hardly be is in no sum.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from psycopg2.extensions import cursor as Cursor

from geo_api.analyses import AnalysisRun
from geo_api.analyses import waste_flows_sql as sql
from geo_api.analyses.editions.waste import SIDES, Key, Sides, keep_editions, kept_editions
from geo_api.database.runs import RunFailed
from layers.methods.disclosure.sides import may_be_told, publish_sides
from layers.methods.disclosure.table import TOTAL, Return, Table

NAME = "waste_flows"
_METHOD = "sums of loads, p % rule from both sides; version 1"
# Grams: what sums of floats are off by is no change of a load.
_DIGITS = 6


class NoMovements(RunFailed):
    """No load has a generator and a receiver whose provinces are known."""


@dataclass(frozen=True)
class _Now:
    """By year and hazard the returns of each side."""

    provinces: tuple[str, ...]
    returns: Mapping[Key, Mapping[str, Sequence[Return]]] = field(default_factory=dict)

    def tables(self, key: Key) -> list[Table]:
        """Of no returns where all were withdrawn."""
        sides = self.returns.get(key, {})
        dimensions = (self.provinces, self.provinces)
        return [Table(dimensions, ("tonnes",), tuple(sides.get(side, ()))) for side in SIDES]


def compute(run: AnalysisRun) -> str:
    """Publishes the years that changed for enough factories. Raises NoMovements."""
    with run.connection.cursor() as cursor:
        cursor.execute(sql.LOCK)
        cursor.execute(sql.FORGET_SIMULATED)
        now = _now(cursor)
        if not now.returns:
            raise NoMovements(f"{NAME} needs movements between factories that the register places")
        cursor.execute(sql.STATE)
        [(last, simulated)] = cursor.fetchall()
        before = kept_editions(cursor, now.provinces)
        made = {
            key: publish_sides(now.tables(key), str(last + 1), before.get(key, ()))
            for key in sorted(now.returns.keys() | before.keys())
            if key not in before or may_be_told(before[key][-1], now.tables(key))
        }
        keep_editions(cursor, last + 1, made, simulated=simulated)
        for statement in (sql.FORGET, sql.KEEP, sql.KEEP_TOTALS, sql.DRAW):
            told = {"vintage": last + 1, "total": TOTAL, "run": run.run_id, "method": _METHOD}
            cursor.execute(statement, told)
    run.tally.read = run.tally.sound = _flows(_newest(before, made))[0]
    run.tally.inserted = _flows(made)[0]
    return _told(before, made)


def _now(cursor: Cursor) -> _Now:
    cursor.execute(sql.PROVINCES, {"total": TOTAL})
    provinces = tuple(code for (code,) in cursor.fetchall())
    found: dict[Key, dict[str, list[Return]]] = defaultdict(lambda: defaultdict(list))
    cursor.execute(sql.PARTS)
    for year, origin, destination, hazard, side, factory, tonnes in cursor:
        amounts = (round(tonnes, _DIGITS),)
        found[year, hazard][side].append(Return(factory, (origin, destination), amounts))
    return _Now(provinces, found)


def _newest(before: Mapping[Key, Sequence[Sides]], made: Mapping[Key, Sides]) -> dict[Key, Sides]:
    return {key: vintages[-1] for key, vintages in before.items()} | dict(made)


def _flows(editions: Mapping[Any, Sides]) -> tuple[int, int]:
    """How many flows there are, and how many of them are told."""
    figures = [
        figure
        for edition, *_ in editions.values()
        for cell, figure in edition.publication.figures.items()
        if TOTAL not in cell and figure.reporters != 0
    ]
    return len(figures), sum(not figure.is_hidden for figure in figures)


def _told(before: Mapping[Key, Sequence[Sides]], made: Mapping[Key, Sides]) -> str:
    flows, told = _flows(_newest(before, made))
    return f"{NAME}: {flows:,} flows, {told:,} published; new {_listed(made) or 'none'}"


def _listed(keys: Iterable[Key]) -> str:
    return ", ".join(f"{year} {hazard}" for year, hazard in sorted(keys))
