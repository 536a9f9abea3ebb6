"""Raster layers as a catalogue of STAC: what a client finds by following links from its root."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
import rasterio
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.settings import Settings
from tests.rasters import raster_day


@pytest.fixture
def days(connection: Connection, settings: Settings) -> None:
    """Two days of the surface."""
    raster_day(connection, settings.home, date(2026, 1, 5), rmse=4.5)
    raster_day(connection, settings.home, date(2026, 1, 6), np.full((4, 4), 50.0))


def linked(client: TestClient, document: dict[str, Any], rel: str) -> list[dict[str, Any]]:
    """The documents that the links of a relation lead to."""
    return [
        client.get(urlsplit(one["href"]).path).json()
        for one in document["links"]
        if one["rel"] == rel
    ]


@pytest.mark.usefixtures("days")
def test_links_lead_from_the_root_to_each_day_of_each_layer(client: TestClient) -> None:
    root = client.get("/stac?lang=en").json()
    [surface] = [one for one in linked(client, root, "child") if one["id"] == "pm25_surface"]
    newest, before = linked(client, surface, "item")

    assert surface["extent"]["temporal"]["interval"] == [
        ["2026-01-04T17:00:00Z", "2026-01-06T17:00:00Z"]
    ]
    assert surface["item_assets"]["data"]["bands"][0]["unit"] == "µg/m³"
    assert [newest["id"], before["id"]] == ["pm25_surface-2026-01-06", "pm25_surface-2026-01-05"]
    assert before["properties"]["start_datetime"] == "2026-01-04T17:00:00Z"
    assert before["properties"]["fahsai:rmse"] == 4.5
    assert before["bbox"] == [100, 13, 102, 15]
    assert linked(client, newest, "parent")[0]["id"] == "pm25_surface"


@pytest.mark.usefixtures("days")
def test_a_day_names_its_file_which_says_what_its_band_holds(client: TestClient) -> None:
    day = client.get("/stac/pm25_surface/2026-01-06").json()

    answer = client.get(urlsplit(day["assets"]["data"]["href"]).path)

    assert answer.headers["content-type"] == day["assets"]["data"]["type"]
    with rasterio.MemoryFile(answer.content) as file, file.open() as opened:
        assert (opened.descriptions, opened.units) == (("by hand",), ("µg/m³",))


def test_a_layer_without_days_has_the_extent_of_no_time(client: TestClient) -> None:
    surface = client.get("/stac/pm25_surface").json()

    assert surface["extent"]["temporal"]["interval"] == [[None, None]]
    assert [one for one in surface["links"] if one["rel"] == "item"] == []


@pytest.mark.parametrize(
    "path", ["/stac/hotspots", "/stac/no_such", "/stac/pm25_surface/2026-01-05"]
)
def test_what_is_no_raster_or_no_day_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
