"""Brings bands of a provider's grid into our form: EPSG:4326, float32, NaN for no data.

A grid that is in WGS84 degrees is kept cell for cell, turned north up. Any other is reprojected
bilinearly onto square cells about as large as its own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.errors import CRSError
from rasterio.io import DatasetReader, DatasetWriter
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window

from geo_api.rasters.cog_writer import Quantity
from geo_api.rasters.source_grids import WGS84, UnusableRaster, crs_of

Values = NDArray[np.float32]
Bounds = tuple[float, float, float, float]

# How several times of one day become one value. A cell that lacks one of them has none.
DAILY: Mapping[str, Callable[..., Any]] = {"mean": np.mean, "max": np.max}

_BLOCK = 512


@dataclass(frozen=True)
class Converted:
    """`cells` counts those that have a value."""

    source: DatasetReader
    bounds: Bounds
    cells: int
    reprojected_from: str | None


@contextmanager
def converted(
    source: DatasetReader,
    bands: Sequence[int],
    daily: str | None,
    scratch: Path,
    quantity: Quantity,
) -> Iterator[Converted]:
    """The bands as one raster of a quantity to keep, by way of the file `scratch`, which is gone at
    the end. Raises UnusableRaster."""
    crs = crs_of(source)
    try:
        with rasterio.open(scratch, "w+", **_profile(source)) as plain:
            quantity.describe(plain)
            cells = _copy(source, plain, bands, DAILY[daily or "mean"])
        with rasterio.open(scratch) as plain:
            if crs == WGS84:
                yield Converted(plain, _checked(plain), cells, None)
            else:
                with _warped(plain) as warped:
                    yield Converted(warped, _checked(warped), cells, _crs_name(crs))
    except CRSError as problem:
        raise UnusableRaster(f"its coordinates have no way to WGS84: {problem}") from problem
    finally:
        scratch.unlink(missing_ok=True)


def _profile(source: DatasetReader) -> dict[str, Any]:
    grid = source.transform
    north = max(grid.f, grid.f + grid.e * source.height)
    return {
        "driver": "GTiff",
        "dtype": "float32",
        "count": 1,
        "width": source.width,
        "height": source.height,
        "crs": crs_of(source),
        "transform": rasterio.Affine(grid.a, 0, grid.c, 0, -abs(grid.e), north),
        "nodata": np.nan,
        "tiled": True,
        "blockxsize": _BLOCK,
        "blockysize": _BLOCK,
        "bigtiff": "IF_SAFER",
    }


def _copy(
    source: DatasetReader,
    plain: DatasetWriter,
    bands: Sequence[int],
    together: Callable[..., Any],
) -> int:
    """How many cells have a value; in memory is a block at a time."""
    cells = 0
    for _, window in plain.block_windows(1):
        values = together([_values(source, band, window) for band in bands], axis=0)
        values = values.astype(np.float32)
        values[~np.isfinite(values)] = np.nan
        plain.write(values, 1, window=window)
        cells += int(np.isfinite(values).sum())
    return cells


def _values(source: DatasetReader, band: int, window: Window) -> NDArray[np.float64]:
    """What the stored numbers mean, north up: scaled, and NaN where masked."""
    south_up = source.transform.e > 0
    rows = source.height - window.row_off - window.height if south_up else window.row_off
    asked = Window(window.col_off, rows, window.width, window.height)
    stored = source.read(band, window=asked, masked=True).astype(np.float64).filled(np.nan)
    scaled: NDArray[np.float64] = stored * source.scales[band - 1] + source.offsets[band - 1]
    return scaled[::-1] if south_up else scaled


def _warped(plain: DatasetReader) -> WarpedVRT:
    # GDAL itself chooses square cells that keep the length of the diagonal in cells.
    return WarpedVRT(plain, crs=WGS84, resampling=Resampling.bilinear, nodata=np.nan)


def _checked(made: DatasetReader) -> Bounds:
    """West, south, east and north within ±180 and ±90 degrees: a grid across the antimeridian
    spans them all."""
    west, south, east, north = made.bounds
    if south < -91 or north > 91 or west < -361 or east > 541 or east - west > 361:
        raise UnusableRaster(
            f"its bounds {west:g}, {south:g}, {east:g}, {north:g} are no degrees: its coordinate"
            " reference system is not the one it names"
        )
    if west >= 180:
        west, east = west - 360, east - 360
    if west < -180 or east > 180:
        west, east = -180.0, 180.0
    return (west, max(south, -90.0), east, min(north, 90.0))


def _crs_name(crs: rasterio.crs.CRS) -> str:
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else str(crs.to_dict().get("proj", "its own projection"))
