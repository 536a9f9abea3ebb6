"""Parameters: each route declares its own as a model, and takes no others."""

from typing import get_type_hints

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from pydantic import ValidationError

from geo_api.http.parameters import Language, PageParameters, SelectionParameters
from geo_api.http.routers import query_models
from geo_api.http.routes import routers

ROUTES = [
    one
    for router in routers()
    for one in router.routes
    # Those that are read. Open311 says itself what its addresses take.
    if isinstance(one, APIRoute)
    and "GET" in (one.methods or ())
    and not one.path.startswith("/open311/")
]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.path))
def test_a_route_declares_its_query_in_one_model(route: APIRoute) -> None:
    [model] = query_models(route.endpoint)

    hints = get_type_hints(route.endpoint, include_extras=True)
    assert ("lang" in model.names()) >= (Language in hints.values())


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.path))
def test_every_route_takes_a_language_and_a_format_that_it_has(route: APIRoute) -> None:
    [model] = query_models(route.endpoint)

    assert {"f", "lang"} <= {*model.names()}
    assert model.FORMATS


def test_names_are_those_of_an_address() -> None:
    names = ("datetime", "filter", "filter-lang", "filter-crs", "f", "lang", "summary")
    assert SelectionParameters.names() == names
    assert "skipGeometry" in PageParameters.names()


def test_what_was_given_is_given_on_as_text() -> None:
    given = {"limit": "010", "bbox-crs": "x", "skipGeometry": "true", "land_use": "sugarcane"}
    parameters = PageParameters.model_validate(given)

    assert parameters.given() == given
    assert parameters.presentation() == {}
    assert parameters.model_extra == {"land_use": "sugarcane"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *(
            (f"{path}?f=json&lang=en", 200)
            for path in (
                *("/ogc/", "/ogc", "/ogc/collections/", "/ogc/collections/factories/queryables/"),
                *("/ogc/collections/factories/items/", "/ogc/functions", "/ogc/tileMatrixSets"),
                *("/api/near/", "/api/search", "/health", "/status/", "/catalog/", "/openapi.json"),
            )
        ),
        ("/health?f=html", 400),
        ("/health?lang=de", 400),
        ("/tiles/factories/5/25/14.mvt?f=mvt&lang=th", 200),
        ("/tiles/factories/5/25/14.mvt?f=png", 400),
    ],
)
def test_the_same_form_may_be_asked_of_every_route(
    client: TestClient, path: str, status: int
) -> None:
    place = "&lon=100.5&lat=13.7" if "near" in path else ""

    answer = client.get(path + place, follow_redirects=False)

    assert answer.status_code == status, answer.text


def test_a_model_takes_no_other_name() -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        SelectionParameters.model_validate({"limit": "1"})


@pytest.mark.parametrize(
    ("query", "detail", "parameter"),
    [
        ("limit=1&limit=2", "limit is given twice; give it once", "limit"),
        ("filter=a%00b", "filter holds a NUL character; leave it out", "filter"),
        ("colour=red", "no parameter 'colour'; there are: bbox, bbox-crs, ", "colour"),
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
