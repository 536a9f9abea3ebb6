"""The traits of real feeds that people reported: each by a server that shows it."""

import json
import runpy
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.runs import RunFailed, Tally
from geo_api.ingest.feeds import RetryPolicy, live_payloads
from geo_api.ingest.loading import ingest
from layers.model import Ask, Request
from layers.sources import source_named
from tests.geo_api.ingest.feed import Answer, Feed, serving

FAKE = Path(__file__).resolve().parents[4] / "shared" / "cases" / "feeds" / "fake.py"


@pytest.fixture(scope="module")
def fake_url() -> Iterator[str]:
    """../shared/cases/feeds/fake.py, at a port of the kernel's choice."""
    if not FAKE.is_file():
        pytest.skip(f"{FAKE} is not there")
    made: list[ThreadingHTTPServer] = []

    class Kept(ThreadingHTTPServer):
        def __init__(self, _address: Any, handler: Any) -> None:
            super().__init__(("127.0.0.1", 0), handler)
            made.append(self)

        def serve_forever(self, poll_interval: float = 0.01) -> None:
            threading.Thread(target=super().serve_forever, args=(poll_interval,)).start()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("http.server.ThreadingHTTPServer", Kept)
        runpy.run_path(str(FAKE))
    (server,) = made
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def feed() -> Iterator[Feed]:
    with serving() as found:
        yield found


def pull(
    connection: Connection, name: str, url: str, home: Path, *, pauses: list[float] | None = None
) -> Tally:
    """A live run whose source is asked at `url`."""
    slept = [] if pauses is None else pauses
    policy = RetryPolicy(attempts=3, read_timeout_s=5, sleep=slept.append)
    source = source_named(name)
    settings = {s.variable: s.default for s in source.settings if s.default is not None}
    ask = Ask(datetime.now(UTC), settings | {f"FAHSAI_{name.upper()}_URL": url})
    return ingest(connection, source, live_payloads(source, ask, home, policy), "live")


def counted(connection: Connection, table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        (count,) = cursor.fetchone() or (0,)
    return int(count)


@pytest.mark.parametrize(
    ("path", "reports"),
    [("traffy502", 700), ("traffy201", 30), ("traffyshift", 1300)],
)
def test_every_report_is_fetched_once(
    path: str, reports: int, fake_url: str, fresh: Connection, home: Path
) -> None:
    tally = pull(fresh, "traffy", f"{fake_url}/{path}", home)

    assert counted(fresh, "complaint") == tally.inserted == reports


@pytest.mark.parametrize("path", ["traffynull", "airhtml"])
def test_an_answer_without_data_fails_in_words_and_changes_nothing(
    path: str, fake_url: str, fresh: Connection, home: Path
) -> None:
    name = "air4thai" if path.startswith("air") else "traffy"

    with pytest.raises(RunFailed, match=r"0 sound rows|not csv or json: .*ปิดปรับปรุง"):
        pull(fresh, name, f"{fake_url}/{path}", home)


@pytest.mark.parametrize("path", ["air", "airbom"])
def test_odd_stations_do_not_spoil_the_others(
    path: str, fake_url: str, fresh: Connection, home: Path
) -> None:
    pull(fresh, "air4thai", f"{fake_url}/{path}", home)

    assert counted(fresh, "air_station WHERE id IN ('t01', 't02', 't11', 'bkk64t')") == 4
    assert counted(fresh, "air_measurement WHERE station_id = 't11'") == 1


def test_a_station_of_the_older_schema_is_rejected_by_name(
    fake_url: str, fresh: Connection, home: Path
) -> None:
    with pytest.raises(RunFailed, match="AQILast is not an object"):
        pull(fresh, "air4thai", f"{fake_url}/airold", home)


def reports(count: int) -> bytes:
    now = datetime.now(UTC)
    report = {"description": "กลิ่น", "coords": ["100.5", "13.7"], "state": "รอรับเรื่อง"}
    found = [
        report | {"ticket_id": f"2026-{n:06}", "timestamp": f"{now:%Y-%m-%d %H:%M:%S}+00"}
        for n in range(count)
    ]
    return json.dumps({"results": found}).encode()


def test_a_page_that_fails_is_asked_again_smaller(
    feed: Feed, fresh: Connection, home: Path
) -> None:
    feed.will_answer(Answer(b"", status=504), Answer(reports(125)), Answer(reports(1)))

    pauses: list[float] = []
    pull(fresh, "traffy", feed.url, home, pauses=pauses)

    assert [path.partition("?")[2] for path, _ in feed.asked] == [
        "limit=500&offset=0",
        "limit=125&offset=0",
        "limit=125&offset=125",
    ]
    assert pauses == [1, 1, 1]  # before the first page, after its failure, before the second


def test_a_feed_that_counts_questions_is_asked_the_same_again(
    feed: Feed, fresh: Connection, home: Path
) -> None:
    feed.will_answer(Answer(status=429), Answer(reports(1)))

    pull(fresh, "traffy", feed.url, home)

    assert len({path for path, _ in feed.asked}) == 1


def test_a_list_where_an_object_was_promised_ends_the_pages(feed: Feed, home: Path) -> None:
    feed.will_answer(Answer(b"[]"))
    source = replace(source_named("traffy"), requests=lambda _: [Request(feed.url, {"limit": "5"})])

    found = list(live_payloads(source, Ask(datetime.now(UTC), {}), home))

    assert len(found) == 1
