"""Hypercubes of cells through one cell, whose amounts can be altered together unnoticed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from layers.methods.disclosure.rule import Floats

# A cell's place in the grid; the last of each dimension is its total.
Place = tuple[int, ...]

# Less than any amount: what has no slack cannot be altered either way.
_TINY = 1e-300


@dataclass(frozen=True)
class Found:
    """Cells that will do: what hiding them costs, the other corners of their hypercube, and which
    share of the alteration each of these takes at most."""

    cost: float
    corners: tuple[Place, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Slack:
    """By how much each cell can go down, 0 where it cannot be altered at all: as a corner that goes
    `along` with the cell in question, and as one that goes `against` it."""

    along: Floats
    against: Floats


def cheapest(cell: Place, above: float, below: float, slack: Slack, cost: Floats) -> Found | None:
    """The hypercube of least cost by which `cell` can go up by `above` and down by `below`; None
    where there is none. A cost is infinite where a cell cannot be hidden."""
    # Corners that go along with the cell go down where it does, the others where it goes up.
    usable_along = np.where(slack.along >= max(below, _TINY), cost, np.inf)
    usable_against = np.where(slack.against >= max(above, _TINY), cost, np.inf)
    total = np.zeros(())
    for flipped in product((False, True), repeat=len(cell)):
        if any(flipped):
            at = tuple(
                slice(None) if flip else slice(index, index + 1)
                for flip, index in zip(flipped, cell, strict=True)
            )
            goes_along = _goes_along(_are_totals(cell, cost.shape), flipped, cost.shape)
            total = total + np.where(goes_along, usable_along[at], usable_against[at])
    for dimension, index in enumerate(cell):
        total[(slice(None),) * dimension + (index,)] = np.inf
    best = np.unravel_index(int(np.argmin(total)), total.shape)
    if not np.isfinite(total[best]):
        return None
    corners = tuple(_corners(cell, tuple(map(int, best))))
    return Found(float(total[best]), corners, (1.0,) * len(corners))


def cheapest_spread(
    cell: Place, above: float, below: float, slack: Slack, cost: Floats
) -> Found | None:
    """Of a table of two dimensions, of which cells of codes are hidden anyway: as `cheapest`, for
    the total of one code, with that of another. The alteration is spread over the cells below
    them, so that none has to be as large as all of it: it is a sum of hypercubes that share the two
    totals and nothing else."""
    if len(cell) != 2 or sum(_are_totals(cell, cost.shape)) != 1:
        return None
    turned = cell[0] == cost.shape[0] - 1
    along, against, price = (
        each.T if turned else each for each in (slack.along, slack.against, cost)
    )
    code = cell[1] if turned else cell[0]
    # It cannot go down by more than there is, which everybody knows.
    below = min(below, float(along[code, -1]) * (1 - 1e-9))
    # Cells below the total and below each other one: those that can be altered, in pairs.
    hidden = price[:-1, :-1] == 0
    pairs = hidden & hidden[code] & (along[code, :-1] >= _TINY) & (against[:-1, :-1] >= _TINY)
    up = np.where(pairs, np.minimum(against[:-1, :-1], max(above, _TINY)), 0.0)
    down = np.where(pairs, np.minimum(along[code, :-1], max(below, _TINY)), 0.0)
    enough = (up.sum(axis=1) >= max(above, _TINY)) & (down.sum(axis=1) >= max(below, _TINY))
    whole = np.where(enough & (against[:-1, -1] >= max(above, _TINY)), price[:-1, -1], np.inf)
    whole[code] = np.inf
    other = int(np.argmin(whole))
    if not np.isfinite(whole[other]):
        return None
    part = np.maximum(up[other] / up[other].sum(), down[other] / down[other].sum())
    below_both = [(row, int(n)) for n in np.flatnonzero(pairs[other]) for row in (code, other)]
    places = [(other, cost.shape[0 if turned else 1] - 1), *below_both]
    shares = (1.0, *(float(part[n]) for _, n in below_both))
    corners = tuple((n, row) if turned else (row, n) for row, n in places)
    return Found(float(whole[other]), corners, shares)


def altered(cell: Place, by: float, slack: Slack, hidden: NDArray[np.bool_]) -> Found | None:
    """How `cell` can go up and down by `by` with `hidden` cells alone, if it can."""
    if min(slack.along[cell], slack.against[cell]) < max(by, _TINY):
        return None
    cost = np.where(hidden, 0.0, np.inf)
    return cheapest(cell, by, by, slack, cost) or cheapest_spread(cell, by, by, slack, cost)


def _are_totals(cell: Place, size: Place) -> tuple[bool, ...]:
    return tuple(index == length - 1 for index, length in zip(cell, size, strict=True))


@lru_cache(maxsize=1024)
def _goes_along(
    are_totals: tuple[bool, ...], flipped: tuple[bool, ...], size: Place
) -> NDArray[np.bool_]:
    """Of one corner of every hypercube at once, in an array that broadcasts over the opposite
    corners: beside a code its total goes along with it, and another code goes against it."""
    sign = np.ones((1,) * len(size), dtype=np.int8)
    for dimension, length in enumerate(size):
        if flipped[dimension] and not are_totals[dimension]:
            line = np.full(length, -1, dtype=np.int8)
            line[-1] = 1
            sign = sign * line.reshape([-1 if d == dimension else 1 for d in range(len(size))])
    return sign > 0


def _corners(cell: Place, opposite: Place) -> Iterator[Place]:
    for corner in product(*zip(cell, opposite, strict=True)):
        if corner != cell:
            yield corner


def slab(cell: Place, size: tuple[int, ...]) -> Iterator[Place]:
    """Cells that, all hidden, allow `cell` any amount: it and its totals, and where it is a total
    itself, all that it is the sum of, which then grow and shrink in proportion."""
    return product(
        *(
            range(length) if index == length - 1 else (index, length - 1)
            for index, length in zip(cell, size, strict=True)
        )
    )
