"""Why emissions changed between two years: additive LMDI-I, exact, with who reports told apart.

A factory's emission by an energy is C = Q · S · I · M · F: the activity of all, its share of that,
its energy by activity, the energy's share of its energy, and what the energy emits. Additive
LMDI-I (Ang, Energy Policy 33, 2005, 867–871) gives to each factor x the sum over factories and
energies of L(C₁, C₀) · ln(x₁ / x₀), where L is the logarithmic mean; they add up to the change
without residual. Zeros take their analytic limits (Ang and Liu, Energy Policy 35, 2007, 238–246): a
term that appears or vanishes counts for the factors that were or became zero, in equal parts. What
is undefined where no energy was used, its share or its emission, is that of the other year.

A factory that returned in one of the years alone is no change of any factor: it is told as
`reporters`. One whose activity is not known, or zero, in one of the years can be decomposed no
further: `undetermined`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
FACTORS = ("activity", "structure", "intensity", "energy_mix", "emission_factor")


@dataclass(frozen=True)
class Year:
    """What factories returned for a year: their names, `activity` by factory in one unit for all,
    NaN where it is not known; `energy` in one unit, and `emission` in t CO2e, by factory and kind
    of energy, 0 where none was used. Both years of a comparison have the same kinds, in one order.
    """

    factories: Sequence[str]
    activity: Array
    energy: Array
    emission: Array


@dataclass(frozen=True)
class Effects:
    """Parts of a change in t CO2e, which add up to `total`."""

    activity: float
    structure: float
    intensity: float
    energy_mix: float
    emission_factor: float
    reporters: float
    undetermined: float
    total: float

    @property
    def residual(self) -> float:
        """What the parts leave over: rounding alone."""
        parts = [*(getattr(self, name) for name in FACTORS), self.reporters, self.undetermined]
        return self.total - float(np.sum(parts))


def log_mean(after: Array, before: Array) -> Array:
    """(a − b) / ln(a / b), a where both are equal, 0 where one of them is 0."""
    some = (after > 0) & (before > 0)
    a, b = np.where(some, after, 1.0), np.where(some, before, 1.0)
    # By the difference in relation to b, which keeps its digits where a and b are nearly equal.
    relative = (a - b) / b
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(relative == 0, a, b * relative / np.log1p(relative))
    return np.where(some, mean, 0.0)


def decompose(before: Year, after: Year) -> Effects:
    """The change from the one year to the other. Raises ValueError where the years have other kinds
    of energy, or an emission without its energy."""
    if before.energy.shape[1] != after.energy.shape[1]:
        raise ValueError("both years need the same kinds of energy")
    for year in (before, after):
        if np.any((year.emission > 0) & (year.energy <= 0)):
            raise ValueError("an emission needs the energy that it comes from")
    old, new = _common(before, after)
    known = (old.activity > 0) & (new.activity > 0)
    total = float(after.emission.sum() - before.emission.sum())
    of_common = float(new.emission.sum() - old.emission.sum())
    unknown = float(new.emission[~known].sum() - old.emission[~known].sum())
    effects = _effects(_chosen(old, known), _chosen(new, known))
    return Effects(
        **dict(zip(FACTORS, effects, strict=True)),
        reporters=total - of_common,
        undetermined=unknown,
        total=total,
    )


def _common(before: Year, after: Year) -> tuple[Year, Year]:
    """The factories of both years, in one order."""
    places = {name: place for place, name in enumerate(after.factories)}
    pairs = [(n, places[name]) for n, name in enumerate(before.factories) if name in places]
    old, new = (np.array([pair[side] for pair in pairs], dtype=int) for side in (0, 1))
    return _chosen(before, old), _chosen(after, new)


def _chosen(year: Year, which: npt.NDArray[Any]) -> Year:
    names = np.array(year.factories, dtype=object)[which]
    return Year(tuple(names), year.activity[which], year.energy[which], year.emission[which])


def _effects(old: Year, new: Year) -> list[float]:
    """Of FACTORS, in their order."""
    if not len(old.factories):
        return [0.0] * len(FACTORS)
    weight = log_mean(new.emission, old.emission)
    appeared = (new.emission > 0) & (old.emission <= 0)
    vanished = (new.emission <= 0) & (old.emission > 0)
    change = np.where(appeared, new.emission, 0.0) - np.where(vanished, old.emission, 0.0)
    factors = list(zip(_factors(old, new), _factors(new, old), strict=True))
    # Of a term that appears or vanishes: which factors were zero where it was.
    zero = [(appeared & (first <= 0)) | (vanished & (last <= 0)) for first, last in factors]
    shares = np.maximum(1, np.sum(zero, axis=0))
    found = []
    for (first, last), gone in zip(factors, zero, strict=True):
        both = (weight > 0) & (first > 0) & (last > 0)
        ratio = np.where(both, last, 1.0) / np.where(both, first, 1.0)
        found.append(float((weight * np.log(ratio)).sum() + (change * gone / shares).sum()))
    return found


def _factors(year: Year, other: Year) -> list[Array]:
    """Q, S, I, M and F, each by factory and energy."""
    shape = year.energy.shape
    energy = year.energy.sum(axis=1)
    of_activity = (
        np.full(len(energy), year.activity.sum()),
        year.activity / year.activity.sum(),
        energy / year.activity,
    )
    mix = np.where(energy[:, None] > 0, _mix(year), _mix(other))
    emitted = np.where(year.energy > 0, _emitted(year), _emitted(other))
    return [*(np.broadcast_to(one[:, None], shape) for one in of_activity), mix, emitted]


def _mix(year: Year) -> Array:
    """Each energy's share of a factory's, 0 where it used none."""
    total = np.broadcast_to(year.energy.sum(axis=1)[:, None], year.energy.shape)
    share: Array = np.divide(year.energy, total, out=np.zeros(total.shape), where=total > 0)
    return share


def _emitted(year: Year) -> Array:
    """t CO2e by unit of energy, 0 where none was used."""
    out = np.zeros(year.energy.shape)
    factor: Array = np.divide(year.emission, year.energy, out=out, where=year.energy > 0)
    return factor
