"""Which heat is a works, and no fire: places that are hot again and again, all through the year.

A field or a forest burns on few days of the same few months; a kiln, a flare or a furnace is hot in
any. Detections are counted by cells of a grid, each with the eight around it, for a pixel's centre
is off by as much as its half: on how many days a block was hot, in how many calendar months, and
which share of those days lay outside of the four months in a row that had most. What is hot like
that beside works is industrial; without any near, or beside works without being hot like that, it
is uncertain. All else is presumed to burn. The limits are ours: none is published for Thailand.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

VEGETATION, UNCERTAIN, INDUSTRIAL_STATIC = "vegetation", "uncertain", "industrial_static"

# Cells of the grid to a degree: 434 m from south to north, 420 m from west to east in Thailand.
CELLS_A_DEGREE = 256
# A block is persistently hot with at least so many days, in so many of the twelve months, such a
# share of them out of its season, over so long a record.
LEAST_DAYS = 12
LEAST_MONTHS = 6
LEAST_OUT_OF_SEASON = 1 / 3
LEAST_SPAN_DAYS = 365
SEASON_MONTHS = 4
# So many days of the cell's own: a fire beside a works is in the block of it, but not on its spot.
LEAST_OWN_DAYS = 3
# Detections that standard processing of NASA itself calls static, from which on it is believed.
LEAST_TOLD_STATIC = 3
# From the middle of the cell to a works: the cell's half, a pixel's, and what a register is off by.
WORKS_WITHIN_M = 1000.0

METHOD = "recurrence in 3 x 3 cells of 1/256 degree, works within 1 km; version 1"

REASONS = ("persistent", "told_static", "no_works", "beside", "short_record", "seasonal")


@dataclass(frozen=True)
class Cells:
    """A row for each cell that was hot: `x` and `y` count cells eastwards and northwards from 0° E,
    0° N; `own_days` are those of the cell, all others those of its block: `days`, `months` of the
    twelve, `out_of_season` (0 to 1), `first` and `last` day."""

    x: Integers
    y: Integers
    own_days: Integers
    days: Integers
    months: Integers
    out_of_season: Floats
    first: Integers
    last: Integers


def cells_of(lon: Floats, lat: Floats) -> tuple[Integers, Integers]:
    """The cells in which places (degrees WGS 84) lie."""
    return (
        np.floor(np.asarray(lon) * CELLS_A_DEGREE).astype(np.int64),
        np.floor(np.asarray(lat) * CELLS_A_DEGREE).astype(np.int64),
    )


def recurrence(x: Integers, y: Integers, day: Integers) -> Cells:
    """How often each cell was hot; days are counted from 1970-01-01, in Thai time. Rows may repeat
    and their order means nothing."""
    if len(day) == 0:
        none = np.empty(0, np.int64)
        return Cells(none, none, none, none, none, np.empty(0), none, none)
    key = _key(np.asarray(x, np.int64), np.asarray(y, np.int64))
    known, of_row = np.unique(key, return_inverse=True)
    start = int(np.min(day))
    length = int(np.max(day)) - start + 1
    hot = np.unique(of_row * length + (np.asarray(day, np.int64) - start))
    cell, since = hot // length, hot % length
    own_days = np.bincount(cell, minlength=len(known))
    block, since = _of_blocks(known, cell, since, length)
    by_month = np.zeros((len(known), 12), np.int64)
    np.add.at(by_month, (block, _months(start + since)), 1)
    days = by_month.sum(axis=1)
    first, last = np.full(len(known), length), np.zeros(len(known), np.int64)
    np.minimum.at(first, block, since)
    np.maximum.at(last, block, since)
    x_known, y_known = _cell(known)
    return Cells(
        x_known,
        y_known,
        own_days,
        days,
        (by_month > 0).sum(axis=1),
        1 - _in_season(by_month) / days,
        first + start,
        last + start,
    )


def judged(
    cells: Cells, works_m: Floats, told_static: Integers
) -> tuple[NDArray[np.str_], NDArray[np.str_]]:
    """Of each cell the label and the reason for it, one of REASONS, empty for vegetation.
    `works_m` is how far the nearest works is, infinite where none is near; `told_static` how many
    detections NASA calls static."""
    is_long = cells.last - cells.first >= LEAST_SPAN_DAYS
    is_frequent = cells.days >= LEAST_DAYS
    is_spread = (cells.months >= LEAST_MONTHS) & (cells.out_of_season >= LEAST_OUT_OF_SEASON)
    is_told = told_static >= LEAST_TOLD_STATIC
    is_persistent = (is_long & is_frequent & is_spread) | is_told
    has_works = works_m <= WORKS_WITHIN_M
    is_spot = (cells.own_days >= LEAST_OWN_DAYS) | is_told
    reason = np.select(
        [
            is_persistent & ~has_works,
            is_persistent & ~is_spot,
            is_persistent & is_told,
            is_persistent,
            has_works & is_frequent & ~is_long,
            has_works & is_frequent,
        ],
        ["no_works", "beside", "told_static", "persistent", "short_record", "seasonal"],
        "",
    )
    is_static = np.isin(reason, ("persistent", "told_static"))
    label = np.where(is_static, INDUSTRIAL_STATIC, np.where(reason == "", VEGETATION, UNCERTAIN))
    return label, reason


def joined(x: Integers, y: Integers, label: NDArray[np.str_]) -> NDArray[np.intp]:
    """Of each cell the number of its place: cells of one label that touch, at corners too."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    count = len(x)
    if count == 0:
        return np.empty(0, np.intp)
    key = _key(np.asarray(x, np.int64), np.asarray(y, np.int64))
    order = np.argsort(key)
    sorted_key, sorted_label = key[order], np.asarray(label)[order]
    first, second = [], []
    for step in (1, _ROWS + 1, _ROWS + 2, _ROWS + 3):
        where = np.minimum(np.searchsorted(sorted_key, sorted_key + step), count - 1)
        touches = (sorted_key[where] == sorted_key + step) & (sorted_label[where] == sorted_label)
        first.append(order[np.flatnonzero(touches)])
        second.append(order[where[touches]])
    ends = np.concatenate(first), np.concatenate(second)
    graph = coo_array((np.ones(len(ends[0]), np.int8), ends), shape=(count, count))
    place: NDArray[np.intp] = connected_components(graph, directed=False)[1]
    return place


