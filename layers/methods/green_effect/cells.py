"""Cells of a panel that each have a ratio of their own, joined where too few complaints tell it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layers.methods.green_effect.panel import Floats, Ints

# A cell without any complaint has no ratio, and one with two or three a wild one.
LEAST_COMPLAINTS = 10


@dataclass(frozen=True)
class Cells:
    """`of_row` is a row's cell, −1 of none; `bins` and `complaints` have an element for a cell."""

    of_row: Ints
    bins: Ints
    complaints: Floats


def cells(rows: Ints, bins: Ints, cohorts: Ints, complaints: Floats, length: int) -> Cells:
    """A cell for each bin and cohort, of those `rows` of a panel of some `length` to which the
    other columns belong."""
    cohorts = _shared(bins, cohorts, complaints)
    pairs, label = np.unique(np.stack([bins, cohorts]), axis=1, return_inverse=True)
    of_row = np.full(length, -1, dtype=np.int64)
    of_row[rows] = label
    return Cells(of_row, pairs[0], np.bincount(label, complaints, len(pairs[0])).astype(np.float64))


def joined(bins: Ints, complaints: Floats, centre: int) -> Ints:
    """The bins, of which one with too few complaints joins the next towards the centre."""
    bins = bins.copy()
    outside: Sequence[int] = [
        *range(int(bins.min(initial=centre)), centre),
        *range(int(bins.max(initial=centre)), centre, -1),
    ]
    for each in outside:
        within = bins == each
        if complaints[within].sum() < LEAST_COMPLAINTS:
            bins[within] += 1 if each < centre else -1
    return bins


def _shared(bins: Ints, cohorts: Ints, complaints: Floats) -> Ints:
    """The cohorts, of which one with too few complaints in a bin counts there as the largest."""
    cohorts = cohorts.copy()
    for each in np.unique(bins):
        within = bins == each
        names, label = np.unique(cohorts[within], return_inverse=True)
        sums = np.bincount(label, complaints[within])
        cohorts[within] = np.where(sums < LEAST_COMPLAINTS, names[sums.argmax()], names)[label]
    return cohorts
