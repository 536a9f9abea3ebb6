"""Hypercubes of cells through one cell, whose amounts can be altered together unnoticed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import product

import numpy as np
from numpy.typing import NDArray

from layers.methods.disclosure.rule import Floats

# A cell's place in the grid; the last of each dimension is its total.
Place = tuple[int, ...]


@dataclass(frozen=True)
class Found:
    """A hypercube that will do: what hiding it costs, and its other corners."""

    cost: float
    corners: tuple[Place, ...]


@dataclass(frozen=True)
class Slack:
    """By how much each cell can go down, 0 where it cannot be altered at all: as a corner that goes
    `along` with the cell in question, and as one that goes `against` it."""

    along: Floats
    against: Floats


def cheapest(cell: Place, up: bool, need: float, slack: Slack, cost: Floats) -> Found | None:
    """The hypercube of least cost by which `cell` can be moved up, or down, by `need`; None where
    there is none. A cost is infinite where a cell cannot be hidden."""
    total = np.zeros(())
    for flipped in product((False, True), repeat=len(cell)):
        if any(flipped):
            sign, at = _corner(cell, flipped, cost.shape)
            least = np.where(sign > 0, slack.along[at], slack.against[at])
            usable = np.where((sign > 0) == up, least > 0, least >= need)
            total = total + np.where(usable, cost[at], np.inf)
    for dimension, index in enumerate(cell):
        total[(slice(None),) * dimension + (index,)] = np.inf
    best = np.unravel_index(int(np.argmin(total)), total.shape)
    if not np.isfinite(total[best]):
        return None
    return Found(float(total[best]), tuple(_corners(cell, tuple(map(int, best)))))


def _corner(
    cell: Place, flipped: tuple[bool, ...], size: tuple[int, ...]
) -> tuple[NDArray[np.int8], tuple[slice, ...]]:
    """One corner of every hypercube at once: whether it goes with `cell` or against it, and where
    it is, in arrays that broadcast over the opposite corners."""
    signs, at = [np.ones((1,) * len(cell), dtype=np.int8)], []
    for dimension, (index, flip, length) in enumerate(zip(cell, flipped, size, strict=True)):
        at.append(slice(None) if flip else slice(index, index + 1))
        if flip:
            # Beside a code its total goes with it; another code goes against it.
            sign = np.full(length, 1 if index == length - 1 else -1, dtype=np.int8)
            sign[-1] = 1
            signs.append(sign.reshape([-1 if d == dimension else 1 for d in range(len(cell))]))
    return reduce(np.multiply, signs), tuple(at)


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
