"""Layers that are rasters: writes a day's GeoTIFF, tells which days there are, paints one."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.io import MemoryFile
from rasterio.shutil import copy
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform_bounds

from geo_api.db import Reads
from geo_api.sql.rasters import RASTER_OF, RASTERS_OF
from layers.methods.png import palette_png
from layers.model import Layer, LayerNotFound, Style, Text

_CLOUD_OPTIMISED = {
    "driver": "COG",
    "compress": "DEFLATE",
    "predictor": "YES",
    "blocksize": 128,
    "overview_resampling": "AVERAGE",
}
# A painted map is this much finer than its grid, so that the classes' edges run smoothly.
_FINER = 4

Floats = NDArray[np.float64]


class RasterNotFound(LookupError):
    """The layer has no raster of the day that was asked for."""


@dataclass(frozen=True)
class Grid:
    """Square cells in degrees (WGS84) from a north-west corner; `step` is a cell's side."""

    west: float
    north: float
    step: float
    columns: int
    rows: int

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        east = self.west + self.columns * self.step
        south = self.north - self.rows * self.step
        return (self.west, round(south, 9), round(east, 9), self.north)

    def centres(self) -> tuple[Floats, Floats]:
        """Longitude and latitude of every cell's centre, in the shape of the raster."""
        lon = self.west + (np.arange(self.columns) + 0.5) * self.step
        lat = self.north - (np.arange(self.rows) + 0.5) * self.step
        lons, lats = np.meshgrid(lon, lat)
        return lons, lats


@dataclass(frozen=True)
class Raster:
    """One day of a layer; `path` is relative to the home, `rmse` in the layer's unit."""

    day: date
    path: str
    bounds: tuple[float, float, float, float]
    method: Text
    stations: int | None
    rmse: float | None
    simulated: bool
    made_at: datetime


def raster_layer(layers: Mapping[str, Layer], name: str) -> Layer:
    """Raises LayerNotFound, naming the layers that are rasters."""
    known = [layer.name for layer in layers.values() if layer.raster]
    if name not in known:
        raise LayerNotFound(f"no raster layer {name!r}; there are: {', '.join(known)}")
    return layers[name]


def rasters(reads: Reads, layer: Layer) -> list[Raster]:
    """The days there are, newest first."""
    return [_raster(*row) for row in reads.fetch(RASTERS_OF, {"layer": layer.name})]


def raster(reads: Reads, layer: Layer, day: date) -> Raster:
    """Raises RasterNotFound."""
    rows = reads.fetch(RASTER_OF, {"layer": layer.name, "day": day})
    if not rows:
        raise RasterNotFound(
            f"{layer.name} has no raster of {day}; /api/rasters/{layer.name} lists its days"
        )
    return _raster(*rows[0])


def file_of(found: Raster, home: Path) -> Path:
    """The day's GeoTIFF. Raises RasterNotFound where someone took the file away."""
    path = home / found.path
    if not path.is_file():
        raise RasterNotFound(f"the file of {found.day} is gone; make it again: fahsai analyse")
    return path


def write(path: Path, grid: Grid, values: Floats, tags: Mapping[str, str]) -> None:
    """A cloud-optimised GeoTIFF (EPSG:4326, float32, NaN for no data), whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.stem}.{os.getpid()}.tif")
    profile = {
        "driver": "GTiff",
        "dtype": "float32",
        "count": 1,
        "width": grid.columns,
        "height": grid.rows,
        "crs": "EPSG:4326",
        "transform": rasterio.Affine(grid.step, 0, grid.west, 0, -grid.step, grid.north),
        "nodata": np.nan,
    }
    with MemoryFile() as memory:
        with memory.open(**profile) as plain:
            plain.write(values.astype("float32"), 1)
            plain.update_tags(**tags)
        try:
            copy(memory.name, unfinished, **_CLOUD_OPTIMISED)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)


def paint(path: Path, style: Style) -> bytes:
    """A PNG in Web Mercator over the raster's own bounds, coloured by the style's classes and
    transparent where there is no data; values are classed as they are shown, to one decimal."""
    values = _mercator(path)
    classes = np.digitize(np.round(values, 1), style.breaks, right=True) + 1
    pixels = np.where(np.isfinite(values), classes, 0).astype("uint8")
    return palette_png(pixels, list(style.colors.values()))


def _raster(
    day: date,
    path: str,
    bounds: list[float],
    method_th: str,
    method_en: str,
    stations: int | None,
    rmse: float | None,
    simulated: bool,
    made_at: datetime,
) -> Raster:
    west, south, east, north = bounds
    method = Text(method_th, method_en)
    sides = (west, south, east, north)
    return Raster(day, path, sides, method, stations, rmse, simulated, made_at)


def _mercator(path: Path) -> Floats:
    with rasterio.open(path) as source:
        west, south, east, north = transform_bounds(source.crs, "EPSG:3857", *source.bounds)
        width = source.width * _FINER
        side = (east - west) / width
        height = round((north - south) / side)
        with WarpedVRT(
            source,
            crs="EPSG:3857",
            transform=rasterio.Affine(side, 0, west, 0, -(north - south) / height, north),
            width=width,
            height=height,
            resampling=Resampling.bilinear,
        ) as warped:
            values: Floats = warped.read(1).astype("float64")
    return values
