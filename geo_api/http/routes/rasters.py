"""/api/rasters: the days and hours of a raster layer as pictures and files, and its legend."""

from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

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
    NoParameters,
    Parameters,
    language_headers,
    parameter,
    query_parameters,
)
from geo_api.http.range_requests import PartialFile
from geo_api.http.routers import DescribedRouter
from geo_api.rasters.cog_writer import MEDIA_TYPE as COG_MEDIA_TYPE
from geo_api.rasters.days import days_of, days_touched, hour_of
from geo_api.rasters.differences import difference
from geo_api.rasters.registry import (
    VIEWS,
    Raster,
    file_of,
    raster,
    raster_layer,
    rasters,
)
from geo_api.rasters.rendering import picture
from geo_api.rasters.tilejson import legend, legend_svg, raster_tilejson
from layers.model import Layer
from layers.query import date_of

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
MINUS = parameter(
    "A day or a time: what is shown is the difference to the layer's raster of then, on a scale"
    " that diverges from no change.",
    {"type": "string"},
)
HOUR = parameter(
    "Of a layer of hours: which of the day, from 1 to 24, by its end in Thai time; the last unless"
    " given.",
    {"type": "integer", "minimum": 1, "maximum": 24},
)
PNG = "image/png"
PNG_FORMAT = Format("png", PNG, "PNG")
PNG_ANSWER: dict[str, Any] = {
    "response_class": Response,
    "responses": {200: {"content": {PNG: {}}}},
}
_SVG = "image/svg+xml"

Json = dict[str, Any]


class DayParameters(Parameters):
    """Which days."""

    day: str | None = DAY
    datetime: str | None = DAYS_TOUCHED


class PngParameters(Parameters):
    """As a picture."""

    FORMATS = (PNG_FORMAT,)

    hour: str | None = HOUR
    minus: str | None = MINUS


class TilesParameters(DayParameters):
    """Which days, or the difference of two."""

    minus: str | None = MINUS


class PngOfDaysParameters(TilesParameters):
    """Which days, as a picture."""

    FORMATS = (PNG_FORMAT,)


class ListParameters(Parameters):
    """Of which time."""

    datetime: str | None = parameter(
        "A time or an interval of RFC 3339 times: only the days or hours that it touches.",
        {"type": "string"},
    )


class GeotiffParameters(Parameters):
    """As a file."""

    hour: str | None = HOUR

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
    request: Request,
    layer: str,
    service: ServiceDep,
    parameters: Annotated[ListParameters, query_parameters(ListParameters)],
    language: Language,
) -> Json:
    """What the layer shows, the legend, and its days, or hours, newest first. `bounds` are west,
    south, east and north (WGS84) of a picture in Web Mercator; `rmse` is the leave-one-out error in
    `unit`, and `within_error` the share of left-out stations that lay within the standard error.
    `inputs` are the runs that it was computed from."""
    asked = raster_layer(service.reads, service.layers, layer)
    days = rasters(service.reads, asked, days_of(None, parameters.datetime))
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
        "difference_legend": legend(difference(asked), language),
        "days": [_day(asked, day, language, root) for day in days],
    }


@router.get("/{layer}/{day}.png", **PNG_ANSWER)
async def raster_picture(
    request: Request,
    layer: str,
    day: Day,
    service: ServiceDep,
    parameters: Annotated[PngParameters, query_parameters(PngParameters)],
) -> Response:
    """One day, or an hour of it, as a picture in Web Mercator, in the legend's colours; no data is
    transparent. With `minus` the difference of two."""
    days = hour_of(day, parameters.hour)
    earlier = parameters.minus and days_touched("minus", parameters.minus)

    def make() -> bytes:
        declared, found = newest_raster(service, layer, days)
        path = file_of(found, service.settings.home)
        if not earlier:
            return picture(path, declared.style, found.bounds)
        minus = file_of(newest_raster(service, layer, earlier)[1], service.settings.home)
        return picture(path, difference(declared).style, found.bounds, minus)

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
    parameters: Annotated[GeotiffParameters, query_parameters(GeotiffParameters)],
) -> Response:
    """One day, or an hour of it, as a cloud-optimised GeoTIFF (EPSG:4326, float32, NaN for no
    data), whole or in ranges, as GDAL's /vsicurl/ reads it. Surfaces have three bands: the value,
    the distance to the nearest station in metres, and the standard error in the value's unit. The
    ETag is that of the content."""
    asked = raster_layer(service.reads, service.layers, layer)
    found = raster(service.reads, asked, hour_of(day, parameters.hour))
    path = file_of(found, service.settings.home)
    # The name of a file tells its content, and so it never changes.
    headers = {
        "ETag": f'"{path.stem}"',
        "Cache-Control": CACHE_CONTROL,
    }
    of = f"{day}" if found.hour is None else f"{day}T{found.hour:02d}"
    return file_response(request, path, headers, COG_MEDIA_TYPE, f"{layer}_{of}.tif")


@router.get("/{layer}/tilejson.json")
def raster_tiles(
    request: Request,
    layer: str,
    service: ServiceDep,
    parameters: Annotated[TilesParameters, query_parameters(TilesParameters)],
    language: Language,
) -> Json:
    """TileJSON 3.0.0 of the tiles of one day or hour, or of the difference of two."""
    home, days = service.settings.home, days_of(parameters.day, parameters.datetime)
    if parameters.minus is not None:
        days_touched("minus", parameters.minus)
    told = raster_tilejson(
        service.reads, service.layers, home, str(request.base_url), layer, days, language
    )
    if parameters.minus is not None:
        told["tiles"] = [f"{url}&minus={quote(parameters.minus)}" for url in told["tiles"]]
    return told


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


def _day(layer: Layer, found: Raster, language: str, root: str) -> Json:
    address = f"{root}/api/rasters/{layer.name}/{found.day}"
    asked = "" if found.hour is None else f"?hour={found.hour}"
    tiles = f"{root}/tiles/{layer.name}/{{z}}/{{x}}/{{y}}.png"
    return {
        "day": found.day.isoformat(),
        **({} if found.hour is None else {"hour": found.hour}),
        "starts_at": found.starts_at.isoformat(),
        "ends_at": found.ends_at.isoformat(),
        "bounds": found.bounds,
        "method": found.method[language],
        "stations": found.stations,
        "rmse": found.rmse,
        "within_error": found.within_error,
        "simulated": found.simulated,
        "made_at": found.made_at.isoformat(),
        "run_id": found.run_id,
        "inputs": found.inputs,
        "png": f"{address}.png{asked}",
        "geotiff": f"{address}.tif{asked}",
        "tiles": f"{tiles}?{found.query}",
    }
