"""A province that there is not is a mistake of whoever asks, and never a place without data."""

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Session

from geo_api.app import create_app
from geo_api.database.connections import Reads
from geo_api.settings import Settings
from tests.geo_api.http.signing_in import hold
from tests.makers import session_of, staff_account

ITEMS = "/ogc/collections/factories/items"
# Each route that takes a province, asked for one that there is not.
ASKED = {
    "/api/daily-counts/hotspots?from=2026-01-01&to=2026-01-02&province=99": 400,
    "/api/daily-counts/air_stations?from=2026-01-01&to=2026-01-02&province=99": 400,
    "/api/emissions?province=99": 400,
    "/export/map?province=99": 400,
    "/export/map.html?province=99": 400,
    f"{ITEMS}?province_code=99": 400,
    f"{ITEMS}?filter=in_province(geom,'99')": 400,
    "/api/statistics/factories?province_code=99": 400,
    "/api/complaints?district=99": 400,
    "/api/reports/places/province/99": 404,
    "/api/reports/mind/99": 404,
}
REMEDIES = ("give its code, as in 50", "/api/reports/lists/province lists those there are")


@pytest.mark.parametrize("address", ASKED)
def test_it_is_refused_by_its_name_with_the_remedy(
    address: str, client: TestClient, connection: Session
) -> None:
    hold(client, session_of(connection, staff_account(connection, "national")))

    answer = client.get(address, headers={"Accept": "application/json"})

    assert answer.status_code == ASKED[address], answer.text
    assert "'99'" in answer.json()["detail"]
    assert any(remedy in answer.json()["detail"] for remedy in REMEDIES)


def test_no_route_of_the_api_takes_a_province_that_is_not_asked_here(
    reads: Reads, settings: Settings
) -> None:
    paths = create_app(reads, settings).openapi()["paths"]

    taking = {
        path
        for path, operations in paths.items()
        for one in operations.get("get", {}).get("parameters", [])
        if one.get("name") == "province"
    }

    asked = {address.partition("?")[0].replace("/mind/99", "/mind/{province}") for address in ASKED}
    assert taking <= asked and len(taking) >= 3
