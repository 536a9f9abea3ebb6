"""Sums movements of waste by year, pair of provinces and hazard; publishes what tells of nobody.

A flow is published where neither those who sent nor those who received it are fewer than five or
dominated by one (`layers/methods/disclosure/rule.py`), each side by itself. A figure once published
is replaced only where the difference between the two tells of nobody either: where few factories
changed, the former figure stands. A load that can hardly be is in no sum.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from psycopg2.extras import execute_values

from geo_api.analyses import AnalysisRun
from geo_api.analyses import waste_flows_sql as sql
from geo_api.database.runs import RunFailed
from layers.methods.disclosure.rule import fault
from layers.methods.disclosure.table import changes

NAME = "waste_flows"
SIDES = ("generator", "receiver")

# Year, from and to by province code, and hazard; and of a cell and a side the tonnes by factory.
Cell = tuple[int, str, str, str]
Parts = dict[tuple[Any, ...], dict[str, float]]


class NoMovements(RunFailed):
    """No load has a generator and a receiver whose provinces are known."""


@dataclass
class _Flow:
    """The tonnes by factory of each side."""

    parts: dict[str, dict[str, float]] = field(default_factory=lambda: {side: {} for side in SIDES})

    @property
    def tonnes(self) -> float:
        return sum(self.parts["generator"].values())

    @property
    def publishable(self) -> bool:
        return not any(fault(_amounts(self.parts[side])) for side in SIDES)

    def tells_since(self, former: "_Flow") -> bool:
        """Whether the difference to a figure that was published tells of somebody."""
        return any(
            fault(moved)
            for side in SIDES
            for moved in changes(
                {(side,): _amounts(former.parts[side])}, {(side,): _amounts(self.parts[side])}
            ).values()
        )


def compute(run: AnalysisRun) -> str:
    """Publishes every flow anew, but those that stand. Raises NoMovements."""
    with run.connection.cursor() as cursor:
        cursor.execute(sql.FORGET_SIMULATED)
        cursor.execute(sql.PARTS)
        now = _flows(cursor.fetchall())
        cursor.execute(sql.PUBLISHED_PARTS)
        former = _flows(cursor.fetchall())
        if not now:
            raise NoMovements(f"{NAME} needs movements between factories that the register places")
        standing = {
            cell for cell in former.keys() & now.keys() if now[cell].tells_since(former[cell])
        }
        fresh = {cell: flow for cell, flow in now.items() if cell not in standing}
        cursor.execute(sql.FORGET, {"standing": [list(map(str, cell)) for cell in standing]})
        execute_values(cursor, sql.KEEP, [_row(cell, flow) for cell, flow in fresh.items()])
        execute_values(cursor, sql.KEEP_PARTS, list(_part_rows(fresh)))
        cursor.execute(sql.DRAW, {"run": run.run_id})
    shown = sum(flow.publishable for flow in fresh.values())
    run.tally.read = run.tally.sound = len(now)
    run.tally.inserted = len(fresh)
    return (
        f"{NAME}: {len(now):,} flows, {shown + len(standing):,} published, of which"
        f" {len(standing):,} stand as they were"
    )


def _flows(rows: Iterable[tuple[Any, ...]]) -> dict[Cell, _Flow]:
    flows: dict[Cell, _Flow] = {}
    for year, origin, destination, hazard, side, factory, tonnes in rows:
        flow = flows.setdefault((year, origin, destination, hazard), _Flow())
        flow.parts[side][factory] = tonnes
    return flows


def _amounts(tonnes: Mapping[str, float]) -> dict[str, Any]:
    return {factory: np.array([amount]) for factory, amount in tonnes.items()}


def _row(cell: Cell, flow: _Flow) -> tuple[Any, ...]:
    if not flow.publishable:
        return (*cell, None, None, None)
    return (*cell, flow.tonnes, *(len(flow.parts[side]) for side in SIDES))


def _part_rows(flows: Mapping[Cell, _Flow]) -> Iterable[tuple[Any, ...]]:
    """Of what was published alone: of the rest nothing can be told by a difference."""
    for cell, flow in flows.items():
        if flow.publishable:
            for side in SIDES:
                yield from ((*cell, side, *part) for part in flow.parts[side].items())
