"""LMDI-I: effects that add up to the change, their limits at 0, and who reports as one of them."""

from dataclasses import fields

import numpy as np
import pytest

from layers.methods.lmdi import Effects, Floats, Uses, decompose, effects_of_product
from layers.methods.lmdi import logarithmic_mean as mean

# Factory, sector, energy, MJ, tCO2e.
Rows = list[tuple[int, int, int, float, float]]
GRID_MJ = 3.6


def uses(rows: Rows, like: list[float] | None = None) -> Uses:
    table = np.array(rows, dtype=float).reshape(-1, 5)
    factory, sector, energy = table[:, :3].astype(np.int64).T
    mj, tco2e = table[:, 3:].T
    return Uses(factory, sector, energy, mj, tco2e, tco2e if like is None else np.array(like))


def effects(found: Effects) -> dict[str, float]:
    """Those that are not 0."""
    names = [one.name for one in fields(found) if one.type in (float, "float")]
    told = {name: getattr(found, name) for name in names if name not in ("before", "after")}
    return {name: value for name, value in told.items() if abs(value) > 1e-12}


def test_the_logarithmic_mean_lies_between_and_is_exact_where_both_are_equal() -> None:
    one = np.array([2.0, 5.0, 1.0, 0.0, 0.0])
    other = np.array([1.0, 5.0, 1 + 1e-13, 3.0, 0.0])

    found = mean(one, other)

    assert found == pytest.approx([1 / np.log(2), 5.0, 1.0, 0.0, 0.0], rel=1e-14)


def test_activity_structure_and_intensity_of_two_sectors_are_those_reckoned_by_hand() -> None:
    # Sector 1: output 10 to 40, energy 30 to 80; sector 2: output 40 and 40, energy 20 to 16.
    before = uses([(0, 0, 0, 30, 30), (1, 1, 0, 20, 20)])
    after = uses([(0, 0, 0, 80, 80), (1, 1, 0, 16, 16)])

    found = decompose(before, after, np.array([10.0, 40.0]), np.array([40.0, 40.0]))

    first, second = 50 / np.log(80 / 30), -4 / np.log(16 / 20)
    assert found.activity == pytest.approx((first + second) * np.log(80 / 50))
    assert found.structure == pytest.approx(first * np.log(0.5 / 0.2) + second * np.log(0.5 / 0.8))
    assert found.intensity == pytest.approx(first * np.log(2 / 3) + second * np.log(0.4 / 0.5))
    assert (found.after - found.before, set(effects(found))) == (
        46,
        {"activity", "structure", "intensity"},
    )


def test_more_of_everything_is_activity_alone() -> None:
    before = uses([(0, 0, 0, 10, 5), (1, 1, 1, 30, 6)])
    after = uses([(0, 0, 0, 15, 7.5), (1, 1, 1, 45, 9)])

    assert effects(decompose(before, after)) == {"activity": pytest.approx(5.5)}


def test_half_of_the_diesel_burnt_as_gas_is_the_energy_mix_alone() -> None:
    before = uses([(0, 0, 0, 100, 7.4), (0, 0, 1, 0, 0)])
    after = uses([(0, 0, 0, 50, 3.7), (0, 0, 1, 50, 2.8)])

    assert effects(decompose(before, after)) == {"energy_mix": pytest.approx(-0.9)}


def test_a_cleaner_grid_is_the_emission_factor_alone() -> None:
    before, after = uses([(0, 0, 0, GRID_MJ, 0.5)]), uses([(0, 0, 0, GRID_MJ, 0.4)])

    assert effects(decompose(before, after)) == {"emission_factor": pytest.approx(-0.1)}


def test_a_change_of_basis_is_no_change_of_the_emission_factor() -> None:
    # 1 MWh of Thai electricity before and in 2026: −5 % as published, +11 % like for like.
    before = uses([(0, 0, 0, GRID_MJ, 0.4999)])
    after = uses([(0, 0, 0, GRID_MJ, 0.4750)], like=[0.4750 + 0.0812])

    found = decompose(before, after)

    assert found.emission_factor > 0 > found.basis
    assert found.emission_factor + found.basis == pytest.approx(0.4750 - 0.4999)
    assert found.emission_factor == pytest.approx(
        float(mean(np.array([0.4750]), np.array([0.4999]))[0]) * np.log(0.5562 / 0.4999)
    )


def test_a_total_that_fell_because_fewer_reported_did_not_fall() -> None:
    before = uses([(0, 0, 0, 10, 5), (1, 0, 0, 80, 40)])
    after = uses([(0, 0, 0, 10, 5), (2, 0, 0, 20, 10)])

    found = decompose(before, after)

    assert effects(found) == {"reporters": pytest.approx(-30)}
    assert (found.reported_both, found.reported_before_only, found.reported_after_only) == (1, 1, 1)


def test_without_a_common_reporter_all_of_the_change_is_theirs() -> None:
    found = decompose(uses([(0, 0, 0, 10, 5)]), uses([(1, 0, 0, 10, 8)]))

    assert effects(found) == {"reporters": pytest.approx(3)}
    assert effects(decompose(uses([]), uses([(1, 0, 0, 10, 8)]))) == {"reporters": 8}


