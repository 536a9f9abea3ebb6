"""The effect of certification as it is told: an effect only where the verdict prints."""

import json

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.reports.certification_effect import certification_effects
from tests.geo_api.reports.around import succeeded
from tests.makers import insert

CHANGE = {"value": -0.3, "standard_error": 0.1, "low": -0.4, "high": -0.2}
STEPS = [
    {"first_month": -12, "last_month": -7, "change": {**CHANGE, "value": 0.02}},
    {"first_month": 0, "last_month": 5, "change": CHANGE},
]
COUNTS = {
    "certified": 90,
    "certified_before": 0,
    "with_complaints": 60,
    "complaints_before": 500,
    "complaints_after": 400,
    "compared_with": 300,
}


def kept(connection: Connection, verdict: str, *reasons: str, p: float | None = None) -> None:
    found = {"counts": COUNTS, "change": CHANGE, "steps": STEPS, "permutation_p": p}
    insert(
        connection, "green_effect", level=3, first_month="2023-01-01", last_month="2026-02-01",
        verdict=verdict, reasons=list(reasons), finding=json.dumps(found),
        run_id=succeeded(connection, "green_effect"),
    )  # fmt: skip


def test_an_effect_is_published_where_it_prints(connection: Connection, reads: Reads) -> None:
    kept(connection, "prints")

    [found] = certification_effects(reads)

    assert found.change and (found.change.value, found.change.high) == (-0.3, -0.2)
    assert [step.first_month for step in found.steps] == [-12, 0]
    assert (found.with_complaints, found.complaints_after) == (60, 400)


@pytest.mark.parametrize(
    ("verdict", "reason", "steps"),
    [("refuses", "within_trend", 2), ("permutation_only", "too_few_factories", 0)],
)
def test_what_may_not_be_told_is_in_no_answer(
    connection: Connection, client: TestClient, verdict: str, reason: str, steps: int
) -> None:
    kept(connection, verdict, reason, p=0.2)

    [told] = client.get("/api/green-effect").json()["effects"]
    page = client.get("/green-effect?lang=en").text

    assert (told["change"], told["reasons"], len(told["steps"])) == (None, [reason], steps)
    assert "Complaints changed by" not in page
    assert ('<svg class="event-study"' in page) == bool(steps)
    assert {
        "within_trend": "a trend that the test would miss",
        "too_few_factories": "too few certified factories",
    }[reason] in page


def test_the_page_tells_the_effect_with_its_interval(
    connection: Connection, client: TestClient
) -> None:
    kept(connection, "prints")

    page = client.get("/green-effect").text

    assert "ข้อร้องเรียนเปลี่ยนไป −30 % เทียบกับที่ควรจะเป็น (ช่วงเชื่อมั่น 95 % −40 % ถึง −20 %)" in page


def test_before_it_was_computed_the_page_says_so(client: TestClient) -> None:
    assert client.get("/api/green-effect").json() == {"effects": []}
    assert "ยังตอบไม่ได้" in client.get("/green-effect").text
