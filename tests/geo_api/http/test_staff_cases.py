"""Complaints at their exact places: to whom, and to nobody on the way."""

import json

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.accounts.sealing import Sealer
from geo_api.database.connections import PrivateWrites
from geo_api.settings import Settings
from tests.geo_api.http.signing_in import OURS, csrf_in, hold
from tests.makers import complaint, insert, session_of, staff_account

MAP = "/api/staff/complaints.geojson"


def cases(connection: Connection) -> None:
    complaint(connection, "samut", "2026-03-01", lon=100.250001, lat=13.55, province_code="74")
    complaint(connection, "old", "2025-03-01", province_code="74")
    complaint(connection, "rayong", "2026-03-01", lon=101.3, lat=12.7, province_code="21")
    complaint(connection, "spam", "2026-03-01", province_code="74", is_spam=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE complaint SET geom = NULL WHERE id = 'old'")


@pytest.mark.parametrize(
    ("role", "province", "expected"),
    [
        ("officer", "74", {"samut"}),
        ("officer", "21", {"rayong"}),
        ("national", None, {"samut", "rayong"}),
        ("admin", None, {"samut", "rayong"}),
    ],
)
def test_staff_see_the_exact_places_of_their_province_or_all(
    role: str,
    province: str | None,
    expected: set[str],
    client: TestClient,
    connection: Connection,
) -> None:
    cases(connection)
    hold(client, session_of(connection, staff_account(connection, role, province_code=province)))

    answer = client.get(MAP)

    assert {one["id"] for one in answer.json()["features"]} == expected
    assert answer.headers["cache-control"] == "private, no-store"
    assert "etag" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers


def test_where_when_and_how_many_are_chosen_and_what_is_left_out_is_told(
    client: TestClient, connection: Connection
) -> None:
    cases(connection)
    hold(client, session_of(connection, staff_account(connection, "national")))

    def ids(query: str) -> tuple[list[str], bool, int]:
        told = client.get(f"{MAP}?{query}").json()
        found = [one["id"] for one in told["features"]]
        return found, told["is_whole"], told["without_place"]

    assert ids("bbox=100,13,101,14") == (["samut"], True, 1)
    assert ids("since=2026-01-01") == (["rayong", "samut"], True, 0)
    assert ids("until=2025-12-31") == ([], True, 1)
    assert ids("limit=1") == (["rayong"], False, 1)
    [one] = client.get(f"{MAP}?bbox=100,13,101,14&lang=en").json()["features"]
    assert one["geometry"]["coordinates"] == [100.250001, 13.55]
    assert one["properties"]["category_title"] == "Odour"
    for wrong in (
        "bbox=1,2,3",
        "since=2569-01-01",
        "until=x",
        "until=9999-12-31",
        "limit=0",
        "more=1",
    ):
        assert client.get(f"{MAP}?{wrong}").status_code == 400


def test_who_may_see_none_is_told_so_and_not_that_there_are_none(
    client: TestClient, connection: Connection
) -> None:
    cases(connection)
    hold(client, session_of(connection, staff_account(connection, "analyst")))

    assert client.get(MAP).status_code == 403
    client.cookies.clear()
    assert client.get(MAP).status_code == 401


def test_what_staff_were_answered_is_answered_to_nobody_else(
    client: TestClient, connection: Connection
) -> None:
    cases(connection)
    for province in ("74", "21"):
        hold(client, session_of(connection, staff_account(connection, province_code=province)))
        assert len(client.get(MAP).json()["features"]) == 1
    client.cookies.clear()

    assert client.get(MAP).status_code == 401


def test_a_contact_is_read_by_a_form_of_the_session_alone(
    client: TestClient, connection: Connection, settings: Settings, private: PrivateWrites
) -> None:
    complaint(connection, "case", "2026-03-01", province_code="74")
    sealed = Sealer(settings).seal(json.dumps({"name": "สมศรี"}).encode())
    insert(connection, "contact.complainant", complaint_id="case", sealed=sealed)
    hold(client, session_of(connection, staff_account(connection, province_code="74")))
    address = "/api/staff/complaints/case/contact"
    token = csrf_in(client)

    read = client.post(address, headers={**OURS, "X-CSRF-Token": token})

    assert read.json() == {"name": "สมศรี", "telephone": "", "mail": ""}
    assert read.headers["cache-control"] == "private, no-store"
    assert client.post(address, headers=OURS).status_code == 403
    assert client.get(address).status_code == 405
    unknown = client.post(
        "/api/staff/complaints/none/contact", headers={**OURS, "X-CSRF-Token": token}
    )
    hold(client, session_of(connection, staff_account(connection, province_code="21")))
    others = client.post(address, headers={**OURS, "X-CSRF-Token": csrf_in(client)})
    assert (unknown.status_code, others.status_code) == (404, 404)
    same = {"instance": "", "request_id": ""}
    assert {**unknown.json(), **same} == {**others.json(), **same}
