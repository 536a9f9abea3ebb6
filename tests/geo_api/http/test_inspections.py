"""/api/inspections and /api/work-list as phones meet them."""

import json
from dataclasses import asdict
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from psycopg2.extensions import connection as Connection

from geo_api.http.staff import SESSION_COOKIE
from layers.casework.inspections import Edit
from tests.geo_api.inspections.edits import again, edit
from tests.makers import box, complaint, factory, insert, province, session_of, staff_account

Json = dict[str, Any]


@pytest.fixture
def phone(client: TestClient, connection: Connection) -> TestClient:
    """Signed in as an officer of Samut Sakhon, where there are a case and a factory."""
    complaint(connection, "case", "2026-03-01", province_code="74", district_code="7401")
    factory(connection, "works")
    client.cookies.set(SESSION_COOKIE, session_of(connection, staff_account(connection)))
    return client


def document(sent: Edit) -> Json:
    told: Json = json.loads(
        json.dumps(asdict(sent), default=lambda one: getattr(one, "isoformat", one.__str__)())
    )
    return told


def sync(phone: TestClient, *edits: Json) -> list[Json]:
    token = phone.get("/api/session").json()["csrf_token"]
    body = json.dumps({"edits": edits})  # as loose about numbers and letters as JSON itself
    answer = phone.post("/api/inspections/sync", content=body, headers={"X-CSRF-Token": token})
    assert answer.status_code == 200, answer.text
    receipts: list[Json] = answer.json()["receipts"]
    return receipts


def test_edits_are_stored_told_one_by_one_and_read_again(phone: TestClient) -> None:
    sent = edit(factory="works")
    broken = {"inspection": "no id", "revision": "1"}

    receipts = sync(phone, document(sent), broken, document(sent), document(edit()))

    assert [r["status"] for r in receipts] == ["stored", "refused", "already_stored", "stored"]
    assert receipts[1]["why"]["en"].startswith("inspection: ")
    answer = phone.get(f"/api/inspections/{sent.inspection}")
    stored = answer.json()
    assert stored["standing"] == str(sent.revision)
    assert stored["revisions"][0]["content"]["answers"] == dict(sent.content.answers)
    assert stored["revisions"][0]["distance_m"] == pytest.approx(171, abs=1)
    assert answer.headers["cache-control"] == "private, no-store"


def test_a_conflict_tells_the_other_version(phone: TestClient) -> None:
    begun = edit(finding=None)
    one, other = again(begun, notes="หนึ่ง"), again(begun, notes="สอง")

    receipts = sync(phone, *map(document, (begun, one, other)))

    assert receipts[2]["status"] == "conflict"
    assert [r["content"]["notes"] for r in receipts[2]["others"]] == ["หนึ่ง"]


@pytest.mark.parametrize(
    "value",
    [
        {"started_at": "2026-03-02T10:00:00"},
        {"complaint": "a\0b"},
        {"content": {**document(edit())["content"], "notes": "\ud800"}},
        {
            "content": {
                **document(edit())["content"],
                "fix": {"lon": 1e400, "lat": 1, "accuracy_m": 1, "at": "2026-03-02T10:00:00Z"},
            }
        },
        {"content": {**document(edit())["content"], "finding": "guilty"}},
        {"content": {**document(edit())["content"], "no_fix": "refused"}},
        {"based_on": "x"},
        {"device_at": "0001-01-01T00:00:00+14:00"},
        {"content": {**document(edit())["content"], "answers": {"noise": 10**400}}},
        {"inspection": "\ud800"},
    ],
)
def test_what_cannot_be_is_refused_and_never_breaks_the_batch(
    value: Json, phone: TestClient
) -> None:
    receipts = sync(phone, {**document(edit()), **value}, document(edit()))

    assert [r["status"] for r in receipts] == ["refused", "stored"]
    assert receipts[0]["why"]["th"] and receipts[0]["why"]["en"]


def test_nobody_records_a_visit_without_signing_in_or_from_another_site(
    phone: TestClient,
) -> None:
    sent = {"edits": [document(edit())]}

    assert phone.post("/api/inspections/sync", json=sent).status_code == 403
    phone.cookies.clear()
    for path in (
        "/api/session",
        "/api/checklists",
        "/api/work-list",
        f"/api/inspections/{uuid4()}",
    ):
        assert phone.get(path).status_code == 401
    assert phone.post("/api/inspections/sync", json=sent).status_code == 401


