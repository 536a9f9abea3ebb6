"""Reads our GeoTIFF files: the value of a cell, and between the centres of cells on any lattice.

Files are as `cog_writer.keep` makes them: a band of float32, NaN for no data, perhaps a second of
distances and a third of standard errors, regular in degrees of WGS84. Chunks of cells are kept in
memory while there is room, shared by all threads; no dataset stays open, since GDAL's may be used
by one thread at a time.
"""

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.windows import Window

DISTANCE_BAND, ERROR_BAND = 2, 3
_CHUNK = 512
_ROOM_BYTES = 64 << 20

Floats = NDArray[np.float64]
Values = NDArray[np.float32]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Level:
    """One resolution of a file, 0 the finest. Lengths are in degrees; `west` and `north` are the
    outer edges. A grid may run beyond 180° E, as those that begin at Greenwich do."""

    number: int
    columns: int
    rows: int
    west: float
    north: float
    width: float
    height: float

    @property
    def around_the_world(self) -> bool:
        """Whether the last column's neighbour is the first."""
        return abs(self.columns * self.width - 360) < self.width / 2


@dataclass(frozen=True)
class _Axis:
    """Where some coordinates lie among the cells of a row or column: between the centres of `low`
    and `high`, `weight` of the way, and within `nearest`."""

    low: Places
    high: Places
    nearest: Places
    weight: Values

    @classmethod
    def of(cls, cells: Floats, count: int, wraps: bool) -> "_Axis":
        """`cells` are distances from the edge of the first cell, in cells."""
        low = np.floor(cells - 0.5).astype(np.intp)
        weight = (cells - 0.5 - low).astype(np.float32)
        both = np.stack((low, low + 1))
        low, high = both % count if wraps else both.clip(0, count - 1)
        return cls(low, high, np.floor(cells).astype(np.intp), weight)

    def within(self, kept: Places) -> "_Axis":
        """The same as places in `kept`, the sorted cells that were read."""
        low, high, nearest = np.searchsorted(kept, (self.low, self.high, self.nearest))
        return _Axis(low, high, nearest, self.weight)


class Cells:
    """The cells of one band of a file, which has so many `bands`."""

    def __init__(self, path: Path, stamp: tuple[int, ...], band: int) -> None:
        self._path = path
        self._stamp = stamp
        self._band = band
        self.levels, self.bands = _levels(path)

    def at(self, lon: float, lat: float) -> float | None:
        """The value of the cell that the point lies in; None where it has none."""
        finest = self.levels[0]
        columns, rows = _offsets(finest, np.array([lon]), np.array([lat]))
        if not (_inside(columns, finest.columns)[0] and _inside(rows, finest.rows)[0]):
            return None
        return _number(self._read(finest, rows.astype(np.intp), columns.astype(np.intp)))

    def between_centres(self, lon: float, lat: float) -> float | None:
        """The value at the point as `between` gives it, of the finest cells."""
        return _number(self.between(np.array([lon]), np.array([lat])))

    def between(self, lon: Floats, lat: Floats) -> Values:
        """The values at every crossing of the longitudes (rising) and latitudes (falling), in
        degrees, bilinearly between the centres of the cells, without those that have no value.

        Where the cell itself has no value, there is none. Cells are taken from the coarsest
        overview that is no coarser than the lattice.
        """
        level = self._level_for(lon, lat)
        columns, rows = _offsets(level, lon, lat)
        in_columns, in_rows = _inside(columns, level.columns), _inside(rows, level.rows)
        found = np.full((len(lat), len(lon)), np.nan, dtype=np.float32)
        if not (in_columns.any() and in_rows.any()):
            return found
        across = _Axis.of(columns[in_columns], level.columns, level.around_the_world)
        down = _Axis.of(rows[in_rows], level.rows, wraps=False)
        values = self._blended(level, down, across)
        if values.shape == found.shape:
            return values
        found[np.ix_(in_rows, in_columns)] = values
        return found

    def _level_for(self, lon: Floats, lat: Floats) -> Level:
        across, down = _spacing(lon), _spacing(lat)
        fine = [one for one in self.levels if one.width <= across and one.height <= down]
        return fine[-1] if fine else self.levels[0]

    def _blended(self, level: Level, down: _Axis, across: _Axis) -> Values:
        rows = np.unique((down.low, down.high))
        columns = np.unique((across.low, across.high))
        cells = self._read(level, rows, columns)
        down, across = down.within(rows), across.within(columns)
        known = ~np.isnan(cells)
        if known.all():
            return _blend(cells, down, across)
        if not known.any():
            return np.full((len(down.low), len(across.low)), np.nan, dtype=np.float32)
        values = _blend(np.where(known, cells, np.float32(0)), down, across)
        weights = _blend(known.astype(np.float32), down, across)
        # The nearest cell weighs a quarter at least, so that what is shown divides by no zero.
        shown = known[np.ix_(down.nearest, across.nearest)]
        return np.divide(values, weights, out=np.full_like(values, np.nan), where=shown)

    def _read(self, level: Level, rows: Places, columns: Places) -> Values:
        """The cells at every crossing of the rows and columns, both sorted."""
        found = np.empty((len(rows), len(columns)), dtype=np.float32)
        for row, tall in _by_chunk(rows):
            for column, wide in _by_chunk(columns):
                chunk = self._chunk(level, row, column)
                ours = _run(rows[tall] - row), _run(columns[wide] - column)
                found[tall, wide] = chunk[ours[0]][:, ours[1]]
        return found

    def _chunk(self, level: Level, row: int, column: int) -> Values:
        key = (str(self._path), *self._stamp, self._band, level.number, row, column)
        chunk = _KEPT.get(key)
        if chunk is None:
            wide, tall = min(_CHUNK, level.columns - column), min(_CHUNK, level.rows - row)
            with _opened(self._path, level.number) as source:
                chunk = source.read(self._band, window=Window(column, row, wide, tall))
            _KEPT.put(key, chunk)
        return chunk


