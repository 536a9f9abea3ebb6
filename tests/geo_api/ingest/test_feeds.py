"""Every source's live feed, replayed by a server of our own that also fails in every known way."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.runs import RunFailed, Tally
from geo_api.ingest.feeds import FeedUnavailable, RetryPolicy, live_payloads
from geo_api.ingest.loading import ingest
from layers.model import Ask, Delivery, Format, Record, Request, Row, Setting, Source, Text
from layers.sources import sources
from tests.geo_api.ingest.feed import Answer, Feed, serving

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SECRET = "s3cret/key"
LIVE = [name for name, source in sources().items() if source.requests is not None]

PAGE = b"<!DOCTYPE html><html><body>Maintenance</body></html>"
QUICK = RetryPolicy(attempts=3, connect_timeout_s=2, read_timeout_s=0.15, sleep=lambda _: None)


@pytest.fixture
def feed() -> Iterator[Feed]:
    with serving() as found:
        yield found


def captured(name: str) -> bytes:
    """The answer that is kept as tests/samples/<source>/live.<ext>."""
    (path,) = (SAMPLES / name).glob("live.*")
    return path.read_bytes()


def settings_of(source: Source, feed: Feed) -> dict[str, str]:
    """The source's defaults, with every address at the feed and every secret a known one."""
    found = {s.variable: s.default for s in source.settings if s.default is not None}
    found |= {s.variable: SECRET for s in source.settings if s.secret}
    return found | {s.variable: feed.url for s in source.settings if s.variable.endswith("_URL")}


def pull(
    connection: Connection, name: str, feed: Feed, home: Path, policy: RetryPolicy = QUICK
) -> Tally:
    """One live run; a trimmed answer may have fewer rows than a whole one."""
    source = replace(sources()[name], min_rows=1)
    ask = Ask(datetime.now(UTC), settings_of(source, feed))
    return ingest(connection, source, live_payloads(source, ask, home, policy), "live")


