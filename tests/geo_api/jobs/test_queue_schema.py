"""The queue's schema: its version, its role, and what that may do."""

from contextlib import closing
from importlib import import_module
from importlib.metadata import version

import psycopg2.errors
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import JOBS, session
from geo_api.database.logins import login_url
from geo_api.database.migrations import migrate
from tests.geo_api.database.asking import rows

REVISION = import_module("migrations.versions.2026_11_30_jobs")


def test_the_schema_is_that_of_the_package_and_the_role_finds_it_without_naming_it(
    fresh_url: str,
) -> None:
    with closing(session(login_url(fresh_url, JOBS))) as queue:
        assert queue.rows("SELECT to_regclass('procrastinate_jobs')::text", None) == [
            ("procrastinate_jobs",)
        ]
        assert queue.rows("SHOW search_path", None) == [("jobs",)]


def test_another_version_of_the_package_is_refused_by_name(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert version("procrastinate").startswith("3.10.")
    monkeypatch.setattr("importlib.metadata.version", lambda name: "4.0.1")

    with pytest.raises(RuntimeError, match=r"procrastinate 3\.10\.x, and 4\.0\.1 is installed"):
        migrate(empty_url)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT FROM public.run",
        "SELECT FROM public.complaint",
        "SELECT FROM jobs.standing",
        "UPDATE jobs.standing SET paused_at = now()",
        "SELECT public.audit(NULL, 'a', 'b')",
        "CREATE TABLE jobs.mine (id int)",
    ],
)
def test_who_works_on_the_queue_may_do_nothing_else(statement: str, fresh_url: str) -> None:
    with (
        closing(session(login_url(fresh_url, JOBS))) as queue,
        queue.cursor() as cursor,
        pytest.raises((psycopg2.errors.InsufficientPrivilege, psycopg2.errors.UndefinedTable)),
    ):
        cursor.execute(statement)


def test_a_job_is_deferred_in_the_transaction_of_who_defers_it_and_once(
    fresh: Connection, fresh_url: str
) -> None:
    with fresh.cursor() as cursor:
        cursor.execute("SELECT defer_job('firms'), defer_job('firms')")
        assert cursor.fetchone() == (True, False)
    fresh.rollback()
    assert rows(fresh_url, "SELECT FROM jobs.procrastinate_jobs") == []

    with fresh, fresh.cursor() as cursor:
        cursor.execute("SELECT defer_job('firms')")
    assert rows(fresh_url, "SELECT queueing_lock, lock FROM jobs.procrastinate_jobs") == [
        ("firms", "firms")
    ]
