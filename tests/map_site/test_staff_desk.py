"""The staff desk without a script: what it shows to whom, what it takes, and what it refuses."""

import json
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from psycopg2.extensions import connection as Connection

from geo_api.http.staff import SESSION_COOKIE
from layers.casework.states import STATES
from tests.geo_api.complaints.pictures import picture
from tests.makers import (
    complaint,
    insert,
    session_of,
    staff_account,
)

NASTY = """</script><img src=x onerror=alert(1)>"'`${7*7}`{{7*7}} กู้ที่ดินปู่ญี่ปุ่น 🏭"""


class Desk:
    """A browser in which somebody of the staff is signed in; it runs no script."""

    def __init__(self, client: TestClient, connection: Connection, **who: Any) -> None:
        self.client = client
        account = staff_account(connection, **who)
        self.token = session_of(connection, account)
        self.account = account

    def get(self, path: str, **more: Any) -> Response:
        self.client.cookies.set(SESSION_COOKIE, self.token)
        answer: Response = self.client.get(path, headers={"Accept": "text/html"}, **more)
        return answer

    def post(self, path: str, step: str, files: Any = None, **fields: str) -> Response:
        """What the form of the step on the page sends, with what was typed."""
        page = self.get(path).text
        hidden = dict(re.findall(r'name="(csrf_token|version)" value="([^"]*)"', page))
        answer: Response = self.client.post(
            f"{path}/{step}",
            data={**hidden, **fields},
            files=files,
            headers={"Accept": "text/html"},
            follow_redirects=False,
        )
        return answer


@pytest.fixture
def desk(client: TestClient, connection: Connection) -> Desk:
    return Desk(client, connection)


def case(connection: Connection, id: str = "case", state: str = "received", **more: Any) -> str:
    told = {"province_code": "74", "channel": "form", "state": state, **more}
    complaint(connection, id, "2026-03-01", **told)
    return f"/staff/complaints/{id}"


