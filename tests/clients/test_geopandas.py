"""geopandas, which hands a URL to GDAL's GeoJSON driver."""

import geopandas

from tests.clients.conftest import FIRES, Served, elsewhere


def test_read_file_takes_the_address_of_a_page(served: Served) -> None:
    read = geopandas.read_file(f"{served.url}collections/hotspots/items?limit=100")

    assert len(read) == 100
    assert read.crs.to_epsg() == 4326
    assert set(read["land_use"]) == {"sugarcane", "forest"}


def test_read_file_follows_the_pages_to_the_end(served: Served) -> None:
    read = elsewhere(geopandas.read_file, f"OAPIF:{served.url}", layer="hotspots")

    assert len(read) == FIRES
    assert read["id"].is_unique


def test_read_file_keeps_thai_text(served: Served) -> None:
    read = geopandas.read_file(f"{served.url}collections/factories/items?sortby=id")

    assert list(read["name"]) == ["โรงงานน้ำตาล", "โรงสี <ข้าว>"]
    assert read["horsepower"].tolist()[0] == 120.5
