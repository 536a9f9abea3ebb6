"""GeoPackage: a database in a file, which must be whole before it can be sent."""

import shutil
from typing import BinaryIO

from geo_api.exports.arrow_batches import rows
from geo_api.exports.gdal import configure, write_layer
from geo_api.exports.job import Job


def write(job: Job, out: BinaryIO) -> None:
    """Writes the rows of the job's statement into a file of its folder, and that to `out`."""
    configure(
        # Else the spatial index of all rows is built in memory, by a thread beside.
        OGR_GPKG_ALLOW_THREADED_RTREE="NO",
        OGR_GPKG_MAX_RAM_USAGE_RTREE=str(2**23),
        # Who is cut off begins anew: there is nothing to go back to.
        OGR_SQLITE_SYNCHRONOUS="OFF",
        OGR_SQLITE_JOURNAL="OFF",
    )
    path = job.folder / "layer.gpkg"
    with rows(job.dsn, job.statement, job.columns, job.settings) as reader:
        names = {"IDENTIFIER": job.title, "GEOMETRY_NAME": "geom"}
        write_layer(job, reader, str(path), "GPKG", **names)
    with path.open("rb") as made:
        shutil.copyfileobj(made, out, 2**18)
