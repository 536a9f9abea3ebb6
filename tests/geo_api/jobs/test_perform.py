"""One job: done, noted, and never by two at once."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from geo_api import settings as settings_module
from geo_api.database.connections import owner_connection
from geo_api.jobs import jobs_sql
from geo_api.jobs.declared import DEMO_HOUR, TASKS
from geo_api.jobs.perform import perform
from geo_api.settings import Settings
from layers.jobs import JobNotFound
from tests.geo_api.database.asking import answer
from tests.geo_api.ingest.feed import Answer, serving
from tests.geo_api.jobs.rows import state_of
from tests.makers import insert

SAMPLE = Path(__file__).parents[2] / "samples" / "air4thai" / "live.json"
FIRES = Path(__file__).parents[2] / "samples" / "firms" / "live.csv"


@pytest.fixture
def asked(tmp_path: Path) -> Settings:
    """Settings of a home of the test's own, with the defaults of sources."""
    read = settings_module.from_environment({"FAHSAI_HOME": str(tmp_path)})
    return replace(read, home=tmp_path)


@pytest.fixture
def feed() -> Iterator[str]:
    """The address of a provider that answers with the sample."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SAMPLE.read_bytes())

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_source_is_read_from_its_feed_and_a_second_time_changes_nothing(
    fresh: Connection, fresh_url: str, asked: Settings, feed: str
) -> None:
    settings = replace(asked, sources={**asked.sources, "FAHSAI_AIR4THAI_URL": feed})
    assert perform(settings, fresh_url, "air4thai")
    once = answer(fresh_url, "SELECT count(*) FROM air_measurement")

    assert perform(settings, fresh_url, "air4thai")

    air = state_of(fresh, "air4thai")
    assert (air.outcome, air.failures) == ("succeeded", 0)
    assert air.message
    assert " 0 new, 0 changed" in air.message
    assert air.took
    assert once == answer(fresh_url, "SELECT count(*) FROM air_measurement") > 0


def test_a_feed_that_was_silent_is_asked_for_the_days_that_were_missed(
    fresh: Connection, fresh_url: str, asked: Settings
) -> None:
    now = datetime.now(UTC)
    known_of(fresh, now - timedelta(days=7))
    values = {"FAHSAI_FIRMS_KEY": "key", "FAHSAI_FIRMS_SOURCES": "VIIRS_SNPP_NRT"}
    with serving() as provider:
        provider.will_answer(Answer(FIRES.read_bytes()))
        values["FAHSAI_FIRMS_URL"] = provider.url
        settings = replace(asked, sources={**asked.sources, **values})

        assert perform(settings, fresh_url, "firms")
        missed = [path for path, _ in provider.asked]
        provider.will_answer(Answer(FIRES.read_bytes()))
        assert perform(settings, fresh_url, "firms")

    since = (now - timedelta(days=7)).date()
    assert [path.rpartition("20.5/")[2] for path in missed] == [
        f"5/{since}",
        f"3/{since + timedelta(days=5)}",
    ]
    assert [path.rpartition("20.5/")[2] for path, _ in provider.asked] == ["2"]


def known_of(connection: Connection, at: datetime) -> None:
    """FIRMS was asked then, and answered."""
    times = {"started_at": at, "finished_at": at, "known_until": at}
    insert(connection, "run", source="firms", input="live", status="succeeded", **times)
    connection.commit()


def test_what_fails_is_counted_until_it_succeeds_and_says_why(
    fresh: Connection, fresh_url: str, asked: Settings
) -> None:
    for _ in range(2):
        assert perform(asked, fresh_url, "pm25_surface")

    surface = state_of(fresh, "pm25_surface")

    assert (surface.outcome, surface.failures, surface.succeeded_at) == ("failed", 2, None)
    assert surface.message
    assert answer(fresh_url, "SELECT count(*) FROM run WHERE status = 'failed'") == 2


@pytest.mark.parametrize("name", [name for name in TASKS if name != DEMO_HOUR])
def test_each_task_is_done(name: str, fresh: Connection, fresh_url: str, asked: Settings) -> None:
    assert perform(asked, fresh_url, name)

    assert state_of(fresh, name).outcome == "succeeded", state_of(fresh, name).message


def test_an_error_of_ours_is_noted_without_what_it_says(
    fresh: Connection, fresh_url: str, asked: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> str:
        raise ValueError("นายสมชาย 0812345678")

    title, every, _ = TASKS["sweep_photos"]
    monkeypatch.setitem(TASKS, "sweep_photos", (title, every, fail))

    perform(asked, fresh_url, "sweep_photos")

    assert state_of(fresh, "sweep_photos").message == "an error of ours: ValueError"


def test_a_job_that_another_process_does_is_left_to_it(
    fresh: Connection, fresh_url: str, asked: Settings
) -> None:
    with closing(owner_connection(fresh_url)) as other, other.cursor() as cursor:
        cursor.execute(jobs_sql.TRY_JOB, {"job": "sweep_photos"})

        assert not perform(asked, fresh_url, "sweep_photos")

    assert state_of(fresh, "sweep_photos").started_at is None


def test_a_job_that_is_none_is_refused_by_name(fresh_url: str, asked: Settings) -> None:
    with pytest.raises(JobNotFound, match=r"no job 'nothing'; there are: air4thai"):
        perform(asked, fresh_url, "nothing")