def test_a_sector_that_is_new_is_structure_and_one_that_ends_too() -> None:
    # Its mix and factor, shares of nothing before, are those that it has after.
    before = uses([(0, 0, 0, 100, 7), (0, 1, 1, 0, 0)])
    after = uses([(0, 0, 0, 100, 7), (0, 1, 1, 100, 9)])

    there, back = decompose(before, after), decompose(after, before)

    first = float(mean(np.array([7.0]), np.array([7.0]))[0])
    assert there.activity == pytest.approx(first * np.log(2))
    assert there.structure == pytest.approx(9 - first * np.log(2))
    assert (back.activity, back.structure) == pytest.approx((-there.activity, -there.structure))


LIMITS = [
    # Before and after of two quantities, and the effect of each (Ang and Liu 2007, table 1).
    ((0, 2), (3, 2), (6, 0)),
    ((3, 2), (0, 2), (-6, 0)),
    ((0, 2), (3, 5), (15, 0)),
    ((0, 0), (3, 2), (3, 3)),
    ((3, 2), (0, 0), (-3, -3)),
    ((0, 2), (0, 5), (0, 0)),
    ((0, 2), (3, 0), (0, 0)),
    ((0, 0), (0, 0), (0, 0)),
]


@pytest.mark.parametrize(("before", "after", "expected"), LIMITS)
def test_at_zero_the_effects_are_the_exact_limits(
    before: tuple[float, float], after: tuple[float, float], expected: tuple[float, float]
) -> None:
    found = effects_of_product(*(np.array(pair, float)[:, None] for pair in (before, after)))

    assert tuple(found) == expected


@pytest.mark.parametrize(("before", "after", "expected"), LIMITS)
def test_a_smaller_and_smaller_number_instead_of_zero_leads_to_those_limits(
    before: tuple[float, float], after: tuple[float, float], expected: tuple[float, float]
) -> None:
    def with_small(small: float) -> Floats:
        pairs = (np.array(pair, float)[:, None] for pair in (before, after))
        return effects_of_product(*(np.where(pair == 0, small, pair) for pair in pairs))

    # It does so slowly, as 1/ln δ: what is left is a seventh at 1e-140 of that at 1e-20.
    wrong = [np.abs(with_small(small) - expected).max() for small in (1e-20, 1e-140)]
    assert wrong[1] <= max(wrong[0] / 6, 1e-12)


def test_the_effects_leave_nothing_over_whatever_is_zero() -> None:
    draw = np.random.default_rng(13)
    worst = 0.0
    for _ in range(300):
        one, other = (_drawn(draw, int(draw.integers(1, 400))) for _ in range(2))
        found = decompose(one, other)
        worst = max(worst, abs(found.residual) / max(found.before, found.after))

    assert 0 < worst <= 1e-12


def test_forwards_and_backwards_are_the_same_with_the_sign_turned() -> None:
    draw = np.random.default_rng(7)
    one, other = _drawn(draw, 300), _drawn(draw, 300)

    there, back = decompose(one, other), decompose(other, one)

    for name in ("activity", "structure", "energy_mix", "reporters"):
        assert getattr(there, name) == pytest.approx(-getattr(back, name), rel=1e-9)


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="tco2e must be finite"):
        decompose(uses([(0, 0, 0, 1, float("nan"))]), uses([(0, 0, 0, 1, 1)]))
    with pytest.raises(ValueError, match="needs an energy_mj"):
        decompose(uses([(0, 0, 0, 0, 2)]), uses([(0, 0, 0, 1, 1)]))


@pytest.mark.parametrize("unknown", [0.0, float("nan")])
def test_a_sector_of_unknown_output_is_said_to_be_undetermined(unknown: float) -> None:
    before = uses([(0, 0, 0, 10, 5), (1, 1, 0, 40, 20)])
    after = uses([(0, 0, 0, 20, 10), (1, 1, 0, 50, 26)])

    found = decompose(before, after, np.array([1.0, 8.0]), np.array([2.0, unknown]))

    assert effects(found) == {"activity": pytest.approx(5), "undetermined": pytest.approx(6)}


def test_output_that_moves_to_the_dirtier_factory_is_structure() -> None:
    before = uses([(0, 0, 0, 10, 1), (1, 1, 1, 10, 4)])
    after = uses([(0, 0, 0, 5, 0.5), (1, 1, 1, 15, 6)])

    found = decompose(before, after, np.array([10.0, 10.0]), np.array([5.0, 15.0]))

    assert effects(found) == {"structure": pytest.approx(1.5)}


def _drawn(draw: np.random.Generator, count: int) -> Uses:
    """Uses over six orders of magnitude, of which a third is 0, as is a factor at times."""
    mj = 10 ** draw.uniform(0, 6, count) * (draw.random(count) > 0.33)
    tco2e = mj * draw.choice([0.0, 0.056, 0.074, 0.1], count) + 0.001
    factories, sectors, energies = (draw.integers(0, most, count) for most in (80, 6, 5))
    tco2e = np.where(mj > 0, tco2e, 0)
    return Uses(factories, sectors, energies, mj, tco2e, tco2e * draw.choice([1.0, 1.1], count))
