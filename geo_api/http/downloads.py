"""The answer to a query as a file: what the process that writes it is told, and the headers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyproj
from fastapi import Request, Response
from psycopg2.extensions import make_dsn
from psycopg2.sql import Composed
from starlette.concurrency import run_in_threadpool

from geo_api.database.as_of import settings_of
from geo_api.database.as_of_sql import of_former_views
from geo_api.database.column_types import Column
from geo_api.database.connections import Reads
from geo_api.database.data_versions import DataVersions
from geo_api.exports import formats
from geo_api.exports import sql as exports_sql
from geo_api.exports.file_store import FileSlot, StoredFile
from geo_api.exports.formats import Format
from geo_api.exports.job import Job
from geo_api.features.columns import columns
from geo_api.features.items import require_known_names
from geo_api.features.views_read import views_read
from geo_api.http.as_of import as_of_of, reads_of
from geo_api.http.caching.responses import CACHE_CONTROL
from geo_api.http.dependencies import Service
from geo_api.http.file_responses import file_response
from geo_api.http.links import (
    cite_as,
    items_path,
    licence_url,
    ogc_url,
    provenance,
    site_of,
)
from geo_api.http.parameters import parameter
from geo_api.http.stored_downloads import wants_parts
from geo_api.http.streaming import DownloadResponse
from geo_api.sharing.citations.citations import as_of_present
from layers.crs import WGS84, Crs
from layers.model import Layer
from layers.query import BadQuery, Query
from layers.times import thai_day

BOM = parameter(
    "Only with `f=csv`: write for Excel. The file begins with a byte order mark, and text that"
    " Excel would take for a formula, or that begins with an apostrophe, gets an apostrophe more.",
    {"type": "boolean", "default": False},
)

_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


async def download_response(
    request: Request,
    service: Service,
    layer: Layer,
    selection: dict[str, str],
    format: Format,
    bom: str | None,
) -> Response:
    """All features of the `selection`, or as many as its limit says, in one of DOWNLOAD_FORMATS.
    Raises BadQuery."""
    for_excel = _is_true(bom, format)
    query = Query.from_params(selection, whole=True)
    _check(query, format)
    versions = await service.data_versions.latest()
    simulated = layer.name in versions.simulated_views
    headers = _headers(request, layer, _crs_of(query, format), simulated)
    path = items_path(layer, selection)
    as_read = query.as_of or await _present(service, versions, views_read(layer, query))
    headers["Link"] += f", {cite_as(request, path, as_read)}"
    form = {"bom": "true"} if for_excel else {}
    asked = selection | form
    slot = download_slot(request, service, layer, format, versions, asked)

    def stored_response(stored: StoredFile) -> Response:
        return _stored(request, stored, headers | _named(layer, format, stored.made_at), format)

    if stored := slot.find():
        return stored_response(stored)
    reads = await run_in_threadpool(reads_of, service, query.as_of, views_read(layer, query))
    as_of = as_of_of(reads)
    statement, selected = await run_in_threadpool(
        _statement, reads, layer, query, format, for_excel
    )
    job = Job(
        format=format,
        dsn=make_dsn(service.reads.url, connect_timeout="5", application_name="fahsai download"),
        statement=of_former_views(statement) if as_of else statement,
        columns=selected,
        layer=layer,
        srid=None if query.skip_geometry else query.crs.srid,
        projjson=None if query.skip_geometry else _projjson(query.crs.srid),
        origin=_origin(request, service, layer, versions) | (as_of.as_json() if as_of else {}),
        site=site_of(request),
        path=path,
        folder=Path(),
        bom=for_excel,
        sorted=bool(query.sortby),
        settings=settings_of(as_of) if as_of else None,
    )
    if wants_parts(request) and (stored := await service.stored_downloads.make(slot, job)):
        return stored_response(stored)
    headers |= {"Cache-Control": "no-store", **_named(layer, format, service.now())}
    # What everybody asks for is kept; of the rest hardly anything is asked for twice.
    kept = None if asked else slot
    return DownloadResponse(service.download_processes, job, headers, kept)


async def _present(service: Service, versions: DataVersions, views: Sequence[str]) -> str:
    """The `as_of` that means what the views show now, asked once for each version of them."""
    key = " ".join(views)
    known = service.as_of_memo.get(key, versions)
    if known is None:
        known = await run_in_threadpool(as_of_present, service.reads, views)
        service.as_of_memo.put(key, views, versions.tag(tuple(views)), known)
    return known


def download_slot(
    request: Request,
    service: Service,
    layer: Layer,
    format: Format,
    versions: DataVersions,
    asked: Mapping[str, str] | None = None,
) -> FileSlot:
    """Where all of a layer, or what is `asked` of it, is stored in one of DOWNLOAD_FORMATS until
    what it shows changes."""
    params = {**(asked or {}), "f": format.name}
    url = ogc_url(request, "collections", layer.name, "items", params=params)
    views = views_read(layer, Query.from_params(asked or {}, whole=True))
    return service.file_store.slot(url, f"{service.etag_seed} {versions.tag(tuple(views))}")


def refuse_bom(format: Format) -> None:
    """Raises BadQuery where `bom` cannot be had."""
    if format != formats.CSV:
        raise BadQuery("bom", f"bom goes with f=csv alone, not with f={format.name}")


def _origin(
    request: Request, service: Service, layer: Layer, versions: DataVersions
) -> dict[str, Any]:
    return {
        "layer": layer.name,
        **provenance(layer, layer.name in versions.simulated_views),
        "url": ogc_url(request, "collections", layer.name, "items"),
        "retrieved_at": service.now().isoformat(timespec="seconds"),
    }


def _stored(
    request: Request, stored: StoredFile, headers: dict[str, str], format: Format
) -> Response:
    headers |= {"Cache-Control": CACHE_CONTROL, "ETag": stored.etag}
    return file_response(request, stored.path, headers, format.media_type)


@cache
def _projjson(srid: int) -> Mapping[str, Any]:
    """The CRS with an EPSG number. In WKB x comes before y, whatever it says of its axes."""
    return pyproj.CRS.from_epsg(srid).to_json_dict()


def _is_true(bom: str | None, format: Format) -> bool:
    if bom is None:
        return False
    refuse_bom(format)
    if bom not in _BOOLEANS:
        raise BadQuery("bom", f"bom must be true or false, or 1 or 0, got {bom!r}")
    return _BOOLEANS[bom]


def _named(layer: Layer, format: Format, made_at: datetime) -> dict[str, str]:
    name = f"{layer.name}_{thai_day(made_at)}.{format.name}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _headers(request: Request, layer: Layer, crs: Crs, simulated: bool) -> dict[str, str]:
    described = ogc_url(request, "collections", layer.name)
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
    near = format == formats.PARQUET
    table = exports_sql.table(layer, query, known, selected, neighbours_together=near)
    return table, selected
