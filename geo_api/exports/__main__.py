"""The process of one download: reads a Job from standard input, writes the file to standard output.

Ends with EXIT_UNAVAILABLE where the database does not answer now, with EXIT_NO_ROOM where the disk
is full, else with 1 and a traceback.
"""

import os
import pickle
import sys
from collections.abc import Callable
from shutil import disk_usage
from typing import BinaryIO

import psycopg2

from geo_api.exports import formats
from geo_api.exports.file_store import is_full
from geo_api.exports.formats import EXIT_NO_ROOM, EXIT_UNAVAILABLE, Format
from geo_api.exports.job import Job
from geo_api.processes import end_with_parent

_BUFFER_BYTES = 2**18
# Connection exception, insufficient resources, operator intervention (PostgreSQL's appendix A).
_PASSING = ("08", "53", "57")


def main() -> None:
    """See the module."""
    end_with_parent()
    os.nice(5)
    job: Job = pickle.load(sys.stdin.buffer)
    write = _writer(job.format)
    try:
        with open(sys.stdout.fileno(), "wb", buffering=_BUFFER_BYTES, closefd=False) as out:
            write(job, out)
    except psycopg2.Error as problem:
        if _may_pass(problem):
            sys.exit(EXIT_UNAVAILABLE)
        raise
    except Exception as problem:
        # SQLite says it in words, others not at all.
        told = "disk is full" in str(problem) or is_full(problem)
        if told or disk_usage(job.folder).free < _BUFFER_BYTES:
            sys.exit(EXIT_NO_ROOM)
        raise


def _writer(format: Format) -> Callable[[Job, BinaryIO], None]:
    """Imports the one module that is needed: what the others read takes memory and time."""
    match format:
        case formats.GEOJSON_SEQ | formats.CSV | formats.KML:
            from geo_api.exports import text

            return text.write
        case formats.ARROW:
            from geo_api.exports import arrow

            return arrow.write
        case formats.PARQUET:
            from geo_api.exports import parquet

            return parquet.write
        case formats.FLATGEOBUF:
            from geo_api.exports import flatgeobuf

            return flatgeobuf.write
        case formats.GEOPACKAGE:
            from geo_api.exports import geopackage

            return geopackage.write
    raise ValueError(f"no module writes {format.name}")


def _may_pass(problem: psycopg2.Error) -> bool:
    """Whether the database says that it cannot now."""
    state = problem.pgcode or ""
    return state.startswith(_PASSING) or isinstance(problem, psycopg2.OperationalError)


if __name__ == "__main__":
    main()
