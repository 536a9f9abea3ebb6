"""Which file shows which day, remembered while no raster changes, so that tiles ask no database."""

from geo_api.http.dependencies import Service
from geo_api.rasters.days import Days
from geo_api.rasters.registry import VIEWS, Raster, raster, raster_layer
from layers.model import Layer


def newest_raster(service: Service, name: str, days: Days) -> tuple[Layer, Raster]:
    """The layer, and the newest of its rasters of the days. Raises LayerNotFound and
    RasterNotFound."""
    # Read before the database is asked: what is found may be newer than its version, never older.
    versions = service.data_versions.current()
    found = service.raster_memo.get((name, days), versions)
    if found is None:
        layer = raster_layer(service.reads, service.layers, name)
        found = layer, raster(service.reads, layer, days)
        if versions is not None:
            service.raster_memo.put((name, days), VIEWS, versions.tag(VIEWS), found)
    return found
