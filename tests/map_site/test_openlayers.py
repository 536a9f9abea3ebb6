"""OpenLayers, on a page of somebody else, reads our features and our vector tiles."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from psycopg2.extensions import connection as Connection

from tests.makers import factory
from tests.map_site.other_maps import MODULES, ORIGIN, drawing, page_elsewhere

LIBRARY = MODULES / "ol" / "dist"

# As OpenLayers' examples have it: features by the box of the view, or tiles by their template.
PAGE = """<!doctype html>
<style>html, body, #map { height: 100%; margin: 0 }</style>
<div id="map"></div>
<script src="ol.js"></script>
<script>
  const asked = new URLSearchParams(location.search);
  const service = asked.get("service");
  const features = () => new ol.layer.Vector({ source: new ol.source.Vector({
    format: new ol.format.GeoJSON(),
    strategy: ol.loadingstrategy.bbox,
    url: (extent) => `${service}/ogc/collections/factories/items?f=json&limit=1000&bbox=` +
      ol.proj.transformExtent(extent, "EPSG:3857", "EPSG:4326").join(","),
  }) });
  const tiles = () => new ol.layer.VectorTile({ source: new ol.source.VectorTile({
    format: new ol.format.MVT(), url: `${service}/tiles/factories/{z}/{x}/{y}.mvt`, maxZoom: 14,
  }) });
  window.map = new ol.Map({
    target: "map",
    layers: [asked.get("by") === "tiles" ? tiles() : features()],
    view: new ol.View({ center: ol.proj.fromLonLat([100.5, 13.7]), zoom: 8 }),
  });
  map.once("rendercomplete", () => { window.resting = true; });
</script>
"""


@pytest.fixture
def map_page(browser: Browser) -> Iterator[Page]:
    with drawing(browser) as drawn, page_elsewhere(drawn, PAGE, LIBRARY) as opened:
        yield opened


@pytest.mark.parametrize("by", ["features", "tiles"])
def test_openlayers_shows_points_where_they_are(
    by: str, fresh: Connection, map_page: Page, server_url: str
) -> None:
    factory(fresh, "near", lon=100.5, lat=13.7, name="โรงงานน้ำตาล")
    factory(fresh, "far", lon=104.5, lat=16.7)
    fresh.commit()

    map_page.goto(f"{ORIGIN}/map.html?service={server_url}&by={by}")
    map_page.wait_for_function("() => window.resting")

    found: list[dict[str, Any]] = map_page.evaluate(
        "map.getLayers().item(0).getFeatures([300, 300]).then((found) => found"
        ".map((one) => one.getProperties()).map(({ name, status }) => ({ name, status })))"
    )
    assert found == [{"name": "โรงงานน้ำตาล", "status": "operating"}]
