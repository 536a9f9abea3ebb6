"""MapLibre, on a page of somebody else, draws our TileJSON and our styles."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from psycopg2.extensions import connection as Connection

from tests.makers import box, factory, province
from tests.map_site.other_maps import MODULES, ORIGIN, drawing, page_elsewhere

LIBRARY = MODULES / "maplibre-gl" / "dist"

PAGE = """<!doctype html>
<link rel="stylesheet" href="maplibre-gl.css">
<style>html, body, #map { height: 100%; margin: 0 }</style>
<div id="map"></div>
<script type="module">
  import * as maplibregl from "./maplibre-gl.mjs";
  const asked = new URLSearchParams(location.search);
  const layer = asked.get("layer");
  const source = { type: "vector", url: `${asked.get("service")}/tiles/${layer}/tilejson.json` };
  const drawn = { id: "drawn", source: "ours", "source-layer": layer };
  const points = {
    ...drawn, type: "circle",
    paint: { "circle-radius": ["+", 3, ["ln", ["coalesce", ["get", "count"], 1]]] },
  };
  const areas = { ...drawn, type: "fill", paint: { "fill-color": "#777" } };
  window.map = new maplibregl.Map({
    container: "map", center: [100.5, 13.7], zoom: 6,
    style: asked.has("style") ? `${asked.get("service")}/styles/${layer}.json` : {
      version: 8, sources: { ours: source },
      layers: [layer === "provinces" ? areas : points],
    },
  });
  map.on("error", (event) => console.error(event.error.message));
</script>
"""


@pytest.fixture(scope="module")
def webgl(browser: Browser) -> Iterator[Browser]:
    with drawing(browser) as opened:
        yield opened


@pytest.fixture
def map_page(webgl: Browser) -> Iterator[Page]:
    with page_elsewhere(webgl, PAGE, LIBRARY) as opened:
        yield opened


def show(page: Page, server_url: str, layer: str, extra: str = "") -> None:
    """Waits until the map of a layer rests, and finds no fault in what the library says."""
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.goto(f"{ORIGIN}/map.html?service={server_url}&layer={layer}{extra}")
    page.wait_for_function("() => window.map && map.loaded() && map.areTilesLoaded()")
    assert errors == []


def drawn(page: Page, server_url: str, layer: str) -> list[dict[str, Any]]:
    """The properties of the features that the map shows of a layer."""
    show(page, server_url, layer)
    found: list[dict[str, Any]] = page.evaluate(
        "map.queryRenderedFeatures({ layers: ['drawn'] }).map((feature) => feature.properties)"
    )
    return found


def test_maplibre_draws_points_with_their_properties(
    fresh: Connection, map_page: Page, server_url: str
) -> None:
    factory(fresh, "near", lon=100.5, lat=13.7, name="โรงงานน้ำตาล")
    factory(fresh, "far", lon=60, lat=-20)
    fresh.commit()

    [found] = drawn(map_page, server_url, "factories")

    assert (found["id"], found["name"]) == ("near", "โรงงานน้ำตาล")


def test_maplibre_draws_cells_where_points_are_too_many(
    fresh: Connection, map_page: Page, server_url: str
) -> None:
    with fresh.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO factory (id, source, name, status, location_precision, geom)
            SELECT n::text, 'diw', 'f', 'operating', 'government',
                ST_Point(100 + n %% 70 / 70.0, 13 + n %% 60 / 60.0, 4326)
            FROM generate_series(1, 5000) AS n
            """,
            {},
        )
    fresh.commit()

    found = drawn(map_page, server_url, "factories")

    assert len(found) < 500
    assert sum(told["count"] for told in found) == 5000


def test_maplibre_draws_areas(fresh: Connection, map_page: Page, server_url: str) -> None:
    province(fresh, wkt=box(100, 13, 101, 14))
    fresh.commit()

    found = drawn(map_page, server_url, "provinces")

    assert {told["name_th"] for told in found} == {"สมุทรสาคร"}


def test_maplibre_draws_by_our_style(fresh: Connection, map_page: Page, server_url: str) -> None:
    factory(fresh, "near", lon=100.5, lat=13.7)
    fresh.commit()

    show(map_page, server_url, "factories", extra="&style=ours")

    found = map_page.evaluate("map.queryRenderedFeatures().map((one) => one.properties.id)")
    assert "near" in found
