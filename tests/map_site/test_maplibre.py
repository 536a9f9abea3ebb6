"""MapLibre draws our TileJSON: points, cells that count them, and areas."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route
from psycopg2.extensions import connection as Connection

from tests.makers import box, factory, province
from tests.map_site.conftest import ARGUMENTS, CHROMIUM

LIBRARY = Path(__file__).resolve().parents[2] / "node_modules" / "maplibre-gl" / "dist"
# WebGL without a graphics card.
DRAWING = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
TYPES = {".mjs": "text/javascript", ".css": "text/css"}

PAGE = """<!doctype html>
<link rel="stylesheet" href="maplibre-gl.css">
<style>html, body, #map { height: 100%; margin: 0 }</style>
<div id="map"></div>
<script type="module">
  import * as maplibregl from "./maplibre-gl.mjs";
  const layer = new URLSearchParams(location.search).get("layer");
  const source = { type: "vector", url: `${location.origin}/tiles/${layer}/tilejson.json` };
  const drawn = { id: "drawn", source: "ours", "source-layer": layer };
  const points = {
    ...drawn, type: "circle",
    paint: { "circle-radius": ["+", 3, ["ln", ["coalesce", ["get", "count"], 1]]] },
  };
  const areas = { ...drawn, type: "fill", paint: { "fill-color": "#777" } };
  window.map = new maplibregl.Map({
    container: "map", center: [100.5, 13.7], zoom: 6,
    style: {
      version: 8, sources: { ours: source },
      layers: [layer === "provinces" ? areas : points],
    },
  });
  map.on("error", (event) => console.error(event.error.message));
</script>
"""


@pytest.fixture(scope="module")
def drawing(browser: Browser) -> Iterator[Browser]:
    """A browser that has WebGL."""
    arguments = [*(one for one in ARGUMENTS if one != "--disable-gpu"), *DRAWING]
    opened = browser.browser_type.launch(executable_path=CHROMIUM, args=arguments)
    yield opened
    opened.close()


@pytest.fixture
def map_page(drawing: Browser, server_url: str) -> Iterator[Page]:
    """A window in which /maplibre/ of the service has MapLibre and the page above."""

    def answer(route: Route) -> None:
        name = route.request.url.partition("?")[0].rpartition("/")[2]
        if name == "map.html":
            route.fulfill(body=PAGE, content_type="text/html")
        else:
            file = LIBRARY / name
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])

    opened = drawing.new_page(viewport={"width": 600, "height": 600})
    opened.route(f"{server_url}/maplibre/**", answer)
    yield opened
    opened.close()


def drawn(page: Page, server_url: str, layer: str) -> list[dict[str, Any]]:
    """The properties of the features that the map shows of a layer, once it rests."""
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.goto(f"{server_url}/maplibre/map.html?layer={layer}")
    page.wait_for_function("window.map && map.loaded() && map.areTilesLoaded()", timeout=20_000)
    found: list[dict[str, Any]] = page.evaluate(
        "map.queryRenderedFeatures({ layers: ['drawn'] }).map((feature) => feature.properties)"
    )
    assert errors == []
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
