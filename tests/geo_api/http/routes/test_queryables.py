"""/ogc/…/queryables, /sortables and /functions: what clients may ask, as they can read it."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.features.columns import columns
from geo_api.features.cql2.parser import CONFORMANCE
from geo_api.features.cql2.sql import condition
from layers.catalog import catalog
from layers.query import Filter

LAYERS = [layer for layer in catalog().values() if not layer.raster]
QUERYABLES = "/ogc/collections/{}/queryables"


def described(client: TestClient, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_every_queryable_can_be_asked_in_a_filter(
    client: TestClient, reads: Reads, layer: Any
) -> None:
    known = columns(reads, layer)

    told = described(client, QUERYABLES.format(layer.name))["properties"]

    assert list(told) == list(known)
    for name in told:
        condition(Filter(f"{name} IS NOT NULL"), known)


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_the_schema_of_a_feature_has_the_type_of_every_property(
    client: TestClient, reads: Reads, layer: Any
) -> None:
    path = f"/ogc/collections/{layer.name}"
    flat = described(client, f"{path}/schema?f=json&lang=en")["properties"]
    nested = described(client, f"{path}/schema/geojson/")["properties"]

    assert list(flat) == list(columns(reads, layer))
    assert flat["id"]["x-ogc-role"] == "id"
    assert flat["geom"]["x-ogc-role"] == "primary-geometry"
    assert {*nested["properties"]["properties"]} == {*flat} - {"id", "geom"}
    assert all("type" in one for one in nested["properties"]["properties"].values())
    links = {one["rel"]: one["href"] for one in described(client, path)["links"]}
    assert links["http://www.opengis.net/def/rel/ogc/1.0/schema"].endswith(f"{path}/schema")
    assert links["describedby"].endswith(f"{path}/schema/geojson")


def test_queryables_are_a_json_schema_in_the_language_asked_for(client: TestClient) -> None:
    answer = client.get(QUERYABLES.format("hotspots") + "?lang=en")

    told = answer.json()
    assert answer.headers["content-type"] == "application/schema+json"
    assert answer.headers["content-language"] == "en"
    assert told["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert told["$id"] == "http://testserver/ogc/collections/hotspots/queryables"
    assert (told["type"], told["title"]) == ("object", "Hotspots")
    assert told["additionalProperties"] is False
    properties = told["properties"]
    assert properties["frp_mw"] == {
        "title": "Fire radiative power",
        "type": "number",
        "unit": "MW",
    }
    assert properties["observed_at"]["format"] == "date-time"
    assert properties["land_use"]["enum"][0] == "sugarcane"
    assert properties["land_use"]["x-enum-titles"][0] == "Sugarcane"
    assert described(client, QUERYABLES.format("hotspots"))["title"] == "จุดความร้อน"


def test_a_property_that_holds_several_codes_is_not_one_of_them(client: TestClient) -> None:
    told = described(client, QUERYABLES.format("hotspots"))["properties"]["sources"]

    assert told["type"] == "string"
    assert "enum" not in told


@pytest.mark.parametrize(
    ("layer", "format"),
    [("factories", "geometry-point"), ("provinces", "geometry-multipolygon")],
)
def test_a_geometry_has_a_format_and_no_type(client: TestClient, layer: str, format: str) -> None:
    geom = described(client, QUERYABLES.format(layer))["properties"]["geom"]

    assert geom["format"] == format
    assert geom["x-ogc-role"] == "primary-geometry"
    assert "type" not in geom


def test_whatever_has_an_order_is_sortable(client: TestClient) -> None:
    told = described(client, "/ogc/collections/factories/sortables")["properties"]

    assert "workers" in told
    assert "geom" not in told


def test_every_function_is_told_with_its_arguments_and_can_be_used(
    client: TestClient, reads: Reads, connection: Connection
) -> None:
    written = {"geometry": "POINT(100 13)", "number": "5", "string": "'50'"}
    known = columns(reads, catalog()["factories"])

    told = described(client, "/ogc/functions?lang=en")["functions"]

    assert {one["name"]: one["returns"] for one in told} == {
        "distance_m": ["number"],
        "within_m": ["boolean"],
        "in_province": ["boolean"],
    }
    for one in told:
        assert "WGS84" in one["description"] or one["name"] == "in_province"
        arguments = ", ".join(written[argument["type"][0]] for argument in one["arguments"])
        compared = "" if one["returns"] == ["boolean"] else " > 1"
        condition(Filter(f"{one['name']}({arguments}){compared}"), known)


def test_the_classes_of_filters_are_named_in_full() -> None:
    assert len(CONFORMANCE) == len(set(CONFORMANCE)) == 18
    assert "http://www.opengis.net/spec/cql2/1.0/conf/array-functions" in CONFORMANCE
    assert "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter" in CONFORMANCE
