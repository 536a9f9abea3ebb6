"""Places on the ellipsoid of WGS 84 as metres: Earth-centred, and around a place."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

# WGS 84 (NIMA TR8350.2): semi-major axis in metres, first eccentricity squared.
_AXIS_M = 6378137.0
_ECCENTRICITY2 = 6.69437999014e-3


def cartesian_m(lon: Floats, lat: Floats) -> NDArray[np.float64]:
    """Earth-centred coordinates of places (degrees), one row each. The straight line between two
    of them is 1 m short of the geodesic at 100 km."""
    longitude, latitude = np.radians(lon), np.radians(lat)
    radius = _prime_vertical_m(latitude)
    axes = (
        radius * np.cos(latitude) * np.cos(longitude),
        radius * np.cos(latitude) * np.sin(longitude),
        radius * (1 - _ECCENTRICITY2) * np.sin(latitude),
    )
    return np.column_stack(axes).astype(np.float64, copy=False)


def metres_per_degree(lat: Floats) -> tuple[Floats, Floats]:
    """(of longitude, of latitude) at a latitude (degrees): radii of curvature in the prime
    vertical and in the meridian. Within 30 km the plane so spanned is right to some metres."""
    latitude = np.radians(lat)
    radius = _prime_vertical_m(latitude)
    meridian = radius * (1 - _ECCENTRICITY2) / (1 - _ECCENTRICITY2 * np.sin(latitude) ** 2)
    return np.radians(radius * np.cos(latitude)), np.radians(meridian)


def bearing_deg(east_m: Floats, north_m: Floats) -> Floats:
    """Clockwise from north, in [0, 360)."""
    bearing: Floats = np.mod(np.degrees(np.arctan2(east_m, north_m)), 360)
    return bearing


def _prime_vertical_m(latitude: Floats) -> Floats:
    radius: Floats = _AXIS_M / np.sqrt(1 - _ECCENTRICITY2 * np.sin(latitude) ** 2)
    return radius
