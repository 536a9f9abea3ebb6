"""Parameters: each route declares its own as a model, and takes no others."""

from collections.abc import Iterator
from typing import get_args

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from pydantic import ValidationError

from geo_api.http.parameters import Language, PageParameters, Parameters, SelectionParameters
from geo_api.http.routes import routers

ROUTES = [one for router in routers() for one in router.routes if isinstance(one, APIRoute)]


def models(route: APIRoute) -> Iterator[type[Parameters]]:
    """The models of the query that a route's function takes."""
    for field in route.dependant.query_params:
        annotation = field.field_info.annotation
        assert isinstance(annotation, type) and issubclass(annotation, Parameters), field
        yield annotation


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.path))
def test_a_route_declares_its_query_in_one_model(route: APIRoute) -> None:
    [model] = models(route)

    (depends,) = get_args(Language)[1:]
    speaks = any(one.call is depends.dependency for one in route.dependant.dependencies)
    assert ("lang" in model.names()) >= speaks, "a route in languages takes lang"


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
    with pytest.raises(ValidationError, match="no parameter 'limit'; there are: datetime, filter"):
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
