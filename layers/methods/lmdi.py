"""Why a total changed between two periods: the additive LMDI-I decomposition.

What a cell emits (a sector's use of one energy) is a product of quantities, so that a change of the
total is a sum of one effect each, without residual:

    tCO2e = activity × structure × intensity × energy mix × emission factor × basis

with Q the activity of all, Q_i of a sector, E energy and C tCO2e: Q, Q_i/Q, E_i/Q_i, E_ij/E_i,
C*_ij/E_ij and C_ij/C*_ij, where C* is what the same use emits by factors of the base's basis. An
effect is L(C⁰, C¹)·ln(x¹/x⁰) summed over cells, L(a, b) = (a − b)/ln(a/b) (Ang 2005, Energy Policy
33, 867–871; Ang 2015, Energy Policy 86, 233–238). Where a quantity is 0 the limits are exact (Ang
and Liu 2007, Energy Policy 35, 238–246), no small number in its stead: Wood and Lenzen (2006,
Energy Policy 34, 1326–1331) show what errors that makes.

Only factories that report in both periods can be compared. What others add or take away is an
effect of its own, `reporters`: a total that fell because fewer reported did not fall. The change of
sectors that use energy and whose output is not known, or 0, is `undetermined`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
# Energy, tCO2e and the same like for like, by sector and energy.
Table = tuple[Floats, Floats, Floats]


@dataclass(frozen=True)
class Uses:
    """One period's uses of energy, an element each: by `factory`, `sector` and `energy`, labels
    from 0 that mean the same in both periods. `energy_mj` is in one unit for all energies.
    `like_for_like_tco2e` is what the use emits by factors of the base period's basis: as `tco2e`
    where nothing breaks."""

    factory: Labels
    sector: Labels
    energy: Labels
    energy_mj: Floats
    tco2e: Floats
    like_for_like_tco2e: Floats


@dataclass(frozen=True)
class Effects:
    """What each quantity added to the total, in tCO2e; `before` + all of them = `after`."""

    before: float
    after: float
    activity: float
    structure: float
    intensity: float
    energy_mix: float
    emission_factor: float
    basis: float
    reporters: float
    undetermined: float
    reported_both: int
    reported_before_only: int
    reported_after_only: int

    @property
    def residual(self) -> float:
        """What the effects leave unexplained: rounding alone."""
        told = (self.activity, self.structure, self.intensity, self.energy_mix)
        effects = (*told, self.emission_factor, self.basis, self.reporters, self.undetermined)
        return self.after - self.before - sum(effects)


def decompose(
    before: Uses,
    after: Uses,
    output_before: Floats | None = None,
    output_after: Floats | None = None,
) -> Effects:
    """The effects between two periods; ValueError where a use is negative or none.

    Output by sector, of the factories that report in both periods and in one unit, is the activity
    where both are given, NaN where it is not known; else energy is, and the intensity has no
    effect. With a factory as a sector, structure is that of factories.
    """
    _check(before, after)
    one, other = np.unique(before.factory), np.unique(after.factory)
    both = np.intersect1d(one, other)
    shape = _shape(before, after)
    tables = [_tables(uses, np.isin(uses.factory, both), shape) for uses in (before, after)]
    if output_before is None or output_after is None:
        output_before, output_after = (table[0].sum(axis=1) for table in tables)
    known = _known(tables[0][0], output_before) & _known(tables[1][0], output_after)
    activity, structure, intensity, energy_mix, factor, basis = _effects(
        _quantities(tables[0], output_before, known), _quantities(tables[1], output_after, known)
    ).tolist()
    first, last = float(before.tco2e.sum()), float(after.tco2e.sum())
    return Effects(
        before=first,
        after=last,
        activity=activity,
        structure=structure,
        intensity=intensity,
        energy_mix=energy_mix,
        emission_factor=factor,
        basis=basis,
        reporters=(last - float(tables[1][1].sum())) - (first - float(tables[0][1].sum())),
        undetermined=float((tables[1][1][~known]).sum() - (tables[0][1][~known]).sum()),
        reported_both=len(both),
        reported_before_only=len(one) - len(both),
        reported_after_only=len(other) - len(both),
    )


def effects_of_product(before: Floats, after: Floats) -> Floats:
    """Of quantities (rows) whose product is a cell's value (columns), what each adds to the change
    of the sum over cells. NaN is a share of nothing: it takes the value of the other period.

    A quantity that comes out of 0, or goes there, has the whole change of its cell; of several at
    once each has an equal part (Ang and Liu 2007, with one δ for all). A cell that is 0 in both
    periods has no effect.
    """
    before, after = _filled(before, after), _filled(after, before)
    value_before, value_after = before.prod(axis=0), after.prod(axis=0)
    change = value_after - value_before
    smooth = np.asarray((before > 0).all(axis=0) & (after > 0).all(axis=0))
    ratios = np.log(np.where(smooth, after, 1) / np.where(smooth, before, 1))
    weights = _logarithmic_mean(value_after, value_before, smooth)
    # One is 0 in one period alone; in the other the whole cell is not, or nothing changes.
    crossing = (before == 0) != (after == 0)
    parts = np.where(crossing, 1.0, 0.0) / np.maximum(crossing.sum(axis=0), 1)
    return np.asarray(np.where(smooth, weights * ratios, change * parts).sum(axis=1))


def logarithmic_mean(one: Floats, other: Floats) -> Floats:
    """(a − b)/ln(a/b), which is a where a = b, and 0 where either is 0."""
    return _logarithmic_mean(one, other, (one > 0) & (other > 0))


def _logarithmic_mean(one: Floats, other: Floats, positive: NDArray[np.bool_]) -> Floats:
    a, b = np.where(positive, one, 1.0), np.where(positive, other, 1.0)
    x = np.log(a / b)
    # Near a = b the difference of the logarithms loses its digits: there a − b = b·(eˣ − 1).
    means = b * np.divide(np.expm1(x), x, out=np.ones_like(x), where=x != 0)
    return np.asarray(np.where(positive, means, 0.0))


def _effects(before: Floats, after: Floats) -> Floats:
    return effects_of_product(before.reshape(len(before), -1), after.reshape(len(after), -1))


def _known(energy_mj: Floats, output: Floats) -> NDArray[np.bool_]:
    """The sectors of which the energy can be told by output."""
    return np.asarray((output > 0) | ((output == 0) & (energy_mj.sum(axis=1) == 0)))


def _quantities(table: Table, output: Floats, known: NDArray[np.bool_]) -> Floats:
    """The six quantities of each sector and energy, of sectors that are `known`."""
    energy_mj, tco2e, like = (column[known] for column in table)
    output, sectors = output[known], energy_mj.sum(axis=1)
    activity = np.broadcast_to(output.sum(), energy_mj.shape)
    structure = np.broadcast_to(_share(output, output.sum())[:, None], energy_mj.shape)
    intensity = np.broadcast_to(_share(sectors, output)[:, None], energy_mj.shape)
    mix = _share(energy_mj, sectors[:, None])
    return np.stack(
        [activity, structure, intensity, mix, _share(like, energy_mj), _share(tco2e, like)]
    )


def _share(part: Floats, whole: Floats | np.float64) -> Floats:
    """NaN of nothing."""
    whole = np.broadcast_to(whole, part.shape)
    shares: Floats = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole != 0)
    return shares


def _filled(quantities: Floats, others: Floats) -> Floats:
    """Where neither period knows a share, the quantity plays no part."""
    filled = np.where(np.isnan(quantities), others, quantities)
    return np.where(np.isnan(filled), 1.0, filled)


def _tables(uses: Uses, of: NDArray[np.bool_], shape: tuple[int, int]) -> Table:
    """Of the uses chosen."""
    cells = np.ravel_multi_index((uses.sector[of], uses.energy[of]), shape)
    columns = (uses.energy_mj, uses.tco2e, uses.like_for_like_tco2e)
    many = shape[0] * shape[1]
    energy, tco2e, like = (
        np.bincount(cells, column[of], many).astype(float).reshape(shape) for column in columns
    )
    return energy, tco2e, like


def _shape(*periods: Uses) -> tuple[int, int]:
    sectors, energies = (
        1 + max(int(labels.max(initial=-1)) for labels in column)
        for column in zip(*((uses.sector, uses.energy) for uses in periods), strict=True)
    )
    return max(sectors, 1), max(energies, 1)


def _check(*periods: Uses) -> None:
    names: Sequence[str] = ("energy_mj", "tco2e", "like_for_like_tco2e")
    for uses in periods:
        for name in names:
            values: Floats = getattr(uses, name)
            if not (np.isfinite(values).all() and (values >= 0).all()):
                raise ValueError(f"{name} must be finite and not negative: leave out what is none")
        nothing = (uses.energy_mj == 0) | (uses.like_for_like_tco2e == 0)
        if (uses.tco2e[nothing] > 0).any():
            raise ValueError("tco2e needs an energy_mj and a like_for_like_tco2e that are not 0")
