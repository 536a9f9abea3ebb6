"""The crest of the map: outwards from the reports, the best direction at each distance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.methods.source_area.plane import Plane

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

_BEARINGS = 180


@dataclass(frozen=True)
class Ridge:
    """The part of the crest within the band, on which the peak lies: places (degrees WGS 84) from
    near to far, how far each is from the mean place of the reports, and the log likelihood ratio
    there. `leaves_map` where it goes on beyond what was looked at."""

    lon: Floats
    lat: Floats
    distance_m: Floats
    log_ratio: Floats
    leaves_map: bool


def ridge_of(
    plane: Plane,
    log_ratio: Floats,
    in_band: Booleans,
    middle_m: tuple[float, float],
    peak_m: tuple[float, float],
) -> Ridge:
    """The crest around `middle_m`, as far as it stays in the band to either side of the peak."""
    reach = float(plane.axis_m[-1]) - max(map(abs, middle_m))
    at_peak = float(np.hypot(peak_m[0] - middle_m[0], peak_m[1] - middle_m[1]))
    radii = np.arange(0.0, max(reach, at_peak) + plane.step_m, plane.step_m)
    angles = np.arange(_BEARINGS) * 2 * np.pi / _BEARINGS
    east = middle_m[0] + radii[:, None] * np.sin(angles)
    north = middle_m[1] + radii[:, None] * np.cos(angles)
    heights = _between(plane, log_ratio, east, north)
    best = heights.argmax(axis=1)
    rings = np.arange(len(radii))
    along_m = east[rings, best], north[rings, best]
    kept = _around(_between(plane, in_band.astype(float), *along_m) >= 0.5, at_peak / plane.step_m)
    lon, lat = plane.degrees(along_m[0][kept], along_m[1][kept])
    leaves = bool(len(kept)) and int(kept[-1]) == len(radii) - 1
    return Ridge(lon, lat, radii[kept], heights[kept, best[kept]], leaves)


def _around(in_band: Booleans, at: float) -> NDArray[np.int64]:
    """The run of rings in the band that holds the ring nearest to the peak's, or else the nearest
    run to it."""
    inside = np.flatnonzero(in_band)
    if not len(inside):
        return inside
    runs = np.split(inside, np.flatnonzero(np.diff(inside) > 1) + 1)
    return min(runs, key=lambda run: float(np.abs(run - at).min()))


def _between(plane: Plane, values: Floats, east_m: Floats, north_m: Floats) -> Floats:
    """Linear between the cells' centres; −∞ beyond them."""
    from scipy.interpolate import RegularGridInterpolator

    look = RegularGridInterpolator(
        (plane.axis_m, plane.axis_m), values, bounds_error=False, fill_value=-np.inf
    )
    found: Floats = look(np.stack((north_m, east_m), axis=-1))
    return found
