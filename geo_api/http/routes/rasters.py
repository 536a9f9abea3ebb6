"""/api/rasters: the days of a raster layer as pictures and files, its legend, and its values."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi import Path as InPath

from geo_api.exports.formats import Format
from geo_api.http.caching.raster_memo import newest_raster
from geo_api.http.caching.responses import CACHE_CONTROL, cached_response
from geo_api.http.dependencies import ServiceDep
from geo_api.http.file_responses import file_response
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import (
    RANGE,
    Language,
    NoneTaken,
    NoParameters,
    Parameters,
    language_headers,
    parameter,
    query_parameters,
)
from geo_api.http.range_requests import PartialFile
from geo_api.http.routers import DescribedRouter
from geo_api.rasters.cog_reader import cells
from geo_api.rasters.cog_writer import MEDIA_TYPE as COG_MEDIA_TYPE
from geo_api.rasters.days import Days, days_of
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
from layers.query import BadQuery, date_of, number_of

router = DescribedRouter(prefix="/api/rasters", tags=["Rasters"], dependencies=OPEN_DATA)

DAY = parameter(
    "One day in Thai time, as in 2026-01-31; the newest there is unless given.",
    {"type": "string", "format": "date"},
)
DAYS_TOUCHED = parameter(
    "A time or an interval of RFC 3339 times, instead of `day`: the days (in Thai time) that it"
    " touches.",
    {"type": "string"},
)
PNG = "image/png"
PNG_FORMAT = Format("png", PNG, "PNG")
PNG_ANSWER: dict[str, Any] = {
    "response_class": Response,
    "responses": {200: {"content": {PNG: {}}}},
}
_SVG = "image/svg+xml"
_NO_DATA = Text(
    "ไม่มีข้อมูล ณ จุดนี้ ซึ่งไม่ได้หมายความว่ามีค่าเป็นศูนย์", "No data at this place, which is not to say zero"
)

Json = dict[str, Any]


class DayParameters(Parameters):
    """Which days."""

    day: str | None = DAY
    datetime: str | None = DAYS_TOUCHED


class PointParameters(DayParameters):
    """Where, and on which days."""

    lon: str = parameter(
        "Degrees, WGS84.", {"type": "number", "minimum": -180, "maximum": 180}, example="100.5"
    )
    lat: str = parameter(
        "Degrees, WGS84.", {"type": "number", "minimum": -90, "maximum": 90}, example="13.75"
    )
    days: str | None = parameter(
        "`all` for a series over every day that there is.", {"type": "string", "enum": ["all"]}
    )


class PngParameters(NoParameters):
    """As a picture."""

    FORMATS = (PNG_FORMAT,)


class PngOfDaysParameters(DayParameters):
    """Which days, as a picture."""

    FORMATS = (PNG_FORMAT,)


class GeotiffParameters(NoParameters):
    """As a file."""

    FORMATS = (Format("tif", COG_MEDIA_TYPE, "GeoTIFF"),)


class SvgParameters(NoParameters):
    """As a drawing."""

    FORMATS = (Format("svg", _SVG, "SVG"),)


# A coroutine, since FastAPI would take a thread for a plain function.
async def _day_in_path(day: Annotated[str, InPath(json_schema_extra={"format": "date"})]) -> date:
    return date_of("day", day)


Day = Annotated[date, Depends(_day_in_path)]


@router.get("/{layer}")
def raster_days(
    request: Request, layer: str, service: ServiceDep, language: Language, _: NoneTaken
) -> Json:
    """What the layer shows, the legend, and its days, newest first. `bounds` are west, south, east
    and north (WGS84) of a picture in Web Mercator; `rmse` is the leave-one-out error in `unit`."""
    asked = raster_layer(service.reads, service.layers, layer)
    days = rasters(service.reads, asked)
    root = request.scope.get("root_path", "")
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
        "days": [_day(asked, day, language, root) for day in days],
    }


@router.get("/{layer}/{day}.png", **PNG_ANSWER)
async def raster_picture(
    request: Request,
    layer: str,
    day: Day,
    service: ServiceDep,
    _: Annotated[PngParameters, query_parameters(PngParameters)],
) -> Response:
    """One day as a picture in Web Mercator, in the legend's colours; no data is transparent."""

    def make() -> bytes:
        declared, found = newest_raster(service, layer, Days(day, day))
        return picture(file_of(found, service.settings.home), declared.style, found.bounds)

    return await cached_response(request, service, VIEWS, PNG, make)


