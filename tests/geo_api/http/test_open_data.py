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


def test_every_router_of_today_is_of_open_data() -> None:
    for router in routers():
        assert all(one in router.dependencies for one in OPEN_DATA), router.tags
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
        assert answer.headers["access-control-expose-headers"] == "*"


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
