"""The answer to a query as a file: what the process that writes it is told, and the headers."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyproj
from fastapi import Request, Response
from psycopg2.extensions import make_dsn
from psycopg2.sql import Composed
from starlette.concurrency import run_in_threadpool

from geo_api.database.column_types import Column
from geo_api.database.connections import Reads, reader_options
from geo_api.database.data_versions import Versions
from geo_api.exports import formats
from geo_api.exports import sql as exports_sql
from geo_api.exports.file_store import Kept, Place
from geo_api.exports.formats import Format
from geo_api.exports.job import Job
from geo_api.features.columns import columns
from geo_api.features.items import require_known_names
from geo_api.http.caching.conditional_requests import holds
from geo_api.http.caching.responses import CACHE_CONTROL
from geo_api.http.dependencies import Service
from geo_api.http.links import address, licence_url, provenance
from geo_api.http.parameters import parameter
from geo_api.http.range_requests import PartialFile
from geo_api.http.streaming import Download
from layers.crs import WGS84, Crs
from layers.model import Layer
from layers.query import BadQuery, Query
from layers.times import THAI_TIME

BOM = parameter(
    "bom",
    "Only with `f=csv`: write for Excel. The file begins with a byte order mark, and text that"
    " Excel would take for a formula, or that begins with an apostrophe, gets an apostrophe more.",
    {"type": "boolean", "default": False},
)

_TIMEOUT_MS = 3_600_000
# PostgreSQL looks this often whether anybody still waits, also while it has nothing to send yet.
_LOOK_MS = 500


async def download(
    request: Request, service: Service, layer: Layer, asked: dict[str, str], format: Format
) -> Response:
    """All features that `asked` wants, or as many as its limit says, in one of
    `geo_api.exports.formats.DOWNLOADS`. Raises BadQuery."""
    bom = take_bom(asked, format)
    query = Query.from_params(asked, whole=True)
    _check(query, format)
    known = await service.watch.versions()
    headers = _headers(request, layer, _crs_of(query, format), known.simulated)
    # What everybody asks for; of the rest hardly anything is asked for twice.
    place = None if query.to_params() or bom else place_of(request, service, layer, format, known)
    kept = place and place.find()
    if kept:
        return _again(request, kept, headers | _named(layer, format, kept.made_at), format)
    statement, selected = await run_in_threadpool(
        _statement, service.reads, layer, query, format, bom
    )
    job = Job(
        format=format,
        dsn=_dsn(service.reads.url),
        statement=statement,
        columns=selected,
        layer=layer,
        srid=None if query.skip_geometry else query.crs.srid,
        projjson=None if query.skip_geometry else _projjson(query.crs.srid),
        origin=_origin(request, service, layer, known),
        folder=Path(),
        bom=bom,
    )
    headers |= {"Cache-Control": "no-store", **_named(layer, format, service.now())}
    return Download(service.downloads, job, headers, place)


def place_of(
    request: Request, service: Service, layer: Layer, format: Format, known: Versions
) -> Place:
    """Where all of a layer is kept in one of `formats.DOWNLOADS` until it changes."""
    url = address(request, "collections", layer.name, "items", params={"f": format.name})
    return service.shelf.place(url, f"{service.edition} {known.tag((layer.name,))}")


def _origin(request: Request, service: Service, layer: Layer, known: Versions) -> dict[str, Any]:
    return {
        "layer": layer.name,
        **provenance(layer, known.simulated),
        "url": address(request, "collections", layer.name, "items"),
        "retrieved_at": service.now().isoformat(timespec="seconds"),
    }


def _again(request: Request, kept: Kept, headers: dict[str, str], format: Format) -> Response:
    headers |= {"Cache-Control": CACHE_CONTROL, "ETag": kept.etag}
    if holds(request, kept.etag):
        return Response(status_code=304, headers=headers)
    return PartialFile(kept.path, 200, headers, format.media_type)


@cache
def _projjson(srid: int) -> Mapping[str, Any]:
    """The CRS with an EPSG number. In WKB x comes before y, whatever it says of its axes."""
    return pyproj.CRS.from_epsg(srid).to_json_dict()


def take_bom(asked: dict[str, str], format: Format) -> bool:
    """Takes `bom` out of the parameters. Raises BadQuery where it cannot be had."""
    text = asked.pop("bom", None)
    if text is not None and format != formats.CSV:
        raise BadQuery("bom", f"bom goes with f=csv alone, not with f={format.name}")
    if text not in (None, "true", "false"):
        raise BadQuery("bom", f"bom must be true or false, got {text!r}")
    return text == "true"


def _named(layer: Layer, format: Format, made_at: datetime) -> dict[str, str]:
    name = f"{layer.name}_{made_at.astimezone(THAI_TIME).date()}.{format.name}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _headers(request: Request, layer: Layer, crs: Crs, simulated: bool) -> dict[str, str]:
    described = address(request, "collections", layer.name)
    # Where the terms have no address of their own, the collection tells them.
    licence = licence_url(layer) or described
    return {
        "Content-Crs": f"<{crs.uri}>",
        "Link": f'<{licence}>; rel="license", <{described}>; rel="describedby"',
        # A boolean as in RFC 8941, section 3.3.6.
        "Simulated-Data": "?1" if simulated else "?0",
        "Vary": "Accept",
    }


def _crs_of(query: Query, format: Format) -> Crs:
    """That of the coordinates as they are written: but for GeoJSON x comes before y in any CRS."""
    return WGS84 if query.crs.lat_first and format != formats.GEOJSON_SEQ else query.crs


def _check(query: Query, format: Format) -> None:
    if query.cursor is not None:
        raise BadQuery("cursor", f"cursor leads through pages, and f={format.name} has none")
    if format == formats.KML and query.crs.srid != WGS84.srid:
        raise BadQuery("crs", f"KML is always in {WGS84.uri}; leave crs out, or ask for f=csv")


def _statement(
    reads: Reads, layer: Layer, query: Query, format: Format, bom: bool
) -> tuple[Composed, tuple[Column, ...]]:
    """The job's statement, and where the format is typed its columns."""
    known = columns(reads, layer)
    require_known_names(layer, query, known)
    if format == formats.CSV:
        return exports_sql.csv(layer, query, known, armour=bom), ()
    if format == formats.KML:
        return exports_sql.kml(layer, query, known), ()
    if format == formats.GEOJSON_SEQ:
        return exports_sql.geojson_seq(layer, query, known), ()
    lists = format in formats.WITH_LISTS
    selected = exports_sql.table_columns(layer, query, known, lists)
    return exports_sql.table(layer, query, known, selected), selected


def _dsn(url: str) -> str:
    options = f"{reader_options(_TIMEOUT_MS)} -c client_connection_check_interval={_LOOK_MS}"
    return make_dsn(url, options=options, connect_timeout="5", application_name="fahsai download")
