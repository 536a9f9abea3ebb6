"""Clusters in space and time: against scikit-learn's, in any order, at the limits."""

import numpy as np
import pytest

from layers.methods.clusters import (
    FIRE_WITHIN_M,
    FIRE_WITHIN_S,
    NOISE,
    Floats,
    Integers,
    fire_events,
    st_dbscan,
)
from layers.methods.ellipsoid import cartesian_m

datasets, cluster = (pytest.importorskip(f"sklearn.{name}") for name in ("datasets", "cluster"))


def blobs() -> Floats:
    """The points of scikit-learn's own example of DBSCAN, standardised as there."""
    points, _ = datasets.make_blobs(
        n_samples=750, centers=[[1, 1], [-1, -1], [1, -1]], cluster_std=0.4, random_state=0
    )
    standardised: Floats = (points - points.mean(axis=0)) / points.std(axis=0)
    return standardised


def groups(labels: Integers) -> set[frozenset[int]]:
    """Which points are together, whatever the numbers."""
    return {frozenset(np.flatnonzero(labels == one)) for one in set(labels) - {NOISE}}


def test_the_example_of_scikit_learn_has_its_three_clusters() -> None:
    x, y = blobs().T

    found = st_dbscan(x, y, np.zeros(750), 0.3, 1.0, 10)

    assert sorted(np.bincount(found.labels[found.labels >= 0])) == [243, 244, 245]
    assert (found.labels == NOISE).sum() == 18
    assert found.is_core.sum() == 679


def test_core_points_are_those_of_scikit_learn_and_together_as_there() -> None:
    points = blobs()
    theirs = cluster.DBSCAN(eps=0.3, min_samples=10).fit(points)

    x, y = points.T
    found = st_dbscan(x, y, np.zeros(750), 0.3, 1.0, 10)

    core = np.flatnonzero(found.is_core)
    assert list(core) == list(theirs.core_sample_indices_)
    assert groups(found.labels[core]) == groups(theirs.labels_[core])
    assert set(np.flatnonzero(found.labels == NOISE)) == set(np.flatnonzero(theirs.labels_ == -1))


def test_in_space_and_time_core_points_are_those_of_scikit_learn_on_the_same_neighbours() -> None:
    from scipy.sparse import csr_array

    rng = np.random.default_rng(4)
    x, y, t = rng.uniform(0, 12, (3, 900))
    apart = np.hypot(x[:, None] - x, y[:, None] - y)
    are_near = (apart <= 0.9) & (abs(t[:, None] - t) <= 1.5)
    distances = csr_array(np.where(are_near, apart + 1e-12, 0))
    theirs = cluster.DBSCAN(eps=1, min_samples=5, metric="precomputed").fit(distances)

    found = st_dbscan(x, y, t, 0.9, 1.5, 5)

    core = np.flatnonzero(found.is_core)
    assert list(core) == list(theirs.core_sample_indices_)
    assert groups(found.labels[core]) == groups(theirs.labels_[core])
    assert len(core) > 50 and len(groups(found.labels)) > 5


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("min_samples", [1, 4])
def test_another_order_changes_nothing_but_numbers(seed: int, min_samples: int) -> None:
    rng = np.random.default_rng(seed)
    # Whole numbers, so that many are equally near.
    x, y, t = rng.integers(0, 14, (3, 300)).astype(float)
    order = rng.permutation(300)

    one = st_dbscan(x, y, t, 1.0, 2.0, min_samples)
    other = st_dbscan(x[order], y[order], t[order], 1.0, 2.0, min_samples)

    assert {frozenset(order[list(group)]) for group in groups(other.labels)} == groups(one.labels)
    assert list(one.is_core[order]) == list(other.is_core)


def test_slices_of_the_time_join_up(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(9)
    x, y, t = rng.uniform(0, 30, (3, 2000))
    whole = st_dbscan(x, y, t, 1.5, 1.5, 1)

    monkeypatch.setattr("layers.methods.clusters._AT_ONCE", 37)

    assert list(st_dbscan(x, y, t, 1.5, 1.5, 1).labels) == list(whole.labels)


def test_limits_are_within_and_beyond_them_is_another_cluster() -> None:
    x = np.array([0.0, 700.0, 1400.001])
    t = np.array([0.0, 10.0, 20.0])

    assert list(st_dbscan(x, x * 0, t, 700, 10, 1).labels) == [0, 0, 1]
    assert list(st_dbscan(x * 0, x * 0, t, 700, 9.999, 1).labels) == [0, 1, 2]


def test_a_border_point_goes_to_its_nearest_core_point() -> None:
    left, right = np.linspace(0, 0.9, 10), np.linspace(2.3, 3.2, 10)
    x = np.concatenate([left, [1.5], right])  # 0.6 from the left one, 0.8 from the right one

    found = st_dbscan(x, x * 0, x * 0, 0.8, 1, 6)

    assert not found.is_core[10]
    assert list(found.labels) == [0] * 11 + [1] * 10


def test_nothing_has_no_clusters() -> None:
    none = np.empty(0)

    assert list(st_dbscan(none, none, none, 1, 1, 1).labels) == []


def test_straight_lines_are_as_long_as_geodesics() -> None:
    # ANCHORS 5.1: 15 N 101 E, 5,000 m due east.
    x, y, z = cartesian_m(np.array([101, 101.046489793]), np.array([15, 14.999995255])).T

    assert np.sqrt(np.diff(x) ** 2 + np.diff(y) ** 2 + np.diff(z) ** 2) == pytest.approx(
        5000, abs=1e-3
    )


def test_a_fire_goes_on_within_seven_hundred_metres_and_five_days() -> None:
    metre_north = 1 / 110_653.644  # degrees, 15 to 16 N: ANCHORS 5.1
    lat = 15.5 + np.array([0, 690, 1380, 2090]) * metre_north
    lon = np.full(4, 101.0)

    assert FIRE_WITHIN_M == 700 and FIRE_WITHIN_S == 432_000
    assert list(fire_events(lon, lat, np.array([0, 4.9, 9.8, 9.8]) * 86_400)) == [0, 0, 0, 1]
    assert list(fire_events(lon[:2], lat[:2], np.array([0, 5.01]) * 86_400)) == [0, 1]
