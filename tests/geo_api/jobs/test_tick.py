"""What is due: sources by the time, analyses by what has changed, and what keeps each from it."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from psycopg2.extensions import connection as Connection

from geo_api import settings as settings_module
from geo_api.database.connections import owner_connection
from geo_api.jobs import jobs_sql
from geo_api.jobs.declared import jobs
from geo_api.jobs.tick import tick
from layers.analyses import analyses
from layers.sources import sources
from tests.geo_api.jobs.rows import ended, run_of, state_of

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DEFAULTS = settings_module.from_environment({"HOME": "/tmp"}).sources


def test_a_source_with_a_live_feed_and_each_task_are_jobs_and_what_is_published_once_is_none() -> (
    None
):
    names = {job.name for job in jobs()}

    assert {name for name, one in sources().items() if one.requests} <= names
    assert {"release_complaints", "remind_overdue", "erase_contacts", "sweep_photos"} <= names
    assert names.isdisjoint({"carbon_vintages", "waste_flows", "complaint_release", "burned_area"})


def test_a_job_has_a_name_that_the_queue_and_its_table_take() -> None:
    assert len({job.name for job in jobs()}) == len(jobs())
    assert all(job.every >= timedelta(minutes=5) for job in jobs())


def test_what_is_due_is_deferred_once_and_what_ran_waits_for_its_time(fresh: Connection) -> None:
    ended(fresh, "air4thai", NOW - timedelta(minutes=10), NOW - timedelta(minutes=9))

    first, second = tick(fresh, DEFAULTS, NOW), tick(fresh, DEFAULTS, NOW)

    assert "traffy" in first
    assert "air4thai" not in first
    assert second == []
    assert state_of(fresh, "traffy").queued


def test_a_source_without_its_key_is_not_configured_and_says_which(fresh: Connection) -> None:
    assert "firms" not in tick(fresh, DEFAULTS, NOW)

    firms = state_of(fresh, "firms")

    assert (firms.waits_for, firms.next_at) == ("setting", None)
    assert firms.detail
    assert firms.detail.startswith("FAHSAI_FIRMS_KEY is not set")

    assert "firms" in tick(fresh, {**DEFAULTS, "FAHSAI_FIRMS_KEY": "k"}, NOW)


def test_in_a_simulated_world_a_source_is_read_once_somebody_has_read_it(
    fresh: Connection,
) -> None:
    run_of(fresh, "demo")
    assert "air4thai" not in tick(fresh, DEFAULTS, NOW)
    assert state_of(fresh, "air4thai").waits_for == "first_reading"

    run_of(fresh, "air4thai")

    assert "air4thai" in tick(fresh, DEFAULTS, NOW)


def test_an_analysis_is_due_when_what_it_reads_has_changed_since(fresh: Connection) -> None:
    assert "pm25_surface" not in tick(fresh, DEFAULTS, NOW)
    assert state_of(fresh, "pm25_surface").waits_for == "news"

    read = run_of(fresh, "air4thai")
    run_of(fresh, "pm25_surface", read)
    run_of(fresh, "air4thai", inserted=0)
    run_of(fresh, "air4thai", status="failed")
    assert "pm25_surface" not in tick(fresh, DEFAULTS, NOW)

    run_of(fresh, "air4thai")
    assert "pm25_surface" in tick(fresh, DEFAULTS, NOW)


def test_an_analysis_is_due_after_the_analysis_that_it_reads(fresh: Connection) -> None:
    assert "pm25_surface" in analyses()["exposure"].sources
    surface = run_of(fresh, "pm25_surface", inserted=0)
    run_of(fresh, "exposure", surface)
    assert "exposure" not in tick(fresh, DEFAULTS, NOW)

    run_of(fresh, "pm25_surface", inserted=0)

    assert "exposure" in tick(fresh, DEFAULTS, NOW)


def test_an_analysis_is_due_when_its_method_is_another(fresh: Connection) -> None:
    read = run_of(fresh, "air4thai")
    run_of(fresh, "pm25_surface", read, version=1)

    assert "pm25_surface" in tick(fresh, DEFAULTS, NOW)


def test_an_analysis_waits_for_its_time_whatever_has_changed(fresh: Connection) -> None:
    run_of(fresh, "air4thai")
    ended(fresh, "pm25_surface", NOW - timedelta(minutes=10), NOW - timedelta(minutes=9))

    assert "pm25_surface" not in tick(fresh, DEFAULTS, NOW)
    assert state_of(fresh, "pm25_surface").next_at


def test_one_worker_decides_at_a_time(fresh: Connection, fresh_url: str) -> None:
    with closing(owner_connection(fresh_url)) as other, other.cursor() as cursor:
        cursor.execute(jobs_sql.TRY_TICK)

        assert tick(fresh, DEFAULTS, NOW) == []
        other.rollback()

    assert tick(fresh, DEFAULTS, NOW)


@pytest.mark.parametrize("name", ["firms", "gistda"])
def test_whether_a_setting_is_usable_is_found_without_asking_the_provider(
    name: str, fresh: Connection
) -> None:
    tick(fresh, {**DEFAULTS, f"FAHSAI_{name.upper()}_KEY": "k"}, NOW)

    assert state_of(fresh, name).waits_for is None


def test_the_simulated_world_goes_on_as_long_as_nothing_real_was_read(fresh: Connection) -> None:
    assert "demo_hour" not in tick(fresh, DEFAULTS, NOW)
    run_of(fresh, "demo")
    assert "demo_hour" in tick(fresh, DEFAULTS, NOW)
    run_of(fresh, "air4thai")

    tick(fresh, DEFAULTS, NOW)

    assert state_of(fresh, "demo_hour").waits_for == "demo"
