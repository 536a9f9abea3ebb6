"""What staff read of cases: the queue that was asked for, the whole story, what is near."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.complaints.casework import DatabaseCasework
from geo_api.complaints.casework_sql import EVENTS
from geo_api.complaints.photos import PhotoStore
from geo_api.database.connections import STAFF, PrivateWrites, Reads
from geo_api.settings import Settings
from layers.casework.cases import CaseNotFound, Move, QueueQuery
from layers.casework.staff import NotAllowed, Staff
from layers.catalog import catalog
from layers.query import BadQuery
from tests.geo_api.complaints.conftest import Signed
from tests.geo_api.complaints.pictures import picture
from tests.makers import box, complaint, factory, insert, province

NOW = datetime(2026, 3, 10, tzinfo=UTC)


@pytest.fixture
def casework(reads: Reads, private: PrivateWrites, settings: Settings) -> DatabaseCasework:
    photos = PhotoStore(settings.home / "photos")
    return DatabaseCasework(private, reads, catalog(), photos, lambda: NOW)


def test_the_story_of_a_case_is_found_by_indexes_with_the_rights_of_staff_too(
    connection: Connection,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {STAFF}; SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {EVENTS}", {"id": "case"})
        plan = "\n".join(line for (line,) in cursor.fetchall())

    for index in ("complaint_event_of_complaint", "complaint_event_of_original"):
        assert f"Bitmap Index Scan on {index}" in plan, plan


def case(connection: Connection, id: str, days_ago: float = 1, **more: Any) -> str:
    at = (NOW - timedelta(days=days_ago)).isoformat()
    complaint(
        connection, id, at, **{"province_code": "74", "channel": "form", "received_at": at, **more}
    )
    return id


def listed(casework: DatabaseCasework, staff: Staff, **asked: Any) -> list[str]:
    return [one.id for one in casework.queue(staff, QueueQuery(**asked)).cases]


def deadline(connection: Connection, category: str, hours: float) -> None:
    insert(connection, "complaint_deadline", category=category, hours=hours, source="สอจ.")


def test_the_queue_holds_what_is_to_be_done_the_oldest_first(
    connection: Connection, casework: DatabaseCasework, signed: Signed
) -> None:
    case(connection, "new", 1)
    case(connection, "old", 9, state="inspecting")
    case(connection, "done", 5, state="resolved")
    case(connection, "junk", 5, is_spam=True)
    case(connection, "elsewhere", 5, province_code="21")
    case(connection, "nobody's", 5, channel="import")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE complaint SET category = NULL WHERE id = 'nobody''s'")

    officer = signed()

    assert listed(casework, officer) == ["old", "new"]
    assert listed(casework, officer, order="newest") == ["new", "old"]
    assert listed(casework, officer, states=("resolved",)) == ["done"]
    assert listed(casework, officer, is_spam=True) == ["junk"]
    assert listed(casework, officer, older_than_days=2) == ["old"]
    assert listed(casework, officer, category="noise") == []
    assert listed(casework, signed("national")) == ["old", "elsewhere", "new"]


def test_the_queue_is_read_to_its_end_by_its_cursor(
    connection: Connection, casework: DatabaseCasework, signed: Signed
) -> None:
    for number in range(5):
        case(connection, f"c{number}", 2)
    officer = signed()

    seen: list[str] = []
    after: str | None = None
    while True:
        page = casework.queue(officer, QueueQuery(limit=2, after=after))
        assert page.total == 5
        seen += [one.id for one in page.cases]
        if page.after is None:
            break
        after = page.after

    assert seen == [f"c{number}" for number in range(5)]
    for wrong in ("x", "x~y", "2026-01-01~c", "~"):
        with pytest.raises(BadQuery):
            casework.queue(officer, QueueQuery(after=wrong))


def test_cases_are_found_by_district_and_by_who_has_them(
    connection: Connection, casework: DatabaseCasework, signed: Signed
) -> None:
    province(connection)
    for code, west in (("7401", 100.0), ("7402", 100.25)):
        insert(
            connection, "district", code=code, province_code="74", name_th=f"เมือง {code}",
            name_en=code, source="boundaries", wkt=box(west, 13.4, west + 0.25, 13.8),
        )  # fmt: skip
    case(connection, "west", lon=100.1, province_code=None)
    case(connection, "east", lon=100.3, province_code=None)
    officer = signed()
    casework.assign(officer, "east", officer.account_id, "", None)

    assert listed(casework, officer, district="7401") == ["west"]
    assert set(listed(casework, officer, district="74")) == {"west", "east"}
    assert listed(casework, officer, is_mine=True) == ["east"]
    [one] = casework.queue(officer, QueueQuery(district="7402")).cases
    assert one.place is not None and one.place.th == "เมือง 7402"
    assert one.assigned_to is not None and one.assigned_to.account_id == officer.account_id
    assert set(casework.districts(officer)) == {"7401", "7402"}
    assert set(casework.districts(signed("national"))) == {"74"}


def test_nothing_is_overdue_without_a_deadline_and_what_has_one_is_after_it(
    connection: Connection, casework: DatabaseCasework, signed: Signed
) -> None:
    officer = signed()
    case(connection, "odour", 3)
    case(connection, "closed", 3, state="resolved", closed_at=NOW.isoformat())
    assert listed(casework, officer, is_overdue=True) == []
    assert casework.case(officer, "odour").summary.due_at is None

    deadline(connection, "*", 48)
    assert listed(casework, officer, is_overdue=True) == ["odour"]
    assert casework.case(officer, "odour").summary.due_at == NOW - timedelta(days=1)
    assert not casework.case(officer, "closed").summary.is_overdue

    deadline(connection, "odour", 24 * 7)
    assert listed(casework, officer, is_overdue=True) == []


def test_the_queue_counts_what_is_overdue_on_every_page_of_it(
    connection: Connection, casework: DatabaseCasework, signed: Signed
) -> None:
    officer = signed()
    for id, days in (("oldest", 5), ("old", 3), ("new", 1)):
        case(connection, id, days)
    case(connection, "closed", 3, state="resolved", closed_at=NOW.isoformat())
    deadline(connection, "*", 48)

    first = casework.queue(officer, QueueQuery(limit=1))
    assert (len(first.cases), first.total, first.overdue) == (1, 3, 2)
    assert casework.queue(officer, QueueQuery(states=("resolved",))).overdue == 0


def test_a_case_tells_its_whole_story(
    connection: Connection, casework: DatabaseCasework, signed: Signed
) -> None:
    officer = signed()
    case(connection, "case", address="ซอย 1", strength=4)
    case(connection, "twin")
    words = "เหม็นมาก </script><b>`x` 🏭 กู้ที่ดินปู่ญี่ปุ่น"
    insert(connection, "complaint_text", complaint_id="case", text=words)

    casework.transition(officer, "case", Move("received", "acknowledged", public_note="กำลังไปดู"))
    casework.note(officer, "case", "โทรแล้ว")
    casework.merge(officer, "twin", "case", "คนเดียวกัน", None)
    casework.add_evidence(officer, "case", [picture()], "ปิดฝาแล้ว")
    found = casework.case(officer, "case")

    assert found.words == words
    assert [(one.kind, one.case_id, one.why) for one in found.events] == [
        ("transition", "case", None),
        ("note", "case", "โทรแล้ว"),
        ("merged", "twin", "คนเดียวกัน"),
        ("photo", "case", "ปิดฝาแล้ว"),
    ]
    assert found.events[0].detail == {"public_note": "กำลังไปดู"}
    assert all(one.by and one.by.name == "สมหญิง ใจดี" for one in found.events)
    assert found.merged == ("twin",)
    assert (found.has_evidence, found.has_contact) == (True, False)
    assert {one.to_state for one in found.transitions} == {"inspecting", "forwarded", "rejected"}
    [photo] = found.photos
    assert photo.kind == "evidence"
    assert casework.photo(officer, photo.id).startswith(b"\xff\xd8")


def test_the_version_of_a_case_is_what_a_change_must_have_seen(
    connection: Connection, casework: DatabaseCasework, signed: Signed
) -> None:
    officer = signed()
    case(connection, "case")

    casework.assign(officer, "case", None, "", casework.case(officer, "case").version)
    seen = casework.case(officer, "case").version
    casework.assign(officer, "case", officer.account_id, "", seen)

    assert casework.case(officer, "case").version > seen > 0


def test_nobody_reads_what_is_not_theirs(
    connection: Connection, casework: DatabaseCasework, signed: Signed
) -> None:
    case(connection, "case")
    casework.add_evidence(signed(), "case", [picture()], "")
    [photo] = casework.case(signed(), "case").photos
    other = signed("officer", province_code="21")

    for id in ("case", "unknown", "x\0", "\ud800"):
        for ask in (
            casework.case,
            casework.suggestions,
            casework.colleagues,
            casework.surroundings,
        ):
            with pytest.raises(CaseNotFound):
                ask(other, id)
    for id in (photo.id, "0" * 32, "../../secret", "x\0"):
        with pytest.raises(CaseNotFound):
            casework.photo(other, id)
    with pytest.raises(NotAllowed):
        casework.queue(signed("analyst"), QueueQuery())
    with pytest.raises(NotAllowed):
        casework.case(signed("analyst"), "case")


def test_duplicates_are_suggested_near_of_the_category_and_of_the_days(
    connection: Connection, casework: DatabaseCasework, signed: Signed
) -> None:
    metre = 1 / 111_320
    case(connection, "case", 10, lat=13.55)
    case(connection, "near", 8, lat=13.55 + 240 * metre)
    case(connection, "nearer", 12, lat=13.55 + 30 * metre, state="resolved")
    case(connection, "far", 10, lat=13.55 + 260 * metre)
    case(connection, "later", 2, lat=13.55)
    case(connection, "junk", 10, lat=13.55, is_spam=True)
    case(connection, "elsewhere", 10, lat=13.55, province_code="21")
    with connection.cursor() as cursor:
        complaint(connection, "noise", "2026-03-01", province_code="74")
        cursor.execute("UPDATE complaint SET category = 'noise' WHERE id = 'noise'")

    officer = signed()
    found = casework.suggestions(officer, "case").duplicates

    assert [one.case.id for one in found] == ["nearer", "near"]
    assert [round(one.distance_m, -1) for one in found] == [30, 240]
    assert casework.case(officer, "case").duplicate_of is None


def test_a_case_is_assigned_to_colleagues_who_may_work_on_it(
    connection: Connection, casework: DatabaseCasework, signed: Signed
) -> None:
    case(connection, "case")
    officer, national, analyst = signed(), signed("national"), signed("analyst")
    elsewhere = signed("officer", province_code="21")

    found = {one.account_id for one in casework.colleagues(officer, "case")}

    assert {officer.account_id, national.account_id} <= found
    assert not {analyst.account_id, elsewhere.account_id} & found


def test_what_is_near_is_told_and_what_is_unknown_is_not_none(
    connection: Connection, casework: DatabaseCasework, signed: Signed
) -> None:
    case(connection, "case")
    factory(connection, lat=13.56)

    found = casework.surroundings(signed(), "case")

    assert found is not None
    assert found.found == {"factories": 1, "hotspots": 0}
    [one] = found.neighbours
    assert (one.layer, one.name, one.is_upwind) == ("factories", "บริษัท ตัวอย่าง จำกัด", None)
    assert 1_100 < one.distance_m < 1_120
    assert found.wind is None and "hotspots" in found.unknown


def test_what_was_near_is_of_the_time_of_the_complaint_not_of_now(
    connection: Connection, casework: DatabaseCasework, signed: Signed
) -> None:
    case(connection, "old", 400)
    case(connection, "told", 2, happened_at=NOW - timedelta(days=3))
    case(connection, "future", 1, happened_at=NOW + timedelta(days=1))
    officer = signed()

    found = {id: casework.surroundings(officer, id) for id in ("old", "told", "future")}

    ago = {id: NOW - one.at for id, one in found.items() if one}
    assert ago == {
        "old": timedelta(days=400), "told": timedelta(days=3), "future": timedelta(0)
    }  # fmt: skip
