"""/tiles/ and OGC API – Tiles: the same tiles by two addresses, described for clients."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from layers.catalog import catalog
from tests.makers import factory
from tests.vector_tiles import decoded

TILESET = "/ogc/collections/factories/tiles/WebMercatorQuad"


def test_both_addresses_give_the_same_tile(client: TestClient, connection: Connection) -> None:
    factory(connection, lon=100.5, lat=13.7)

    plain = client.get("/tiles/factories/8/199/118.mvt")
    ogc = client.get(f"{TILESET}/8/118/199", params={"f": "mvt"})

    assert plain.headers["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert plain.content == ogc.content
    assert [f.properties["id"] for f in decoded(plain.content)["factories"]] == ["factory-1"]


def test_an_empty_tile_is_an_answer_without_bytes(client: TestClient) -> None:
    answer = client.get("/tiles/factories/8/0/0.mvt")

    assert (answer.status_code, answer.content) == (200, b"")


def test_a_tile_that_is_known_is_not_sent_again(client: TestClient, connection: Connection) -> None:
    factory(connection)
    first = client.get("/tiles/factories/0/0/0.mvt")

    again = client.get(
        "/tiles/factories/0/0/0.mvt", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert again.status_code == 304


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/tiles/factories/0/0/0.mvt", 304),
        ("/tiles/factories/0/0/0.mvt?filter=colour=1", 400),
        ("/tiles/nothing/0/0/0.png", 404),
    ],
)
def test_an_asterisk_matches_what_there_is_and_nothing_else(
    client: TestClient, address: str, status: int
) -> None:
    answer = client.get(address, headers={"If-None-Match": "*"})

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("address", "status", "parameter"),
    [
        ("/tiles/factories/1/2/0.mvt", 404, None),
        ("/tiles/factories/25/0/0.mvt", 404, None),
        ("/tiles/factories/1/x/0.mvt", 400, "x"),
        ("/tiles/factory/1/0/0.mvt", 404, None),
        ("/tiles/pm25_surface/1/0/0.mvt", 404, None),
        ("/tiles/factories/1/0/0.mvt?limit=1", 400, "limit"),
        ("/tiles/hotspots/1/0/0.mvt?datetime=yesterday", 400, "datetime"),
        ("/tiles/hotspots/tilejson.json?datetime=yesterday", 400, "datetime"),
        ("/tiles/hotspots/tilejson.json?filter=colour=1", 400, "filter"),
        ("/tiles/pm25_surface/tilejson.json?filter=pm25>1", 400, "filter"),
        (f"{TILESET}?filter=colour=1", 400, "filter"),
        (f"{TILESET}?datetime=yesterday", 400, "datetime"),
        (f"{TILESET}?f=tilejson&filter=colour=1", 400, "filter"),
        (f"{TILESET}/1/2/0", 404, None),
        (f"{TILESET}/1/0/0?f=png", 400, "f"),
        (f"{TILESET}?f=xml", 400, "f"),
        ("/ogc/collections/factories/tiles/WorldCRS84Quad", 404, None),
        ("/ogc/tileMatrixSets/WorldCRS84Quad", 404, None),
    ],
)
def test_what_cannot_be_is_a_problem_that_says_which_parameter(
    client: TestClient, address: str, status: int, parameter: str | None
) -> None:
    answer = client.get(address)

    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.status_code, answer.json().get("parameter")) == (status, parameter)


def test_a_problem_repeats_the_value_that_is_wrong(client: TestClient) -> None:
    detail = client.get("/tiles/factories/1/west/0.mvt").json()["detail"]

    assert detail.startswith("x: ") and detail.endswith("got 'west'")


def test_tilejson_leads_to_the_tiles_of_what_was_asked_for(
    client: TestClient, connection: Connection
) -> None:
    factory(connection, lon=110, lat=13)

    told = client.get("/tiles/factories/tilejson.json").json()
    by_day = client.get(
        "/tiles/hotspots/tilejson.json", params={"datetime": "2026-01-01T00:00:00+07:00/.."}
    ).json()

    assert told["tilejson"] == "3.0.0"
    assert told["tiles"] == ["http://testserver/tiles/factories/{z}/{x}/{y}.mvt"]
    west, south, east, north = told["bounds"]
    assert (west, south, north) == (97.34, 5.63, 20.46)
    assert 110 < east < 110.2  # the edge of a cell
    assert by_day["tiles"][0].endswith(
        "/tiles/hotspots/{z}/{x}/{y}.mvt?datetime=2026-01-01T00%3A00%3A00%2B07%3A00%2F.."
    )


def test_tilejson_names_every_property_of_a_tile(
    client: TestClient, connection: Connection
) -> None:
    factory(connection, factory_class="01100")

    [fields] = [
        layer["fields"]
        for layer in client.get("/tiles/factories/tilejson.json").json()["vector_layers"]
    ]
    [found] = decoded(client.get("/tiles/factories/0/0/0.mvt").content)["factories"]

    assert set(fields) == {*found.properties, "count"}
    assert fields["name"] == "ชื่อโรงงาน / Name"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("factories", "cells with their count instead"),
        ("provinces", "as many as fit, by id; with summary=true its layer provinces_summary"),
        ("wind", "as many as fit, by -observed_at; with summary=true its layer wind_summary"),
    ],
)
def test_clients_are_told_how_a_layer_generalises(client: TestClient, name: str, told: str) -> None:
    described = client.get(f"/tiles/{name}/tilejson.json").json()["vector_layers"][0]
    tileset = f"/ogc/collections/{name}/tiles/WebMercatorQuad"
    [of_tileset, *_] = client.get(tileset, params={"lang": "en"}).json()["layers"]

    assert told in described["description"]
    assert told in of_tileset["description"]


def test_tilejson_holds_no_markup_of_the_attribution(client: TestClient) -> None:
    for name, layer in catalog().items():
        if not layer.raster:
            told = client.get(f"/tiles/{name}/tilejson.json").json()
            assert "<" not in told["attribution"]


def test_a_tileset_links_to_its_tiles_and_its_matrices(client: TestClient) -> None:
    told = client.get(TILESET, params={"lang": "en"}).json()

    links = {link["rel"]: link for link in told["links"]}
    template = links["item"]["href"]
    assert links["item"] | {"href": ""} == {
        "href": "",
        "rel": "item",
        "type": "application/vnd.mapbox-vector-tile",
        "templated": True,
    }
    tile = template.format(tileMatrix=3, tileRow=2, tileCol=1)
    assert client.get(tile).status_code == 200
    matrices = client.get(
        links["http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"]["href"]
    ).json()
    assert matrices["uri"] == told["tileMatrixSetURI"]
    assert (told["dataType"], told["crs"]) == ("vector", matrices["crs"])
    assert client.get(links["alternate"]["href"]).json()["tilejson"] == "3.0.0"


def test_a_tileset_of_what_was_asked_for_links_to_tiles_of_that(
    client: TestClient, connection: Connection
) -> None:
    factory(connection, "small", horsepower=5)
    factory(connection, "large", horsepower=500)

    told = client.get(TILESET, params={"filter": "horsepower > 100"}).json()

    links = {link["rel"]: link["href"] for link in told["links"]}
    [of_tilejson] = client.get(links["alternate"]).json()["tiles"]
    for template in (of_tilejson, links["item"]):
        whole = dict.fromkeys(("tileMatrix", "tileRow", "tileCol", "z", "x", "y"), 0)
        tile = client.get(template.format(**whole)).content
        assert [f.properties["id"] for f in decoded(tile)["factories"]] == ["large"]
    assert client.get(links["self"]).json() == told


def test_a_layer_that_is_none_is_told_apart_from_all_there_are(client: TestClient) -> None:
    detail = client.get("/tiles/factory/tilejson.json").json()["detail"]

    assert "'factory'" in detail and "factories" in detail and "pm25_surface" in detail


def test_the_matrices_are_those_of_the_standard(client: TestClient) -> None:
    [listed] = client.get("/ogc/tileMatrixSets").json()["tileMatrixSets"]

    told = client.get(listed["links"][0]["href"]).json()

    assert [matrix["id"] for matrix in told["tileMatrices"]] == [str(z) for z in range(25)]
    assert told["tileMatrices"][1] == {
        "id": "1",
        "scaleDenominator": pytest.approx(279541132.014358),
        "cellSize": pytest.approx(78271.5169640204),
        "cornerOfOrigin": "topLeft",
        "pointOfOrigin": pytest.approx([-20037508.3427892, 20037508.3427892]),
        "tileWidth": 256,
        "tileHeight": 256,
        "matrixWidth": 2,
        "matrixHeight": 2,
    }


@pytest.mark.parametrize("language", ["th", "en"])
def test_tilesets_are_listed_in_the_language_asked_for(client: TestClient, language: Any) -> None:
    answer = client.get("/ogc/collections/factories/tiles", params={"lang": language})

    [listed] = answer.json()["tilesets"]
    assert listed["title"] == catalog()["factories"].title[language]
    assert answer.headers["Content-Language"] == language
    assert client.get(listed["links"][0]["href"]).status_code == 200
