"""FlatGeobuf, whose spatial index comes before the first feature: it is whole before it is sent."""

import shutil
from typing import BinaryIO

from geo_api.exports.arrow_batches import rows
from geo_api.exports.gdal import write_layer
from geo_api.exports.job import Job


def write(job: Job, out: BinaryIO) -> None:
    """Writes the rows of the job's statement into a file of its folder, neighbours together unless
    another order was asked for, and that to `out`."""
    path = job.folder / "layer.fgb"
    index = "NO" if job.sorted or job.srid is None else "YES"
    options = {"SPATIAL_INDEX": index, "TEMPORARY_DIR": str(job.folder)}
    with rows(job.dsn, job.statement, job.columns, job.settings) as reader:
        write_layer(job, reader, str(path), "FlatGeobuf", TITLE=job.title, **options)
    with path.open("rb") as made:
        shutil.copyfileobj(made, out, 2**18)
