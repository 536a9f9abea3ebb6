"""/api/complaints: what programs of staff are answered, and what they are refused."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.http.staff import CSRF_HEADER, SESSION_COOKIE
from tests.makers import attributed, complaint, factory, session_of, staff_account

Json = dict[str, Any]
PROBLEM = "application/problem+json"


def key(connection: Connection, role: str = "officer", **more: Any) -> dict[str, str]:
    """Headers of somebody of the role."""
    token = session_of(connection, staff_account(connection, role=role, **more))
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def case(connection: Connection) -> str:
    complaint(connection, "case", "2026-03-01", province_code="74", channel="form")
    return "/api/complaints/case"


def test_an_officer_works_a_case_from_its_receipt_to_its_end(
    client: TestClient, connection: Connection, case: str
) -> None:
    officer = key(connection)
    [listed] = client.get("/api/complaints", headers=officer).json()["cases"]
    assert (listed["id"], listed["lon"], listed["lat"]) == ("case", 100.25, 13.55)

    found: Json = client.get(case, headers=officer).json()
    for to, more in (
        ("acknowledged", {}),
        ("inspecting", {}),
        ("action_ordered", {"why": "ให้ปิดฝา", "order_number": "อก 1/2569"}),
        ("resolved", {"public_note": "แก้ไขแล้ว"}),
    ):
        assert to in [one["to_state"] for one in found["transitions"]]
        asked = {"from_state": found["summary"]["state"], "to_state": to, **more}
        answer = client.post(
            f"{case}/transitions", json={**asked, "version": found["version"]}, headers=officer
        )
        assert answer.status_code == 200, answer.text
        found = answer.json()

    assert found["summary"]["state"] == "resolved" and found["summary"]["closed_at"]
    assert [one["to_state"] for one in found["events"]][-1] == "resolved"
    assert client.get("/api/complaints", headers=officer).json()["cases"] == []


def test_what_is_missing_is_named(client: TestClient, connection: Connection) -> None:
    complaint(connection, "seen", "2026-03-01", province_code="74", state="inspecting")

    answer = client.post(
        "/api/complaints/seen/transitions",
        json={"from_state": "inspecting", "to_state": "resolved"},
        headers=key(connection),
    )

    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
    assert answer.json()["missing"] == ["evidence"]
    assert "an order number" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("step", "body", "status"),
    [
        ("transitions", {"from_state": "received", "to_state": "resolved"}, 403),
        ("transitions", {"from_state": "received", "to_state": "moon"}, 422),
        ("transitions", {"from_state": "inspecting", "to_state": "resolved"}, 409),
        ("transitions", {"to_state": "acknowledged"}, 400),
        ("transitions", {"from_state": "received", "to_state": "acknowledged", "x": 1}, 400),
        ("notes", {"words": " "}, 422),
        ("notes", {"words": "a" * 4001}, 400),
        ("notes", {"words": "a\0b"}, 400),
        ("notes", {"words": "\ud800"}, 400),
        ("assignee", {"account": 10**15}, 422),
        ("assignee", {"account": 10**30}, 400),
        ("category", {"category": "moon"}, 422),
        ("original", {"original": "case"}, 422),
        ("original", {"original": "\ud800"}, 400),
        ("original", {"original": None}, 409),
        ("spam", {"is_spam": "perhaps"}, 400),
        ("spam", {"is_spam": True, "version": 10**20}, 400),
    ],
)
def test_a_change_that_cannot_be_is_a_problem_and_changes_nothing(
    step: str,
    body: Json,
    status: int,
    client: TestClient,
    connection: Connection,
    case: str,
) -> None:
    officer = key(connection)

    answer = client.post(
        f"{case}/{step}",
        content=json.dumps(body),
        headers={**officer, "Content-Type": "application/json"},
    )

    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), answer.text
    assert client.get(case, headers=officer).json()["events"] == []


STEPS = {
    "transitions": {"from_state": "received", "to_state": "acknowledged"},
    "notes": {"words": "x"},
    "assignee": {"account": None},
    "category": {"category": "noise"},
    "spam": {"is_spam": True},
    "original": {"original": "other"},
}


@pytest.mark.parametrize("step", ["", "suggestions", *STEPS])
def test_unknown_and_not_yours_are_the_same_404(
    step: str, client: TestClient, connection: Connection, case: str
) -> None:
    other = key(connection, province_code="21")

    def ask(id: str) -> tuple[int, str]:
        url = f"/api/complaints/{id}" + (f"/{step}" if step else "")
        answer = (
            client.post(url, json=STEPS[step], headers=other)
            if step in STEPS
            else client.get(url, headers=other)
        )
        told = answer.text.replace(answer.headers["X-Request-Id"], "")
        return answer.status_code, told.replace(id, "…")

    assert ask("case") == ask("none")
    assert ask("case")[0] == 404


@pytest.mark.parametrize("step", ["", *STEPS])
def test_analysts_are_refused_and_strangers_asked_to_sign_in(
    step: str, client: TestClient, connection: Connection, case: str
) -> None:
    analyst = key(connection, role="analyst")
    url = case + (f"/{step}" if step else "")

    def ask(headers: dict[str, str]) -> int:
        method = "POST" if step else "GET"
        status: int = client.request(method, url, headers=headers, json=STEPS.get(step)).status_code
        return status

    assert ask(analyst) == 403
    assert ask({}) == 401
    assert ask({"Authorization": "Bearer guessed"}) == 401


def test_a_browser_changes_nothing_without_the_token_of_its_session(
    client: TestClient, connection: Connection, case: str
) -> None:
    token = session_of(connection, staff_account(connection))
    client.cookies.set(SESSION_COOKIE, token)

    bare = client.post(f"{case}/notes", json={"words": "x"})
    wrong = client.post(f"{case}/notes", json={"words": "x"}, headers={CSRF_HEADER: "0" * 64})

    assert (bare.status_code, wrong.status_code) == (403, 403)
    assert client.get(case).json()["events"] == []


@pytest.mark.parametrize(
    "query",
    ["state=moon", "category=x", "limit=0", "overdue=1", "older_than_days=-1", "after=x", "x=1",
     "district=%00", "older_than_days=99999"],
)  # fmt: skip
def test_a_queue_that_cannot_be_asked_for_names_the_parameter(
    query: str, client: TestClient, connection: Connection
) -> None:
    answer = client.get(f"/api/complaints?{query}", headers=key(connection))

    assert answer.status_code == 400
    assert answer.json()["parameter"] == query.partition("=")[0]


def test_who_may_have_caused_it_is_told_with_a_share_of_none(
    client: TestClient, connection: Connection, case: str
) -> None:
    factory(connection, "upwind", name="โรงงานเหนือลม")
    factory(connection, "beside", name="โรงงานข้างกัน")
    attributed(connection, "case", upwind=0.5, beside=0.25)

    found = client.get(f"{case}/attribution", headers=key(connection)).json()

    assert [one["name"] for one in found["candidates"]] == ["โรงงานเหนือลม", "โรงงานข้างกัน"]
    assert found["none_pooled"] == 0.25
    assert (found["others"], found["others_single"], found["others_pooled"]) == (0, 0, 0)
    assert len(found["leading"]) == 2
    assert found["is_screening"] is True and found["reason"] is None


def test_where_no_answer_is_given_the_reason_is(
    client: TestClient, connection: Connection, case: str
) -> None:
    officer = key(connection)
    assert client.get(f"{case}/attribution", headers=officer).json()["reason"] == "not_computed"

    attributed(connection, "case", "calm")

    found = client.get(f"{case}/attribution", headers=officer).json()
    assert (found["reason"], found["none_pooled"], found["candidates"]) == ("calm", None, [])


def test_who_may_have_caused_it_is_not_told_beyond_the_province(
    client: TestClient, connection: Connection, case: str
) -> None:
    factory(connection, "upwind")
    attributed(connection, "case", upwind=0.5)

    elsewhere = client.get(f"{case}/attribution", headers=key(connection, province_code="21"))

    assert elsewhere.status_code == 404
    assert client.get(f"{case}/attribution").status_code == 401


def test_nobody_on_the_way_keeps_what_staff_are_told(
    client: TestClient, connection: Connection, case: str
) -> None:
    for url in ("/api/complaints", case, f"{case}/suggestions", f"{case}/attribution"):
        answer = client.get(url, headers={**key(connection), "Origin": "https://elsewhere.example"})
        assert answer.headers["cache-control"] == "private, no-store"
        assert "access-control-allow-origin" not in answer.headers
