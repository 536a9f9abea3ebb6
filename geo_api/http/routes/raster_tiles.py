"""/tiles/{layer}/{z}/{x}/{y}.png: any day of a raster layer as map tiles (WebMercatorQuad)."""

from fastapi import APIRouter, Request, Response

from geo_api.http.caching.raster_memo import shown
from geo_api.http.caching.responses import cached
from geo_api.http.dependencies import Served
from geo_api.http.parameters import Asked, takes
from geo_api.http.routes.rasters import DAY, PNG, PNG_ANSWER, TOUCHED
from geo_api.rasters.days import days_of
from geo_api.rasters.registry import VIEWS, file_of
from geo_api.rasters.rendering import tile
from geo_api.tiles.tile_matrix_set import tile_at

router = APIRouter(tags=["Tiles"])


@router.get("/tiles/{layer}/{z}/{x}/{y}.png", openapi_extra=takes(DAY, TOUCHED), **PNG_ANSWER)
async def raster_tile(
    request: Request, service: Served, asked: Asked, layer: str, z: int, x: int, y: int
) -> Response:
    """A tile of 256 × 256 pixels of the newest day, or of the newest that `day` or `datetime`
    touch, in the legend's colours. Between the centres of cells values are interpolated
    bilinearly, and classed as they are shown: to a decimal. No data is transparent."""
    days, place = days_of(asked), tile_at(z, x, y)

    def make() -> bytes:
        declared, found = shown(service, layer, days)
        return tile(file_of(found, service.settings.home), declared.style, *place)

    return await cached(request, service, VIEWS, PNG, make)
