"""GeoParquet 1.1, neighbours together, with the meaning, unit and origin of what is in it."""

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO

import numpy
import pyarrow
import pyarrow.parquet
import shapely

from geo_api.exports.arrow import Batches, described
from geo_api.exports.job import GEOMETRY, Job
from layers.wkb import coordinates

# What is held at once: small enough for little memory, large enough to pack well. Each of 26
# columns holds a page and a dictionary back, of 1 MB unless told otherwise.
_ROWS_HELD = 2**14
# Who wants a small box reads whole row groups, and the list of all of them: few rows in each where
# the file is small, and a list that grows slowly where it is large.
_FEWEST_ROWS_IN_GROUP = 2**11
_SHARE_IN_GROUP = 16
_PAGE_BYTES = 2**18
# The box of each row, whose statistics tell a reader which row groups it can pass over.
_ENDS = ("xmin", "ymin", "xmax", "ymax")
_BOX = pyarrow.field("bbox", pyarrow.struct([(end, pyarrow.float64()) for end in _ENDS]))
_TYPES = {"POINT": "Point", "POLYGON": "Polygon", "MULTIPOLYGON": "MultiPolygon"}


def write(job: Job, out: BinaryIO) -> None:
    """Streams the rows of the job's statement to `out`, some row groups at a time."""
    seen = _Shapes()
    written = 0
    with (
        described(job) as (schema, batches),
        pyarrow.parquet.ParquetWriter(
            out,
            schema if job.projjson is None else schema.append(_BOX),
            compression="zstd",
            data_page_size=_PAGE_BYTES,
            dictionary_pagesize_limit=_PAGE_BYTES,
        ) as writer,
    ):
        for group in _ahead(_groups(batches)):
            if job.projjson is not None:
                group = group.append_column(_BOX, seen.add(group.column(GEOMETRY)))
            size = max(_FEWEST_ROWS_IN_GROUP, min(written // _SHARE_IN_GROUP, _ROWS_HELD))
            writer.write_table(group, row_group_size=size)
            written += group.num_rows
        if job.projjson is not None:
            writer.add_key_value_metadata({"geo": json.dumps(_geo(job.projjson, seen))})


def _groups(batches: Batches) -> Iterator[pyarrow.Table]:
    held: list[pyarrow.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(part.num_rows for part in held) >= _ROWS_HELD:
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

    def add(self, column: pyarrow.ChunkedArray) -> pyarrow.ChunkedArray:
        """Takes WKB in, and gives the box of each."""
        return pyarrow.chunked_array([self._boxes(chunk) for chunk in column.chunks], _BOX.type)

    def _boxes(self, chunk: pyarrow.BinaryArray) -> pyarrow.StructArray:
        points = coordinates(chunk)
        if points is not None:
            boxes = numpy.column_stack((points, points))
            self.types.add("Point")
        else:
            # Not to_numpy, which imports pandas: 50 MB for nothing.
            shapes = shapely.from_wkb(chunk.to_pylist())
            # A row without a geometry has no type and no box.
            there = shapely.get_type_id(shapes[~shapely.is_missing(shapes)])
            types = {shapely.GeometryType(n).name for n in there}
            self.types.update(_TYPES[name] for name in types)
            boxes = shapely.bounds(shapes)
        if len(boxes):
            lowest = numpy.fmin.reduce(boxes[:, :2], axis=0)
            highest = numpy.fmax.reduce(boxes[:, 2:], axis=0)
            self.bounds[:2] = numpy.fmin(self.bounds[:2], lowest)
            self.bounds[2:] = numpy.fmax(self.bounds[2:], highest)
        columns = (boxes[:, n].copy() for n in range(4))
        ends = [pyarrow.array(one, pyarrow.float64(), from_pandas=True) for one in columns]
        return pyarrow.StructArray.from_arrays(ends, fields=list(_BOX.type))


def _geo(projjson: Mapping[str, Any], seen: _Shapes) -> dict[str, Any]:
    """The metadata of GeoParquet 1.1.0 (https://geoparquet.org/releases/v1.1.0/)."""
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted(seen.types),
        "crs": projjson,
        "covering": {"bbox": {end: [_BOX.name, end] for end in _ENDS}},
    }
    if seen.types:
        column["bbox"] = seen.bounds.tolist()
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
