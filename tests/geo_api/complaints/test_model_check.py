"""What the attribution said, against what inspectors found: counts, with what they are of."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.complaints.performance import DatabasePerformance
from geo_api.database.connections import PrivateWrites
from layers.casework.staff import NotAllowed
from layers.methods.wilson import wilson
from tests.geo_api.complaints.conftest import Signed
from tests.makers import attributed, complaint, factory, insert, staff_account
from tests.map_site.test_staff_desk import Desk

NOW = datetime(2026, 6, 15, tzinfo=UTC)


@pytest.fixture
def performance(private: PrivateWrites) -> DatabasePerformance:
    return DatabasePerformance(private, lambda: NOW)


def visited(connection: Connection, of: str, cause: str | None, **more: object) -> None:
    """A visit whose finding stands."""
    finding = "cause_found" if cause else "no_cause"
    told = {"finding": finding, "visited_at": "2026-03-02", "heads": 1, **more}
    insert(
        connection, "inspection", id=str(uuid4()), complaint_id=of, template_id="starter",
        template_version=1, account_id=staff_account(connection), revision_id=str(uuid4()),
        cause_factory_id=cause, **told,
    )  # fmt: skip


def case(connection: Connection, id: str, cause: str | None, **shares: float) -> None:
    complaint(connection, id, "2026-03-01", province_code="74")
    visited(connection, id, cause)
    if shares:
        attributed(connection, id, None, **shares)


@pytest.fixture
def works(connection: Connection) -> None:
    for id in ("a", "b", "c", "d"):
        factory(connection, id)


def test_cases_are_counted_by_what_the_model_said_of_the_factory_that_was_found(
    connection: Connection, performance: DatabasePerformance, signed: Signed, works: None
) -> None:
    case(connection, "first", "a", a=0.6, b=0.2)
    case(connection, "below-none", "a", a=0.3, b=0.1)  # none of these has 0.6
    case(connection, "third", "a", b=0.3, c=0.25, a=0.2)
    case(connection, "fourth", "a", b=0.3, c=0.25, d=0.21, a=0.2)
    case(connection, "not-told", "d", a=0.9)
    case(connection, "unanswered", "a")
    case(connection, "nothing", None, a=0.1)
    case(connection, "nothing-but", None, a=0.8)
    complaint(connection, "calm", "2026-03-01", province_code="74")
    visited(connection, "calm", "a")
    attributed(connection, "calm", "calm")
    complaint(connection, "disputed", "2026-03-01", province_code="74")
    visited(connection, "disputed", "a", heads=2)
    complaint(connection, "unnamed", "2026-03-01", province_code="74")
    visited(connection, "unnamed", None, finding="cause_found")

    found = performance.model_check(signed("officer"))

    assert (found.named, found.unnamed) == (7, 1)
    assert (found.answered.found, found.answered.of) == (5, 7)
    assert (found.first.found, found.first.of) == (1, 5)
    assert (found.among_three.found, found.among_three.of) == (3, 5)
    assert (found.none_of_none.found, found.none_of_none.of) == (1, 2)
    assert (found.first.low, found.first.high) == wilson(1, 5)
    assert found.mean_share == pytest.approx((0.6 + 0.3 + 0.2 + 0.2) / 4)


def test_the_newest_visit_counts_and_only_cases_that_are_theirs(
    connection: Connection, performance: DatabasePerformance, signed: Signed, works: None
) -> None:
    case(connection, "twice", "b", a=0.6)
    visited(connection, "twice", "a", visited_at="2026-03-05")

    assert performance.model_check(signed("officer")).first.found == 1
    assert performance.model_check(signed("officer", province_code="21")).named == 0
    assert performance.model_check(signed("national")).named == 1
    with pytest.raises(NotAllowed):
        performance.model_check(signed("analyst"))


def test_the_page_says_of_too_few_that_they_are(
    connection: Connection, client: TestClient, works: None
) -> None:
    desk = Desk(client, connection)
    assert "No visit has named the factory" in desk.get("/staff/work?lang=en").text

    for number in range(3):
        case(connection, f"case-{number}", "a", a=0.6)
    page = desk.get("/staff/work?lang=en").text

    assert "3 of 3" in page and "Too few (fewer than 20)" in page and "60 %" in page
    assert "น้อยเกินไป" in desk.get("/staff/work").text
