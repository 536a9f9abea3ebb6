"""What came back after it was closed, what kept to its time, and what is reminded of."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.complaints.performance import DatabasePerformance
from geo_api.complaints.reminders import remind
from geo_api.database.connections import PrivateWrites
from layers.casework.staff import NotAllowed
from tests.geo_api.complaints.conftest import Signed
from tests.makers import complaint, insert

NOW = datetime(2026, 6, 15, tzinfo=UTC)
METRE = 1 / 111_320
Performs = Callable[[], DatabasePerformance]


@pytest.fixture
def performance(private: PrivateWrites) -> DatabasePerformance:
    return DatabasePerformance(private, lambda: NOW)


def days_ago(days: float) -> str:
    return (NOW - timedelta(days=days)).isoformat()


def report(connection: Connection, id: str, days: float, **more: Any) -> None:
    """A resident's, received so many days ago."""
    told = {"province_code": "74", "channel": "form", "received_at": days_ago(days), **more}
    complaint(connection, id, days_ago(days), **told)


def closed(connection: Connection, id: str, days: float, **more: Any) -> None:
    """A case that was resolved so many days ago."""
    report(connection, id, days + 5, state="resolved", closed_at=days_ago(days), **more)
    event(connection, id, days, "inspecting", "resolved")


def event(connection: Connection, id: str, days: float, before: str, after: str) -> None:
    insert(
        connection, "complaint_event", complaint_id=id, kind="transition", at=days_ago(days),
        from_state=before, to_state=after,
    )  # fmt: skip


def recurred(connection: Connection) -> dict[str, bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, recurred_at IS NOT NULL FROM complaint")
        return dict(cursor.fetchall())


def test_a_report_near_a_closed_case_within_its_days_marks_it_recurred(
    connection: Connection,
) -> None:
    closed(connection, "near", 29.9, lat=13.55 + 240 * METRE)
    closed(connection, "far", 10, lat=13.55 - 260 * METRE)
    closed(connection, "long ago", 30.1)
    report(connection, "rejected", 35, state="rejected", closed_at=days_ago(10))
    report(connection, "open", 35)
    closed(connection, "noise", 28)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE complaint SET category = 'noise' WHERE id = 'noise'")

    report(connection, "again", 0)

    assert {id for id, is_marked in recurred(connection).items() if is_marked} == {"near"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT complaint_id, detail FROM complaint_event WHERE kind = 'recurred'")
        assert cursor.fetchall() == [("near", {"by": "again", "distance_m": 239})]


def test_rates_count_closings_whose_days_are_over_or_that_came_back(
    connection: Connection, performance: DatabasePerformance, signed: Signed
) -> None:
    for number in range(4):
        closed(connection, f"old {number}", 60, lat=13.0 + number / 10)
    closed(connection, "back", 20, lat=14.0)
    closed(connection, "too recent", 20, lat=14.5)
    closed(connection, "last year", 800, lat=14.6)
    report(connection, "again", 10, lat=14.0)
    report(connection, "spam", 50, lat=13.0, is_spam=True)

    [office] = performance.recurrences(signed()).offices

    assert (office.recurred.found, office.recurred.of, office.waiting) == (1, 5, 1)
    assert office.recurred.share == 0.2
    assert office.recurred.low == pytest.approx(0.0362, abs=1e-4)
    assert office.recurred.high == pytest.approx(0.6245, abs=1e-4)
    assert performance.recurrences(signed(province_code="21")).offices == ()


def test_a_report_found_to_be_spam_later_contradicts_nothing(
    connection: Connection, performance: DatabasePerformance, signed: Signed
) -> None:
    closed(connection, "closed", 40)
    report(connection, "again", 35)
    officer = signed()
    assert performance.recurrences(officer).offices[0].recurred.found == 1

    with connection.cursor() as cursor:
        cursor.execute("UPDATE complaint SET is_spam = true WHERE id = 'again'")

    assert performance.recurrences(officer).offices[0].recurred.found == 0


def step(
    connection: Connection, version: str = "1", valid_from: str = "2026-01-01", **more: Any
) -> None:
    told = {
        "category": "*", "step": 1, "title_th": "รับเรื่อง", "title_en": "Acknowledge",
        "from_state": "received", "to_state": "acknowledged", "target_hours": 24, "source": "สอจ.",
    }  # fmt: skip
    insert(connection, "procedure_step", version=version, valid_from=valid_from, **{**told, **more})


def test_a_step_counts_once_it_ended_or_its_time_is_over(
    connection: Connection, performance: DatabasePerformance, signed: Signed
) -> None:
    step(connection)
    for id, received, acknowledged in (
        ("in time", 10, 9.1), ("late", 10, 8.9), ("forgotten", 9, None), ("new", 0.5, None),
    ):  # fmt: skip
        report(connection, id, received, lat=13.55)
        if acknowledged:
            event(connection, id, acknowledged, "received", "acknowledged")
    report(connection, "rejected at once", 10)
    event(connection, "rejected at once", 9.9, "received", "rejected")

    [share] = performance.step_shares(signed()).steps

    assert (share.within.found, share.within.of, share.waiting) == (2, 4, 1)
    assert str(share.month) == "2026-06-01"
    assert share.title.th == "รับเรื่อง"


def test_a_case_keeps_to_the_edition_of_its_day_and_to_its_own_category(
    connection: Connection, performance: DatabasePerformance, signed: Signed
) -> None:
    step(connection, "old", "2026-01-01", target_hours=1)
    step(connection, "new", "2026-06-01", target_hours=1000)
    step(connection, "new", "2026-06-01", category="odour", target_hours=48)
    report(connection, "before", 20)
    report(connection, "after", 3)

    told = [
        (one.version, one.category, one.target_hours, one.within.of)
        for one in performance.step_shares(signed()).steps
    ]

    assert told == [("new", "odour", 48, 1), ("old", "*", 1, 1)]


def test_without_a_procedure_nothing_is_said_to_be_in_time(
    connection: Connection, performance: DatabasePerformance, signed: Signed
) -> None:
    report(connection, "case", 10)

    found = performance.step_shares(signed())

    assert (found.has_procedure, found.steps) == (False, ())
    with pytest.raises(NotAllowed):
        performance.step_shares(signed("analyst"))


def test_what_is_overdue_is_reminded_of_once_a_week(connection: Connection) -> None:
    report(connection, "overdue", 3)
    report(connection, "done", 3, state="resolved", closed_at=days_ago(1))
    report(connection, "spam", 3, is_spam=True)
    assert remind(connection, NOW) == 0

    insert(connection, "complaint_deadline", category="*", hours=48, source="สอจ.")
    assert [remind(connection, NOW), remind(connection, NOW + timedelta(days=6))] == [1, 0]
    assert remind(connection, NOW + timedelta(days=8)) == 1

    with connection.cursor() as cursor:
        cursor.execute("SELECT complaint_id FROM complaint_event WHERE kind = 'reminder'")
        assert cursor.fetchall() == [("overdue",), ("overdue",)]
