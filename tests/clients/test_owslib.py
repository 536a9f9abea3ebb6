"""OWSLib: its client of OGC API – Features."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from owslib.ogcapi.features import Features

from tests.clients.conftest import FIRES, Served, fire


@pytest.fixture
def client(served: Served) -> Features:
    return Features(served.url)


def walked(client: Features, **asked: Any) -> Iterator[dict[str, Any]]:
    """Every page, as its `next` link leads."""
    page = client.collection_items("hotspots", **asked)
    while True:
        yield page
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        if not following:
            return
        page = requests.get(following[0], timeout=60).json()


def test_the_landing_page_names_the_description_the_classes_and_the_data(client: Features) -> None:
    rels = {link["rel"] for link in client.links}
    assert {"self", "service-desc", "conformance", "data"} <= rels
    conforms = client.conformance()["conformsTo"]
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in conforms
    api = client.api()
    assert api["openapi"].startswith("3.0")


def test_collections_are_found_as_collections_of_features(client: Features) -> None:
    names = client.feature_collections()

    assert {"factories", "hotspots", "complaint_months"} <= set(names)
    described = client.collection("hotspots")
    assert described["id"] == "hotspots"
    assert described["extent"]["spatial"]["bbox"]


def test_queryables_tell_the_properties_and_their_types(client: Features) -> None:
    properties = client.collection_queryables("hotspots")["properties"]

    assert properties["land_use"]["type"] == "string"
    assert properties["frp_mw"]["type"] == "number"


def test_paging_meets_every_feature_exactly_once(client: Features) -> None:
    pages = list(walked(client, limit=60))

    ids = [feature["id"] for page in pages for feature in page["features"]]
    assert sorted(ids) == list(map(fire, range(FIRES)))
    assert [page["numberReturned"] for page in pages] == [60, 60, 60, 60, 10]


def test_a_box_a_period_and_a_filter_choose_as_sql_does(
    client: Features, count: Callable[[str], int]
) -> None:
    found = client.collection_items(
        "hotspots",
        bbox=[100.5, 14, 103, 15],
        datetime_="2026-01-10T00:00:00Z/2026-02-10T00:00:00Z",
        filter="land_use = 'sugarcane' AND frp_mw > 60",
        limit=1000,
    )

    assert found["numberReturned"] == count(
        "geom && ST_MakeEnvelope(100.5, 14, 103, 15, 4326)"
        " AND observed_at BETWEEN '2026-01-10Z' AND '2026-02-10Z'"
        " AND land_use = 'sugarcane' AND frp_mw > 60"
    )
    assert found["numberReturned"] > 0


def test_one_item_is_found_by_its_id(client: Features) -> None:
    found = client.collection_item("hotspots", fire(7))

    assert found["id"] == fire(7)
    assert found["properties"]["frp_mw"] == 17.5
