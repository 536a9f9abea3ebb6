"""/jobs: what runs by itself, to whom it is shown, and what can be done from there."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from playwright.sync_api import Page, expect
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import owner_connection
from geo_api.http.staff import SESSION_COOKIE
from map_site.jobs_page import duration
from tests.makers import session_of, staff_account
from tests.map_site.test_accessibility import problems

BEGAN = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@pytest.fixture
def failed(connection: Connection) -> Connection:
    """A job that failed twice, one that lacks a setting."""
    insert_states(connection)
    return connection


def insert_states(connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO jobs.standing (name, started_at, finished_at, outcome, message, failures,"
            " next_at) VALUES ('air4thai', %s, %s, 'failed', 'gave no usable answer', 2, %s)",
            (BEGAN, BEGAN + timedelta(seconds=75), BEGAN + timedelta(minutes=11)),
        )
        cursor.execute(
            "INSERT INTO jobs.standing (name, waits_for, detail)"
            " VALUES ('firms', 'setting', 'FAHSAI_FIRMS_KEY is not set')"
        )


@pytest.fixture
def admin(client: TestClient, connection: Connection) -> TestClient:
    sign_in(client, connection, "admin")
    return client


def sign_in(client: TestClient, connection: Connection, role: str) -> None:
    token = session_of(connection, staff_account(connection, role))
    client.cookies.set(SESSION_COOKIE, token)


def act(client: TestClient, name: str, action: str) -> Response:
    """What the button sends."""
    page = client.get("/jobs", headers={"Accept": "text/html"}).text
    [token, *_] = re.findall(r'name="csrf_token" value="([^"]*)"', page)
    sent: Response = client.post(
        f"/jobs/{name}/{action}", data={"csrf_token": token}, follow_redirects=False
    )
    return sent


def test_it_tells_of_each_job_when_it_was_how_it_went_and_what_it_lacks(
    admin: TestClient, failed: Connection
) -> None:
    thai = admin.get("/jobs").text
    english = admin.get("/jobs?lang=en").text

    assert "ไม่สำเร็จ 2 ครั้งติดกัน" in thai
    assert "gave no usable answer" in thai
    assert "Failed, 2 times in a row" in english
    assert "Not configured:" in english
    assert "FAHSAI_FIRMS_KEY is not set" in english
    assert "1 min" in english
    assert "No worker is at work" in english


def test_a_job_is_paused_run_and_resumed_and_the_log_says_by_whom(
    admin: TestClient, connection: Connection
) -> None:
    for action in ("pause", "run", "resume"):
        assert act(admin, "firms", action).headers["location"] == "/jobs#firms"

    with connection.cursor() as cursor:
        cursor.execute("SELECT action, subject FROM audit_log WHERE subject = 'firms' ORDER BY seq")
        assert [action for action, _ in cursor.fetchall()] == ["job_pause", "job_run", "job_resume"]
        cursor.execute("SELECT queueing_lock FROM jobs.procrastinate_jobs")
        assert cursor.fetchall() == [("firms",)]
        cursor.execute("SELECT paused_at FROM jobs.standing WHERE name = 'firms'")
        assert cursor.fetchall() == [(None,)]


@pytest.mark.parametrize(("name", "action"), [("nothing", "run"), ("firms", "delete")])
def test_what_is_no_job_or_cannot_be_done_is_not_found(
    name: str, action: str, admin: TestClient
) -> None:
    assert act(admin, name, action).status_code == 404


def test_a_form_of_another_site_does_nothing(admin: TestClient, connection: Connection) -> None:
    assert admin.post("/jobs/firms/run").status_code == 403

    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM jobs.procrastinate_jobs")
        assert cursor.rowcount == 0


def test_the_api_tells_the_same_in_seconds(admin: TestClient, failed: Connection) -> None:
    told = admin.get("/api/jobs").json()

    [air] = [one for one in told["jobs"] if one["job"]["name"] == "air4thai"]
    assert (air["took"], air["job"]["every"], air["failures"]) == (75, 1800, 2)
    assert air["next_at"] == "2026-03-02T03:11:00Z"
    assert told["workers"] == 0


def test_of_an_analysis_in_parts_it_tells_how_many_are_done(
    admin: TestClient, connection: Connection
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO jobs.standing (name, started_at) VALUES ('upwind_fires', now());"
            "SELECT defer_job('upwind_fires');"
            "SET LOCAL search_path = public, jobs;"
            "UPDATE jobs.procrastinate_jobs SET status = 'doing';"
            "SET LOCAL search_path TO DEFAULT;"
            "WITH r AS ("
            " INSERT INTO run (source, input, status) VALUES ('upwind_fires', '', 'running')"
            " RETURNING id"
            "), s AS ("
            " INSERT INTO jobs.shared_run (run_id, snapshot) SELECT id, '' FROM r RETURNING run_id"
            ") SELECT run_id FROM s"
        )
        [(run,)] = cursor.fetchall()
        cursor.execute(
            "INSERT INTO jobs.part (run_id, number, label, given, done_at)"
            " SELECT %s, n, n::text, '[]', CASE WHEN n < 12 THEN now() END"
            " FROM generate_series(1, 27) AS s (n)",
            (run,),
        )

    assert "Running: 11 of 27 parts" in admin.get("/jobs?lang=en").text
    [job] = [one for one in admin.get("/api/jobs").json()["jobs"] if one["parts"]]
    assert (job["job"]["name"], job["parts_done"], job["parts"]) == ("upwind_fires", 11, 27)


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (None, "–"),
        (timedelta(seconds=0.42), "0.4 s"),
        (timedelta(seconds=59), "59 s"),
        (timedelta(minutes=12), "12 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=7), "7 days"),
    ],
)
def test_a_duration_is_told_in_the_unit_that_tells_it(of: timedelta | None, expected: str) -> None:
    assert duration(of, "en") == expected


@pytest.fixture
def opened(page: Page, server_url: str, fresh: Connection, fresh_url: str) -> Iterator[Page]:
    """The page on a phone, of an admin, with a job that failed."""
    token = session_of(fresh, staff_account(fresh, "admin"))
    insert_states(fresh)
    fresh.commit()
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": server_url}])
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{server_url}/jobs")
    yield page


def test_on_a_phone_a_job_is_retried_with_keys_and_nothing_is_cut_off(
    opened: Page, fresh_url: str
) -> None:
    assert problems(opened) == []
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")

    opened.get_by_role("button", name=re.compile("^ลองใหม่")).focus()
    opened.keyboard.press("Enter")

    opened.wait_for_url("**/jobs#air4thai")
    expect(opened.locator("#air4thai")).to_contain_text("อยู่ในคิว")
    asked = owner_connection(fresh_url)
    assert asked.rows("SELECT queueing_lock FROM jobs.procrastinate_jobs", None) == [("air4thai",)]
    asked.close()
