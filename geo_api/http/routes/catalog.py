"""/catalog: every layer and every download, for portals of open data (DCAT-AP in JSON-LD)."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from geo_api.database.data_versions import Versions
from geo_api.exports.formats import DOWNLOADS, GEOJSON, HTML, JSON, Format
from geo_api.features.items import THAILAND, period
from geo_api.http.caching.checksums import sha256_of
from geo_api.http.caching.responses import cached
from geo_api.http.dependencies import Served, Service
from geo_api.http.documents import html
from geo_api.http.documents.dcat import DataService, Dataset, Download, catalog
from geo_api.http.downloads import place_of
from geo_api.http.links import Json, address
from geo_api.http.negotiation import f_parameter, negotiate
from geo_api.http.parameters import LANG, Asked, Language, takes
from geo_api.http.routes.ogc import CONFORMANCE
from geo_api.rasters.registry import VIEWS, Raster, raster_layers, rasters
from layers.model import Layer, Text
from layers.query import Interval
from layers.times import THAI_TIME

router = APIRouter(tags=["Catalogue"])

JSON_LD = Format("jsonld", "application/ld+json", "JSON-LD", alias="json")
_OFFERED = (JSON_LD, HTML)


@router.get(
    "/catalog",
    openapi_extra=takes(f_parameter(_OFFERED), LANG),
    response_class=Response,
    responses={200: {"content": {one.bare_type: {} for one in _OFFERED}}},
)
async def data_catalog(
    request: Request, service: Served, asked: Asked, language: Language
) -> Response:
    """Every layer with its licence, period, frequency and forms. A file that exists has its size
    and SHA-256, and so has a download that was asked for since its layer changed; what is made when
    it is asked for has its layer's version, which is other whenever the data are."""
    wanted = negotiate(asked.get("f"), request.headers.get("accept", ""), _OFFERED)
    known = await service.watch.versions()

    def make() -> bytes:
        document = _document(request, service, known)
        if wanted == HTML:
            own = str(request.url)
            page = html.page(
                "catalog.html", language, own, catalog=document, simulated=known.simulated
            )
            return page.encode()
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

    headers = {"Vary": "Accept, Accept-Encoding, Accept-Language"}
    if wanted == HTML:
        headers |= html.HEADERS | {"Content-Language": language}
    views = (*service.collections, *VIEWS)
    state = await run_in_threadpool(service.shelf.state)
    return await cached(request, service, views, wanted.media_type, make, headers, state)


def _document(request: Request, service: Service, known: Versions) -> Json:
    base = str(request.base_url)
    layers = service.collections.values()
    return catalog(
        f"{base}catalog",
        base,
        THAILAND,
        [
            *(_of_features(request, service, layer, known) for layer in layers),
            *_of_rasters(base, service, known),
        ],
        _services(base),
        known.simulated,
    )


def _of_features(request: Request, service: Service, layer: Layer, known: Versions) -> Dataset:
    path = ("collections", layer.name)
    pages = address(request, *path, "items", params={"f": GEOJSON.name})
    return Dataset(
        layer,
        address(request, *path),
        [
            Download(_untranslated(GEOJSON), GEOJSON.bare_type, pages, whole=False),
            *(_download(request, service, layer, format, known) for format in DOWNLOADS),
            _tiles(f"{request.base_url}tiles/{layer.name}"),
        ],
        period(service.reads, layer),
        known.tag((layer.name,)),
        known.changed_at.get(layer.name),
    )


def _download(
    request: Request, service: Service, layer: Layer, format: Format, known: Versions
) -> Download:
    url = address(request, "collections", layer.name, "items", params={"f": format.name})
    offered = Download(_untranslated(format), format.bare_type, url)
    kept = place_of(request, service, layer, format, known).find()
    if kept:
        # Unless another worker has just put that of newer data in its place.
        with suppress(FileNotFoundError):
            return replace(
                offered, size=kept.size, sha256=sha256_of(kept.path), made_at=kept.made_at
            )
    return offered


def _untranslated(format: Format) -> Text:
    return Text(format.title, format.title)


def _of_rasters(base: str, service: Service, known: Versions) -> Iterator[Dataset]:
    for layer in raster_layers(service.reads, service.layers).values():
        home = service.settings.home
        # Someone may have taken a file away: that day cannot be had.
        found = [one for one in rasters(service.reads, layer) if (home / one.path).is_file()]
        page = f"{base}api/rasters/{layer.name}"
        yield Dataset(
            layer,
            page,
            [
                *(_geotiff(page, one, home / one.path) for one in found),
                *([_tiles(page)] if found else ()),
            ],
            _days(found),
            known.tag(VIEWS),
            max((one.made_at for one in found), default=None),
        )


def _tiles(address: str) -> Download:
    url = f"{address}/tilejson.json"
    return Download(
        Text("แผนที่แบบไทล์ (TileJSON)", "Map tiles (TileJSON)"), JSON.media_type, url, whole=False
    )


def _geotiff(page: str, found: Raster, path: Path) -> Download:
    told = path.stat()
    return Download(
        Text(f"GeoTIFF วันที่ {found.day}", f"GeoTIFF of {found.day}"),
        "image/tiff",
        f"{page}/{found.day}.tif",
        size=told.st_size,
        sha256=sha256_of(path),
        made_at=found.made_at,
    )


def _days(found: list[Raster]) -> Interval | None:
    """From the beginning of the first day to the end of the last, in UTC."""
    if not found:
        return None
    first, last = (
        datetime.combine(day, time(), THAI_TIME).astimezone(UTC)
        for day in (found[-1].day, found[0].day + timedelta(days=1))
    )
    return Interval(first, last)


def _services(base: str) -> list[DataService]:
    title = Text("ข้อมูลและไทล์ตามมาตรฐาน OGC API", "Features and tiles by OGC API")
    return [DataService(title, f"{base}ogc/", f"{base}ogc/api", CONFORMANCE)]
