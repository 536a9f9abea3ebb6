"""OGC API – Features: what clients may rely on, over the real layers."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.connections import Pool, Statement, Values
from geo_api.settings import Settings
from layers.catalog import catalog
from layers.query import PARAMETERS
from tests.makers import factory, insert
from tests.serving import serving

FACTORIES = "/ogc/collections/factories"
ITEMS = f"{FACTORIES}/items"
CORE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"


def ids(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [feature["id"] for feature in answer.json()["features"]]


def link(document: dict[str, Any], rel: str) -> str:
    return next(str(one["href"]) for one in document["links"] if one["rel"] == rel)


def measurement(connection: Connection, station: str, at: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('air_measurement', %(at)s, %(at)s)", {"at": at})
    insert(
        connection,
        "air_measurement",
        station_id=station,
        observed_at=at,
        pm25_1h=20,
        source="air4thai",
    )


def air_station(connection: Connection, id: str) -> str:
    insert(connection, "air_station", id=id, lon=100.25, lat=13.55, source="air4thai")
    return id


def test_every_link_of_the_landing_page_leads_somewhere(client: TestClient) -> None:
    landing = client.get("/ogc/").json()

    for one in landing["links"]:
        answer = client.get(one["href"])
        assert answer.status_code == 200
        assert answer.headers["content-type"].removesuffix("; charset=utf-8") == one["type"]
    assert {one["rel"] for one in landing["links"]} >= {
        "self",
        "service-desc",
        "conformance",
        "data",
    }
    assert CORE in client.get(link(landing, "conformance")).json()["conformsTo"]


@pytest.mark.parametrize("path", ["/ogc/", "/ogc/conformance", "/ogc/collections", FACTORIES])
def test_every_document_leads_to_the_same_as_a_page(client: TestClient, path: str) -> None:
    links = client.get(f"{path}?lang=en").json()["links"]

    [page] = [one for one in links if one["rel"] == "alternate" and one["type"] == "text/html"]
    answer = client.get(page["href"])
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-language"] == page["hreflang"] == "en"


def test_every_layer_with_features_is_a_collection_whose_items_can_be_read(
    client: TestClient,
) -> None:
    collections = client.get("/ogc/collections").json()["collections"]

    assert {one["id"] for one in collections} == {n for n, c in catalog().items() if not c.raster}
    for one in collections:
        assert ids(client.get(link(one, "items"))) == []
        assert client.get(f"/ogc/collections/{one['id']}").json()["id"] == one["id"]


@pytest.mark.parametrize(
    ("query", "header", "title"),
    [
        ("", "", "โรงงาน"),
        ("", "en-GB,en;q=0.9", "Factories"),
        ("", "en;q=0.5, th;q=0.8", "โรงงาน"),
        ("", "de, *;q=0.1", "โรงงาน"),
        ("", "en;q=what", "โรงงาน"),
        ("?lang=en", "th", "Factories"),
        ("?lang=th", "en", "โรงงาน"),
    ],
)
def test_titles_speak_the_language_asked_for_and_else_thai(
    client: TestClient, query: str, header: str, title: str
) -> None:
    found = client.get(FACTORIES + query, headers={"Accept-Language": header})

    assert found.json()["title"] == title
    assert found.json()["titles"] == {"th": "โรงงาน", "en": "Factories"}
    assert found.headers["content-language"] == ("th" if title == "โรงงาน" else "en")
    assert found.headers["vary"] == "Accept, Accept-Language"


def test_a_collection_tells_period_unit_attribution_and_freshness(
    client: TestClient, connection: Connection
) -> None:
    station = air_station(connection, "02t")
    measurement(connection, station, "2026-01-15T12:00:00Z")
    measurement(connection, station, "2026-01-15T13:00:00Z")

    found = client.get("/ogc/collections/air_quality").json()

    period = ["2026-01-15T12:00:00Z", "2026-01-15T13:00:00Z"]
    assert found["extent"]["temporal"]["interval"] == [period]
    assert found["freshness"]["newest"] == "2026-01-15T13:00:00Z"
    assert found["freshness"]["stale"] is True
    assert "PCD" in found["attribution"]
    [pm25] = [field for field in found["fields"] if field["name"] == "pm25_1h"]
    assert pm25["unit"] == "µg/m³"


def test_an_item_is_a_feature_with_its_source_and_its_way_back(
    client: TestClient, connection: Connection
) -> None:
    factory(connection, "a/b ก", lon=100.1234567, lat=13.5, name='"ก" & <b>')

    [listed] = client.get(ITEMS).json()["features"]
    found = client.get(f"{ITEMS}/a%2Fb%20%E0%B8%81")

    assert found.headers["content-type"] == "application/geo+json"
    feature = found.json()
    assert feature["geometry"] == {"type": "Point", "coordinates": [100.123457, 13.5]}
    assert feature["properties"]["name"] == '"ก" & <b>'
    assert feature["properties"]["source"] == "diw"
    assert feature["attribution"] == catalog()["factories"].attribution
    assert {k: feature[k] for k in listed} == listed
    assert client.get(link(feature, "self")).json() == feature
    assert client.get(link(feature, "collection")).json()["id"] == "factories"


def test_a_page_says_how_many_it_returned_when_and_from_whom(
    client: TestClient, connection: Connection
) -> None:
    factory(connection, "a")

    page = client.get(f"{ITEMS}?limit=5").json()

    assert page["numberReturned"] == 1
    assert page["numberMatched"] == 1
    assert datetime.fromisoformat(page["timeStamp"]).tzinfo == UTC
    assert page["attribution"] == catalog()["factories"].attribution
    assert link(page, "self").endswith("/ogc/collections/factories/items?limit=5")
    assert {one["rel"] for one in page["links"]} == {"self", "alternate", "collection"}


def test_pages_give_each_feature_once_while_others_arrive(
    client: TestClient, connection: Connection
) -> None:
    for id in "bdfh":
        factory(connection, id)

    first = client.get(f"{ITEMS}?limit=2&bbox=100,13,101,14").json()
    factory(connection, "a")  # before what was read: no page shifts
    factory(connection, "e")
    second = client.get(link(first, "next")).json()
    third = client.get(link(second, "next")).json()

    pages = [[feature["id"] for feature in page["features"]] for page in (first, second, third)]
    assert pages == [["b", "d"], ["e", "f"], ["h"]]
    assert not [one for one in third["links"] if one["rel"] == "next"]


def test_a_full_last_page_has_no_next(client: TestClient, connection: Connection) -> None:
    factory(connection, "a")
    factory(connection, "b")

    page = client.get(f"{ITEMS}?limit=2").json()

    assert page["numberReturned"] == 2
    assert {one["rel"] for one in page["links"]} == {"self", "alternate", "collection"}


def test_an_oversized_limit_is_clamped(client: TestClient, connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO factory (id, name, source, geom, location_precision)"
            " SELECT n::text, 'ก', 'diw', ST_Point(100, 13, 4326), 'government'"
            " FROM generate_series(1, 10001) AS n"
        )

    assert client.get(f"{ITEMS}?limit=99999").json()["numberReturned"] == 10_000


def test_simulated_rows_are_called_so_everywhere(
    client: TestClient, connection: Connection
) -> None:
    factory(connection, "a", source="demo")
    insert(connection, "run", source="demo", input="seed 1", status="succeeded", finished_at="now")

    answers = [client.get(path).json() for path in (ITEMS, f"{ITEMS}/a", FACTORIES)]

    assert [answer["simulated"] for answer in answers] == [True, True, True]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=ten", "limit"),
        ("bbox=1,2,3", "bbox"),
        ("datetime=yesterday", "datetime"),
        ("cursor=", "cursor"),
        ("cursor=%21%21", "cursor"),
        ("cursor=YQ%3D%3D", "cursor"),
        ("cursor=AA", "cursor"),
        ("cursor=%E0%B8%81", "cursor"),
        ("Limit=1", "Limit"),
        ("offset=-5", "offset"),
        ("offset=100001", "offset"),
        ("offset=5&cursor=YQ", "offset"),
        ("datetime=2569-03-01/..", "datetime"),
        ("updated_on=2569-03-01", "updated_on"),
        ("filter=updated_on%3EDATE('2569-03-01')", "filter"),
        ("limit=1&limit=2", "limit"),
        ("bbox=%00", "bbox"),
        ("%E0%B8%81=1", "ก"),
    ],
)
def test_a_mistaken_parameter_is_named_in_a_problem_document(
    client: TestClient, query: str, parameter: str
) -> None:
    answer = client.get(f"{ITEMS}?{query}")

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 400
    assert problem["title"] == "Bad Request"
    assert problem["parameter"] == parameter
    assert parameter in problem["detail"]


@pytest.mark.parametrize("path", ["/ogc/", "/ogc/conformance", "/ogc/collections", FACTORIES])
def test_documents_too_refuse_what_they_do_not_know(client: TestClient, path: str) -> None:
    assert client.get(f"{path}?f=xml").status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/ogc/collections/nothing",
        "/ogc/collections/nothing/items",
        "/ogc/collections/freshness/items",
        "/ogc/collections/pm25_surface/items",
        f"{ITEMS}/nothing",
        f"{ITEMS}/%00",
        "/ogc/nothing",
    ],
)
def test_what_is_not_there_is_a_404_as_a_problem_document(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


@pytest.mark.parametrize("path", ["/ogc/", ITEMS, "/health", "/", "/static/tokens.css", "/nowhere"])
def test_a_head_is_the_get_without_its_body(client: TestClient, path: str) -> None:
    with serving(client.app) as address:
        plain = {"Accept-Encoding": "identity"}
        head = requests.head(address + path, headers=plain)
        got = requests.get(address + path, headers=plain)

    assert head.status_code == got.status_code
    assert head.headers["content-type"] == got.headers["content-type"]
    assert head.headers["content-length"] == str(len(got.content))
    assert head.content == b""


def test_other_methods_are_refused_with_those_there_are(client: TestClient) -> None:
    answer = client.post(ITEMS)

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json()["status"] == 405
    assert answer.json()["detail"].startswith("POST is not answered here")


def test_pages_of_other_sites_may_read_and_nobody_guesses_types(client: TestClient) -> None:
    answer = client.get(ITEMS, headers={"Origin": "https://example.org"})

    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_openapi_document_lists_parameters_and_never_422(client: TestClient) -> None:
    document = client.get("/openapi.json").json()

    listed = document["paths"]["/ogc/collections/{collection}/items"]["get"]
    names = [parameter["name"] for parameter in listed["parameters"]]
    assert {"collection", *PARAMETERS} <= set(names)
    assert re.match(r"3\.0\.", document["openapi"])
    for reads in [path["get"] for path in document["paths"].values() if "get" in path]:
        assert "422" not in reads["responses"]
        assert "default" in reads["responses"]


class _Broken(Pool):
    """A database that fails in a way nobody foresaw."""

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[Any, ...]]:
        raise RuntimeError("relation published.factories at 10.0.0.7")


def test_our_own_mistake_tells_nothing_and_is_raised_for_the_log(settings: Settings) -> None:
    app = create_app(_Broken("postgresql://nobody@127.0.0.1:1/none", 1), settings)

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get(ITEMS)
    with TestClient(app) as client, pytest.raises(RuntimeError, match=r"10\.0\.0\.7"):
        client.get(ITEMS)

    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "10.0.0.7" not in answer.text
    assert "published" not in answer.text