def test_whoever_is_not_signed_in_is_led_to_the_form_and_back(client: TestClient) -> None:
    for path in ("/staff", "/staff/work", "/staff/complaints/x", "/staff/photos/x"):
        answer = client.get(path, headers={"Accept": "text/html"}, follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/staff/sign-in?next=%2Fstaff")


def test_the_queue_tells_what_is_to_be_done_and_filters_it(
    connection: Connection, desk: Desk
) -> None:
    case(connection, "new")
    case(connection, "done", "resolved")
    case(connection, "elsewhere", province_code="21")

    page = desk.get("/staff")

    assert page.headers["cache-control"] == "private, no-store"
    assert "ต้องดำเนินการ 1 เรื่อง" in page.text
    assert "/staff/complaints/new" in page.text
    assert "/staff/complaints/done" not in page.text and "elsewhere" not in page.text
    assert "/staff/complaints/done" in desk.get("/staff?state=resolved").text
    assert "/staff/complaints/new" in desk.get("/staff?state=moon&after=x").text
    assert "ไม่มีเรื่องที่ตรงกับที่เลือก" in desk.get("/staff?category=noise").text


def test_the_map_says_which_of_the_queue_it_shows_and_what_its_marks_are(
    connection: Connection, desk: Desk
) -> None:
    for number in range(52):
        case(connection, f"open-{number}", received_at="2026-03-01", lon=100.3, lat=13.5)
    insert(connection, "complaint_deadline", category="*", hours=24, source="สอจ.")

    page = desk.get("/staff", params={"lang": "en"}).text
    [legend] = re.findall(r'<span id="desk-legend">(.*?)</span>\s*</p>', page, re.DOTALL)
    drawn = json.loads(re.findall(r'id="desk-points">(.*?)</script>', page, re.DOTALL)[0])

    assert len(drawn) == 50 and all(one["overdue"] for one in drawn)
    assert "50 of 52: those of this page that have a place" in legend
    assert 'class="desk-point late"' in legend and "Overdue" in legend


@pytest.mark.parametrize(
    ("source", "told"),
    [("traffy", "นำเข้า: เรื่องร้องเรียนจาก Traffy Fondue"), ("demo", "นำเข้า: ข้อมูลจำลอง")],
)
def test_where_an_imported_case_comes_from_is_said_in_words(
    source: str, told: str, connection: Connection, desk: Desk
) -> None:
    assert told in desk.get(case(connection, channel="import", source=source)).text


def test_that_a_checklist_is_not_official_is_said_once(connection: Connection, desk: Desk) -> None:
    case(connection)

    shown = desk.get("/staff/inspect?complaint=case").text.partition("</main>")[0]

    assert shown.count("ทางราชการ") == 1


def test_a_case_is_worked_from_its_receipt_to_its_end_by_forms(
    connection: Connection, desk: Desk
) -> None:
    path = case(connection)

    steps: list[tuple[str, dict[str, str]]] = [
        ("transition", {"from_state": "received", "to_state": "acknowledged"}),
        ("assign", {"assignee": str(desk.account)}),
        ("note", {"why": "โทรแล้ว"}),
        ("category", {"category": "noise"}),
        ("transition", {"from_state": "acknowledged", "to_state": "inspecting"}),
        (
            "transition",
            {"from_state": "inspecting", "to_state": "action_ordered", "why": "ให้ปิดฝา"},
        ),
        (
            "transition",
            {
                "from_state": "action_ordered",
                "to_state": "resolved",
                "order_number": "อก 1/2569",
                "public_note": "แก้ไขแล้ว",
            },
        ),
    ]
    for step, fields in steps:
        answer = desk.post(path, step, **fields)
        assert (answer.status_code, answer.headers.get("location")) == (303, f"{path}?done=1#main")

    page = desk.get(f"{path}?done=1").text
    for told in ("บันทึกแล้ว", "โทรแล้ว", "ให้ปิดฝา", "อก 1/2569", "แก้ไขแล้ว", "สมหญิง ใจดี", "เสียงดัง"):
        assert told in page
    assert "สั่งให้แก้ไข → แก้ไขแล้ว" in page
    assert "เปลี่ยนเป็น เปิดเรื่องใหม่" in page


def test_only_steps_that_may_be_made_are_offered_each_with_what_it_requires(
    connection: Connection, desk: Desk
) -> None:
    page = desk.get(case(connection, state="inspecting")).text

    offered = set(re.findall(r'name="to_state" value="(\w+)"', page))
    assert offered == {"action_ordered", "resolved", "no_cause_found", "forwarded"}
    assert "หลักฐาน คือผลการตรวจ" in page and "ยังไม่มีหลักฐาน" in page


def test_a_refused_form_says_why_in_thai_and_keeps_what_was_typed(
    connection: Connection, desk: Desk
) -> None:
    path = case(connection, state="inspecting")

    refused = desk.post(
        path, "transition", from_state="inspecting", to_state="resolved", why="เสร็จแล้วค่ะ"
    )

    assert refused.status_code == 422
    assert "ยังทำไม่ได้ ขาด: หลักฐาน" in refused.text
    assert "เสร็จแล้วค่ะ" in refused.text
    assert refused.headers["cache-control"] == "private, no-store"


def test_a_photo_of_what_was_done_is_evidence_and_seen_by_the_province_alone(
    connection: Connection, desk: Desk, client: TestClient
) -> None:
    path = case(connection, state="action_ordered")

    added = desk.post(path, "photos", files={"photos": ("a.jpg", picture(), "image/jpeg")})
    wrong = desk.post(path, "photos", files={"photos": ("a.jpg", b"<script>", "image/jpeg")})
    none = desk.post(path, "photos")
    closed = desk.post(path, "transition", from_state="action_ordered", to_state="resolved")

    assert [added.status_code, wrong.status_code, none.status_code] == [303, 400, 422]
    assert closed.status_code == 303
    [photo] = set(re.findall(r"/staff/photos/\w+", desk.get(path).text))
    shown = desk.get(photo)
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["cache-control"] == "private, no-store"
    assert Desk(client, connection, province_code="21").get(photo).status_code == 404


def test_another_provinces_case_is_not_there(connection: Connection, client: TestClient) -> None:
    case(connection)
    other = Desk(client, connection, province_code="21")

    seen = {
        (answer.status_code, answer.text.replace("none", "case"))
        for answer in (other.get("/staff/complaints/case"), other.get("/staff/complaints/none"))
    }
    assert len(seen) == 1 and next(iter(seen))[0] == 404
    token = re.findall(r'name="csrf_token" value="([^"]*)"', other.get("/staff/account").text)[0]
    for step in ("transition", "note", "assign", "spam", "merge", "unmerge", "category", "contact"):
        answer = client.post(
            f"/staff/complaints/case/{step}",
            data={"csrf_token": token, "why": "x", "to_state": "acknowledged"},
            headers={"Accept": "text/html"},
        )
        assert answer.status_code == 404, step


def test_a_form_without_the_token_of_the_session_changes_nothing(
    connection: Connection, desk: Desk
) -> None:
    path = case(connection)
    desk.get(path)

    answer = desk.client.post(f"{path}/note", data={"why": "x", "csrf_token": "0" * 64})
    elsewhere = desk.client.post(
        f"{path}/note", data={"why": "x"}, headers={"Origin": "https://elsewhere.example"}
    )

    assert (answer.status_code, elsewhere.status_code) == (403, 403)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM complaint_event")
        assert cursor.fetchall() == [(0,)]


def test_what_people_wrote_is_shown_as_they_wrote_it_and_runs_nowhere(
    connection: Connection, desk: Desk
) -> None:
    path = case(connection, address=NASTY)
    case(connection, "twin")
    insert(connection, "complaint_text", complaint_id="case", text=NASTY)
    insert(connection, "complaint_text", complaint_id="twin", text=NASTY)
    desk.post(path, "note", why=NASTY)
    refused = desk.post(path, "transition", from_state="received", to_state="moon", why=NASTY)
    desk.post(
        path, "transition", from_state="received", to_state="forwarded", why=NASTY,
        recipient=NASTY, public_note=NASTY, order_number=NASTY,
    )  # fmt: skip

    pages = [desk.get(path), refused, desk.get("/staff"), desk.get("/staff?state=forwarded")]
    for page in pages:
        assert "<img src=x" not in page.text
        assert "{{7*7}}" in page.text and "🏭" in page.text
        assert "script-src 'self'" in page.headers["content-security-policy"] or (
            "default-src 'self'" in page.headers["content-security-policy"]
        )


def test_a_duplicate_is_suggested_merged_and_taken_out_again(
    connection: Connection, desk: Desk
) -> None:
    path = case(connection)
    case(connection, "twin", "acknowledged")

    assert 'name="original" value="twin"' in desk.get(path).text
    assert desk.post(path, "merge", original="twin", why="คนเดียวกัน").status_code == 303
    merged = desk.get(path).text
    assert "รวมไว้กับ" in merged and "เรื่องซ้ำ" in merged
    assert "มีเรื่องซ้ำรวมเข้ามา" in desk.get("/staff/complaints/twin").text
    assert desk.post(path, "unmerge").status_code == 303
    assert 'value="twin"' in desk.get(path).text


def test_every_state_and_every_event_has_its_words_in_both_languages(
    connection: Connection, desk: Desk
) -> None:
    kinds = {
        "received": {}, "transition": {}, "note": {}, "assigned": {"assignee": None},
        "merged": {}, "unmerged": {}, "recategorised": {"category": "odour"},
        "recurred": {"by": "twin", "distance_m": 120}, "spam": {"is_spam": True},
        "reminder": {"due_at": "2026-03-02T00:00:00+00:00"}, "photo": {},
        "inspection": {"finding": "ถังรั่ว"}, "placed": {"area": "21"},
        "contact_read": {}, "contact_erased": {},
    }  # fmt: skip
    for state in STATES:
        path = case(connection, f"in-{state}", state)
        for kind, detail in kinds.items():
            insert(
                connection, "complaint_event", complaint_id=f"in-{state}", kind=kind,
                detail=json.dumps(detail),
            )  # fmt: skip
        assert STATES[state].th in desk.get(path).text
        assert STATES[state].en in desk.get(f"{path}?lang=en").text


def test_how_the_work_goes_says_when_there_is_nothing_to_keep_to(
    connection: Connection, desk: Desk
) -> None:
    page = desk.get("/staff/work").text

    assert "ยังไม่มีขั้นตอนที่กำหนดเวลา" in page
    assert "ยังไม่มีการปิดเรื่องในช่วงนี้" in page


def test_analysts_are_told_that_complaints_are_for_others(
    connection: Connection, client: TestClient
) -> None:
    case(connection)
    analyst = Desk(client, connection, role="analyst")

    for path in ("/staff", "/staff/work", "/staff/complaints/case"):
        assert analyst.get(path).status_code == 403
