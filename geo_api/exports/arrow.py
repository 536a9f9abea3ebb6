"""Arrow stream, with the meaning, unit and origin of what is in it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO

import pyarrow
import pyarrow.ipc

from geo_api.exports.arrow_batches import VERSION_READ, rows
from geo_api.exports.job import GEOMETRY, Job
from layers.citation import address_to_cite
from layers.model import Field

Batches = Iterator[pyarrow.RecordBatch]


def write(job: Job, out: BinaryIO) -> None:
    """Streams the rows of the job's statement to `out`."""
    with described(job) as (schema, batches), pyarrow.ipc.new_stream(out, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)


@contextmanager
def described(job: Job) -> Iterator[tuple[pyarrow.Schema, Batches]]:
    """The rows of the job's statement: titles and units on the fields, GeoArrow's extension type on
    the geometry, and under `fahsai` where the data come from."""
    with rows(job.dsn, job.statement, job.columns, job.settings, with_version=True) as reader:
        schema = _schema(reader.schema, job)
        yield schema, (pyarrow.record_batch(batch.columns, schema=schema) for batch in reader)


def _schema(schema: pyarrow.Schema, job: Job) -> pyarrow.Schema:
    fields = {field.name: field for field in job.layer.fields}
    described = [
        _geometry_field(field, job.projjson)
        if field.name == GEOMETRY and job.projjson is not None
        else field.with_metadata({**(field.metadata or {}), **_meaning(fields.get(field.name))})
        for field in schema
    ]
    read = json.loads(schema.metadata[VERSION_READ.encode()])
    # As of a former time it is that one, as the origin tells.
    origin = read | job.origin
    if "asOf" in origin:
        origin["cite"] = address_to_cite(job.site, job.path, origin["asOf"])
    return pyarrow.schema(described, {"fahsai": json.dumps(origin, ensure_ascii=False)})


def _meaning(field: Field | None) -> dict[str, str]:
    if field is None:
        return {}
    told = {"title_th": field.title.th, "title_en": field.title.en, "unit": field.unit}
    return {name: value for name, value in told.items() if value}


def _geometry_field(field: pyarrow.Field, projjson: Mapping[str, Any]) -> pyarrow.Field:
    # https://geoarrow.org/extension-types; x comes before y, whatever the CRS says.
    return field.with_metadata(
        {
            "ARROW:extension:name": "geoarrow.wkb",
            "ARROW:extension:metadata": json.dumps({"crs": projjson, "crs_type": "projjson"}),
        }
    )
