"""Geometries of a filter, given as GeoJSON or a box in any supported CRS, as shapes in degrees."""

import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo_api.features.reprojection import to_degrees
from layers.crs import WGS84, Crs

# Straight lines in metres bend in degrees: so many pieces of a shape's lines follow them.
_PIECES = 400
# How far rounding in a change of CRS may carry a coordinate beyond the world's edge.
_SLACK_DEG = 1e-9
# How many lists the positions of a geometry lie in.
_DEPTHS = {
    "Point": 0,
    "LineString": 1,
    "Polygon": 2,
    "MultiPoint": 1,
    "MultiLineString": 2,
    "MultiPolygon": 3,
}
_MAX_DEPTH = 8
# No reference system has such coordinates, and reckoning with larger ones overflows.
_FARTHEST = 1e12


class BadShape(ValueError):
    """A geometry is none; the message says why."""


def shape_of(geojson: Mapping[str, Any], crs: Crs) -> BaseGeometry:
    """A geometry as in RFC 7946, but for its axes, which are in the order of `crs`. Heights are
    left out; whether rings meet is not looked at. Raises BadShape."""
    try:
        shape = shapely.geometry.shape(_flat(geojson, crs.lat_first))
    except (ValueError, shapely.errors.ShapelyError) as problem:
        raise BadShape(str(problem)) from None
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        raise BadShape("coordinates must be finite numbers")
    if shape.is_empty:
        raise BadShape("an empty geometry meets nothing; leave it out")
    return _in_degrees(shape, crs)


def box_of(numbers: Any, crs: Crs) -> BaseGeometry:
    """Four numbers, or six with heights, which are left out; in degrees west may exceed east across
    the antimeridian. Raises BadShape."""
    if not isinstance(numbers, list) or not all(map(_is_number, numbers)):
        raise BadShape(f"a box is a list of numbers within ±{_FARTHEST:g}")
    if len(numbers) not in (4, 6):
        raise BadShape(f"a box has four numbers or six, got {len(numbers)}")
    if not all(map(math.isfinite, numbers)):
        raise BadShape("coordinates must be finite numbers")
    half = len(numbers) // 2
    (west, south), (east, north) = (
        _position(corner, crs.lat_first) for corner in (numbers[:half], numbers[half:])
    )
    if south > north:
        raise BadShape(f"the box's south {south:g} lies beyond its north {north:g}")
    if west <= east:
        return _in_degrees(_rectangle(west, south, east, north), crs)
    if crs.srid != WGS84.srid:
        raise BadShape(f"the box's west {west:g} lies beyond its east {east:g}")
    halves = _rectangle(west, south, 180, north), _rectangle(-180, south, east, north)
    return _in_degrees(shapely.union_all(halves), crs)


def _flat(geojson: Any, lat_first: bool, depth: int = 0) -> dict[str, Any]:
    """The same in two dimensions, x first; shapely would close a ring that is open."""
    kind = geojson.get("type") if isinstance(geojson, Mapping) else None
    if kind == "GeometryCollection":
        parts = geojson.get("geometries")
        if not isinstance(parts, list) or depth > _MAX_DEPTH:
            raise BadShape(f"a collection is a list, within {_MAX_DEPTH} others at most")
        return {"type": kind, "geometries": [_flat(part, lat_first, depth + 1) for part in parts]}
    if kind not in _DEPTHS:
        raise BadShape(f"a geometry's type is one of {', '.join(_DEPTHS)}")
    coordinates = _positions(geojson.get("coordinates"), lat_first, _DEPTHS[kind])
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(kind, ())
    for ring in (ring for polygon in polygons for ring in polygon):
        if len(ring) < 4 or ring[0] != ring[-1]:
            raise BadShape("a polygon's ring has four positions or more and ends where it begins")
    return {"type": kind, "coordinates": coordinates}


def _positions(coordinates: Any, lat_first: bool, depth: int) -> Any:
    if not isinstance(coordinates, list):
        raise BadShape("coordinates are lists of numbers")
    if depth:
        return [_positions(part, lat_first, depth - 1) for part in coordinates]
    if len(coordinates) < 2 or not all(map(_is_number, coordinates)):
        raise BadShape(f"a position is two numbers within ±{_FARTHEST:g}, or three with a height")
    return _position(coordinates, lat_first)


def _position(numbers: Sequence[float], lat_first: bool) -> tuple[float, float]:
    first, second = numbers[:2]
    return (second, first) if lat_first else (first, second)


def _is_number(value: Any) -> bool:
    """One that a coordinate may be; that it is finite is looked at by itself."""
    if isinstance(value, bool) or not isinstance(value, float | int):
        return False
    return not _FARTHEST < abs(value) < math.inf


def _rectangle(west: float, south: float, east: float, north: float) -> BaseGeometry:
    """A point or a line where the box has no area."""
    return shapely.MultiPoint([(west, south), (east, north)]).envelope


def _in_degrees(shape: BaseGeometry, crs: Crs) -> BaseGeometry:
    if crs.srid != WGS84.srid:
        if shape.length:
            shape = shapely.segmentize(shape, shape.length / _PIECES)
        shape = shapely.transform(shape, partial(to_degrees, crs=crs))
    corners = np.abs(shapely.get_coordinates(shape))
    # Infinite where the CRS has no such place.
    if not (corners <= (180 + _SLACK_DEG, 90 + _SLACK_DEG)).all():
        raise BadShape(
            f"the geometry lies outside of {crs.uri}, whose coordinates are"
            f" {'latitude, longitude' if crs.lat_first else 'x or longitude first'}"
        )
    return shape
