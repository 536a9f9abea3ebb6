"""Chance alone: how often certificates dealt out at random would look as good."""

import numpy as np

from layers.methods.green_effect.panel import Floats, Ints, Panel

DEALS = 1999
SEED = 20260101
MOST_ROUNDS = 500
CLOSE = 1e-6


def permutation_p(panel: Panel, deals: int = DEALS, seed: int = SEED) -> float:
    """The share of deals with a difference as large as the one observed, which counts as a deal.

    Months of certification are dealt anew among the units of a stratum. The difference is that of
    complaints after certification to what units, provinces and strata have in each month without
    any effect, as a share of it: exact where certificates could have gone to any of the stratum.
    """
    expected = fitted(panel)
    months = np.unique(panel.month, return_inverse=True)[1]
    shape = (int(panel.unit.max()) + 1, int(months.max()) + 1)
    tails = [_tails(panel.unit, months, each, shape) for each in (panel.complaints, expected)]
    stratum, certified = np.zeros(shape[0], dtype=np.int64), np.full(shape[0], shape[1])
    stratum[panel.unit] = panel.stratum
    starts = panel.month[panel.certified] - panel.since[panel.certified] - panel.month.min()
    certified[panel.unit[panel.certified]] = np.minimum(starts, shape[1])
    random = np.random.default_rng(seed)
    observed = _difference(tails, certified)
    dealt = [_difference(tails, _dealt(certified, stratum, random)) for _ in range(deals)]
    as_large = np.abs(dealt) >= abs(observed) * (1 - 1e-9)
    return float((1 + as_large.sum()) / (1 + deals))


def fitted(panel: Panel) -> Floats:
    """Complaints as units, province × month and stratum × month have them without any effect: the
    Poisson regression, by iterative proportional fitting."""
    sides = (panel.unit, panel.province_month, panel.stratum_month)
    sums = [np.bincount(side, panel.complaints) for side in sides]
    expected = np.ones(len(panel.unit))
    for _ in range(MOST_ROUNDS):
        before = expected
        for side, wanted in zip(sides, sums, strict=True):
            have = np.bincount(side, expected)
            expected = (
                expected * np.divide(wanted, have, out=np.zeros(len(have)), where=have > 0)[side]
            )
        if np.abs(expected - before).max() < CLOSE:
            break
    return expected


def _tails(unit: Ints, month: Ints, values: Floats, shape: tuple[int, int]) -> Floats:
    """By unit and month the sum from there on; after the last month it is 0."""
    table = np.zeros((shape[0], shape[1] + 1))
    table[unit, month] = values
    return np.asarray(table[:, ::-1].cumsum(axis=1)[:, ::-1])


def _difference(tails: list[Floats], certified: Ints) -> float:
    told, expected = (table[np.arange(len(certified)), certified].sum() for table in tails)
    return float(told / expected - 1) if expected > 0 else 0.0


def _dealt(certified: Ints, stratum: Ints, random: np.random.Generator) -> Ints:
    """Shuffled within each stratum."""
    dealt = certified.copy()
    for each in np.unique(stratum):
        within = stratum == each
        dealt[within] = random.permutation(certified[within])
    return dealt
