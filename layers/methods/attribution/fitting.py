"""What is learnt of all complaints together: how far, how wide, whose kind, and how often none.

Nothing says which complaint a factory caused. But if factories cause some, the wind at those blows
from them more often than it usually does. The likelihood of the winds, given the places,

    L = Π_i (Σ_j w_ij k_ij + n_i) / (Σ_j w_ij e_ij + n_i),

has k_ij the density of this wind if factory j is the cause, e_ij its mean over usual winds, w_ij
the weight of the pair (its distance, its kind and category) and n_i that of "none of these". Where
many complain but no wind points anywhere the denominator takes the weight from factories: "none"
follows from the contrast of directions and not from the density of complaints. Each group of
weights is multiplied by the ratio of its shares in the numerator and in the denominator, which
never lowers L (a minorise-maximise step: Jensen's inequality above, a tangent below; Hunter and
Lange, 2004, A tutorial on MM algorithms, The American Statistician 58).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from layers.methods.attribution import evidence as evidences
from layers.methods.attribution.evidence import COMPONENTS, LAGS_MIN, STRATA, WIDTHS_DEG
from layers.methods.attribution.pairs import Complaints, Factories, Floats, Integers, Pairs

Floats32 = NDArray[np.float32]

# Of ten reports one says nothing of the wind that carried what it is of: made late, or on a wrong
# date. Our assumption: contrast cannot tell such a report from one of no factory.
UNTOLD = 0.1
DISTANCES_M = (200.0, 400.0, 600.0, 900.0, 1_300.0, 1_800.0, 2_500.0)
_MIDDLES_M = np.array([100.0, 300, 500, 750, 1_100, 1_550, 2_150, 3_250])
# How much weight is given to what is held before any data, in pairs or complaints.
_PRIOR_DISTANCE, _PRIOR_KIND, _PRIOR_KERNEL, _PRIOR_NONE = 1.0, 50.0, 400.0, 20.0
_MASSES = 6
_ROUNDS, _STEPS = 10, 4
# By how much "none" is tried to be more or less after each round.
_FACTORS = np.array([0.5, 0.7, 0.85, 1.0, 1.2, 1.5, 2.0])


@dataclass(frozen=True)
class Vocabulary:
    """What weights are of: kinds, categories, and limits of candidate mass (how many factories
    there are, and how near)."""

    kinds: tuple[str, ...]
    categories: tuple[str, ...]
    masses: tuple[float, ...]


@dataclass(frozen=True)
class Weights:
    """Of distance classes, of kind × category, of "none" by candidate mass × category, and of the
    kernel's components by stratum. Only ratios of the first three mean something."""

    distance: Floats
    affinity: Floats
    none: Floats
    kernel: Floats


@dataclass(frozen=True)
class Model:
    """All that is learnt of a sample and needed to weigh another complaint."""

    vocabulary: Vocabulary
    weights: Weights


@dataclass(frozen=True)
class _Sample:
    """By pair: complaint, classes of distance and kind × category, and stratum; by component and
    pair the density and its usual mean; by complaint the class of "none"."""

    complaint: Integers
    distance: Integers
    affinity: Integers
    stratum: Integers
    density: Floats32
    usual: Floats32
    none: Integers


def fit(
    complaints: Complaints, factories: Factories, pairs: Pairs, usual: evidences.Usual
) -> Model:
    """The weights under which the winds of these complaints are likeliest, a little drawn to what
    is held before. Some thousands of complaints are enough."""
    mass = _mass(pairs)
    limits = np.quantile(mass, np.arange(1, _MASSES) / _MASSES) if len(mass) else np.zeros(0)
    known = Vocabulary(
        tuple(sorted(set(factories.kind.tolist()))),
        tuple(sorted(set(complaints.category.tolist()))),
        tuple(limits.tolist()),
    )
    weights = _first(known)
    if not len(pairs):
        return Model(known, weights)
    sample = _sample(known, complaints, factories, pairs, usual)
    for _ in range(_ROUNDS):
        k, e = _mixed(weights, sample)
        for _ in range(_STEPS):
            weights = _step(weights, sample, k, e)
        weights = _more_or_less_none(weights, sample, k, e)
        weights = replace(weights, kernel=_kernel(weights, sample, k, e))
    return Model(known, weights)


def weigh(
    model: Model, complaints: Complaints, factories: Factories, pairs: Pairs, usual: evidences.Usual
) -> tuple[Floats32, Floats32, Floats32, Floats]:
    """By pair the weight before the wind, with this wind, and with usual winds; by complaint that
    of "none"."""
    known, weights = model.vocabulary, model.weights
    distance, affinity, none = _classes(known, complaints, factories, pairs)
    weight: Floats32 = (weights.distance[distance] * weights.affinity[affinity]).astype(np.float32)
    found = evidences.evidence(complaints, pairs, usual)
    kernels = evidences.kernels()
    by_lag = weights.kernel.reshape(STRATA, len(LAGS_MIN), len(WIDTHS_DEG))
    tables = np.einsum("slw,wt->lst", by_lag, kernels).astype(np.float32) * (1 - UNTOLD)
    means = evidences.usual_kernels(usual).astype(np.float32)[:, found.row, found.bearing]
    untold = np.full(len(pairs), UNTOLD, dtype=np.float32)
    k, e = untold, untold.copy()
    for lag in range(len(LAGS_MIN)):
        k += tables[lag][found.stratum, found.turn[lag]]
        parts = by_lag[:, lag].astype(np.float32)[found.stratum].T * (1 - np.float32(UNTOLD))
        silent = found.turn[lag] == evidences.SILENT
        e += np.where(silent, parts.sum(axis=0), (parts * means).sum(axis=0))
    return weight, weight * k, weight * e, weights.none[none]


