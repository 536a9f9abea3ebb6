"""FlatGeobuf, whose spatial index comes before the first feature: it is whole before it is sent."""

import shutil
from pathlib import Path
from typing import BinaryIO

from geo_api.exports.arrow_batches import rows
from geo_api.exports.gdal import FileRefused, write_layer
from geo_api.exports.job import Job


def write(job: Job, out: BinaryIO) -> None:
    """Writes the rows of the job's statement into a file of its folder, neighbours together unless
    another order was asked for, and that to `out`."""
    path = job.folder / "layer.fgb"
    if job.sorted or job.srid is None:
        _write(job, path, index="NO")
    else:
        try:
            _write(job, path, index="YES")
        except FileRefused:
            # An index takes no feature that lies nowhere, as that of a whole country's sum.
            path.unlink(missing_ok=True)
            _write(job, path, index="NO")
    with path.open("rb") as made:
        shutil.copyfileobj(made, out, 2**18)


def _write(job: Job, path: Path, *, index: str) -> None:
    options = {"SPATIAL_INDEX": index, "TEMPORARY_DIR": str(job.folder)}
    with rows(job.dsn, job.statement, job.columns, job.settings) as reader:
        write_layer(job, reader, str(path), "FlatGeobuf", TITLE=job.title, **options)
