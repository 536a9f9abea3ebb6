"""GeoJSON text sequence, CSV and KML: PostgreSQL writes the lines, which are passed on as they
come."""

from typing import BinaryIO
from xml.sax.saxutils import escape

from geo_api.exports import formats
from geo_api.exports.job import Job
from geo_api.exports.reading import reading

_BOM = b"\xef\xbb\xbf"


def write(job: Job, out: BinaryIO) -> None:
    """Copies the answer of the job's COPY to `out`."""
    with reading(job.dsn, job.settings) as connection, connection.cursor() as cursor:
        out.write(_head(job))
        cursor.copy_expert(job.statement, out)
        out.write(_tail(job))


def _head(job: Job) -> bytes:
    if job.format == formats.KML:
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n'
            f"<name>{escape(job.title)}</name>\n"
            f"<description>{escape(job.description)}</description>\n"
        ).encode()
    return _BOM if job.bom else b""


def _tail(job: Job) -> bytes:
    return b"</Document></kml>\n" if job.format == formats.KML else b""
