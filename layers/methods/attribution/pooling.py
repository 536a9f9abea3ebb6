"""How much each factory causes, learnt of complaints of other days than the one that is answered.

The likelihood of `fitting`, with an intensity of each factory in its weight, gamma distributed:
most cause little, a few much. Of a gamma distribution exp(E log) stands above, where few complaints
are no proof, and E below (variational Bayes). An intensity differs by the time of day, as factories
work in shifts, but is drawn to the factory's own.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layers.methods.attribution.pairs import Floats, Integers

Floats32 = NDArray[np.float32]

FOLDS = 10
# Thai hours at which a time of day begins: night until 6, day until 18, evening until 23.
_TIMES_FROM = (6, 18, 23)
_TIMES = 3
# Shapes of the gamma distributions: of factories, and of a factory's times of day around it.
_SHAPE, _SHAPE_TIME = 0.15, 30.0
_STEPS, _STEPS_OF_ALL = 30, 8
# Factories below this intensity after the first steps are not followed farther.
_FOLLOWED = 0.05


@dataclass(frozen=True)
class Weighed:
    """Complaints (rows) and factories within reach: those of row i are `start[i]:start[i + 1]`,
    with their weight before the wind, in this wind, and in usual winds; `none`, `day` and `time` (0
    to 2) by row."""

    start: Integers
    factory: NDArray[np.int32]
    before: Floats32
    top: Floats32
    low: Floats32
    none: Floats
    day: Integers
    time: Integers

    @property
    def complaint(self) -> Integers:
        """The row of each pair."""
        return np.repeat(np.arange(len(self.none)), np.diff(self.start))


def time_of_day(local_hour: Integers) -> Integers:
    """0 night, 1 day, 2 evening, by the Thai hour."""
    return np.digitize(local_hour, _TIMES_FROM) % _TIMES


def fold_of(day: Integers) -> Integers:
    """The fold of a day: all complaints of a day are in one."""
    return (day * 40503 % 65536) * 40503 % 65536 * FOLDS // 65536


def intensities(of: Weighed, factories: int) -> tuple[Floats32, Floats]:
    """(intensity by pair, factor of "none" by complaint), of the complaints of the other folds
    alone: no complaint of a day has a part in what answers that day's."""
    if not len(of.none) or not factories:
        return np.ones(len(of.factory), dtype=np.float32), np.ones(len(of.none))
    column = of.factory.astype(np.int64) * _TIMES + np.repeat(of.time, np.diff(of.start))
    fold = fold_of(of.day)
    lam, rest = _learnt(of, column, fold, factories)
    return lam[column, np.repeat(fold, np.diff(of.start))], rest[fold]


def _learnt(
    of: Weighed, column: Integers, fold: Integers, factories: int
) -> tuple[Floats32, Floats]:
    """(factories × times, folds) and (folds)."""
    top, low = _matrix(of, column, of.top, factories), _matrix(of, column, of.low, factories)
    teaches = np.arange(FOLDS) != fold[:, None]
    geo = np.ones((factories * _TIMES, FOLDS), dtype=np.float32)
    lam, rest = geo.copy(), np.ones(FOLDS)
    quiet_top = quiet_low = np.zeros((1, FOLDS), dtype=np.float32)
    followed, moves = np.arange(factories * _TIMES), np.ones((1, FOLDS), dtype=bool)
    for step in range(_STEPS):
        if step == _STEPS_OF_ALL:
            # By fold: what is followed in one must not tell another what its own days say.
            loud = np.repeat(lam.reshape(-1, _TIMES, FOLDS).max(axis=1) > _FOLLOWED, _TIMES, axis=0)
            followed, quiet = (np.flatnonzero(some) for some in (loud.any(1), ~loud.any(1)))
            quiet_top, quiet_low = top[:, quiet] @ geo[quiet], low[:, quiet] @ lam[quiet]
            top, low, moves = top[:, followed], low[:, followed], loud[followed]
        none = of.none[:, None] * rest
        above = top @ geo[followed] + quiet_top + none
        below = low @ lam[followed] + quiet_low + none
        up = geo[followed] * (top.T @ (teaches / above).astype(np.float32))
        down = low.T @ (teaches / below).astype(np.float32)
        for now, drawn in zip((geo, lam), _drawn(up, down), strict=True):
            now[followed] = np.where(moves, drawn, now[followed])
        rest = rest * _ratio(teaches * none / above, teaches * none / below)
    return lam, rest


def _ratio(above: Floats, below: Floats) -> Floats:
    # One complaint more on either side: without any the factor stays.
    ratio: Floats = (1 + above.sum(axis=0)) / (1 + below.sum(axis=0))
    return ratio


def _matrix(of: Weighed, column: Integers, weight: Floats32, factories: int) -> Any:
    from scipy.sparse import csr_matrix

    shape = (len(of.none), factories * _TIMES)
    return csr_matrix((weight, column.astype(np.int32), of.start), shape=shape)


def _drawn(up: Floats, down: Floats) -> tuple[Floats, Floats]:
    """(exp E log, E) of factories' times of day, rows of one factory side by side."""
    from scipy.special import digamma

    up, down = (part.reshape(-1, _TIMES, FOLDS) for part in (up, down))
    shape = _SHAPE + up.sum(axis=1)
    rate = _SHAPE + down.sum(axis=1)
    geo, mean = np.exp(digamma(shape)) / rate, shape / rate
    times = [
        (_SHAPE_TIME + up) / (_SHAPE_TIME / np.maximum(own, 1e-12)[:, None] + down)
        for own in (geo, mean)
    ]
    geo, mean = (part.reshape(-1, FOLDS) for part in times)
    return geo, mean
