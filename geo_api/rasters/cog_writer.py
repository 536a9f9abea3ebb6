"""Writes rasters as cloud-optimised GeoTIFF files under the home, whole or not at all.

A file is named by its day and what is in it, and never changes: who reads one while its day is
made again reads the former one to the end.
"""

import hashlib
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from psycopg2.extensions import connection as Connection
from rasterio.io import DatasetReader, DatasetWriter, MemoryFile
from rasterio.shutil import copy

from geo_api.rasters.cog_reader import DISTANCE_BAND, ERROR_BAND
from geo_api.rasters.sql import PATHS_OF
from layers.model import Layer

_CLOUD_OPTIMISED = {
    "driver": "COG",
    "compress": "DEFLATE",
    "predictor": "YES",
    "blocksize": 128,
    "overview_resampling": "AVERAGE",
    "bigtiff": "IF_SAFER",
}
MEDIA_TYPE = "image/tiff; application=geotiff; profile=cloud-optimized"
# So long may a request take that began before its file was replaced, or a run that is not done.
_SPARED_S = 3600
_DESCRIPTIONS = {
    DISTANCE_BAND: "Distance to the nearest station",
    ERROR_BAND: "Standard error",
}

Floats = NDArray[np.float64]


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

    @property
    def transform(self) -> rasterio.Affine:
        """From column and row to degrees."""
        return rasterio.Affine(self.step, 0, self.west, 0, -self.step, self.north)

    def centres(self) -> tuple[Floats, Floats]:
        """Longitude and latitude of every cell's centre, in the shape of the raster."""
        lon = self.west + (np.arange(self.columns) + 0.5) * self.step
        lat = self.north - (np.arange(self.rows) + 0.5) * self.step
        lons, lats = np.meshgrid(lon, lat)
        return lons, lats


@dataclass(frozen=True)
class Quantity:
    """What the first band of a file holds, as the file says."""

    description: str
    unit: str | None

    @classmethod
    def of(cls, layer: Layer) -> "Quantity":
        """That of a raster layer, as its one field says in English."""
        (value,) = layer.fields
        return cls(value.title.en, value.unit)

    def describe(self, file: DatasetWriter) -> None:
        """Writes it into a file that is being made."""
        file.set_band_description(1, self.description)
        file.set_band_unit(1, self.unit or "")


def keep(home: Path, layer: str, day: date, source: DatasetReader, hour: int | None = None) -> str:
    """Keeps a raster (EPSG:4326, float32, NaN for no data) as a file of the day, or of an `hour` of
    it; its path relative to `home`."""
    folder = home / "rasters" / layer
    of = f"{day}" if hour is None else f"{day}T{hour:02d}"
    with _unfinished(folder / f"{of}.tif") as file:
        copy(source, file, **_CLOUD_OPTIMISED)
        name = f"{of}-{_digest(file)}.tif"
        file.replace(folder / name)
    return f"rasters/{layer}/{name}"


def sweep(connection: Connection, home: Path, layer: str) -> None:
    """Deletes the layer's files that no day has had for an hour. Not within the transaction that
    replaces one: it could yet be undone."""
    with connection.cursor() as cursor:
        cursor.execute(PATHS_OF, {"layer": layer})
        used = {home / path for (path,) in cursor.fetchall()}
    for file in (home / "rasters" / layer).glob("*.tif"):
        if file not in used and file.stat().st_mtime < time.time() - _SPARED_S:
            file.unlink(missing_ok=True)


@contextmanager
def in_memory(
    grid: Grid,
    values: Floats,
    tags: Mapping[str, str],
    quantity: Quantity,
    nearest_m: Floats | None = None,
    standard_error: Floats | None = None,
) -> Iterator[DatasetReader]:
    """An array as a raster to keep; NaN is no data. `nearest_m`, how far each cell lies from where
    something was measured, becomes its second band, and with it the `standard_error` of the values,
    in their unit, its third."""
    further = {DISTANCE_BAND: nearest_m, ERROR_BAND: standard_error}
    told = {band: cells for band, cells in further.items() if cells is not None}
    profile = {
        "driver": "GTiff",
        "dtype": "float32",
        "count": max(told, default=1),
        "width": grid.columns,
        "height": grid.rows,
        "crs": "EPSG:4326",
        "transform": grid.transform,
        "nodata": np.nan,
    }
    units = {DISTANCE_BAND: "m", ERROR_BAND: quantity.unit or ""}
    with MemoryFile() as memory:
        with memory.open(**profile) as plain:
            plain.write(values.astype("float32"), 1)
            plain.update_tags(**tags)
            quantity.describe(plain)
            for band, cells in told.items():
                plain.write(cells.astype("float32"), band)
                plain.set_band_description(band, _DESCRIPTIONS[band])
                plain.set_band_unit(band, units[band])
        with memory.open() as written:
            yield written


@contextmanager
def _unfinished(path: Path) -> Iterator[Path]:
    """A name beside `path` that nothing reads; gone at the end unless the file was moved."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.with_name(f".{path.stem}.{os.getpid()}.tif")
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()[:16]
