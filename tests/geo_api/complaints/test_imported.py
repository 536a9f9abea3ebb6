"""Complaints of providers as cases: what their state is, and who has the last word."""

from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.complaints import workflow
from geo_api.database.connections import PrivateWrites
from layers.casework.cases import Move, Placing
from tests.geo_api.complaints.conftest import Signed
from tests.makers import box, insert, province


def deliver(connection: Connection, run: int = 1, **changes: Any) -> None:
    """Merges one report of Traffy as a run does."""
    told = {
        "source": "traffy", "ticket_id": "T-1", "category": "odour", "status": "open",
        "reported_at": "2026-03-01T00:00:00Z", "last_activity_at": None, "lon": 100.25,
        "lat": 13.55, **changes,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TABLE IF EXISTS pg_temp.staged_complaint;"
            " CREATE TEMPORARY TABLE staged_complaint (LIKE staging.complaint INCLUDING GENERATED,"
            " seq bigint GENERATED ALWAYS AS IDENTITY)"
        )
        cursor.execute(
            "INSERT INTO staged_complaint (source, ticket_id, category, status, reported_at,"
            " last_activity_at, lon, lat) VALUES (%(source)s, %(ticket_id)s, %(category)s,"
            " %(status)s, %(reported_at)s, %(last_activity_at)s, %(lon)s, %(lat)s)",
            told,
        )
        cursor.execute("SELECT merge_complaint(%(run)s)", {"run": run})


def case(connection: Connection) -> tuple[str, str, str | None]:
    """Its id, its state, and when it was closed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, state, to_char(closed_at, 'YYYY-MM-DD') FROM complaint")
        [found] = cursor.fetchall()
    return found[0], found[1], found[2]


def story(connection: Connection) -> list[tuple[str | None, str | None, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT from_state, to_state, detail FROM complaint_event ORDER BY id")
        return cursor.fetchall()


@pytest.mark.parametrize(
    ("status", "state", "closed"),
    [
        ("open", "received", None),
        (None, "received", None),
        ("in_progress", "acknowledged", None),
        ("forwarded", "forwarded", "2026-03-05"),
        ("closed", "resolved", "2026-03-05"),
    ],
)
def test_a_providers_status_is_the_state_of_its_case_and_its_closing_its_own(
    status: str | None, state: str, closed: str | None, connection: Connection
) -> None:
    deliver(connection, status=status, last_activity_at="2026-03-05T00:00:00Z")

    assert case(connection)[1:] == (state, closed)
    expected = [] if state == "received" else [("received", state, {"source": "traffy"})]
    assert story(connection) == expected


def test_what_the_provider_does_later_is_followed_even_back(connection: Connection) -> None:
    for run, status in enumerate(("open", "closed", "in_progress"), 1):
        deliver(connection, run, status=status, last_activity_at=f"2026-03-0{run}T00:00:00Z")

    assert case(connection)[1:] == ("acknowledged", None)
    assert [to for _, to, _ in story(connection)] == ["resolved", "acknowledged"]


def test_what_staff_did_with_a_case_no_provider_undoes(
    connection: Connection, private: PrivateWrites, signed: Signed
) -> None:
    province(connection)
    deliver(connection)
    id, *_ = case(connection)
    workflow.transition(private.staff, signed(), id, Move("received", "acknowledged"))

    deliver(connection, 2, status="closed", last_activity_at="2026-03-09T00:00:00Z")

    assert case(connection)[1:] == ("acknowledged", None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM complaint")
        assert cursor.fetchall() == [("closed",)]


def test_what_no_factory_does_is_nobodys_case(connection: Connection) -> None:
    deliver(connection, category=None, status="closed")

    assert case(connection)[1:] == ("received", None)
    assert story(connection) == []


def areas(connection: Connection) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT province_code, district_code, subdistrict_code, received_at = reported_at"
            " FROM complaint"
        )
        return cursor.fetchall()


def outlines(connection: Connection) -> None:
    province(connection)
    whole = box(100.0, 13.4, 100.5, 13.8)
    named = {"name_th": "ก", "name_en": "A", "source": "boundaries", "wkt": whole}
    insert(connection, "district", code="7401", province_code="74", **named)
    insert(connection, "subdistrict", code="740101", district_code="7401", **named)


@pytest.mark.parametrize("areas_first", [True, False])
def test_a_case_is_of_the_areas_that_hold_its_place_whichever_came_first(
    areas_first: bool, connection: Connection
) -> None:
    if areas_first:
        outlines(connection)
    deliver(connection)
    if not areas_first:
        assert areas(connection) == [(None, None, None, True)]
        outlines(connection)

    assert areas(connection) == [("74", "7401", "740101", True)]


def test_a_case_whose_place_was_corrected_is_of_other_areas(connection: Connection) -> None:
    outlines(connection)
    deliver(connection)

    deliver(connection, 2, lon=103.0, last_activity_at="2026-03-09T00:00:00Z")

    assert areas(connection) == [(None, None, None, True)]


def test_what_staff_said_of_its_category_and_its_place_no_provider_undoes(
    connection: Connection, private: PrivateWrites, signed: Signed
) -> None:
    province(connection, "74", wkt=box(100.0, 13.4, 100.5, 13.8))
    deliver(connection)
    id, who = case(connection)[0], signed("officer", province_code="74")

    workflow.recategorise(private.staff, who, id, "dust_smoke", "ไม่ใช่กลิ่น", None)
    workflow.place(private.staff, who, id, Placing(lon=100.3, lat=13.6), "ตามแผนที่", None)
    deliver(connection, 2)
    deliver(connection, 3, category=None, status="closed", last_activity_at="2026-03-05T00:00:00Z")

    with connection.cursor() as cursor:
        cursor.execute("SELECT category, ST_X(geom), ST_Y(geom), status FROM complaint")
        assert cursor.fetchall() == [("dust_smoke", 100.3, 13.6, "closed")]
