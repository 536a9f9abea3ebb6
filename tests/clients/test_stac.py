"""pystac-client walks over the raster layers to a file, and GDAL opens that."""

import warnings
from datetime import date

import rasterio
from psycopg2.extensions import connection as Connection

from geo_api.settings import Settings
from tests.clients.conftest import elsewhere
from tests.rasters import raster_day


def north_western_value(root: str) -> float:
    """Of the first day of the surface, as it is found from the root of a catalogue."""
    import pystac_client

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that no search is offered
        children = pystac_client.Client.open(root).get_children()
        [surface] = [child for child in children if child.id == "pm25_surface"]
        [item] = surface.get_items()
    with rasterio.open(f"/vsicurl/{item.assets['data'].href}") as opened:
        return float(opened.read(1)[0, 0])


def test_pystac_client_finds_a_day_and_gdal_opens_it(
    fresh: Connection, settings: Settings, server_url: str
) -> None:
    raster_day(fresh, settings.home, date(2026, 1, 5))
    fresh.commit()

    assert elsewhere(north_western_value, f"{server_url}/stac") == 30
