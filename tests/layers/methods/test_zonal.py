"""Zonal means: against an integral over many points of the polygon, and what follows by hand."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon, box

from layers.methods.zonal import Floats, Lattice, Zones

LATTICE = Lattice(west=100.0, north=15.0, width=0.5, height=0.5, columns=6, rows=5)


def values(seed: int, missing: float = 0.0) -> Floats:
    draw = np.random.default_rng(seed)
    found = draw.uniform(5, 90, (LATTICE.rows, LATTICE.columns))
    found[draw.random(found.shape) < missing] = np.nan
    return found


def integral(polygon: Polygon, grid: Floats, points: int = 700) -> tuple[float, float]:
    """Brute force: of points that lie as densely everywhere on the sphere, the mean of the cells of
    those inside, and the share of them that lie in a cell with a value."""
    west, south, east, north = polygon.bounds
    lon = west + (np.arange(points) + 0.5) * (east - west) / points
    sines = np.sin(np.radians([south, north]))
    lat = np.degrees(np.arcsin(sines[0] + (np.arange(points) + 0.5) * np.ptp(sines) / points))
    x, y = (axis.ravel() for axis in np.meshgrid(lon, lat))
    inside = shapely.contains_xy(polygon, x, y)
    column = np.floor((x[inside] - LATTICE.west) / LATTICE.width).astype(int)
    row = np.floor((LATTICE.north - y[inside]) / LATTICE.height).astype(int)
    within = (column >= 0) & (column < LATTICE.columns) & (row >= 0) & (row < LATTICE.rows)
    found = np.full(inside.sum(), np.nan)
    found[within] = grid[row[within], column[within]]
    return float(np.nanmean(found)), float(np.isfinite(found).mean())


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 9))
def test_the_mean_and_the_coverage_are_those_of_an_integral(seed: int, corners: int) -> None:
    draw = np.random.default_rng(seed)
    angles = np.sort(draw.uniform(0, 2 * np.pi, corners))
    far = draw.uniform(0.5, 1.6, corners)
    polygon = Polygon(np.column_stack((101.5 + far * np.cos(angles), 13.9 + far * np.sin(angles))))
    polygon = polygon.buffer(0.05)
    grid = values(seed, missing=0.2)

    told = Zones(LATTICE, [polygon]).means(grid)

    mean, coverage = integral(polygon, grid)
    assert told.mean.item() == pytest.approx(mean, abs=0.25)
    assert told.coverage.item() == pytest.approx(coverage, abs=0.005)


def test_a_cell_half_inside_counts_half() -> None:
    grid = np.full((LATTICE.rows, LATTICE.columns), np.nan)
    grid[0, 0], grid[0, 1] = 10, 40

    told = Zones(LATTICE, [box(100.0, 14.5, 100.75, 15.0)]).means(grid)

    assert told.mean == pytest.approx([20.0])
    assert told.coverage == pytest.approx([1.0])


def test_a_cell_farther_from_the_equator_counts_less() -> None:
    world = Lattice(west=0, north=60, width=1, height=60, columns=1, rows=2)

    told = Zones(world, [box(0, -60, 1, 60), box(0, 0, 1, 60)]).means(np.array([[10.0], [30.0]]))
    tall = Zones(Lattice(0, 60, 1, 30, 1, 2), [box(0, 0, 1, 60)]).means(np.array([[0.0], [1.0]]))

    assert told.mean == pytest.approx([20.0, 10.0])
    # sin 30° of sin 60°: what of the area lies in the southern half.
    assert tall.mean == pytest.approx([0.5 / np.sin(np.radians(60))])


def test_what_lies_beyond_the_grid_or_has_no_value_is_not_covered() -> None:
    grid = values(1)
    grid[:, 0] = np.nan

    told = Zones(LATTICE, [box(99.0, 14.0, 101.0, 14.5), box(90, 1, 91, 2)]).means(grid)

    assert told.coverage == pytest.approx([0.25, 0.0], abs=1e-3)
    assert np.isnan(told.mean[1])


def test_people_of_a_cell_are_shared_by_the_areas_that_cut_it() -> None:
    people = np.zeros((LATTICE.rows, LATTICE.columns))
    people[1, 2] = 1000

    left, right = Zones(LATTICE, [box(100, 13, 101.1, 15), box(101.1, 13, 103, 15)]).sums(people)

    assert (left, right) == (pytest.approx(200), pytest.approx(800))