# Rows of cells from the south to the north pole, and around the earth.
_ROWS = 180 * CELLS_A_DEGREE


def _key(x: Integers, y: Integers) -> Integers:
    """A number of each cell, so that a sorted list of them finds neighbours."""
    return (x + 180 * CELLS_A_DEGREE) * (_ROWS + 2) + y + 90 * CELLS_A_DEGREE + 1


def _cell(key: Integers) -> tuple[Integers, Integers]:
    return (
        key // (_ROWS + 2) - 180 * CELLS_A_DEGREE,
        key % (_ROWS + 2) - 90 * CELLS_A_DEGREE - 1,
    )


def _of_blocks(
    known: Integers, cell: Integers, since: Integers, length: int
) -> tuple[Integers, Integers]:
    """The hot days of each block, each day once: of every cell those of the nine around it."""
    found = []
    for east in (-1, 0, 1):
        for north in (-1, 0, 1):
            beside = known[cell] + east * (_ROWS + 2) + north
            where = np.searchsorted(known, beside)
            is_known = known[np.minimum(where, len(known) - 1)] == beside
            found.append(where[is_known] * length + since[is_known])
    hot = np.unique(np.concatenate(found))
    return hot // length, hot % length


def _months(day: Integers) -> Integers:
    """The calendar month of each day, from 0."""
    months: Integers = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
    return months


def _in_season(by_month: Integers) -> Integers:
    """The most days that any months in a row have, as many as a season has; December goes on into
    January."""
    around = np.concatenate([by_month, by_month[:, : SEASON_MONTHS - 1]], axis=1)
    sums = np.lib.stride_tricks.sliding_window_view(around, SEASON_MONTHS, axis=1).sum(axis=2)
    most: Integers = sums.max(axis=1)
    return most
