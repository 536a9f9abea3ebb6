"""What a satellite saw as one pixel: a rectangle on the ground, and not a dot.

A pixel is as wide as its scan, across the satellite's path, and as long as its track, along it;
both grow towards the edge of the swath (NASA FIRMS, attributes of active fire data). Products do
not tell the direction of the path. It is taken from the orbit, a circle over a turning sphere:

    v_east = V sin(a) − Ω R cos φ,  v_north = V cos(a),  sin(a) = cos(i) / cos(φ),  V = 2 π R / T

with the inclination i, the period T, the latitude φ and the rotation of the earth Ω; a pass that
ascends goes north, one that descends south. Taken for granted are that VIIRS and Aqua's MODIS
ascend by day and Terra's MODIS by night, that pixels lie as the path below the satellite does (at
the edge of a swath, 1,500 km beside it, the meridians differ by some four degrees in Thailand),
and that they do not overlap, which those of MODIS do. Where the satellite or the pass is not told,
the rectangle is drawn to the north.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layers.methods.ellipsoid import metres_per_degree

Floats = NDArray[np.float64]

_RADIUS_M = 6_371_008.8  # the mean one, of a sphere
_SIDEREAL_DAY_S = 86_164.0905


@dataclass(frozen=True)
class Orbit:
    """A sun-synchronous orbit, and whether its pass by day goes north."""

    inclination_deg: float
    period_s: float
    ascends_by_day: bool


# NASA: Suomi NPP and the two of JPSS at 824 km (101.5 min); Terra and Aqua at 705 km (98.8 min).
_JPSS = Orbit(98.7, 101.5 * 60, ascends_by_day=True)
ORBITS = {
    "N": _JPSS,
    "N20": _JPSS,
    "N21": _JPSS,
    "A": Orbit(98.2, 98.8 * 60, ascends_by_day=True),
    "T": Orbit(98.2, 98.8 * 60, ascends_by_day=False),
}
# Pixels of one fire with less than this between them are drawn as one: as far as fires are joined.
CLOSED_M = 700.0
# The side of a pixel below the satellite, km: for detections of which no size is told.
NADIR_KM = {"VIIRS": 0.375, "MODIS": 1.0}


def path_deg(
    satellites: Sequence[str | None], daynight: Sequence[str | None], lat: Floats
) -> Floats:
    """Where each satellite's path pointed, in degrees clockwise from north; NaN where the satellite
    (as FIRMS calls it) or the pass ("D" or "N") is not known. `lat` is geodetic, degrees WGS 84."""
    bearing = np.full(len(lat), np.nan)
    named, passes = np.array(satellites, dtype=object), np.array(daynight, dtype=object)
    for satellite, orbit in ORBITS.items():
        for of_day in ("D", "N"):
            of_pass = (named == satellite) & (passes == of_day)
            ascends = orbit.ascends_by_day == (of_day == "D")
            bearing[of_pass] = _course_deg(orbit, np.asarray(lat, float)[of_pass], ascends=ascends)
    return bearing


def _course_deg(orbit: Orbit, lat: Floats, *, ascends: bool) -> Floats:
    speed = 2 * np.pi * _RADIUS_M / orbit.period_s
    cosine = np.cos(np.radians(lat))
    sine = np.clip(np.cos(np.radians(orbit.inclination_deg)) / cosine, -1, 1)
    east = speed * sine - 2 * np.pi / _SIDEREAL_DAY_S * _RADIUS_M * cosine
    north = speed * np.sqrt(1 - sine**2) * (1 if ascends else -1)
    course: Floats = np.degrees(np.arctan2(east, north)) % 360
    return course


def footprints(
    lon: Floats, lat: Floats, scan_km: Floats, track_km: Floats, bearing_deg: Floats
) -> Floats:
    """The corners of each pixel about its centre (degrees WGS 84), closed and counterclockwise: an
    array of n rings of 5 places of lon and lat. A bearing that is NaN is taken to be north; a size
    that is NaN gives places that are."""
    turn = np.radians(np.nan_to_num(np.asarray(bearing_deg, float)))[:, None]
    # From the corner behind on the left: right, ahead, left.
    across = np.array([-1, 1, 1, -1, -1]) * np.asarray(scan_km, float)[:, None] * 500
    along = np.array([-1, -1, 1, 1, -1]) * np.asarray(track_km, float)[:, None] * 500
    east_m = across * np.cos(turn) + along * np.sin(turn)
    north_m = along * np.cos(turn) - across * np.sin(turn)
    east_per_degree, north_per_degree = metres_per_degree(np.asarray(lat, float))
    return np.stack(
        [
            np.asarray(lon, float)[:, None] + east_m / east_per_degree[:, None],
            np.asarray(lat, float)[:, None] + north_m / north_per_degree[:, None],
        ],
        axis=2,
    )


def outlines(rings: Floats, group: NDArray[np.intp]) -> NDArray[np.object_]:
    """The outline of each group of pixels, as polygons of degrees: all of their ground, and the
    gaps between them that are less than CLOSED_M wide. `rings` are those of `footprints`, `group`
    numbers from 0; the order of pixels means nothing but for the last digits."""
    import shapely

    order = np.argsort(group, kind="stable")
    rings, group = rings[order], group[order]
    count = np.bincount(group)
    pixels: Any = shapely.polygons(rings)
    made: NDArray[np.object_] = np.empty(len(count), object)
    is_alone = count[group] == 1
    made[group[is_alone]] = pixels[is_alone]
    many = np.flatnonzero(count > 1)
    if len(many):
        of = np.searchsorted(many, group[~is_alone])
        made[many] = _closed(rings[~is_alone], of)
    return made


def _closed(rings: Floats, group: NDArray[np.intp]) -> Any:
    """As `outlines`, of sorted groups: widened by half the gap, joined, and narrowed again, in
    metres about the group's centre."""
    import shapely

    count = np.bincount(group)
    corners = rings[:, :4].mean(axis=1)
    centre = np.stack([np.bincount(group, corners[:, axis]) / count for axis in (0, 1)], axis=1)
    scale = np.stack(metres_per_degree(centre[:, 1]), axis=1)
    metres: Any = shapely.polygons((rings - centre[group, None]) * scale[group, None])
    pixels = shapely.multipolygons(metres, indices=group)
    wide = shapely.buffer(pixels, CLOSED_M / 2, join_style="mitre", mitre_limit=2)
    closed = shapely.buffer(wide, -CLOSED_M / 2, join_style="mitre", mitre_limit=2)
    places, of = shapely.get_coordinates(closed, return_index=True)
    return shapely.set_coordinates(closed, places / scale[of] + centre[of])


def sizes_km(
    instruments: Sequence[str | None], scan_km: Floats, track_km: Floats
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Scan and track of each detection, and whether they were told: where not, they are those of a
    pixel below the satellite, NaN where the instrument is unknown."""
    told = np.isfinite(scan_km) & np.isfinite(track_km)
    nadir = np.array([NADIR_KM.get(one or "", np.nan) for one in instruments], dtype=float)
    return np.where(told, scan_km, nadir), np.where(told, track_km, nadir), told
