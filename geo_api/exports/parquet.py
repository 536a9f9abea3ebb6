"""GeoParquet 1.1, with the meaning, unit and origin of what is in it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO

import numpy
import pyarrow
import pyarrow.parquet
import shapely

from geo_api.exports.arrow import Batches, described
from geo_api.exports.job import GEOMETRY, Job
from layers.wkb import Coordinates, coordinates

# Small enough for little memory, and for readers that fetch a part; large enough to pack well. Each
# of 26 columns holds a page and a dictionary back, of 1 MB unless told otherwise.
_ROWS_IN_GROUP = 2**15
_PAGE_BYTES = 2**18
_TYPES = {"POINT": "Point", "POLYGON": "Polygon", "MULTIPOLYGON": "MultiPolygon"}


def write(job: Job, out: BinaryIO) -> None:
    """Streams the rows of the job's statement to `out`, a row group at a time."""
    seen = _Shapes()
    with (
        described(job) as (schema, batches),
        pyarrow.parquet.ParquetWriter(
            out,
            schema,
            compression="zstd",
            data_page_size=_PAGE_BYTES,
            dictionary_pagesize_limit=_PAGE_BYTES,
        ) as writer,
    ):
        for group in _ahead(_groups(batches)):
            if job.projjson is not None:
                seen.add(group.column(GEOMETRY))
            writer.write_table(group, row_group_size=group.num_rows)
        if job.projjson is not None:
            writer.add_key_value_metadata({"geo": json.dumps(_geo(job.projjson, seen))})


def _groups(batches: Batches) -> Iterator[pyarrow.Table]:
    held: list[pyarrow.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(part.num_rows for part in held) >= _ROWS_IN_GROUP:
            yield pyarrow.Table.from_batches(held)
            held = []
    if held:
        yield pyarrow.Table.from_batches(held)


def _ahead(groups: Iterator[pyarrow.Table]) -> Iterator[pyarrow.Table]:
    """Each made while whoever takes them works on the one before."""
    with ThreadPoolExecutor(1) as making:
        coming = making.submit(next, groups, None)
        while group := coming.result():
            coming = making.submit(next, groups, None)
            yield group


class _Shapes:
    """The types and the bounds of the geometries seen so far."""

    def __init__(self) -> None:
        self.types: set[str] = set()
        self.bounds = numpy.full(4, numpy.nan)

    def add(self, column: pyarrow.ChunkedArray) -> None:
        """Takes WKB in."""
        for chunk in column.chunks:
            points = coordinates(chunk)
            if points is not None:
                self._widen(["Point"], points)
            else:
                # Not to_numpy, which imports pandas: 50 MB for nothing.
                shapes = shapely.from_wkb(chunk.to_pylist())
                types = {shapely.GeometryType(n).name for n in shapely.get_type_id(shapes)}
                self._widen([_TYPES[name] for name in types], shapely.get_coordinates(shapes))

    def _widen(self, types: Iterable[str], coordinates: Coordinates) -> None:
        self.types.update(types)
        if len(coordinates):
            self.bounds[:2] = numpy.fmin(self.bounds[:2], coordinates.min(axis=0))
            self.bounds[2:] = numpy.fmax(self.bounds[2:], coordinates.max(axis=0))


def _geo(projjson: Mapping[str, Any], seen: _Shapes) -> dict[str, Any]:
    """The metadata of GeoParquet 1.1.0 (https://geoparquet.org/releases/v1.1.0/)."""
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted(seen.types),
        "crs": projjson,
    }
    if seen.types:
        column["bbox"] = seen.bounds.tolist()
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
