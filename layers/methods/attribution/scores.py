"""How good answers are where the truth is known: in a simulated world."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.methods.attribution.answers import Answers
from layers.methods.attribution.pairs import Floats, Integers

_BINS = 10
_LEAST_PAIRS = 100
SURE = 0.8


@dataclass(frozen=True)
class Score:
    """`first` and `three`: of the answered complaints that a factory caused those whose factory is
    ranked first, or among the first three. `brier`: of shares and of "none", over that of a
    constant "none". `calibration`: mean gap between shares and truth over tenths of the share,
    weighted by pairs; `worst_bin` the largest with at least 100. `sure`: how many of the answered
    have a share of 0.8 or more, `sure_right` how many of these are right (NaN: there is none).
    `none` is the mean share of "none", `true_none` its truth, `largest` the largest share."""

    first: float
    three: float
    brier: float
    calibration: float
    worst_bin: float
    sure: float
    sure_right: float
    none: float
    true_none: float
    largest: float
    abstained: float


def score(answers: Answers, which: str, cause: Integers) -> Score:
    """Of `before`, `single` or `pooled`. `cause` is the factory's row number, −1 where none caused
    the complaint."""
    share: Floats = getattr(answers, which)
    none: Floats = getattr(answers, f"none_{which}")
    asked = answers.reason == None  # noqa: E711
    row, none, truth = answers.complaint, none[asked], cause[asked]
    place = np.cumsum(asked) - 1
    pair_row, right = place[row], answers.factory == cause[row]
    rank = _ranks(share, pair_row)
    best = np.full(len(none), np.iinfo(np.int64).max)
    best[pair_row[right]] = rank[right]
    caused = truth >= 0
    squares = np.bincount(pair_row, (share - right) ** 2, len(none)) + (none - ~caused) ** 2
    error, worst = _calibration(share, right)
    sure = share >= SURE
    return Score(
        float(np.mean(best[caused] == 0)),
        float(np.mean(best[caused] < 3)),
        float(squares.sum() / (2 * caused.sum())),
        error,
        worst,
        float(sure.sum() / len(none)),
        float(right[sure].mean()) if sure.any() else float("nan"),
        float(none.mean()),
        float(1 - caused.mean()),
        float(share.max(initial=0)),
        float(1 - asked.mean()),
    )


def _ranks(share: Floats, row: Integers) -> Integers:
    """0 for the largest share of each row."""
    order = np.lexsort((-share, row))
    ordered = row[order]
    first = np.searchsorted(ordered, ordered)
    rank = np.empty(len(row), dtype=np.int64)
    rank[order] = np.arange(len(row)) - first
    return rank


def _calibration(share: Floats, right: NDArray[np.bool_]) -> tuple[float, float]:
    place = np.minimum((share * _BINS).astype(np.int64), _BINS - 1)
    count = np.bincount(place, minlength=_BINS)
    gap = np.abs(np.bincount(place, share, _BINS) - np.bincount(place, right, _BINS))
    gaps = gap / np.maximum(count, 1)
    worst = gaps[count >= _LEAST_PAIRS].max(initial=0)
    return float((gaps * count).sum() / max(1, count.sum())), float(worst)
