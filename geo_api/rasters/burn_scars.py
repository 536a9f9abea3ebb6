"""Finds burned land in two images of a place: whatever their CRS, without what either did not see.

The image after gives the grid; the one before and the masks of clouds are brought onto it.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.enums import Resampling
from rasterio.features import shapes
from rasterio.io import DatasetReader
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window
from scipy import ndimage
from shapely.geometry import MultiPolygon

from geo_api.rasters.source_grids import UnusableRaster, crs_of, opened
from layers.methods.burn import BURNED_FROM, SEVERITY_STARTS, burned, dnbr, nbr

Floats = NDArray[np.float64]

_BLOCK = 2048
# A whole tile of Sentinel-2 at 10 m has 120,560,400 cells, of which each takes about
# 23 bytes (measured: docs/limits.md).
MOST_CELLS = 125_000_000
_MODERATE_FROM = SEVERITY_STARTS[1][0]
# Cells that meet at a corner are of one patch.
_EIGHT = np.ones((3, 3), dtype=int)


@dataclass(frozen=True)
class Images:
    """Two images of the same bands (from 1), and rasters whose cells other than 0 are clouds or
    their shadows in either."""

    before: Path
    after: Path
    nir_band: int
    swir2_band: int
    clouds: Sequence[Path] = ()


@dataclass(frozen=True)
class Scars:
    """Patches in WGS84 with their cells, mean dNBR × 1000 and share of moderate severity or more;
    the CRS in which they were found, and the share of the image after that could be compared: 0
    where nothing could, of which no patches tell nothing."""

    patches: Sequence[MultiPolygon]
    cells: NDArray[np.int64]
    mean: Floats
    moderate_share: Floats
    crs: str
    clear_share: float


def check(images: Images) -> None:
    """Raises UnusableRaster where an image cannot be read, lacks a band or is too large."""
    for file in (images.before, images.after):
        with opened(file, None) as source:
            _check_bands(source, file, images)
            if file == images.after:
                _check_size(source, file)
    for file in images.clouds:
        with opened(file, None):
            pass


def scars(images: Images) -> Scars:
    """The patches of burned land, in the order of the grid. Raises UnusableRaster."""
    with ExitStack() as stack:
        after = stack.enter_context(opened(images.after, None))
        before = stack.enter_context(opened(images.before, None))
        for source, file in ((after, images.after), (before, images.before)):
            _check_bands(source, file, images)
        _check_size(after, images.after)
        masks = [stack.enter_context(opened(file, None)) for file in images.clouds]
        earlier = stack.enter_context(_onto(before, after, Resampling.bilinear))
        clouds = [stack.enter_context(_onto(one, after, Resampling.nearest)) for one in masks]
        fall = np.full(after.shape, np.nan, dtype=np.float32)
        seen = 0
        for window in _windows(after):
            part = dnbr(_ratio(earlier, images, window), _ratio(after, images, window))
            for cloud in clouds:
                part[cloud.read(1, window=window, masked=True).filled(1) != 0] = np.nan
            seen += int((_values(after, images.nir_band, window) >= 0).sum())
            rows, columns = window.toslices()
            fall[rows, columns] = part
        return _patches(after, fall, seen)


def _check_bands(source: DatasetReader, file: Path, images: Images) -> None:
    wrong = [one for one in (images.nir_band, images.swir2_band) if one > source.count]
    if wrong:
        raise UnusableRaster(
            f"{file.name} has bands 1 to {source.count}, and no {wrong[0]}: name those of near"
            " infrared and of short-wave infrared with --nir and --swir2"
        )


def _check_size(grid: DatasetReader, file: Path) -> None:
    cells = grid.width * grid.height
    if cells > MOST_CELLS:
        raise UnusableRaster(
            f"{file.name} has {grid.width:,} × {grid.height:,} = {cells:,} cells, and at most"
            f" {MOST_CELLS:,} are compared at once: cut the image after into parts (gdal_translate"
            " -srcwin), each a pair with the image before"
        )


def _onto(source: DatasetReader, grid: DatasetReader, resampling: Resampling) -> WarpedVRT:
    """The image on the other's grid; what it has no data of is masked."""
    return WarpedVRT(
        source,
        src_crs=crs_of(source),
        crs=crs_of(grid),
        transform=grid.transform,
        width=grid.width,
        height=grid.height,
        resampling=resampling,
        add_alpha=source.nodata is None,
    )


def _windows(grid: DatasetReader) -> Iterator[Window]:
    for row in range(0, grid.height, _BLOCK):
        for column in range(0, grid.width, _BLOCK):
            wide, tall = min(_BLOCK, grid.width - column), min(_BLOCK, grid.height - row)
            yield Window(column, row, wide, tall)


def _ratio(source: DatasetReader, images: Images, window: Window) -> Floats:
    return nbr(_values(source, images.nir_band, window), _values(source, images.swir2_band, window))


def _values(source: DatasetReader, band: int, window: Window) -> Floats:
    """What the stored numbers mean; NaN where masked."""
    stored = source.read(band, window=window, masked=True).astype(np.float64).filled(np.nan)
    scaled: Floats = stored * source.scales[band - 1] + source.offsets[band - 1]
    return scaled


def _patches(grid: DatasetReader, fall: NDArray[np.float32], seen: int) -> Scars:
    labels, count = ndimage.label(burned(fall), structure=_EIGHT)
    found = labels > 0
    of, values = labels[found] - 1, fall[found].astype(float)
    cells = np.bincount(of, minlength=count)
    mean = np.bincount(of, values, count) / np.maximum(cells, 1)
    moderate = np.bincount(of, values >= _MODERATE_FROM, count) / np.maximum(cells, 1)
    clear = float(np.isfinite(fall).sum() / seen) if seen else 0.0
    crs = crs_of(grid)
    return Scars(_outlines(labels, found, count, grid), cells, mean, moderate, str(crs), clear)


def _outlines(
    labels: NDArray[np.int32], found: NDArray[np.bool_], count: int, grid: DatasetReader
) -> list[MultiPolygon]:
    """Of each patch, in WGS84: a patch whose parts meet at corners is several polygons."""
    parts: list[list[shapely.Polygon]] = [[] for _ in range(count)]
    for outline, label in shapes(
        labels.astype(np.int32, copy=False), found, transform=grid.transform
    ):
        outer, *holes = outline["coordinates"]
        parts[int(label) - 1].append(shapely.Polygon(outer, holes))
    to_degrees = Transformer.from_crs(crs_of(grid), 4326, always_xy=True)

    def project(corners: Floats) -> Floats:
        return np.column_stack(to_degrees.transform(corners[:, 0], corners[:, 1]))

    return [shapely.transform(MultiPolygon(one), project) for one in parts]


METHOD = f"dNBR × 1,000 of {BURNED_FROM:g} or more, patches of cells that touch; version 1"
