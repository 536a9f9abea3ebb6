"""/api/rasters: the days of a raster layer as pictures and files, its legend, and its values."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi import Path as InPath

from geo_api.http.caching.conditional_requests import holds
from geo_api.http.caching.raster_memo import shown
from geo_api.http.caching.responses import CACHE_CONTROL, cached
from geo_api.http.dependencies import Served
from geo_api.http.parameters import DATETIME, LANG, RANGE, Asked, Language, parameter, spoken, takes
from geo_api.http.range_requests import PartialFile
from geo_api.rasters.cog_reader import cells
from geo_api.rasters.days import Days, day_named, days_of
from geo_api.rasters.registry import (
    VIEWS,
    Raster,
    file_of,
    raster,
    raster_layer,
    rasters,
    rasters_at,
)
from geo_api.rasters.rendering import class_of, picture
from geo_api.rasters.tilejson import legend, legend_svg, raster_tilejson
from layers.model import Layer, Text
from layers.query import BadQuery, number_of

router = APIRouter(prefix="/api/rasters", tags=["Rasters"])

DAY = parameter(
    "day",
    "One day in Thai time, as in 2026-01-31; the newest there is unless given.",
    {"type": "string", "format": "date"},
)
TOUCHED = DATETIME | {
    "description": "A time or an interval of RFC 3339 times, instead of `day`: the days (in Thai"
    " time) that it touches."
}
PNG = "image/png"
PNG_ANSWER: dict[str, Any] = {
    "response_class": Response,
    "responses": {200: {"content": {PNG: {}}}},
}
_GEOTIFF = "image/tiff; application=geotiff; profile=cloud-optimized"
_SVG = "image/svg+xml"
_SERIES = parameter(
    "days", "`all` for a series over every day that there is.", {"type": "string", "enum": ["all"]}
)
_LON = parameter(
    "lon", "Degrees, WGS84.", {"type": "number", "minimum": -180, "maximum": 180}, required=True
)
_LAT = parameter(
    "lat", "Degrees, WGS84.", {"type": "number", "minimum": -90, "maximum": 90}, required=True
)
_NO_DATA = Text(
    "ไม่มีข้อมูล ณ จุดนี้ ซึ่งไม่ได้หมายความว่ามีค่าเป็นศูนย์", "No data at this place, which is not to say zero"
)

Json = dict[str, Any]


# A coroutine, since FastAPI would take a thread for a plain function.
async def _day_in_path(day: Annotated[str, InPath(json_schema_extra={"format": "date"})]) -> date:
    return day_named("day", day)


Day = Annotated[date, Depends(_day_in_path)]


@router.get("/{layer}", openapi_extra=takes(LANG))
def raster_days(layer: str, service: Served, language: Language) -> Json:
    """What the layer shows, the legend, and its days, newest first. `bounds` are west, south, east
    and north (WGS84) of a picture in Web Mercator; `rmse` is the leave-one-out error in `unit`."""
    asked = raster_layer(service.reads, service.layers, layer)
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
        "legend": legend(asked, language),
        "days": [_day(asked, day, language) for day in days],
    }


@router.get("/{layer}/{day}.png", **PNG_ANSWER)
async def raster_picture(request: Request, layer: str, day: Day, service: Served) -> Response:
    """One day as a picture in Web Mercator, in the legend's colours; no data is transparent."""

    def make() -> bytes:
        asked, found = shown(service, layer, Days(day, day))
        return picture(file_of(found, service.settings.home), asked.style, found.bounds)

    return await cached(request, service, VIEWS, PNG, make)