def cells(path: Path, band: int = 1) -> Cells:
    """The cells of a file; one that was replaced is read anew. Raises FileNotFoundError."""
    found = path.stat()
    return _cells(path, (found.st_mtime_ns, found.st_size, found.st_ino), band)


@lru_cache(maxsize=1024)
def _cells(path: Path, stamp: tuple[int, ...], band: int) -> Cells:
    return Cells(path, stamp, band)


class _Kept:
    """The chunks that were used last, as many as there is room for."""

    def __init__(self, room_bytes: int) -> None:
        self._room = room_bytes
        self._chunks: OrderedDict[tuple[object, ...], Values] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[object, ...]) -> Values | None:
        with self._lock:
            chunk = self._chunks.get(key)
            if chunk is not None:
                self._chunks.move_to_end(key)
            return chunk

    def put(self, key: tuple[object, ...], chunk: Values) -> None:
        with self._lock:
            if key in self._chunks:  # another thread was as quick
                return
            self._chunks[key] = chunk
            self._room -= chunk.nbytes
            while self._room < 0 and len(self._chunks) > 1:
                self._room += self._chunks.popitem(last=False)[1].nbytes


_KEPT = _Kept(_ROOM_BYTES)


def _opened(path: Path, level: int) -> rasterio.DatasetReader:
    return rasterio.open(path, overview_level=level - 1) if level else rasterio.open(path)


def _levels(path: Path) -> tuple[tuple[Level, ...], int]:
    """The resolutions of a file, and how many bands it has."""
    with rasterio.open(path) as source:
        count, bands = 1 + len(source.overviews(1)), source.count
    found = []
    for number in range(count):
        with _opened(path, number) as source:
            edges = source.transform
            sizes = (source.width, source.height)
            found.append(Level(number, *sizes, edges.c, edges.f, edges.a, -edges.e))
    return tuple(found), bands


def _number(one: Values) -> float | None:
    """With the digits that a float32 holds, so that 37.6 is not 37.599998474121094."""
    value = one.item()
    return None if math.isnan(value) else float(f"{value:.7g}")


def _offsets(level: Level, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """How many cells from the western and from the northern edge."""
    return (lon - level.west) % 360 / level.width, (level.north - lat) / level.height


def _inside(offsets: Floats, count: int) -> NDArray[np.bool_]:
    return (offsets >= 0) & (offsets < count)


def _spacing(coordinates: Floats) -> float:
    return abs(float(coordinates[-1] - coordinates[0])) / max(len(coordinates) - 1, 1)


def _by_chunk(sorted_cells: Places) -> list[tuple[int, slice]]:
    """The first cell of each chunk, and which of the cells lie in it."""
    starts = np.unique(sorted_cells // _CHUNK) * _CHUNK
    ends = np.searchsorted(sorted_cells, starts + _CHUNK)
    begins = [0, *ends[:-1]]
    return [(int(s), slice(int(b), int(e))) for s, b, e in zip(starts, begins, ends, strict=True)]


def _run(places: Places) -> Places | slice:
    """The same places as a slice where they follow one another: it copies nothing."""
    first, last = int(places[0]), int(places[-1])
    return slice(first, last + 1) if last - first + 1 == len(places) else places


def _blend(cells: Values, down: _Axis, across: _Axis) -> Values:
    """Bilinear: first along the rows that were read, then between them."""
    lines = _lerp(cells.take(across.low, 1), cells.take(across.high, 1), across.weight)
    return _lerp(lines.take(down.low, 0), lines.take(down.high, 0), down.weight[:, np.newaxis])


def _lerp(start: Values, end: Values, weight: Values) -> Values:
    """In place of both."""
    end -= start
    end *= weight
    start += end
    return start
