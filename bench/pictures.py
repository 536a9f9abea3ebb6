"""A floor for raster tiles: one process that reads windows of a file and writes palette PNGs."""

import time
from itertools import cycle

import numpy as np
import rasterio
from rasterio.enums import Resampling
from rasterio.windows import from_bounds

from bench.load import Reading
from bench.world import World
from layers.catalog import catalog
from layers.methods.png import palette_png

_SIDE = 256
# Degrees: as wide as a tile of zoom 7, the middle of those that are asked for.
_WIDTH = 360 / 2**7


def pictures_a_second(world: World, seconds: float) -> Reading:
    """Windows about factories, read to 256 × 256 cells and classed; nothing is warped or served."""
    style = catalog()["pm25_surface"].style
    colors = list(style.colors.values())
    taken, size = [], 0
    with rasterio.open(world.raster) as source:
        began = time.perf_counter()
        for _, lon, lat in cycle(world.factories):
            begun = time.perf_counter()
            if begun - began > seconds:
                break
            half = _WIDTH / 2
            window = from_bounds(lon - half, lat - half, lon + half, lat + half, source.transform)
            values = source.read(
                1, window=window, out_shape=(_SIDE, _SIDE), resampling=Resampling.bilinear
            )
            classes = np.digitize(np.round(values, 1), style.breaks, right=True) + 1
            size += len(palette_png(np.where(np.isfinite(values), classes, 0).astype("u1"), colors))
            taken.append(time.perf_counter() - begun)
    p50, p99 = np.quantile(taken, (0.5, 0.99)) * 1000
    return Reading(len(taken) / sum(taken), p50, p99, size / len(taken))