@router.get(
    "/{layer}/{day}.tif",
    openapi_extra=takes(RANGE),
    response_class=PartialFile,
    responses={
        200: {"content": {_GEOTIFF: {}}},
        206: {"description": "The range of bytes asked for", "content": {_GEOTIFF: {}}},
        304: {"description": "The file is still the one that If-None-Match names"},
        416: {"$ref": "#/components/responses/NoSuchRange"},
    },
)
def raster_geotiff(request: Request, layer: str, day: Day, service: Served) -> Response:
    """One day as a cloud-optimised GeoTIFF (EPSG:4326, float32, NaN for no data), whole or in
    ranges, as GDAL's /vsicurl/ reads it. The ETag is that of the content."""
    asked = raster_layer(service.reads, service.layers, layer)
    path = file_of(raster(service.reads, asked, Days(day, day)), service.settings.home)
    # The name of a file tells its content, and so it never changes.
    headers = {
        "ETag": f'"{path.stem}"',
        "Cache-Control": CACHE_CONTROL,
        "Access-Control-Expose-Headers": "Accept-Ranges, Content-Range, ETag",
    }
    if holds(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return PartialFile(path, 200, headers, _GEOTIFF, filename=f"{layer}_{day}.tif")


@router.get("/{layer}/tilejson.json", openapi_extra=takes(DAY, TOUCHED, LANG))
def raster_tiles(
    request: Request, layer: str, service: Served, asked: Asked, language: Language
) -> Json:
    """TileJSON 3.0.0 of the tiles of one day."""
    home, days = service.settings.home, days_of(asked)
    return raster_tilejson(
        service.reads, service.layers, home, str(request.base_url), layer, days, language
    )


@router.get(
    "/{layer}/legend.svg",
    openapi_extra=takes(LANG),
    response_class=Response,
    responses={200: {"content": {_SVG: {}}}},
)
def raster_legend(layer: str, service: Served, language: Language) -> Response:
    """The legend as a picture."""
    asked = raster_layer(service.reads, service.layers, layer)
    return Response(legend_svg(asked, language), headers=spoken(language), media_type=_SVG)


@router.get("/{layer}/point", openapi_extra=takes(_LON, _LAT, DAY, TOUCHED, _SERIES, LANG))
def raster_point(layer: str, service: Served, asked: Asked, language: Language) -> Json:
    """The value at a place on the newest day, or on `day`; with `days=all` or `datetime` a `series`
    of days, newest first. `value` is that of the cell, as the file has it, and null where there is
    no data; `rmse` is the day's error in `unit`, and `nearest_station_m` the distance to the next
    place where the day was measured, both null where unknown."""
    lon, lat = (_coordinate(asked, name, most) for name, most in (("lon", 180), ("lat", 90)))
    series = "datetime" in asked or _all_days(asked)
    declared = raster_layer(service.reads, service.layers, layer)
    days = rasters_at(service.reads, declared, days_of(asked), lon, lat, None if series else 1)
    told = [_told(declared, day, service.settings.home, lon, lat, language) for day in days]
    (value,) = declared.fields
    about = {
        "layer": declared.name,
        "title": declared.title[language],
        "licence": declared.licence,
        "attribution": declared.attribution,
        "lon": lon,
        "lat": lat,
        "quantity": value.title[language],
        "unit": value.unit,
    }
    return about | ({"series": told} if series else told[0])


def _coordinate(asked: dict[str, str], name: str, most: float) -> float:
    if name not in asked:
        raise BadQuery(name, f"{name} is missing: say where, as in lon=100.5&lat=13.75")
    return number_of(name, asked[name], -most, most)


def _all_days(asked: dict[str, str]) -> bool:
    days = asked.get("days")
    if days not in (None, "all"):
        raise BadQuery("days", f"days can only be all, got {days!r}; for one day use day")
    if days and not {"day", "datetime"}.isdisjoint(asked):
        raise BadQuery("days", "give days, day or datetime, not two of them")
    return days == "all"


def _told(layer: Layer, day: Raster, home: Path, lon: float, lat: float, language: str) -> Json:
    """What is known of a place on a day."""
    read = cells(file_of(day, home))
    value, drawn = read.at(lon, lat), read.between_centres(lon, lat)
    told = {
        "day": day.day.isoformat(),
        "value": value,
        "interpolated": drawn,
        "class": None,
        "class_title": None,
        "color": None,
        "method": day.method[language],
        "rmse": day.rmse,
        "stations": day.stations,
        "nearest_station_m": None if day.nearest_m is None else round(day.nearest_m, 1),
        "simulated": day.simulated,
    }
    if value is None:
        return told | {"note": _NO_DATA[language]}
    name = class_of(value, layer.style)
    (quantity,) = layer.fields
    return told | {
        "class": name,
        "class_title": quantity.values[name][language],
        "color": layer.style.colors[name],
    }


def _day(layer: Layer, found: Raster, language: str) -> Json:
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
        "tiles": f"/tiles/{layer.name}/{{z}}/{{x}}/{{y}}.png?day={found.day}",
    }
