"""A likelihood map as GeoJSON: contours, the band of the resamplings, the ridge, and its grid."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from layers.casework.source_area import METHOD, NOTE, REASONS
from layers.methods.source_area import Plane, SourceArea
from layers.methods.source_area.search import BAND

Floats = NDArray[np.float64]

# Of the highest log likelihood ratio.
CONTOURS = (0.5, 0.75, 0.9)
# Cells are drawn as so many, between which the map is linear.
_FINER = 4
_DIGITS = 5  # of a degree: a metre


def document(found: SourceArea, told: dict[str, Any], language: str) -> dict[str, Any]:
    """`told` as it is; nothing is drawn where there is a reason to tell nothing."""
    reason = found.reason
    features = [] if reason else [*_contours(found), _band(found), _ridge(found)]
    return {
        "type": "FeatureCollection",
        "features": [feature for feature in features if feature],
        "method": METHOD[language],
        "note": NOTE[language],
        "reason": reason,
        "reason_text": REASONS[reason][language] if reason else None,
        **told,
        "reports": found.reports,
        "without_wind": found.without_wind,
        "days": found.days,
        "uncertainty": None if reason else _uncertainty(found),
        "grid": None if reason else _grid(found),
    }


def _uncertainty(found: SourceArea) -> dict[str, Any]:
    assert found.log_ratio is not None and found.support is not None and found.ridge is not None
    cell_km2 = (found.plane.step_m / 1000) ** 2
    distance = found.ridge.distance_m
    return {
        "log_likelihood_ratio": round(float(found.log_ratio.max()), 1),
        "highest_of_other_days": round(max(found.shifted), 1),
        "highest_of_turned_winds": round(max(found.rotated), 1),
        "band": BAND,
        "band_leaves_map": _touches_edge(found.support >= BAND),
        "band_km2": round(float((found.support >= BAND).sum()) * cell_km2, 1),
        "ridge_from_m": round(float(distance.min())) if len(distance) else None,
        "ridge_to_m": round(float(distance.max())) if len(distance) else None,
        "ridge_leaves_map": found.ridge.leaves_map,
    }


def _touches_edge(within: NDArray[np.bool_]) -> bool:
    return bool(within[[0, -1]].any() or within[:, [0, -1]].any())


def _grid(found: SourceArea) -> dict[str, Any]:
    assert found.log_ratio is not None and found.support is not None
    plane = found.plane
    west, south = plane.degrees(np.array(plane.axis_m[0]), np.array(plane.axis_m[0]))
    east, north = plane.degrees(np.array(plane.axis_m[-1]), np.array(plane.axis_m[-1]))
    return {
        "bbox": [round(float(one), _DIGITS) for one in (west, south, east, north)],
        "cells": plane.cells,
        "step_m": round(plane.step_m, 1),
        "log_likelihood_ratio": np.round(found.log_ratio, 1).tolist(),
        "support": np.round(found.support, 2).tolist(),
    }


def _contours(found: SourceArea) -> list[dict[str, Any] | None]:
    assert found.log_ratio is not None
    highest = float(found.log_ratio.max())
    return [
        _areas(found.plane, found.log_ratio, share * highest, {"role": "contour", "share": share})
        for share in CONTOURS
    ]


def _band(found: SourceArea) -> dict[str, Any] | None:
    assert found.support is not None
    return _areas(found.plane, found.support, BAND, {"role": "band", "support": BAND})


def _ridge(found: SourceArea) -> dict[str, Any] | None:
    ridge = found.ridge
    if ridge is None or len(ridge.lon) < 2:
        return None
    line = np.round(np.column_stack((ridge.lon, ridge.lat)), _DIGITS).tolist()
    return _feature("LineString", line, {"role": "ridge", "leaves_map": ridge.leaves_map})


def _areas(
    plane: Plane, values: Floats, least: float, properties: dict[str, Any]
) -> dict[str, Any] | None:
    """Where the map is at least so high; None where it is nowhere."""
    import shapely
    from rasterio.features import shapes
    from rasterio.transform import Affine
    from scipy.ndimage import zoom
    from shapely.geometry import mapping, shape

    fine = zoom(values, _FINER, order=1, grid_mode=True, mode="nearest")
    step = plane.step_m / _FINER
    corner = plane.axis_m[0] - plane.step_m / 2
    metres = Affine(step, 0, corner, 0, step, corner)
    mask = fine >= least
    parts = [shape(part) for part, _ in shapes(mask.astype(np.uint8), mask, transform=metres)]
    if not parts:
        return None
    metres_of = shapely.union_all(parts).simplify(1.5 * step)
    told = mapping(
        shapely.transform(metres_of, lambda at: np.column_stack(plane.degrees(at[:, 0], at[:, 1])))
    )
    return _feature(told["type"], _rounded(told["coordinates"]), properties)


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, float):
        return round(coordinates, _DIGITS)
    return [_rounded(one) for one in coordinates]


def _feature(type: str, coordinates: Any, properties: dict[str, Any]) -> dict[str, Any]:
    geometry = {"type": type, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}
