"""Outlines as providers draw them, made sound."""

from collections.abc import Mapping
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry


class NotAnOutline(ValueError):
    """A geometry encloses no area; the message says what it is instead."""


def sound_outline(geometry: Mapping[str, Any] | None) -> tuple[MultiPolygon, str]:
    """A GeoJSON geometry as a valid multipolygon, and what was wrong with it ("" if nothing).

    Raises NotAnOutline for none, for points and lines, and where nothing with an area is left.
    """
    if geometry is None:
        raise NotAnOutline("there is no geometry")
    try:
        given: BaseGeometry = shape(dict(geometry))
        fault = "" if given.is_valid else shapely.is_valid_reason(given)
        polygons = _polygons(shapely.make_valid(given) if fault else given)
    except (ShapelyError, ValueError, TypeError, AttributeError, LookupError) as problem:
        raise NotAnOutline(f"not a GeoJSON geometry: {problem}") from None
    if not polygons:
        raise NotAnOutline(f"a {given.geom_type} without an area")
    return MultiPolygon(polygons), fault


def ewkb(geometry: BaseGeometry, srid: int) -> str:
    """Hexadecimal EWKB, as PostGIS reads it in COPY."""
    return str(shapely.to_wkb(shapely.set_srid(geometry, srid), hex=True, include_srid=True))


def _polygons(geometry: BaseGeometry) -> list[Polygon]:
    """The polygons of a geometry; a repair may leave lines and points beside them."""
    return [
        part
        for part in shapely.get_parts(shapely.get_parts(geometry))
        if isinstance(part, Polygon) and not part.is_empty
    ]
