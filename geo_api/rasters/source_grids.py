"""Opens providers' grids (GeoTIFF, NetCDF and what else GDAL reads) and says what can be used."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import rasterio
from rasterio.crs import CRS
from rasterio.errors import NotGeoreferencedWarning, RasterioIOError
from rasterio.io import DatasetReader

from geo_api.database.runs import RunFailed
from layers.methods.cf_time import BadTime, cf_time

WGS84 = CRS.from_epsg(4326)


class UnusableRaster(RunFailed):
    """A file cannot be registered; the message says what is wrong with it and what to do."""


@dataclass(frozen=True)
class Band:
    """A band of a file, from 1, and the time (UTC) that it is of, where the file says so."""

    number: int
    time: datetime | None


@contextmanager
def opened(file: Path, variable: str | None) -> Iterator[DatasetReader]:
    """The file, or one variable of it, checked to be a regular grid on the earth. Raises
    UnusableRaster."""
    with warnings.catch_warnings():
        # Said in our words by `_check`.
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with _open(str(file), file) as whole:
            name = _variable(whole, file, variable)
            if name is None:
                _check(whole, file)
                yield whole
                return
        with _open(name, file) as one:
            _check(one, file)
            yield one


def crs_of(source: DatasetReader) -> CRS | None:
    """The CRS: that of the file, or WGS84 for a NetCDF file whose axes are in degrees north and
    east and which names none (CF conventions 1.11, 4.1 and 4.2)."""
    if source.crs:
        return source.crs
    units = {text for name, text in source.tags().items() if name.endswith("#units")}
    return WGS84 if {"degrees_north", "degrees_east"} <= units else None


def bands_of(source: DatasetReader, file: Path, band: int | None) -> list[Band]:
    """The `band` asked for, or all if they are times; raises UnusableRaster where that is not
    clear."""
    if band is not None and not 1 <= band <= source.count:
        raise UnusableRaster(f"{file.name} has bands 1 to {source.count}, and no {band}")
    dimension = _time_dimension(source)
    numbers = [band] if band else range(1, source.count + 1)
    if dimension is None and len(numbers) > 1:
        raise UnusableRaster(f"{file.name} has {source.count} bands: choose one with --band")
    if len(numbers) > 1:
        _check_dimensions(source, file, dimension)
    return [Band(number, _time(source, file, number, dimension)) for number in numbers]


def _open(name: str, file: Path) -> DatasetReader:
    try:
        return rasterio.open(name)
    except RasterioIOError as problem:
        raise UnusableRaster(
            f"{file.name} is no raster that can be read: {problem}; give a GeoTIFF or NetCDF file"
        ) from problem


def _variable(whole: DatasetReader, file: Path, variable: str | None) -> str | None:
    """GDAL's name of the variable asked for; None where the file is that variable."""
    named: dict[str, str] = {name.rpartition(":")[2]: name for name in whole.subdatasets}
    if not named:
        own = whole.tags(1).get("NETCDF_VARNAME") if whole.count else None
        if variable not in (None, own):
            there_is = f"it has: {own}" if own else "it has none: leave --variable out"
            raise UnusableRaster(f"{file.name} has no variable {variable!r}; {there_is}")
        return None
    if variable is None or variable not in named:
        raise UnusableRaster(
            f"{file.name} has the variables {', '.join(named)}: choose one with --variable"
        )
    return named[variable]


def _check(source: DatasetReader, file: Path) -> None:
    to = source.transform
    if not source.count:
        raise UnusableRaster(f"{file.name} has no bands")
    if to == rasterio.Affine.identity():
        raise UnusableRaster(
            f"{file.name} does not say where on the earth its cells lie, or they are not evenly"
            " spaced: bring it onto a regular grid first (gdalwarp)"
        )
    if to.b or to.d or to.a <= 0:
        raise UnusableRaster(f"{file.name} is a rotated grid: straighten it first (gdalwarp)")
    if crs_of(source) is None:
        raise UnusableRaster(
            f"{file.name} names no coordinate reference system: write it into the file first"
            " (gdal_edit.py -a_srs EPSG:…)"
        )
    if source.dtypes[0].startswith("complex"):
        raise UnusableRaster(f"{file.name} holds complex numbers, which have no one colour")


def _time_dimension(source: DatasetReader) -> str | None:
    """The dimension that tells the bands' times, if any does."""
    dimensions = _dimensions(source)
    tags = source.tags()
    return next((d for d in dimensions if " since " in tags.get(f"{d}#units", "")), None)


def _dimensions(source: DatasetReader) -> list[str]:
    """Those of a NetCDF file beside the two of the map."""
    return [
        name for name in source.tags().get("NETCDF_DIM_EXTRA", "").strip("{}").split(",") if name
    ]


def _check_dimensions(source: DatasetReader, file: Path, time: str | None) -> None:
    for name in _dimensions(source):
        values = {source.tags(number).get(f"NETCDF_DIM_{name}") for number in source.indexes}
        if name != time and len(values) > 1:
            raise UnusableRaster(
                f"{file.name} has {len(values)} values of {name}: choose one band with --band"
            )


def _time(source: DatasetReader, file: Path, band: int, dimension: str | None) -> datetime | None:
    if dimension is None:
        return None
    tags, value = source.tags(), source.tags(band)[f"NETCDF_DIM_{dimension}"]
    calendar = tags.get(f"{dimension}#calendar", "standard")
    try:
        return cf_time(float(value), tags[f"{dimension}#units"], calendar)
    except (BadTime, ValueError) as problem:
        raise UnusableRaster(f"{file.name}: {problem}") from problem
