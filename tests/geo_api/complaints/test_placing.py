"""Cases whose province nobody knows: who sees them, who places them, and what stands then."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.complaints import workflow
from geo_api.complaints.casework import DatabaseCasework
from geo_api.complaints.photos import PhotoStore
from geo_api.database.connections import PrivateWrites, Reads
from layers.casework.cases import (
    CaseChanged,
    CaseNotFound,
    Incomplete,
    Placing,
    QueueQuery,
)
from layers.casework.staff import NotAllowed, Staff
from layers.query import BadQuery
from tests.geo_api.complaints.conftest import Signed
from tests.makers import box, complaint, insert, province

NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)
Row = dict[str, Any]


@pytest.fixture
def casework(private: PrivateWrites, reads: Reads, tmp_path: Any) -> DatabaseCasework:
    return DatabaseCasework(private, reads, {}, PhotoStore(tmp_path), lambda: NOW)


@pytest.fixture
def areas(connection: Connection) -> None:
    province(connection, "74", wkt=box(100.0, 13.4, 100.5, 13.8))
    province(connection, "21", name_th="ระยอง", name_en="Rayong", wkt=box(101, 12.5, 102, 13.2))
    insert(
        connection,
        "district",
        code="7401",
        province_code="74",
        wkt=box(100.2, 13.4, 100.5, 13.8),
        name_th="เมือง",
        name_en="Mueang",
        source="boundaries",
    )


@pytest.fixture
def place(private: PrivateWrites) -> Callable[..., None]:
    def do(
        who: Staff, id: str = "lost", why: str = "", version: int | None = None, **w: Any
    ) -> None:
        workflow.place(private.staff, who, id, Placing(**w), why, version)

    return do


def lost(connection: Connection, id: str = "lost", **more: Any) -> str:
    at = "2026-03-01"
    told = {"channel": "open311", "address": "หลังตลาด", "received_at": at, "lon": None, "lat": None}
    complaint(connection, id, at, **{**told, **more})
    return id


def row(connection: Connection, id: str = "lost") -> Row:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT province_code, district_code, ST_X(geom), ST_Y(geom), assigned_to"
            " FROM complaint WHERE id = %s",
            (id,),
        )
        [found] = cursor.fetchall()
    return dict(zip(("province", "district", "lon", "lat", "assigned"), found, strict=True))


def placed(connection: Connection, id: str = "lost") -> list[tuple[str | None, Row]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT why, detail FROM complaint_event WHERE complaint_id = %s AND kind = 'placed'"
            " ORDER BY id",
            (id,),
        )
        return cursor.fetchall()


def test_the_pool_is_seen_and_counted_by_national_staff_and_by_no_officer(
    connection: Connection, casework: DatabaseCasework, signed: Signed, areas: None
) -> None:
    lost(connection)
    lost(connection, "spam", is_spam=True)
    lost(connection, "over", state="rejected")
    complaint(connection, "placed", "2026-03-01", province_code="74")
    pool = QueueQuery(without_province=True)

    for role in ("national", "admin"):
        who = signed(role)
        every, asked = casework.queue(who, QueueQuery()), casework.queue(who, pool)
        assert every.without_province == asked.without_province == 1
        assert every.without_province_since == asked.cases[0].received_at
        assert {one.id for one in every.cases} == {"lost", "placed"}
        assert [one.id for one in asked.cases] == ["lost"]

    officer = signed("officer", province_code="74")
    seen, asked = casework.queue(officer, QueueQuery()), casework.queue(officer, pool)
    assert [one.id for one in seen.cases] == ["placed"]
    assert seen.without_province == 0 and seen.without_province_since is None
    assert asked.cases == ()
    with pytest.raises(CaseNotFound):
        casework.case(officer, "lost")


def test_a_case_that_was_given_to_a_province_is_its_officers_from_then_on(
    connection: Connection, casework: DatabaseCasework, signed: Signed, areas: None, place: Any
) -> None:
    lost(connection)
    officer, other = signed("officer", province_code="21"), signed("officer", province_code="74")

    place(signed("national"), area="21", why="ผู้แจ้งบอกทางโทรศัพท์")

    assert row(connection)["province"] == "21"
    assert placed(connection) == [("ผู้แจ้งบอกทางโทรศัพท์", {"area": "21", "before": {}})]
    told = casework.case(officer, "lost")
    assert [event.kind for event in told.events] == ["placed"]
    assert casework.queue(signed("admin"), QueueQuery()).without_province == 0
    with pytest.raises(CaseNotFound):
        casework.case(other, "lost")


def test_a_point_says_in_which_area_it_is_and_recurrences_are_found_by_it(
    connection: Connection, signed: Signed, areas: None, place: Any
) -> None:
    complaint(
        connection,
        "closed",
        "2026-02-27",
        lon=100.3,
        lat=13.5,
        province_code="74",
        state="resolved",
        closed_at="2026-02-28",
    )
    lost(connection)

    place(signed("national"), lon=100.3001, lat=13.5)

    assert row(connection) == {
        "province": "74",
        "district": "7401",
        "lon": 100.3001,
        "lat": 13.5,
        "assigned": None,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT recurred_at IS NOT NULL FROM complaint WHERE id = 'closed'")
        assert cursor.fetchall() == [(True,)]


def test_what_a_resident_said_of_the_place_stays_in_the_story(
    connection: Connection, signed: Signed, areas: None, place: Any
) -> None:
    complaint(connection, "lost", "2026-03-01", lon=100.1, lat=13.5, province_code="74")

    place(signed("officer", province_code="74"), lon=100.3, lat=13.6)

    [(_, detail)] = placed(connection)
    assert detail["before"] == {"area": "74", "lon": 100.1, "lat": 13.5}


@pytest.mark.parametrize(
    ("where", "refused"),
    [
        ({}, Incomplete),
        ({"area": "22"}, Incomplete),  # no such province was delivered
        ({"area": "7499"}, Incomplete),
        ({"lon": 90.0, "lat": 1.0}, Incomplete),
        ({"area": "somewhere"}, BadQuery),
        ({"lon": 100.3}, BadQuery),
    ],
)
def test_what_is_no_place_is_refused(
    connection: Connection, signed: Signed, areas: None, place: Any, where: Row, refused: Any
) -> None:
    lost(connection)

    with pytest.raises(refused):
        place(signed("national"), **where)

    assert row(connection)["province"] is None and placed(connection) == []


def test_an_area_that_contradicts_the_position_is_refused_and_a_finer_one_stays(
    connection: Connection, signed: Signed, areas: None, place: Any
) -> None:
    who = signed("national")
    lost(connection, lon=100.3, lat=13.5, province_code="74")

    with pytest.raises(Incomplete):
        place(who, area="21", why="ย้าย")
    place(who, area="74")

    assert row(connection)["district"] == "7401"


def test_an_officer_places_within_their_province_and_national_staff_move_with_a_reason(
    connection: Connection, signed: Signed, areas: None, place: Any
) -> None:
    officer, national = signed("officer", province_code="74"), signed("national")
    lost(connection, province_code="74", assigned_to=officer.account_id)

    place(officer, area="7401")
    assert row(connection)["district"] == "7401"
    with pytest.raises(NotAllowed):
        place(officer, area="21", why="ไม่ใช่ของเรา")
    with pytest.raises(Incomplete) as refused:
        place(national, area="21")
    assert refused.value.missing == ("reason",)
    place(national, area="21", why="ที่อยู่ผิด")
    assert (row(connection)["province"], row(connection)["assigned"]) == ("21", None)
    with pytest.raises(CaseNotFound):
        place(officer, area="74", why="คืน")
    with pytest.raises(NotAllowed):
        place(signed("analyst"), area="74")


def test_of_two_who_place_one_the_second_is_told(
    connection: Connection, casework: DatabaseCasework, signed: Signed, areas: None, place: Any
) -> None:
    who = signed("national")
    lost(connection)
    version = casework.case(who, "lost").version

    place(who, area="21", version=version)
    with pytest.raises(CaseChanged):
        place(who, area="74", why="ผิด", version=version)


def test_a_province_is_believed_where_no_outline_was_ever_delivered(
    connection: Connection, signed: Signed, place: Any
) -> None:
    lost(connection)

    place(signed("national"), area="21")

    assert row(connection)["province"] == "21"


def test_reports_that_waited_for_outlines_are_placed_when_they_come(connection: Connection) -> None:
    lost(connection, lon=100.1, lat=13.5)
    lost(connection, "far", lon=104.0, lat=17.0)

    province(connection, "74")

    assert row(connection)["province"] == "74" and row(connection, "far")["province"] is None
    [(_, detail)] = placed(connection)
    assert detail["area"] == "74"


def test_what_staff_said_of_an_imported_case_outlives_new_outlines(
    connection: Connection, signed: Signed, areas: None, place: Any
) -> None:
    lost(connection, channel="import", lon=100.9, lat=13.3)

    place(signed("national"), area="21")
    province(connection, "20", name_th="ชลบุรี", wkt=box(100.8, 13.2, 100.95, 13.5))

    assert row(connection)["province"] == "21"