def _first(known: Vocabulary) -> Weights:
    """Before any data: nearer is likelier."""
    distance = np.exp(-_MIDDLES_M / 1_000) / _MIDDLES_M
    return Weights(
        distance / distance[3],
        np.ones(len(known.kinds) * len(known.categories)),
        np.full(_MASSES * len(known.categories), 4.0),
        np.full((STRATA, COMPONENTS), 1 / COMPONENTS),
    )


def _classes(
    known: Vocabulary, complaints: Complaints, factories: Factories, pairs: Pairs
) -> tuple[Integers, Integers, Integers]:
    category = _index(known.categories, complaints.category)
    kind = _index(known.kinds, factories.kind)
    affinity = kind[pairs.factory] * len(known.categories) + category[pairs.complaint]
    none = np.digitize(_mass(pairs), known.masses) * len(known.categories) + category
    return np.digitize(pairs.distance_m, DISTANCES_M).astype(np.int64), affinity, none


def _sample(
    known: Vocabulary,
    complaints: Complaints,
    factories: Factories,
    pairs: Pairs,
    usual: evidences.Usual,
) -> _Sample:
    distance, affinity, none = _classes(known, complaints, factories, pairs)
    found = evidences.evidence(complaints, pairs, usual)
    kernels = evidences.kernels().astype(np.float32)
    means = evidences.usual_kernels(usual).astype(np.float32)[:, found.row, found.bearing]
    lagged = [(lag, width) for lag in range(len(LAGS_MIN)) for width in range(len(WIDTHS_DEG))]
    density = np.stack([kernels[width][found.turn[lag]] for lag, width in lagged])
    silent = found.turn == evidences.SILENT
    mean = np.stack([np.where(silent[lag], np.float32(1), means[width]) for lag, width in lagged])
    return _Sample(
        pairs.complaint.astype(np.int64),
        distance,
        affinity,
        found.stratum.astype(np.int64),
        density,
        mean,
        none,
    )


def _mixed(weights: Weights, sample: _Sample) -> tuple[Floats, Floats]:
    """Density of each pair's wind and its usual mean."""
    share = weights.kernel[sample.stratum].T.astype(np.float32)
    told = [np.einsum("cp,cp->p", share, part) for part in (sample.density, sample.usual)]
    k, e = (UNTOLD + (1 - UNTOLD) * part.astype(np.float64) for part in told)
    return k, e


def _sides(
    weights: Weights, sample: _Sample, k: Floats, e: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """By pair the weight; by complaint that of "none", the numerator and the denominator."""
    weight = weights.distance[sample.distance] * weights.affinity[sample.affinity]
    none = weights.none[sample.none]
    top = np.bincount(sample.complaint, weight * k, len(none)) + none
    low = np.bincount(sample.complaint, weight * e, len(none)) + none
    return weight, none, top, low


def _step(weights: Weights, sample: _Sample, k: Floats, e: Floats) -> Weights:
    for name, prior in (("distance", _PRIOR_DISTANCE), ("affinity", _PRIOR_KIND)):
        weight, _, top, low = _sides(weights, sample, k, e)
        group, now = getattr(sample, name), getattr(weights, name)
        up = np.bincount(group, weight * k / top[sample.complaint], len(now))
        down = np.bincount(group, weight * e / low[sample.complaint], len(now))
        # Distances stay where they are without data, kinds are drawn to all being alike.
        held = down / now + prior if name == "affinity" else (down + prior) / now
        weights = replace(weights, **{name: (up + prior) / held})
    _, none, top, low = _sides(weights, sample, k, e)
    up = np.bincount(sample.none, none / top, len(weights.none))
    down = np.bincount(sample.none, none / low, len(weights.none))
    return replace(weights, none=weights.none * (up + _PRIOR_NONE) / (down + _PRIOR_NONE))


def _more_or_less_none(weights: Weights, sample: _Sample, k: Floats, e: Floats) -> Weights:
    """The likeliest of some multiples of "none", along which steps go slowly."""
    _, none, top, low = _sides(weights, sample, k, e)
    more = (_FACTORS[:, None] - 1) * none
    best = _FACTORS[np.log((top + more) / (low + more)).sum(axis=1).argmax()]
    return replace(weights, none=weights.none * best)


def _kernel(weights: Weights, sample: _Sample, k: Floats, e: Floats) -> Floats:
    """The components' shares by stratum, drawn to those of all strata."""
    weight, _, top, low = _sides(weights, sample, k, e)
    a, b = weight / top[sample.complaint], weight / low[sample.complaint]
    up, down = (
        np.stack([np.bincount(sample.stratum, side * part, STRATA) for part in parts], axis=1)
        for side, parts in ((a, sample.density), (b, sample.usual))
    )
    now = weights.kernel
    every = (now * up).sum(axis=0) / (now * up).sum()
    share = now * (now * up + _PRIOR_KERNEL * every) / (now * down + _PRIOR_KERNEL * now)
    normed: Floats = share / share.sum(axis=1, keepdims=True)
    return normed


def _index(known: tuple[str, ...], values: NDArray[np.object_]) -> Integers:
    place = {value: n for n, value in enumerate(known)}
    # What the sample had none of is taken for the first.
    return np.array([place.get(value, 0) for value in values.tolist()], dtype=np.int64)


def _mass(pairs: Pairs) -> Floats:
    weight: Floats = np.exp(-pairs.distance_m / 1_000) / (pairs.distance_m + 300)
    return np.asarray(np.bincount(pairs.complaint, weight, len(pairs.start) - 1), dtype=float)
