"""/tiles/{layer}/{z}/{x}/{y}.png: any day of a raster layer as map tiles (WebMercatorQuad)."""

from typing import Annotated

from fastapi import Request, Response

from geo_api.http.caching.raster_memo import newest_raster
from geo_api.http.caching.responses import cached_response
from geo_api.http.dependencies import ServiceDep
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import query_parameters
from geo_api.http.routers import DescribedRouter
from geo_api.http.routes.rasters import PNG, PNG_ANSWER, PngOfDaysParameters
from geo_api.rasters.days import days_of, days_touched
from geo_api.rasters.differences import difference
from geo_api.rasters.registry import VIEWS, file_of
from geo_api.rasters.rendering import tile
from geo_api.tiles.tile_matrix_set import tile_at

router = DescribedRouter(tags=["Tiles"], dependencies=OPEN_DATA)


@router.get("/tiles/{layer}/{z}/{x}/{y}.png", **PNG_ANSWER)
async def raster_tile(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[PngOfDaysParameters, query_parameters(PngOfDaysParameters)],
    layer: str,
    z: int,
    x: int,
    y: int,
) -> Response:
    """A tile of 256 × 256 pixels of the newest day or hour, or of the newest that `day` or
    `datetime` touch, in the legend's colours; with `minus` of the difference of
    two, in those of its own. Between the centres of cells values are interpolated
    bilinearly, and classed as they are shown: to a decimal. No data is transparent."""
    days, place = days_of(parameters.day, parameters.datetime), tile_at(z, x, y)
    earlier = parameters.minus and days_touched("minus", parameters.minus)

    def make() -> bytes:
        declared, found = newest_raster(service, layer, days)
        path = file_of(found, service.settings.home)
        if not earlier:
            return tile(path, declared.style, *place)
        minus = file_of(newest_raster(service, layer, earlier)[1], service.settings.home)
        return tile(path, difference(declared).style, *place, minus)

    return await cached_response(request, service, VIEWS, PNG, make)
