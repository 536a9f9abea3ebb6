"""What of the ground is nearer to a place than to any other of several, and within its reach."""

import numpy as np
import numpy.typing as npt
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

Numbers = npt.NDArray[np.float64]

_CORNERS = 90  # of a circle: its area is too small by a thousandth
_MARGIN = 1.02


def partition(lon: Numbers, lat: Numbers, reach_m: float) -> list[MultiPolygon]:
    """A zone per place (degrees, WGS84), in the order of the places.

    Reckoned on a plane that is true to distance and direction from the place itself (azimuthal
    equidistant); the line half-way to another place is straight there, and off by some tens of
    metres at 50 km. Of places at one spot, all have the same zone. Raises ValueError for a reach
    that is not positive.
    """
    if reach_m <= 0:
        raise ValueError(f"reach is metres above 0, got {reach_m:g}")
    return [_zone(number, lon, lat, reach_m) for number in range(len(lon))]


def _zone(number: int, lon: Numbers, lat: Numbers, reach_m: float) -> MultiPolygon:
    from pyproj import Geod, Transformer
    from shapely import transform

    geod = Geod(ellps="WGS84")
    here = np.full(len(lon), lon[number]), np.full(len(lat), lat[number])
    bearing, _, metres = geod.inv(*here, lon, lat)
    angle = np.radians(np.arange(_CORNERS) * 360 / _CORNERS)
    zone: BaseGeometry = Polygon(np.column_stack([np.sin(angle), np.cos(angle)]) * reach_m)
    for other in np.flatnonzero((metres > 0) & (metres < 2 * reach_m * _MARGIN)):
        zone = zone.intersection(_half_plane(bearing[other], metres[other] / 2, 2 * reach_m))
    plane = f"+proj=aeqd +lon_0={lon[number]} +lat_0={lat[number]} +datum=WGS84"
    back = Transformer.from_crs(plane, "EPSG:4326", always_xy=True)
    round_off = transform(zone, lambda xy: np.column_stack(back.transform(xy[:, 0], xy[:, 1])))
    return MultiPolygon([round_off]) if isinstance(round_off, Polygon) else MultiPolygon()


def _half_plane(bearing_deg: float, metres: float, size_m: float) -> Polygon:
    """What lies on this side of a line at right angles to a bearing, so many metres away."""
    angle = np.radians(bearing_deg)
    ahead = np.array([np.sin(angle), np.cos(angle)])
    aside = np.array([ahead[1], -ahead[0]])
    line, back = ahead * metres, ahead * (metres - 2 * size_m)
    corners = [line + aside * size_m * 2, line - aside * size_m * 2]
    corners += [back - aside * size_m * 2, back + aside * size_m * 2]
    return Polygon(corners)
