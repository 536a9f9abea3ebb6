"""Addresses that no page links to: each is answered as the caller's mistake, or as if not said."""

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from tests.makers import factory, province

NINES = "9" * 5000
ODD = (
    *(f"/{family}/%00" for family in ("provinces", "districts", "eco-towns", "factories")),
    *(f"/factories?q={text}" for text in ("%00", "a%00b", "%25", "%F0%9F%94%A5")),
    *(f"/provinces?page={page}" for page in (NINES, "0", "-1", "%C2%B2", "%E0%B9%91")),
    *(f"/provinces/74?day={day}" for day in ("0001-01-01", "9999-12-31", "2569-03-02", "x")),
    "/?day=0001-01-01",
    "/embed?day=0001-01-01",
    "/factories/f1?day=0001-01-01",
    "/api/reports/places/province/74?day=0001-01-01",
    "/api/reports/places/province/%00",
    "/api/reports/factories/%00",
    "/export/map?layers=hotspots&from=0001-01-01&to=0001-01-01",
    "/export/map?layers=hotspots&from=9999-12-31&to=9999-12-31",
    "/static/%00",
    "/s/%00",
)


@pytest.mark.parametrize("address", ODD, ids=lambda one: one[:60])
def test_an_odd_address_is_no_error_of_ours(
    address: str, client: TestClient, connection: Connection
) -> None:
    province(connection)
    factory(connection, "f1")

    answer = client.get(address, headers={"Accept": "text/html"})

    assert answer.status_code in (200, 400, 404)


def test_half_a_character_in_a_short_link_is_refused(client: TestClient) -> None:
    answer = client.post("/api/short-links", content=b'{"path": "/\\ud800"}')

    assert answer.status_code == 400
    assert "printable" in answer.json()["detail"]
