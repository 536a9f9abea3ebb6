"""Points are told from all other shapes, whatever their bytes."""

import numpy as np
import pyarrow
import pytest
import shapely
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from layers.wkb import coordinates, points


def wkb(*shapes: BaseGeometry | None) -> pyarrow.BinaryArray:
    return pyarrow.array(
        [None if shape is None else shapely.to_wkb(shape) for shape in shapes], pyarrow.binary()
    )


def test_points_have_their_coordinates() -> None:
    found = coordinates(wkb(Point(100.5, 13.75), Point(-1, 0)))

    assert found is not None
    assert found.tolist() == [[100.5, 13.75], [-1, 0]]


def test_a_part_of_an_array_has_the_coordinates_of_that_part() -> None:
    found = coordinates(wkb(*(Point(n, -n) for n in range(9))).slice(3, 2))

    assert found is not None
    assert found.tolist() == [[3, -3], [4, -4]]


@pytest.mark.parametrize(
    "shapes",
    [
        pytest.param([], id="none"),
        pytest.param([Point(1, 2), None], id="one missing"),
        pytest.param([Point(1, 2), LineString([(0, 0), (1, 1)])], id="a line among them"),
        # 9 bytes and 33: together as many as two points.
        pytest.param([Polygon(), shapely.MultiPoint([(1, 2)])], id="as many bytes as points"),
        pytest.param([Point(1, 2, 3)], id="a height"),
    ],
)
def test_whatever_else_there_is_has_none(shapes: list[BaseGeometry | None]) -> None:
    assert coordinates(wkb(*shapes)) is None


def test_points_are_made_of_their_coordinates() -> None:
    x, y = np.array([100.5, -0.0, 1e-300]), np.array([13.75, 90, -1 / 3])

    made = points(x, y)

    assert made.equals(wkb(*map(Point, x, y)))
    assert len(points(x[:0], y[:0])) == 0


def test_points_of_the_other_byte_order_have_none() -> None:
    big_endian = pyarrow.array([shapely.to_wkb(Point(1, 2), byte_order=0)], pyarrow.binary())

    assert coordinates(big_endian) is None
