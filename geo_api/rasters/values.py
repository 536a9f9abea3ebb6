"""What a raster says of a place or of an area, and how sure that is."""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from rasterio.enums import Resampling
from rasterio.windows import Window
from shapely.geometry.base import BaseGeometry

from geo_api.rasters.cog_reader import DISTANCE_BAND, ERROR_BAND, cells
from geo_api.rasters.registry import Raster, file_of
from layers.model import Layer, Text

# Of an area with more cells, the file's coarser ones are read.
_MOST_CELLS = 4_000_000
_NO_DATA = Text(
    "ไม่มีข้อมูล ณ จุดนี้ ซึ่งไม่ได้หมายความว่ามีค่าเป็นศูนย์", "No data at this place, which is not to say zero"
)
_NO_CELL = Text(
    "ไม่มีข้อมูลในบริเวณนี้ ซึ่งไม่ได้หมายความว่ามีค่าเป็นศูนย์", "No data in this area, which is not to say zero"
)
_AT_SEA = Text("ไม่ประมาณค่านอกแผ่นดิน", "Not estimated off the land")
_UNSURE = Text(
    "ไม่ประมาณค่า ณ จุดนี้ เพราะไม่แน่นอนเกินไป", "Not estimated at this place: it would be too uncertain"
)


@dataclass(frozen=True)
class Value:
    """That of a cell or the mean of an area, and its standard error, both in the layer's unit and
    None where not known; what lies bilinearly between the cells' centres; and of an area the share
    that has a value. `note` says why there is none."""

    value: float | None
    standard_error: float | None
    interpolated: float | None = None
    coverage: float | None = None
    note: Text | None = None

    def minus(self, other: "Value", *, is_same: bool = False) -> "Value":
        """The difference; the errors of both are taken for independent, unless both are of one and
        the same raster, and of an area the lesser coverage counts."""
        shares = [one.coverage for one in (self, other) if one.coverage is not None]
        error = _together(self.standard_error, other.standard_error)
        return Value(
            _difference(self.value, other.value),
            0.0 if is_same and error is not None else error,
            _difference(self.interpolated, other.interpolated),
            min(shares, default=None),
            self.note or other.note,
        )


def value_at(layer: Layer, raster: Raster, home: Path, lon: float, lat: float) -> Value:
    """At a place (degrees). Raises RasterNotFound where the file is gone."""
    path = file_of(raster, home)
    read = cells(path)
    value = read.at(lon, lat)
    error = cells(path, ERROR_BAND).at(lon, lat) if read.bands >= ERROR_BAND else None
    note = None
    if value is None:
        surface = read.bands >= ERROR_BAND
        far_m = cells(path, DISTANCE_BAND).at(lon, lat) if surface else None
        note = _why_none(layer, raster, surface, far_m)
    return Value(value, error, read.between_centres(lon, lat), note=note)


def value_of(raster: Raster, home: Path, area: BaseGeometry) -> Value:
    """Of an area (degrees): the mean of its cells by their parts in it and sizes. The standard
    error is the mean of theirs: errors of neighbours go together, so that it is no less. Raises
    RasterNotFound where the file is gone."""
    # What only this needs takes long to load.
    from layers.methods.zonal import Lattice, Zones

    with rasterio.open(file_of(raster, home)) as source:
        window = _window(source, area)
        if window is None:
            return Value(None, None, coverage=0.0, note=_NO_CELL)
        coarser = max(1.0, math.sqrt(window.width * window.height / _MOST_CELLS))
        shape = (max(1, int(window.height / coarser)), max(1, int(window.width / coarser)))
        bands = [1, ERROR_BAND] if source.count >= ERROR_BAND else [1]
        read = source.read(
            bands,
            window=window,
            out_shape=(len(bands), *shape),
            resampling=Resampling.average if coarser > 1 else Resampling.nearest,
        )
        grid = source.transform
    rows, columns = shape
    lattice = Lattice(
        grid.c + window.col_off * grid.a,
        grid.f + window.row_off * grid.e,
        grid.a * window.width / columns,
        -grid.e * window.height / rows,
        columns,
        rows,
    )
    zones = Zones(lattice, [area])
    means = [zones.means(band) for band in read.astype(float)]
    value, error = (_number(one.mean.item()) for one in (means[0], means[-1]))
    coverage = round(means[0].coverage.item(), 4)
    known = value is not None
    return Value(
        value,
        error if known and len(bands) > 1 else None,
        coverage=coverage,
        note=None if known else _NO_CELL,
    )


def _window(source: rasterio.DatasetReader, area: BaseGeometry) -> Window | None:
    """The cells that the area touches; None where it lies beyond."""
    grid = source.transform
    west, south, east, north = area.bounds
    left, top = (
        max(0, math.floor(one)) for one in ((west - grid.c) / grid.a, (north - grid.f) / grid.e)
    )
    right = min(source.width, math.ceil((east - grid.c) / grid.a))
    bottom = min(source.height, math.ceil((south - grid.f) / grid.e))
    if right <= left or bottom <= top:
        return None
    return Window(left, top, right - left, bottom - top)


def _why_none(layer: Layer, raster: Raster, surface: bool, far_m: float | None) -> Text:
    """Beyond the distance at which a layer fades to nothing, no value was estimated; nor off the
    land, where the surface tells no distance either, or where it was too uncertain."""
    reach_m = next((beyond_m for beyond_m, opacity in layer.style.fades if not opacity), None)
    if reach_m is not None and raster.nearest_m is not None and raster.nearest_m > reach_m:
        near, reach = f"{raster.nearest_m / 1000:.0f}", f"{reach_m / 1000:g}"
        return Text(
            f"ไม่ประมาณค่า ณ จุดนี้ สถานีใกล้ที่สุดอยู่ห่าง {near} กม. เกิน {reach} กม.",
            f"Not estimated at this place: the nearest station is {near} km away, beyond"
            f" {reach} km",
        )
    if not surface:
        return _NO_DATA
    return _AT_SEA if far_m is None else _UNSURE


def _difference(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else _number(one - other)


def _together(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else _number(math.hypot(one, other))


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(f"{value:.7g}")
