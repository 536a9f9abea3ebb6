"""Where: boxes, shapes and frames of shapes as areas, and distances between features in metres."""

import math
from collections.abc import Sequence
from typing import Any, TypeAlias

import geopandas
import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from layers.query import Box

Area: TypeAlias = Sequence[float] | BaseGeometry | geopandas.GeoDataFrame | geopandas.GeoSeries

_GEOD = pyproj.Geod(ellps="WGS84")
_LEAST_DEGREE_M = 110_500.0  # of latitude, at the equator
_SPARE = 1.05  # a degree of longitude, scaled, may be a little shorter than one of latitude


def shape_of(area: Area) -> BaseGeometry:
    """The area in WGS84: a box as west, south, east, north; a shape, in degrees; or all shapes of a
    frame, in whatever CRS. Raises ValueError for a frame without one, for what is
    empty, and for a box of other than four numbers."""
    if isinstance(area, geopandas.GeoDataFrame | geopandas.GeoSeries):
        if area.crs is None:
            raise ValueError("the frame has no CRS; say it with frame.set_crs(4326)")
        shape: BaseGeometry = area.to_crs(4326).union_all()
    elif isinstance(area, BaseGeometry):
        shape = area
    else:
        shape = box(*_box_of(area))
    if shape.is_empty:
        raise ValueError("the area is empty")
    return shape


def bounds_of(area: Area) -> Box:
    """West, south, east and north of an area. A box may cross the antimeridian."""
    if isinstance(area, BaseGeometry | geopandas.GeoDataFrame | geopandas.GeoSeries):
        return Box(*map(float, shape_of(area).bounds))
    return _box_of(area)


def _box_of(numbers: Sequence[float]) -> Box:
    """Raises ValueError for what is no box."""
    if len(numbers) != 4:
        raise ValueError(
            f"a box is four numbers, west, south, east and north in degrees; got {numbers!r}"
        )
    return Box(*map(float, numbers))


def widened(bounds: Box, distance_m: float) -> Box:
    """The box with at least so many metres on each side."""
    north = distance_m / _LEAST_DEGREE_M
    furthest = min(max(abs(bounds.south), abs(bounds.north)) + north, 89.0)
    east = north / math.cos(math.radians(furthest))
    return Box(
        max(bounds.west - east, -180.0),
        max(bounds.south - north, -90.0),
        min(bounds.east + east, 180.0),
        min(bounds.north + north, 90.0),
    )


def nearest_m(shapes: Any, others: Any, within_m: float) -> NDArray[np.float64]:
    """For each shape the metres to the nearest of the others, NaN where none is `within_m`:
    geodesic between points, and to the nearest point of a line or an area, 0 within it."""
    found = np.full(len(shapes), np.inf)
    if len(shapes) and len(others):
        latitudes = shapely.get_y(shapely.centroid(shapes))
        # Degrees are scaled to each degree of latitude, within which the nearest in scaled degrees
        # is the nearest in metres but for some parts in a hundred thousand.
        for latitude in np.unique(np.floor(latitudes)):
            here = np.flatnonzero(np.floor(latitudes) == latitude)
            scale = _degrees_ratio(latitude + 0.5)
            one, metres = _pairs(
                _scaled(shapes[here], scale), _scaled(others, scale), scale, within_m
            )
            np.minimum.at(found, here[one], metres)
    found[found > within_m] = np.nan
    return found


def _pairs(
    shapes: Any, others: Any, scale: float, within_m: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Which of the shapes has another nearby, and how far that is; all in scaled degrees."""
    reach = _SPARE * within_m / _LEAST_DEGREE_M
    one, other = shapely.STRtree(others).query(shapes, predicate="dwithin", distance=reach)
    lines = shapely.shortest_line(shapes[one], others[other])
    x, y = shapely.get_coordinates(lines).reshape(-1, 2, 2).transpose(2, 1, 0)
    *_, metres = _GEOD.inv(x[0] / scale, y[0], x[1] / scale, y[1])
    return one, metres


def _degrees_ratio(latitude: float) -> float:
    """How long a degree of longitude is beside one of latitude: the radii of curvature of the
    ellipsoid in the prime vertical and in the meridian."""
    flattening2 = 1 - _GEOD.es * math.sin(math.radians(latitude)) ** 2
    return math.cos(math.radians(latitude)) * flattening2 / (1 - _GEOD.es)


def _scaled(shapes: Any, scale: float) -> Any:
    return shapely.transform(shapes, lambda xy: xy * (scale, 1.0))
