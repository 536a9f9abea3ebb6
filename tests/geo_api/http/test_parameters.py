"""Parameters: each route declares its own as a model, and takes no others."""

from typing import get_type_hints

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from pydantic import ValidationError

from geo_api.http.parameters import Language, PageParameters, SelectionParameters
from geo_api.http.routers import query_models
from geo_api.http.routes import routers

ROUTES = [one for router in routers() for one in router.routes if isinstance(one, APIRoute)]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.path))
def test_a_route_declares_its_query_in_one_model(route: APIRoute) -> None:
    [model] = query_models(route.endpoint)

    hints = get_type_hints(route.endpoint, include_extras=True)
    assert ("lang" in model.names()) >= (Language in hints.values())


def test_names_are_those_of_an_address() -> None:
    assert SelectionParameters.names() == ("datetime", "filter", "filter-lang", "filter-crs")
    assert "skipGeometry" in PageParameters.names()


def test_what_was_given_is_given_on_as_text() -> None:
    given = {"limit": "010", "bbox-crs": "x", "skipGeometry": "true", "land_use": "sugarcane"}
    parameters = PageParameters.model_validate(given)

    assert parameters.given() == given
    del given["limit"]
    assert parameters.given(exclude=frozenset({"limit"})) == given
    assert parameters.model_extra == {"land_use": "sugarcane"}


def test_a_model_takes_no_other_name() -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        SelectionParameters.model_validate({"limit": "1"})


@pytest.mark.parametrize(
    ("query", "detail", "parameter"),
    [
        ("limit=1&limit=2", "limit is given twice; give it once", "limit"),
        ("filter=a%00b", "filter holds a NUL character; leave it out", "filter"),
        ("colour=red", "no parameter 'colour'; there are: limit, bbox, ", "colour"),
    ],
)
def test_a_bad_query_is_refused_by_the_name_of_the_parameter(
    client: TestClient, query: str, detail: str, parameter: str
) -> None:
    answer = client.get(f"/ogc/collections/factories/items?{query}")

    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(detail)
    assert answer.json()["parameter"] == parameter


def test_an_unknown_name_is_told_with_the_layer_s_properties(client: TestClient) -> None:
    answer = client.get("/ogc/collections/factories/items", params={"colour": "red"})

    assert "horsepower" in answer.json()["detail"]