def rows(connection: Connection, tables: Sequence[str]) -> list[list[str]]:
    """All that the tables hold, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} AS t ORDER BY 1")
            found.append([text for (text,) in cursor.fetchall()])
    return found


def last_run(connection: Connection) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, input, message FROM run ORDER BY id DESC LIMIT 1")
        status, given, message = cursor.fetchone() or (None, None, None)
    return {"status": status, "input": given, "message": message}


# --- every source -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", LIVE)
def test_an_answer_is_stored_and_the_same_answer_changes_nothing(
    name: str, feed: Feed, fresh: Connection, home: Path
) -> None:
    feed.will_answer(Answer(captured(name)))

    first = pull(fresh, name, feed, home)
    again = pull(fresh, name, feed, home)

    assert first.inserted > 0
    assert (again.inserted, again.updated) == (0, 0)
    assert "fahsai" in feed.asked[0][1]["user-agent"]


@pytest.mark.parametrize("name", LIVE)
def test_a_feed_that_fails_leaves_the_data_as_it_was(
    name: str, feed: Feed, fresh: Connection, home: Path
) -> None:
    good = captured(name)
    feed.will_answer(Answer(good))
    pull(fresh, name, feed, home)
    before = rows(fresh, sources()[name].tables)
    failures = {
        "429": Answer(status=429, headers={"Retry-After": "7"}),
        "500": Answer(PAGE, status=500),
        "cut off": Answer(good[: len(good) // 2], promised=len(good)),
        "error page": Answer(PAGE),
        "silence": Answer(good, silent_s=5),
    }

    for kind, failure in failures.items():
        feed.will_answer(failure)
        with pytest.raises(RunFailed, match="no usable answer in 3 attempts") as told:
            pull(fresh, name, feed, home)

        assert (kind, len(feed.asked)) == (kind, QUICK.attempts)
        assert (kind, last_run(fresh)["status"]) == (kind, "failed")
        assert rows(fresh, sources()[name].tables) == before
        assert SECRET not in f"{told.value} {last_run(fresh)}"


@pytest.mark.parametrize("name", LIVE)
def test_a_feed_that_recovers_is_read(name: str, feed: Feed, fresh: Connection, home: Path) -> None:
    feed.will_answer(Answer(status=502), Answer(PAGE), Answer(captured(name)))

    tally = pull(fresh, name, feed, home)

    assert tally.inserted > 0
    assert last_run(fresh)["status"] == "succeeded"
    assert list((home / "payloads" / name).glob("*.gz"))


# --- one feed that stands for all -------------------------------------------------------------


def probe(feed: Feed, **changes: Any) -> Source:
    """A source whose key goes with every question, in the address and in a header."""
    return replace(
        Source(
            name="probe",
            title=Text("ตัวอย่าง", "Probe"),
            url="",
            licence="",
            tables=(),
            formats=(Format("json", frozenset({"id"}), path=("items",)),),
            parse=_nothing,
            requests=lambda ask: [Request(f"{feed.url}/{SECRET}/items", headers={"Key": SECRET})],
            settings=(Setting("PROBE_KEY", "The key.", secret=True),),
        ),
        **changes,
    )


def _nothing(_records: Iterable[Record], _delivery: Delivery) -> Iterator[Row]:
    return iter(())


def fetched(source: Source, home: Path, policy: RetryPolicy = QUICK) -> list[tuple[Path, Delivery]]:
    ask = Ask(datetime.now(UTC), {"PROBE_KEY": SECRET})
    return list(live_payloads(source, ask, home, policy))


def failure_of(source: Source, home: Path, policy: RetryPolicy = QUICK) -> str:
    with pytest.raises(FeedUnavailable) as told:
        fetched(source, home, policy)
    return str(told.value)


def test_pauses_double_and_end_at_the_longest(feed: Feed, home: Path) -> None:
    feed.will_answer(Answer(status=503))
    pauses: list[float] = []

    failure_of(probe(feed), home, replace(QUICK, attempts=5, max_backoff_s=3, sleep=pauses.append))

    assert pauses == [1, 2, 3, 3]


def test_a_feed_is_left_alone_as_long_as_it_asks(feed: Feed, home: Path) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    feed.will_answer(
        Answer(status=429, headers={"Retry-After": "7"}),
        Answer(status=429, headers={"Retry-After": soon}),
        Answer(status=429),
    )
    pauses: list[float] = []
    patient = replace(QUICK, attempts=4, read_timeout_s=10, sleep=pauses.append)

    failure_of(probe(feed), home, patient)

    assert pauses[0] == 7
    assert 15 < pauses[1] <= 20
    assert pauses[2] == 4


def test_a_refusal_is_not_asked_again(feed: Feed, home: Path) -> None:
    feed.will_answer(Answer(status=403))

    told = failure_of(probe(feed), home)

    assert "in 1 attempts: 403" in told
    assert len(feed.asked) == 1


def test_a_key_is_told_to_nobody(feed: Feed, home: Path) -> None:
    feed.will_answer(Answer(b'{"items": []}'))
    ((_, delivery),) = fetched(probe(feed), home)
    feed.will_answer(Answer(status=500))

    told = failure_of(probe(feed), home)

    assert delivery.name == f"{feed.url}/***/items"
    assert f"{feed.url}/***/items gave no usable answer" in told
    assert SECRET not in told
    assert "s3cret" not in told


def test_a_key_does_not_follow_a_redirection(feed: Feed, home: Path) -> None:
    feed.will_answer(Answer(status=302, headers={"Location": "http://127.0.0.1:9/elsewhere"}))

    assert "redirected to http://127.0.0.1:9/elsewhere" in failure_of(probe(feed), home)


def test_a_plain_question_follows_a_redirection(feed: Feed, home: Path) -> None:
    moved = Answer(status=301, headers={"Location": f"{feed.url}/new"})
    feed.will_answer(moved, Answer(b'{"items": []}'))

    fetched(probe(feed, requests=lambda _: [Request(f"{feed.url}/old")]), home)

    assert [path for path, _ in feed.asked] == ["/old", "/new"]


def test_an_answer_that_only_trickles_is_given_up(feed: Feed, home: Path) -> None:
    feed.will_answer(Answer(b'{"items": []}'))

    told = failure_of(probe(feed), home, replace(QUICK, total_timeout_s=0))

    assert "not whole after 0 s" in told


def test_an_error_in_plain_words_is_quoted(feed: Feed, home: Path) -> None:
    feed.will_answer(Answer(b"Invalid key."))

    assert "the answer is not json: 'Invalid key.'" in failure_of(probe(feed), home)


def test_pages_without_end_are_refused(feed: Feed, home: Path) -> None:
    feed.will_answer(Answer(b'{"items": []}'))

    told = failure_of(probe(feed, more=lambda request, _: request), home)

    assert "more than 500 pages" in told


def test_the_answers_are_kept_closed_to_others_and_only_so_many(feed: Feed, home: Path) -> None:
    folder = home / "payloads" / "probe"
    folder.mkdir(parents=True)
    for number in range(205):
        (folder / f"2020{number:04}.gz").touch()
    feed.will_answer(Answer(b'{"items": []}'))

    ((path, _),) = fetched(probe(feed), home)

    assert path.exists()
    assert len(list(folder.iterdir())) == 200


def test_a_source_without_a_feed_asks_for_files(feed: Feed, home: Path) -> None:
    assert "name files to read" in failure_of(probe(feed, requests=None), home)
