"""/stac: the raster layers as a SpatioTemporal Asset Catalog, for pystac-client and QGIS."""

from typing import Any

from fastapi import Request

from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents import stac
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import Language, NoneTaken
from geo_api.http.routers import DescribedRouter
from geo_api.http.routes.rasters import Day
from geo_api.rasters.days import Days
from geo_api.rasters.registry import raster, raster_layer, raster_layers, rasters

router = DescribedRouter(prefix="/stac", tags=["Rasters"], dependencies=OPEN_DATA)

Json = dict[str, Any]


def _base(request: Request) -> str:
    return f"{request.base_url}stac"


@router.get("")
def stac_catalog(request: Request, service: ServiceDep, language: Language, _: NoneTaken) -> Json:
    """The root of the catalogue, with a link to each raster layer."""
    layers = raster_layers(service.reads, service.layers).values()
    return stac.catalog(_base(request), list(layers), language)


@router.get("/{layer}")
def stac_collection(
    request: Request, layer: str, service: ServiceDep, language: Language, _: NoneTaken
) -> Json:
    """A raster layer: its extent, its band and unit, and a link to each of its days."""
    asked = raster_layer(service.reads, service.layers, layer)
    return stac.collection(_base(request), asked, rasters(service.reads, asked), language)


@router.get("/{layer}/{day}")
def stac_item(
    request: Request,
    layer: str,
    day: Day,
    service: ServiceDep,
    language: Language,
    _: NoneTaken,
) -> Json:
    """A day of a raster layer, with its cloud-optimised GeoTIFF and its picture."""
    asked = raster_layer(service.reads, service.layers, layer)
    found = raster(service.reads, asked, Days(day, day))
    files = f"{request.base_url}api/rasters/{asked.name}"
    return stac.item(_base(request), files, asked, found, language)
