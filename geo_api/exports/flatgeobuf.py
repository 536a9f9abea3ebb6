"""FlatGeobuf without a spatial index, which would have to come before the first feature."""

import shutil
from itertools import chain
from typing import BinaryIO

import pyarrow

from geo_api.exports.arrow_batches import rows
from geo_api.exports.gdal import write_layer
from geo_api.exports.job import Job

_OPTIONS = {"SPATIAL_INDEX": "NO"}


def write(job: Job, out: BinaryIO) -> None:
    """Streams the rows of the job's statement to standard output."""
    with rows(job.dsn, job.statement, job.columns) as reader:
        first = next((batch for batch in reader if batch.num_rows), None)
        if first is None:
            _write_empty(job, reader.schema, out)
            return
        batches = pyarrow.RecordBatchReader.from_batches(reader.schema, chain([first], reader))
        write_layer(job, batches, "/vsistdout/layer.fgb", "FlatGeobuf", TITLE=job.title, **_OPTIONS)


def _write_empty(job: Job, schema: pyarrow.Schema, out: BinaryIO) -> None:
    # To standard output GDAL (3.12) writes no header before there is a feature.
    path = job.folder / "layer.fgb"
    nothing = pyarrow.RecordBatchReader.from_batches(schema, [])
    write_layer(job, nothing, str(path), "FlatGeobuf", TITLE=job.title, **_OPTIONS)
    with path.open("rb") as made:
        shutil.copyfileobj(made, out)
