"""Which answers pages of other sites may read: those of routers of open data, and no others."""

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from geo_api.app import create_app
from geo_api.database.connections import Reads
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.routes import routers
from geo_api.settings import Settings

CORS = "access-control-allow-origin"


# What is for staff, what takes complaints from programs with a key, and what tells who asks when.
CLOSED = (["Complaints"], ["Inspections"], ["Jobs"], ["Open311"], ["Metrics"])


def test_every_router_is_of_open_data_but_those_that_are_not_for_all() -> None:
    for router in routers():
        is_open = all(one in router.dependencies for one in OPEN_DATA)
        assert is_open == (router.tags not in CLOSED), router.tags
        assert any(isinstance(route, APIRoute) for route in router.routes)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ogc/collections", 200),
        ("/ogc/collections/nothing", 404),
        ("/ogc/collections?x=1", 400),
        ("/health", 200),
    ],
)
def test_open_data_and_their_errors_can_be_read_from_any_site(
    client: TestClient, path: str, status: int
) -> None:
    for method in ("GET", "HEAD"):
        answer = client.request(method, path)

        assert answer.status_code == status
        assert answer.headers[CORS] == "*"
        exposed = answer.headers["access-control-expose-headers"].split(", ")
        assert {"ETag", "Link", "Content-Range", "*"} <= {*exposed}


@pytest.mark.parametrize(
    "path",
    [
        *("/ogc/collections/factories/items", "/ogc", "/tiles/factories/5/25/14.mvt", "/status/"),
        *("/api/rasters/pm25_daily/2026-01-01.tif", "/api/near", "/catalog"),
    ],
)
def test_a_browser_that_asks_before_it_reads_is_told_what_it_may_send(
    client: TestClient, path: str
) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}

    answer = client.options(path, headers=asked)

    assert answer.status_code == 204 and answer.content == b""
    assert answer.headers[CORS] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    allowed = answer.headers["access-control-allow-headers"].lower().split(", ")
    assert {"range", "if-none-match"} <= {*allowed} and "authorization" not in allowed
    assert "GET" in answer.headers["access-control-allow-methods"]


@pytest.mark.parametrize("path", ["/", "/field", "/api/short-links", "/nowhere", "/static/at.js"])
def test_what_is_not_open_is_not_opened_by_asking(client: TestClient, path: str) -> None:
    answer = client.options(path, headers={"Access-Control-Request-Method": "GET"})

    assert CORS not in answer.headers and answer.status_code in (200, 404, 405)


def test_what_is_not_marked_stays_with_its_site(reads: Reads, settings: Settings) -> None:
    private = APIRouter()

    @private.get("/staff/queue")
    def queue() -> dict[str, str]:
        return {"queue": "private"}

    app = create_app(reads, settings)
    app.include_router(private)

    with TestClient(app) as client:
        answers = [client.get(path) for path in ("/staff/queue", "/staff/nothing", "/")]

    assert [answer.status_code for answer in answers] == [200, 404, 200]
    assert [CORS in answer.headers for answer in answers] == [False, False, False]
    assert {answer.headers["x-content-type-options"] for answer in answers} == {"nosniff"}
