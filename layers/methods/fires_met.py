"""How many fires the air met on its way to a place, and whether more than on other days.

Along the backward trajectories (`trajectory`) of a day's air the satellites' detections are counted
that lay within WITHIN_M of it and within WITHIN_H of its passing. The same ways are then laid
through the fires of other days at the same hours, the placebos: where the season burns everywhere,
or a place lies always downwind of the same fields, they meet as many. p = (1 + placebos that met as
many or more) / (1 + placebos), Phipson and Smyth (2010). It is an association: it says that the air
passed where it burned, not that smoke arrived, nor how much.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from layers.methods import ellipsoid
from layers.methods.trajectory import Grid, Paths
from layers.methods.wind import Floats, Integers

# All our choice. How near and how long before or after the air's passing a detection counts:
# satellites pass some eight times a day, and a field burns for an hour or two.
WITHIN_M, WITHIN_H = 20_000.0, 3
# How far back, and the shorter time that is told too.
BACK_H, SHORT_H = 72, 24
# Hours before the end of a day at which its air is followed, and in how many members.
ARRIVALS_H = tuple(range(0, 24, 3))
MEMBERS = 20
# Days between a day and its placebos: so many that they share none of its fires, on both sides as
# long as the later ones are not yet there, else on the earlier side alone.
SHIFTS = tuple(range(4, 18))
BOTH_SIDES = tuple(sorted((*SHIFTS, *(-shift for shift in SHIFTS))))
EARLIER = tuple(range(-31, -3))
# Below this a comparison's p is called more than on other days; of so many placebos the least p is
# 1/29. In a rising season earlier days are less alike: beside them alone it is provisional.
ALPHA = 0.05

Counts = NDArray[np.uint16]


@dataclass(frozen=True)
class FireHours:
    """Detections around each cell and hour, (cells + 1, 24, days): those near its middle, in place
    and time; of the last cell, which is nowhere, none. Hours are counted from the first day's."""

    grid: Grid
    around: Counts


@dataclass(frozen=True)
class Window:
    """Detections around the air in a mean hour of so many back, of n days: in the fires of the day,
    (n,) and by member (n, m), and in those of the placebos, (n, placebos); NaN where no hour of the
    way is known."""

    fires: Floats
    members: Floats
    placebos: Floats


@dataclass(frozen=True)
class Met:
    """Of n days: the last BACK_H, the last SHORT_H, and how many hours of BACK_H are known on
    average, (n,)."""

    long: Window
    short: Window
    told_h: Floats


def fire_hours(grid: Grid, days: int, cell: Integers, hour: Integers, count: Integers) -> FireHours:
    """Of detections by cell (row × columns + column; a cell lies around its node) and hour since
    the first day began."""
    hours = days * 24
    seen = np.zeros((grid.rows, grid.columns, hours), np.uint16)
    np.add.at(seen.reshape(-1), cell * hours + hour, count.astype(np.uint16))
    lasting, around = np.zeros_like(seen), np.zeros_like(seen)
    for later in range(-WITHIN_H, WITHIN_H + 1):
        to, of = _overlap(hours, later)
        lasting[..., to] += seen[..., of]
    for north, east in _within(grid):
        rows, columns = _overlap(grid.rows, north), _overlap(grid.columns, east)
        around[rows[0], columns[0]] += lasting[rows[1], columns[1]]
    by_hour = around.reshape(-1, days, 24).transpose(0, 2, 1)
    nowhere = np.zeros((1, 24, days), np.uint16)
    return FireHours(grid, np.concatenate([by_hour, nowhere]))


def met(fires: FireHours, paths: Paths, last_hour: Integers, shifts: Sequence[int]) -> Met:
    """`paths` are of n days × arrivals (n · a, m, BACK_H + 1), their ends the hours `last_hour`
    (n · a,), counted as those of `fires`, which must reach the days of all `shifts`."""
    cell = _cells(fires.grid, paths)
    hour = np.maximum(last_hour[:, None, None] - np.arange(BACK_H), 0)
    first = min(*shifts, 0)
    windows = sliding_window_view(fires.around, max(*shifts, 0) - first + 1, axis=2)
    seen = windows[cell, hour % 24, hour // 24 + first]
    told = cell < len(fires.around) - 1
    others = np.asarray(shifts) - first

    def within(hours: int) -> Window:
        """By day and member the sums over arrivals and hours."""
        shape = (-1, len(ARRIVALS_H), cell.shape[1], hours)
        total = seen[:, :, :hours].reshape(*shape, seen.shape[3]).sum((1, 3), dtype=np.float64)
        known = told[:, :, :hours].reshape(shape).sum((1, 3)).astype(float)
        every = _ratio(total.sum(1), known.sum(1)[:, None])
        return Window(every[:, -first], _ratio(total[..., -first], known), every[:, others])

    told_h = told.sum(axis=2).reshape(-1, len(ARRIVALS_H) * cell.shape[1]).mean(axis=1)
    return Met(within(BACK_H), within(SHORT_H), told_h)


def chance(actual: Floats, placebos: Floats) -> Floats:
    """p of each of n days, (n,), beside its placebos, (n, k)."""
    as_many = (placebos >= actual[:, None]).sum(axis=1)
    p: Floats = (1 + as_many) / (1 + placebos.shape[1])
    return p


def _ratio(total: Floats, known: Floats) -> Floats:
    ratio: Floats = total / np.where(known > 0, known, np.nan)
    return ratio


def _cells(grid: Grid, paths: Paths) -> Integers:
    """The cell of each hour of the ways, without the arrival; one past the last where unknown."""
    lon, lat = paths.lon[..., 1:], paths.lat[..., 1:]
    column, row = (
        np.nan_to_num(np.round((degrees - first) / grid.step), nan=-1).astype(np.int64)
        for degrees, first in ((lon, grid.west), (lat, grid.south))
    )
    inside = (column >= 0) & (column < grid.columns) & (row >= 0) & (row < grid.rows)
    return np.where(inside, row * grid.columns + column, grid.columns * grid.rows)


def _within(grid: Grid) -> list[tuple[int, int]]:
    """The cells, north and east of one in the middle of the grid, within WITHIN_M of it."""
    middle = np.array(grid.south + grid.step * grid.rows / 2)
    of_lon, of_lat = ellipsoid.metres_per_degree(middle)
    most = int(WITHIN_M / (grid.step * min(of_lon, of_lat))) + 1
    steps = range(-most, most + 1)
    east_m, north_m = grid.step * of_lon, grid.step * of_lat
    near: list[tuple[int, int]] = [
        (north, east)
        for north in steps
        for east in steps
        if np.hypot(north * north_m, east * east_m) <= WITHIN_M
    ]
    return near


def _overlap(length: int, shift: int) -> tuple[slice, slice]:
    """Of two equal rows of cells, one of which is shifted, the parts that lie upon each other."""
    inner = length - abs(shift)
    return slice(max(-shift, 0), max(-shift, 0) + inner), slice(
        max(shift, 0), max(shift, 0) + inner
    )
