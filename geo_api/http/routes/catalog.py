"""/catalog: every layer and every download, for portals of open data (DCAT-AP in JSON-LD)."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from geo_api.database.data_versions import DataVersions
from geo_api.exports.formats import CSV, DOWNLOAD_FORMATS, GEOJSON, HTML, JSON, Format
from geo_api.features.items import THAILAND, period
from geo_api.http.caching.checksums import sha256_of
from geo_api.http.caching.responses import cached_response
from geo_api.http.dependencies import Service, ServiceDep
from geo_api.http.documents.dcat import DataService, Dataset, Distribution, catalog
from geo_api.http.documents.pages import address_of
from geo_api.http.downloads import download_slot
from geo_api.http.links import Json, ogc_url
from geo_api.http.negotiation import negotiate_format
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import Language, Parameters, query_parameters
from geo_api.http.routers import DescribedRouter
from geo_api.http.routes.ogc import CONFORMANCE
from geo_api.rasters.registry import VIEWS, Raster, raster_layers, rasters
from layers.model import Layer, Text
from layers.query import Interval
from layers.times import THAI_TIME

router = DescribedRouter(tags=["Catalogue"], dependencies=OPEN_DATA)

JSON_LD = Format("jsonld", "application/ld+json", "JSON-LD", alias="json")
_OFFERED = (JSON_LD, HTML)


class CatalogParameters(Parameters):
    """In which format and language."""

    FORMATS = _OFFERED


@router.get(
    "/catalog",
    response_class=Response,
    responses={200: {"content": {one.bare_type: {} for one in _OFFERED}}},
)
async def data_catalog(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[CatalogParameters, query_parameters(CatalogParameters)],
    language: Language,
) -> Response:
    """Every layer with its licence, period, frequency and forms. A file that exists has its size
    and SHA-256, and so has a download that was asked for since its layer changed; what is made when
    it is asked for has its layer's version, which is other whenever the data are."""
    format = negotiate_format(parameters.f, request.headers.get("accept", ""), _OFFERED)
    versions = await service.data_versions.latest()

    def make() -> bytes:
        document = _document(request, service, versions)
        if format == HTML:
            address, simulated = address_of(request), versions.simulated
            page = service.pages.document(
                "catalog", document, language, address, simulated=simulated
            )
            return page.encode()
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

    headers = {"Vary": "Accept, Accept-Encoding, Accept-Language"}
    if format == HTML:
        headers |= {**service.pages.headers, "Content-Language": language}
    views = (*service.collections, *VIEWS)
    state = await run_in_threadpool(service.file_store.state)
    return await cached_response(request, service, views, format.media_type, make, headers, state)


def _document(request: Request, service: Service, versions: DataVersions) -> Json:
    base = str(request.base_url)
    layers = service.collections.values()
    return catalog(
        f"{base}catalog",
        base,
        THAILAND,
        [
            *(_of_features(request, service, layer, versions) for layer in layers),
            *_of_rasters(base, service, versions),
        ],
        _services(base),
        versions.simulated,
    )


def _of_features(
    request: Request, service: Service, layer: Layer, versions: DataVersions
) -> Dataset:
    path = ("collections", layer.name)
    pages = ogc_url(request, *path, "items", params={"f": GEOJSON.name})
    return Dataset(
        layer,
        ogc_url(request, *path),
        [
            Distribution(_untranslated(GEOJSON), GEOJSON.bare_type, pages, whole=False),
            *(
                _distribution(request, service, layer, format, versions)
                for format in DOWNLOAD_FORMATS
            ),
            _for_excel(request, layer),
            _tiles(f"{request.base_url}tiles/{layer.name}"),
        ],
        period(service.reads, layer),
        versions.tag((layer.name,)),
        versions.changed_at.get(layer.name),
        layer.name in versions.simulated_views,
    )


def _distribution(
    request: Request, service: Service, layer: Layer, format: Format, versions: DataVersions
) -> Distribution:
    url = ogc_url(request, "collections", layer.name, "items", params={"f": format.name})
    distribution = Distribution(_untranslated(format), format.bare_type, url)
    stored = download_slot(request, service, layer, format, versions).find()
    if stored:
        # Unless another worker has just put that of newer data in its place.
        with suppress(FileNotFoundError):
            return replace(
                distribution,
                size=stored.size,
                sha256=sha256_of(stored.path),
                made_at=stored.made_at,
            )
    return distribution


def _for_excel(request: Request, layer: Layer) -> Distribution:
    url = ogc_url(request, "collections", layer.name, "items", params={"f": "csv", "bom": "true"})
    return Distribution(Text("CSV สำหรับ Excel", "CSV for Excel"), CSV.bare_type, url)


def _untranslated(format: Format) -> Text:
    return Text(format.title, format.title)


def _of_rasters(base: str, service: Service, versions: DataVersions) -> Iterator[Dataset]:
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
            versions.tag(VIEWS),
            max((one.made_at for one in found), default=None),
            versions.simulated,
        )


def _tiles(address: str) -> Distribution:
    url = f"{address}/tilejson.json"
    return Distribution(
        Text("แผนที่แบบไทล์ (TileJSON)", "Map tiles (TileJSON)"), JSON.media_type, url, whole=False
    )


def _geotiff(page: str, found: Raster, path: Path) -> Distribution:
    told = path.stat()
    return Distribution(
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