@router.get(
    "/{layer}/{day}.tif",
    openapi_extra={"parameters": [RANGE]},
    response_class=PartialFile,
    responses={
        200: {"content": {COG_MEDIA_TYPE: {}}},
        206: {"description": "The range of bytes asked for", "content": {COG_MEDIA_TYPE: {}}},
        304: {"description": "The file is still the one that If-None-Match names"},
        416: {"$ref": "#/components/responses/NoSuchRange"},
    },
)
def raster_geotiff(
    request: Request,
    layer: str,
    day: Day,
    service: ServiceDep,
    _: Annotated[GeotiffParameters, query_parameters(GeotiffParameters)],
) -> Response:
    """One day as a cloud-optimised GeoTIFF (EPSG:4326, float32, NaN for no data), whole or in
    ranges, as GDAL's /vsicurl/ reads it. The ETag is that of the content."""
    asked = raster_layer(service.reads, service.layers, layer)
    path = file_of(raster(service.reads, asked, Days(day, day)), service.settings.home)
    # The name of a file tells its content, and so it never changes.
    headers = {
        "ETag": f'"{path.stem}"',
        "Cache-Control": CACHE_CONTROL,
    }
    return file_response(request, path, headers, COG_MEDIA_TYPE, f"{layer}_{day}.tif")


@router.get("/{layer}/tilejson.json")
def raster_tiles(
    request: Request,
    layer: str,
    service: ServiceDep,
    parameters: Annotated[DayParameters, query_parameters(DayParameters)],
    language: Language,
) -> Json:
    """TileJSON 3.0.0 of the tiles of one day."""
    home, days = service.settings.home, days_of(parameters.day, parameters.datetime)
    return raster_tilejson(
        service.reads, service.layers, home, str(request.base_url), layer, days, language
    )


@router.get(
    "/{layer}/legend.svg",
    response_class=Response,
    responses={200: {"content": {_SVG: {}}}},
)
def raster_legend(
    layer: str,
    service: ServiceDep,
    language: Language,
    _: Annotated[SvgParameters, query_parameters(SvgParameters)],
) -> Response:
    """The legend as a picture."""
    asked = raster_layer(service.reads, service.layers, layer)
    return Response(
        legend_svg(asked, language), headers=language_headers(language), media_type=_SVG
    )


@router.get("/{layer}/point")
def raster_point(
    layer: str,
    service: ServiceDep,
    parameters: Annotated[PointParameters, query_parameters(PointParameters)],
    language: Language,
) -> Json:
    """The value at a place on the newest day, or on `day`; with `days=all` or `datetime` a `series`
    of days, newest first. `value` is that of the cell, as the file has it, and null where there is
    no data; `rmse` is the day's error in `unit`, and `nearest_station_m` the distance to the next
    place where the day was measured, both null where unknown."""
    lon = number_of("lon", parameters.lon, -180, 180)
    lat = number_of("lat", parameters.lat, -90, 90)
    series = parameters.datetime is not None or _all_days(parameters)
    declared = raster_layer(service.reads, service.layers, layer)
    days = rasters_at(
        service.reads,
        declared,
        days_of(parameters.day, parameters.datetime),
        lon,
        lat,
        None if series else 1,
    )
    values = [_day_value(declared, day, service.settings.home, lon, lat, language) for day in days]
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
    return about | ({"series": values} if series else values[0])


def _all_days(parameters: PointParameters) -> bool:
    days = parameters.days
    if days not in (None, "all"):
        raise BadQuery("days", f"days can only be all, got {days!r}; for one day use day")
    if days and (parameters.day is not None or parameters.datetime is not None):
        raise BadQuery("days", "give days, day or datetime, not two of them")
    return days == "all"


def _day_value(
    layer: Layer, day: Raster, home: Path, lon: float, lat: float, language: str
) -> Json:
    """What is known of a place on a day."""
    read = cells(file_of(day, home))
    value, drawn = read.at(lon, lat), read.between_centres(lon, lat)
    known = {
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
        return known | {"note": _why_none(layer, day)[language]}
    name = class_of(value, layer.style)
    (quantity,) = layer.fields
    return known | {
        "class": name,
        "class_title": quantity.values[name][language],
        "color": layer.style.colors[name],
    }


def _why_none(layer: Layer, day: Raster) -> Text:
    """Beyond the distance at which a layer fades to nothing, no value was estimated."""
    reach_m = next((beyond_m for beyond_m, opacity in layer.style.fades if not opacity), None)
    if reach_m is None or day.nearest_m is None or day.nearest_m <= reach_m:
        return _NO_DATA
    near, reach = f"{day.nearest_m / 1000:.0f}", f"{reach_m / 1000:g}"
    return Text(
        f"ไม่ประมาณค่า ณ จุดนี้ สถานีใกล้ที่สุดอยู่ห่าง {near} กม. เกิน {reach} กม.",
        f"Not estimated at this place: the nearest station is {near} km away, beyond {reach} km",
    )


def _day(layer: Layer, found: Raster, language: str, root: str) -> Json:
    address = f"{root}/api/rasters/{layer.name}/{found.day}"
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
        "tiles": f"{root}/tiles/{layer.name}/{{z}}/{{x}}/{{y}}.png?day={found.day}",
    }
