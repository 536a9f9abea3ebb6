"""Where values of areas are high or low together with those of the areas around: Gi*."""

from collections.abc import Sequence
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely

from layers.methods import spatial_stats

# Within a metre: outlines are simplified each for itself.
_SLACK_DEG = 1e-5


def hot_spots(
    areas: geopandas.GeoDataFrame, values: Sequence[float] | pd.Series, rate: float = 0.05
) -> geopandas.GeoDataFrame:
    """The areas with `z` and `p` (two-sided) of Gi* and `hot_spot`: "high" or "low" where that is
    believed, so many tests considered (false discovery rate `rate`), else missing. Neighbours are
    areas that touch. `values`, one for each area in their order, should not grow with an area's
    size: burning per km², not burning. `attrs` has Moran's I and, where all values are equal or no
    areas touch, the `reason` why nothing is told. Needs `pip install fahsai[science]`.

    Raises ValueError for missing values, and for fewer than six areas.
    """
    known = np.asarray(values, dtype=float)
    neighbours = spatial_stats.touching(_touching(areas), len(areas))
    found = spatial_stats.hot_spots(known, neighbours)
    overall = spatial_stats.moran(known, neighbours)
    told = areas.assign(z=found.z, p=found.p)
    believed = spatial_stats.discoveries(found.p, rate)
    told["hot_spot"] = [
        ("high" if z > 0 else "low") if is_one else None
        for is_one, z in zip(believed, found.z, strict=True)
    ]
    told.attrs = {**areas.attrs, "reason": found.reason, "moran_i": overall.i, "moran_p": overall.p}
    return told


def _touching(areas: geopandas.GeoDataFrame) -> list[tuple[int, int]]:
    """By position, each pair once."""
    shapes = areas.geometry.to_crs(4326).to_numpy()
    one, other = shapely.STRtree(shapes).query(
        shapely.buffer(shapes, _SLACK_DEG), predicate="intersects"
    )
    pairs: list[Any] = np.column_stack([one, other])[one < other].tolist()
    return [(int(first), int(second)) for first, second in pairs]
