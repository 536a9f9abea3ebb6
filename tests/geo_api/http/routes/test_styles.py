"""/styles/: documents that MapLibre takes, and that show what our own pages show."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.tiles.sql import carried, in_cells
from layers.catalog import catalog
from layers.model import Layer
from tests.makers import box, insert, province

ROOT = Path(__file__).resolve().parents[4]
VALIDATOR = ROOT / "node_modules" / "@maplibre" / "maplibre-gl-style-spec" / "dist"
COLLECTIONS = [layer for layer in catalog().values() if not layer.raster]


def styled(client: TestClient, name: str) -> dict[str, Any]:
    answer = client.get(f"/styles/{name}.json")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/vnd.mapbox.style+json"
    return dict(answer.json())


def test_every_style_is_one_by_the_specification(client: TestClient, tmp_path: Path) -> None:
    if not VALIDATOR.is_dir():
        pytest.skip("the MapLibre style specification is not installed: npm ci")
    links = [one["links"][0]["href"] for one in client.get("/styles").json()["styles"]]
    assert len(links) >= len(COLLECTIONS) + 4
    for href in links:
        path = tmp_path / href.rpartition("/styles/")[2].replace("/", "_")
        path.write_text(client.get(href).text, encoding="utf-8")
        node = Path(sys.executable).with_name("node")
        done = subprocess.run(
            [node, VALIDATOR / "gl-style-validate.mjs", path],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (done.returncode, done.stdout) == (0, ""), f"{href}: {done.stdout}{done.stderr}"


@pytest.mark.parametrize("layer", COLLECTIONS, ids=lambda layer: layer.name)
def test_a_style_is_of_our_tiles_and_what_they_carry(client: TestClient, layer: Layer) -> None:
    document = styled(client, layer.name)

    source = document["sources"][layer.name]
    assert source["url"] == f"http://testserver/tiles/{layer.name}/tilejson.json"
    assert client.get(source["url"]).status_code == 200
    assert {one.get("source-layer", layer.name) for one in document["layers"]} == {layer.name}
    text = json.dumps(document["layers"])
    assert layer.style.by is None or layer.style.by in carried(layer) or in_cells(layer)
    for color in layer.style.colors.values():
        assert color in text
    colors = [one["color"] for one in document["metadata"]["fahsai:legend"][layer.name]]
    named = layer.style.colors.values() or [layer.style.color]
    assert colors == ([] if layer.style.ramp else [*named])  # nothing is there to tell of a ramp


def test_a_theme_shows_its_layers_above_the_provinces(client: TestClient) -> None:
    document = styled(client, "themes/burning")

    ground, *above = document["sources"]
    assert ground == "provinces"
    assert {"hotspots", "fire_events", "industrial_heat", "mill_burning"} <= {*above}
    assert next(one["source"] for one in document["layers"] if "source" in one) == "provinces"
    for nothing in ("nothing", "themes/nothing"):
        assert client.get(f"/styles/{nothing}.json").status_code == 404


def test_a_ramp_has_a_colour_for_about_as_many_areas_each(
    client: TestClient, connection: Connection
) -> None:
    insert(
        connection, "carbon_vintage", number=1, published_at="2026-01-01Z", simulated=False,
        method="made by a test; version 1",
    )  # fmt: skip
    for number in range(10):
        province(connection, str(10 + number), wkt=box(100 + number, 13, 100.5 + number, 13.5))
        insert(
            connection, "carbon_figure", vintage=1, year=2025, province_code=str(10 + number),
            scope1_tco2e=100.0 * (number + 1), scope2_tco2e=0.0, factories_reported=5,
            quantities_without_factor=0, quantities_doubted=0, source="factory_returns",
        )  # fmt: skip

    document = styled(client, "carbon")

    legend = document["metadata"]["fahsai:legend"]["carbon"]
    assert [one["up_to"] for one in legend] == [200, 400, 600, 800, None]
