"""LMDI-I: exact, in its limits too, and changed reporters are no progress."""

import numpy as np
import pytest

from layers.methods.lmdi import FACTORS, Year, decompose, log_mean


def year(*rows: tuple[str, float, tuple[float, ...], tuple[float, ...]]) -> Year:
    """Rows of factory, activity, energy and emission factor by kind."""
    energy = np.array([row[2] for row in rows], dtype=float)
    return Year(
        [row[0] for row in rows],
        np.array([row[1] for row in rows], dtype=float),
        energy,
        energy * np.array([row[3] for row in rows], dtype=float),
    )


def test_the_logarithmic_mean_has_its_limits() -> None:
    mean = log_mean(np.array([8.0, 5.0, 3.0, 0.0]), np.array([2.0, 5.0, 0.0, 0.0]))

    assert mean == pytest.approx([6 / np.log(4), 5, 0, 0])
    near = log_mean(np.array([1 + 1e-12]), np.array([1.0]))
    assert near[0] == pytest.approx(1 + 5e-13, rel=1e-15)


def test_each_factor_alone_is_told_as_itself() -> None:
    before = year(("a", 100, (50, 50), (2, 1)), ("b", 100, (50, 50), (2, 1)))
    changed = {
        "activity": year(("a", 200, (100, 100), (2, 1)), ("b", 200, (100, 100), (2, 1))),
        "intensity": year(("a", 100, (25, 25), (2, 1)), ("b", 100, (25, 25), (2, 1))),
        "energy_mix": year(("a", 100, (20, 80), (2, 1)), ("b", 100, (20, 80), (2, 1))),
        "emission_factor": year(("a", 100, (50, 50), (1, 1)), ("b", 100, (50, 50), (1, 1))),
    }

    for name, after in changed.items():
        effects = decompose(before, after)
        others = [getattr(effects, other) for other in FACTORS if other != name]
        assert getattr(effects, name) == pytest.approx(effects.total)
        assert others == pytest.approx([0, 0, 0, 0], abs=1e-12)


def test_activity_that_moves_to_the_dirtier_factory_is_structure() -> None:
    before = year(("clean", 100, (10,), (1,)), ("dirty", 100, (100,), (1,)))
    after = year(("clean", 50, (5,), (1,)), ("dirty", 150, (150,), (1,)))

    effects = decompose(before, after)

    assert effects.structure == pytest.approx(effects.total) and effects.total > 0


def test_a_fall_because_fewer_reported_is_told_as_reporters_alone() -> None:
    before = year(("a", 100, (50,), (2,)), ("b", 100, (70,), (2,)))
    after = year(("a", 100, (50,), (2,)))

    effects = decompose(before, after)

    assert (effects.total, effects.reporters) == (-140, -140)
    assert [getattr(effects, name) for name in FACTORS] == [0] * 5


def test_a_fuel_that_comes_or_goes_counts_for_the_mix() -> None:
    coal, gas = (100.0, 0.0), (0.0, 100.0)
    before, after = year(("a", 10, coal, (3, 2))), year(("a", 10, gas, (3, 2)))

    effects = decompose(before, after)

    assert (effects.total, effects.energy_mix) == (-100, -100)
    assert [getattr(effects, name) for name in FACTORS].count(0) == 4


def test_what_cannot_be_decomposed_is_said_to_be_so() -> None:
    before = year(("a", np.nan, (10,), (1,)), ("b", 10, (10,), (1,)))
    after = year(("a", 10, (20,), (1,)), ("b", 0, (5,), (1,)))

    effects = decompose(before, after)

    assert (effects.undetermined, effects.total) == (5, 5)


@pytest.mark.parametrize("seed", range(50))
def test_there_is_no_residual(seed: int) -> None:
    chance = np.random.default_rng(seed)

    def random_year() -> Year:
        count, kinds = 60, 5
        energy = chance.lognormal(3, 2, (count, kinds)) * (chance.random((count, kinds)) < 0.6)
        activity = chance.lognormal(4, 2, count)
        activity[chance.random(count) < 0.1] = np.nan
        names = chance.choice(80, count, replace=False)
        factors = chance.lognormal(0, 1, (count, kinds)) * (chance.random((count, kinds)) < 0.9)
        return Year([f"f{name}" for name in names], activity, energy, energy * factors)

    effects = decompose(random_year(), random_year())

    scale = max(abs(effects.total), *(abs(getattr(effects, name)) for name in FACTORS))
    assert abs(effects.residual) <= 1e-12 * scale


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (year(("a", 1, (1,), (1,))), year(("a", 1, (1, 1), (1, 1))), "same kinds of energy"),
        (
            Year(["a"], np.ones(1), np.zeros((1, 1)), np.ones((1, 1))),
            year(("a", 1, (1,), (1,))),
            "needs the energy",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(before: Year, after: Year, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        decompose(before, after)
