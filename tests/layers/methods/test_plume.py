"""The plume: a textbook's example, and what follows from the formula for all values."""

from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.methods.plume import (
    Source,
    Stability,
    Terrain,
    briggs,
    concentration,
    diluted,
    turner_sigma_y,
)

CLASSES: tuple[Stability, ...] = get_args(Stability)
TERRAINS: tuple[Terrain, ...] = get_args(Terrain)
downwind = st.floats(100, 10_000)
sources = st.builds(Source, st.floats(0.01, 1000), st.floats(0, 200), st.floats(0.5, 20))


def test_the_textbooks_highest_concentration_is_found() -> None:
    source = Source(q_g_s=0.37, height_m=40, wind_m_s=2)

    sigma_y = turner_sigma_y(280, "B")

    assert sigma_y == pytest.approx(49.05, abs=0.01)
    assert diluted(source, sigma_y, 40 / np.sqrt(2), 0, 0) == pytest.approx(15.62, abs=0.005)


def test_briggs_spreads_and_the_concentration_by_them() -> None:
    sigma_y, sigma_z = briggs(1000, "D", "rural")

    assert [sigma_y, sigma_z] == pytest.approx([76.277, 37.947], abs=5e-4)
    told = concentration(Source(10, 50, 3), 1000, 0, 0, "D")
    assert told == pytest.approx(153.87, abs=0.005)


@pytest.mark.parametrize(
    ("stability", "terrain", "sigma_y", "sigma_z"),
    [
        ("A", "rural", 0.22 / np.sqrt(1.1), 0.20),
        ("B", "rural", 0.16 / np.sqrt(1.1), 0.12),
        ("C", "rural", 0.11 / np.sqrt(1.1), 0.08 / np.sqrt(1.2)),
        ("E", "rural", 0.06 / np.sqrt(1.1), 0.03 / 1.3),
        ("F", "rural", 0.04 / np.sqrt(1.1), 0.016 / 1.3),
        ("A", "urban", 0.32 / np.sqrt(1.4), 0.24 * np.sqrt(2)),
        ("B", "urban", 0.32 / np.sqrt(1.4), 0.24 * np.sqrt(2)),
        ("C", "urban", 0.22 / np.sqrt(1.4), 0.20),
        ("D", "urban", 0.16 / np.sqrt(1.4), 0.14 / np.sqrt(1.3)),
        ("E", "urban", 0.11 / np.sqrt(1.4), 0.08 / np.sqrt(2.5)),
        ("F", "urban", 0.11 / np.sqrt(1.4), 0.08 / np.sqrt(2.5)),
    ],
)
def test_each_class_has_its_spread(
    stability: Stability, terrain: Terrain, sigma_y: float, sigma_z: float
) -> None:
    told = briggs(1000, stability, terrain)

    assert list(told) == pytest.approx([1000 * sigma_y, 1000 * sigma_z])


@given(sources, downwind, st.floats(0, 3000), st.floats(0, 500), st.sampled_from(CLASSES))
def test_both_sides_of_the_axis_are_alike(
    source: Source, x: float, y: float, z: float, stability: Stability
) -> None:
    left, right = (concentration(source, x, side, z, stability) for side in (-y, y))

    assert left == right


@given(sources, downwind, st.floats(0, 3000), st.sampled_from(CLASSES), st.floats(0.1, 10))
def test_it_is_proportional_to_what_is_emitted_and_to_one_over_the_wind(
    source: Source, x: float, y: float, stability: Stability, factor: float
) -> None:
    told = concentration(source, x, y, 0, stability)
    more = Source(source.q_g_s * factor, source.height_m, source.wind_m_s)
    faster = Source(source.q_g_s, source.height_m, source.wind_m_s * (1 + factor))

    assert concentration(more, x, y, 0, stability) == pytest.approx(factor * told)
    assert concentration(faster, x, y, 0, stability) == pytest.approx(told / (1 + factor))


@given(sources, st.floats(-1e5, 0), st.sampled_from(CLASSES), st.sampled_from(TERRAINS))
def test_upwind_is_nothing(
    source: Source, x: float, stability: Stability, terrain: Terrain
) -> None:
    assert concentration(source, x, 0, 0, stability, terrain) == 0


@pytest.mark.parametrize("x_m", [99.9, 10_000.1])
def test_where_the_formula_does_not_hold_nothing_is_told(x_m: float) -> None:
    assert np.isnan(concentration(Source(1, 10, 2), x_m, 0, 0, "D"))


@pytest.mark.parametrize("stability", CLASSES)
@pytest.mark.parametrize("terrain", TERRAINS)
def test_all_that_is_emitted_passes_a_plane_downwind(
    stability: Stability, terrain: Terrain
) -> None:
    source = Source(10, 50, 3)
    sigma_y, sigma_z = briggs(2000, stability, terrain)
    y = np.linspace(-7, 7, 801) * sigma_y
    z = np.linspace(0, 50 + 7 * sigma_z, 1201)

    told = concentration(source, 2000, y[:, None], z[None, :], stability, terrain)

    through = np.trapezoid(np.trapezoid(told, z, axis=1), y) * source.wind_m_s
    assert through == pytest.approx(10e6, rel=1e-4)


def test_in_a_calm_there_is_no_plume() -> None:
    with pytest.raises(ValueError, match=r"needs a wind of 0\.5 m/s, got 0\.2 m/s"):
        concentration(Source(1, 10, 0.2), 500, 0, 0, "D")
