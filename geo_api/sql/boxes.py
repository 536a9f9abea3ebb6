"""Boxes asked for in metres, as shapes in degrees."""

import numpy as np
from pyproj import Transformer
from shapely import Polygon, box, segmentize

from layers.crs import WGS84, Crs
from layers.query import BadQuery, Box

# The sides of a box are straight in its own CRS and bend in degrees; a hundred pieces of each are
# within a metre of them for a box as large as Thailand.
_PIECES = 100


def outline(asked: Box, crs: Crs) -> Polygon:
    """The box of `crs` in degrees (WGS84). Raises BadQuery where it lies beyond the CRS's use."""
    longest = max(asked.east - asked.west, asked.north - asked.south)
    shape = segmentize(box(*asked), longest / _PIECES) if longest else box(*asked)
    to_degrees = Transformer.from_crs(crs.srid, WGS84.srid, always_xy=True)
    corners = np.column_stack(to_degrees.transform(*np.array(shape.exterior.coords).T))
    if not np.isfinite(corners).all() or (np.abs(corners) > (180, 90)).any():
        raise BadQuery("bbox", f"bbox {tuple(asked)} lies outside of {crs.uri}")
    return Polygon(corners)
