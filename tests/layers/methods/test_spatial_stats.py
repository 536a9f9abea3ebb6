"""Statistics of places against esda's published values, scipy, and what they promise."""

from pathlib import Path

import geopandas
import libpysal
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from layers.methods.spatial_stats import (
    ALL_EQUAL,
    NO_NEIGHBOURS,
    Neighbours,
    discoveries,
    hot_spots,
    moran,
    touching,
    within,
)

EXAMPLES = Path(libpysal.__file__).parent / "examples"
PLACES = ((10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30))
VALUES = (2, 3, 3.2, 5, 8, 7)
ROOKS = [(n, n + 1) for n in range(9) if n % 3 < 2] + [(n, n + 3) for n in range(6)]
amounts = st.lists(st.floats(-1e6, 1e6).map(lambda x: round(x, 3)), min_size=9, max_size=9)


def test_gi_star_is_the_published_one() -> None:
    told = hot_spots(VALUES, within(PLACES, 15))

    published = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    assert told.z == pytest.approx(published, abs=1e-8)
    assert told.p == pytest.approx(2 * norm.sf(np.abs(published)), abs=1e-8)
    assert told.reason is None


def test_morans_i_of_the_lattice_is_the_published_one() -> None:
    binary = moran(range(1, 10), touching(ROOKS, 9))
    by_row = moran(range(1, 10), touching(ROOKS, 9), row_standardised=True)

    told = [binary.i, binary.expected, binary.variance]
    assert told == pytest.approx([0.5, -0.125, 0.0596875])
    assert by_row.i == pytest.approx(0.555556, abs=5e-7)


@pytest.mark.parametrize(
    ("example", "table", "column", "i", "p_one_sided"),
    [
        ("stl/stl.gal", "stl/stl_hom.shp", "HR8893", 0.24365583, 0.00013574),
        ("sids2/sids2.gal", "sids2/sids2.shp", "SIDR74", 0.24772519, 5.7917e-05),
    ],
)
def test_morans_i_of_counties_is_the_published_one(
    example: str, table: str, column: str, i: float, p_one_sided: float
) -> None:
    values = geopandas.read_file(EXAMPLES / table)[column].to_numpy(dtype=float)

    neighbours = gal(EXAMPLES / example)

    told = moran(values, neighbours, row_standardised=True)

    assert told.i == pytest.approx(i, abs=5e-9)
    # Published by the assumption of a normal distribution; ours, by randomisation, is lower.
    z = (told.i - told.expected) / np.sqrt(normal_variance(neighbours))
    assert norm.sf(z) == pytest.approx(p_one_sided, rel=1e-4)
    assert told.p / 2 < p_one_sided


def normal_variance(neighbours: Neighbours) -> float:
    """Of Moran's I with weights of 1 / number of neighbours: Cliff and Ord (1981)."""
    n = len(neighbours.of)
    weights = np.zeros((n, n))
    for row, of in enumerate(neighbours.of):
        weights[row, list(of)] = 1 / len(of)
    s0, s1 = weights.sum(), ((weights + weights.T) ** 2).sum() / 2
    s2 = ((weights.sum(axis=0) + weights.sum(axis=1)) ** 2).sum()
    of_square = (n**2 * s1 - n * s2 + 3 * s0**2) / ((n**2 - 1) * s0**2)
    return float(of_square - 1 / (n - 1) ** 2)


def gal(path: Path) -> Neighbours:
    """Of a file of GeoDa: after a head, an id with the number of its neighbours, and their ids."""
    _, *lines = path.read_text().splitlines()
    ids = [line.split()[0] for line in lines[::2]]
    position = {id: n for n, id in enumerate(ids)}
    return Neighbours(tuple(tuple(position[id] for id in line.split()) for line in lines[1::2]))


def test_where_all_values_are_equal_nothing_is_defined_and_it_says_so() -> None:
    told, overall = hot_spots([0.1] * 9, touching(ROOKS, 9)), moran([7] * 9, touching(ROOKS, 9))

    assert np.isnan(told.z).all() and np.isnan(told.p).all()
    assert np.isnan([overall.i, overall.z, overall.p]).all()
    assert told.reason == overall.reason == ALL_EQUAL


def test_where_none_has_a_neighbour_nothing_is_defined_and_it_says_so() -> None:
    alone = within([(n * 100, 0) for n in range(7)], 50)

    assert hot_spots(range(7), alone).reason == moran(range(7), alone).reason == NO_NEIGHBOURS


def test_a_place_beside_all_others_has_no_z_and_the_others_have() -> None:
    star = touching([(0, n) for n in range(1, 9)], 9)

    told = hot_spots(range(9), star)

    assert np.isnan(told.z[0]) and np.isfinite(told.z[1:]).all()


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ([1, 2, 3], "3 values for 9 places"),
        ([1, 2, np.nan, 4, 5, 6, 7, 8, 9], "1 have none"),
    ],
)
def test_values_that_do_not_fit_the_places_are_refused(values: list[float], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        hot_spots(values, touching(ROOKS, 9))


def test_of_few_places_nothing_is_told() -> None:
    with pytest.raises(ValueError, match="needs 6 places, got 5"):
        moran(range(5), touching([(0, 1)], 5))


def test_neighbours_are_within_the_distance_and_never_the_place_itself() -> None:
    assert within([(0, 0), (3, 4), (3, 4.1)], 5).of == ((1,), (0, 2), (1,))
    assert touching([(0, 1), (1, 0), (2, 2)], 3).of == ((1,), (0,), ())


@given(amounts, st.floats(-1e3, 1e3), st.floats(0.01, 100))
def test_neither_statistic_depends_on_the_unit_or_on_what_is_added(
    values: list[float], added: float, factor: float
) -> None:
    neighbours = touching(ROOKS, 9)
    changed = [added + factor * x for x in values]
    one, other = hot_spots(values, neighbours), hot_spots(changed, neighbours)

    if one.reason is None and np.ptp(values) > 1e-3:
        assert other.z == pytest.approx(one.z, abs=1e-5)
        assert moran(changed, neighbours).i == pytest.approx(moran(values, neighbours).i, abs=1e-5)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60), st.sampled_from([0.05, 0.1]))
def test_what_is_believed_are_the_lowest_of_which_the_limit_says_so(
    p: list[float], rate: float
) -> None:
    lowest = sorted(p)
    most = max((n for n, x in enumerate(lowest, 1) if x * len(p) / n <= rate), default=0)

    believed = discoveries(p, rate)

    assert sorted(np.array(p)[believed].tolist()) == lowest[:most]


def test_what_is_not_told_is_not_believed() -> None:
    assert discoveries([np.nan, 1e-9], 0.05).tolist() == [False, True]
    assert discoveries([np.nan], 0.05).tolist() == [False]
