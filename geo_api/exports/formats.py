"""The formats of answers and of files."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """`name` is what `f` takes, and the extension of a file; `alias` is what it takes as well."""

    name: str
    media_type: str
    title: str
    alias: str | None = None

    @property
    def bare_type(self) -> str:
        """The media type without its parameters."""
        return self.media_type.partition(";")[0]


GEOJSON = Format("geojson", "application/geo+json", "GeoJSON", alias="json")
JSON = Format("json", "application/json", "JSON")
HTML = Format("html", "text/html; charset=utf-8", "HTML")

GEOJSON_SEQ = Format("geojsonseq", "application/geo+json-seq", "GeoJSON text sequence (RFC 8142)")
CSV = Format("csv", "text/csv; charset=utf-8; header=present", "CSV")
KML = Format("kml", "application/vnd.google-earth.kml+xml", "KML")
ARROW = Format("arrow", "application/vnd.apache.arrow.stream", "Apache Arrow stream")
PARQUET = Format("parquet", "application/vnd.apache.parquet", "GeoParquet")
FLATGEOBUF = Format("fgb", "application/flatgeobuf", "FlatGeobuf")
GEOPACKAGE = Format("gpkg", "application/geopackage+sqlite3", "GeoPackage")

DOWNLOAD_FORMATS = (GEOJSON_SEQ, CSV, KML, ARROW, PARQUET, FLATGEOBUF, GEOPACKAGE)
# Formats that have lists; in all others a list is JSON.
WITH_LISTS = (ARROW, PARQUET)

# What a process ends with where the database does not answer now.
EXIT_UNAVAILABLE = os.EX_TEMPFAIL
# And where the disk is full.
EXIT_NO_ROOM = os.EX_CANTCREAT