def test_an_unknown_inspection_and_one_of_another_province_are_the_same(
    phone: TestClient, connection: Connection
) -> None:
    sent = edit()
    sync(phone, document(sent))
    other = session_of(connection, staff_account(connection, province_code="21"))
    phone.cookies.set(SESSION_COOKIE, other)

    answers = [phone.get(f"/api/inspections/{id}") for id in (sent.inspection, uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]
    told = [answer.json()["detail"].split("inspection ")[1][36:] for answer in answers]
    assert told[0] == told[1]


def test_where_edits_are_sent_to_nothing_is_read(phone: TestClient) -> None:
    answer = phone.get("/api/inspections/sync")

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert phone.get("/api/inspections/no-id").status_code == 404


def test_the_checklists_have_their_words_in_both_languages(phone: TestClient) -> None:
    [starter] = phone.get("/api/checklists").json()["checklists"]

    assert (starter["id"], starter["version"], starter["official"]) == ("starter", 1, False)
    odour = next(item for item in starter["items"] if item["code"] == "odour")
    assert odour["choices"]["strong"] == {"th": "รุนแรง", "en": "Strong"}


def test_the_work_list_tells_districts_and_then_stops(
    phone: TestClient, connection: Connection
) -> None:
    province(connection)
    names = {"name_th": "เมืองสมุทรสาคร", "name_en": "Mueang"}
    place = {"province_code": "74", "source": "boundaries", "wkt": box(100.2, 13.5, 100.3, 13.6)}
    insert(connection, "district", code="7401", **names, **place)

    [district] = phone.get("/api/work-list/districts").json()["districts"]
    listed = phone.get(f"/api/work-list?district={district['code']}&day=2026-03-02").json()

    assert (district["code"], district["cases"]) == ("7401", 1)
    assert [stop["cases"][0]["id"] for stop in listed["stops"]] == ["case"]
    assert listed["stops"][0]["suspects"][0]["id"] == "works"
    assert phone.get("/api/work-list?district=9999").status_code == 404
    assert phone.get("/api/work-list?district=7401&day=2569-03-02").status_code == 400


def jpeg(width: int = 60) -> bytes:
    made = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "maker of phones"
    Image.effect_noise((width, width), 90).convert("RGB").save(made, "JPEG", exif=exif, quality=95)
    return made.getvalue()


def test_a_photo_is_kept_once_without_what_the_phone_wrote_and_shown_to_whom_it_concerns(
    phone: TestClient, connection: Connection
) -> None:
    sent = edit()
    sync(phone, document(sent))
    token = phone.get("/api/session").json()["csrf_token"]
    query = f"client_id={uuid4()}&device_at=2026-03-02T03:00:00Z&item=pictures"
    address = f"/api/inspections/{sent.inspection}/photos?{query}"
    large = jpeg(500)

    answers = [
        phone.post(address, content=large, headers={"X-CSRF-Token": token}) for _ in range(2)
    ]

    assert len(large) > 65_536 and [one.status_code for one in answers] == [200, 200]
    [photo] = phone.get(f"/api/inspections/{sent.inspection}").json()["photos"]
    assert photo == answers[0].json() == answers[1].json()
    picture = phone.get(f"/api/inspections/photos/{photo['id']}")
    assert b"maker of phones" not in picture.content
    assert picture.headers["cache-control"] == "private, no-store"
    phone.cookies.set(
        SESSION_COOKIE, session_of(connection, staff_account(connection, province_code="21"))
    )
    assert phone.get(f"/api/inspections/photos/{photo['id']}").status_code == 404


def test_what_is_no_picture_and_a_photo_of_no_inspection_are_refused(phone: TestClient) -> None:
    sent = edit()
    sync(phone, document(sent))
    headers = {"X-CSRF-Token": phone.get("/api/session").json()["csrf_token"]}

    def status(
        inspection: object, content: bytes, at: str = "2026-03-02T03:00:00Z", more: str = ""
    ) -> int:
        query = f"client_id={uuid4()}&device_at={at}{more}"
        address = f"/api/inspections/{inspection}/photos?{query}"
        return int(phone.post(address, content=content, headers=headers).status_code)

    assert status(sent.inspection, b"<svg onload=alert(1)>") == 400
    assert status(uuid4(), jpeg()) == 404
    assert status(sent.inspection, jpeg(), at="0001-01-01T00:00:00Z") == 400
    assert status(sent.inspection, jpeg(), more="&item=a%00b") == 400
