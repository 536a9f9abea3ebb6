"""/api/rasters: the days of a raster layer, each as a picture for the map and as a GeoTIFF."""

from datetime import date
from itertools import pairwise
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse

from geo_api.parameters import LANG, Language, takes
from geo_api.rasters import Raster, file_of, paint, raster, raster_layer, rasters
from geo_api.service import Served
from layers.model import Layer

router = APIRouter(prefix="/api/rasters", tags=["Rasters"])

_GEOTIFF = "image/tiff; application=geotiff; profile=cloud-optimized"


@router.get("/{layer}", openapi_extra=takes(LANG))
def raster_days(layer: str, service: Served, language: Language) -> dict[str, Any]:
    """What the layer shows, the legend, and its days, newest first. `bounds` are west, south, east
    and north (WGS84) of a picture in Web Mercator; `rmse` is the leave-one-out error in `unit`."""
    asked = raster_layer(service.layers, layer)
    days = rasters(service.reads, asked)
    (value,) = asked.fields
    return {
        "layer": asked.name,
        "title": asked.title[language],
        "description": asked.description[language],
        "licence": asked.licence,
        "attribution": asked.attribution,
        "simulated": any(day.simulated for day in days),
        "quantity": value.title[language],
        "unit": value.unit,
        "legend": _legend(asked, language),
        "days": [_day(asked, day, language) for day in days],
    }


@router.get(
    "/{layer}/{day}.png",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}}},
)
def raster_picture(layer: str, day: date, service: Served) -> Response:
    """One day as a picture in Web Mercator, in the legend's colours; no data is transparent."""
    asked = raster_layer(service.layers, layer)
    path = file_of(raster(service.reads, asked, day), service.settings.home)
    return Response(paint(path, asked.style), media_type="image/png")


@router.get(
    "/{layer}/{day}.tif",
    response_class=FileResponse,
    responses={200: {"content": {_GEOTIFF: {}}}},
)
def raster_geotiff(layer: str, day: date, service: Served) -> FileResponse:
    """One day as a cloud-optimised GeoTIFF (EPSG:4326, float32, NaN for no data)."""
    found = raster(service.reads, raster_layer(service.layers, layer), day)
    path = file_of(found, service.settings.home)
    return FileResponse(path, media_type=_GEOTIFF, filename=f"{layer}_{day}.tif")


def _day(layer: Layer, found: Raster, language: str) -> dict[str, Any]:
    address = f"/api/rasters/{layer.name}/{found.day}"
    return {
        "day": found.day.isoformat(),
        "bounds": found.bounds,
        "method": found.method[language],
        "stations": found.stations,
        "rmse": found.rmse,
        "simulated": found.simulated,
        "made_at": found.made_at.isoformat(),
        "png": f"{address}.png",
        "geotiff": f"{address}.tif",
    }


def _legend(layer: Layer, language: str) -> list[dict[str, Any]]:
    """Each class's colour, name and highest value; the last has none."""
    (value,) = layer.fields
    ends = pairwise((None, *layer.style.breaks, None))
    return [
        {"class": name, "title": value.values[name][language], "color": color}
        | {"above": above, "up_to": up_to}
        for (name, color), (above, up_to) in zip(layer.style.colors.items(), ends, strict=True)
    ]
