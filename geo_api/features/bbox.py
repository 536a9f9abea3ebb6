"""Boxes asked for in metres, as shapes in degrees."""

import numpy as np
from shapely import Polygon, box, segmentize

from geo_api.features.reprojection import to_degrees
from layers.crs import Crs
from layers.query import BadQuery, Box

# The sides of a box are straight in its own CRS and bend in degrees; a hundred pieces of each are
# within a metre of them for a box as large as Thailand.
_PIECES = 100
_FARTHEST_M = 41_000_000  # once around the Earth
# FACTS: the bounds of EPSG:3857 in the EPSG registry. A map that shows more than the world asks for
# a box beyond them.
_WORLDS = {3857: Box(-20037508.342789244, -20048966.1, 20037508.342789244, 20048966.1)}


def outline(asked: Box, crs: Crs) -> Polygon:
    """The box of `crs` in degrees (WGS84). Raises BadQuery where it lies beyond the CRS's use."""
    inside = _within(asked, _WORLDS.get(crs.srid, asked))
    shortest, longest = sorted((inside.east - inside.west, inside.north - inside.south))
    if shortest >= 0 and longest <= _FARTHEST_M:
        shape = segmentize(box(*inside), longest / _PIECES) if longest else box(*inside)
        corners = to_degrees(np.array(shape.exterior.coords), crs)
        # Around a pole its sides would cross in degrees; without area they meet anyway.
        if np.isfinite(corners).all() and (not shortest or Polygon(corners).is_valid):
            return Polygon(corners)
    raise BadQuery("bbox", f"bbox {tuple(asked)} lies outside of {crs.uri}")


def _within(asked: Box, world: Box) -> Box:
    """What both have in common; inverted where that is nothing."""
    return Box(
        max(asked.west, world.west),
        max(asked.south, world.south),
        min(asked.east, world.east),
        min(asked.north, world.north),
    )
