"""Reads on a real streaming replica: left when it is lost, hangs or lags, and returned to."""

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

import pytest
from fastapi.testclient import TestClient

from geo_api.app import create_app, reads_of
from geo_api.database.connections import (
    ACCOUNTS,
    CONTACTS,
    STAFF,
    WRITER,
    DatabaseUnavailable,
    Pool,
)
from geo_api.database.data_versions import fetch_data_versions
from geo_api.database.embedded.server import Server
from geo_api.database.prepared_statements import Session
from geo_api.database.replicas import ReplicatedReads, Standing, replica_urls
from geo_api.settings import Settings
from tests.geo_api.database.asking import answer, run
from tests.geo_api.database.servers import kill, postmaster, wait_until
from tests.geo_api.test_cli import fahsai
from tests.replication import hosts, reader_url, replica_of, stop_short

ITEMS = "/ogc/collections/provinces/items"
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'"
IN_RECOVERY = "SELECT pg_is_in_recovery()"


@contextmanager
def reading(server: Server, *replicas: Server) -> Iterator[ReplicatedReads]:
    """As a worker reads, from the first replica already."""
    settings = Settings(home=Path("/nowhere"), replica_url=hosts(*replicas), pool_size=4)
    reads = reads_of(settings, reader_url(server))
    assert isinstance(reads, ReplicatedReads)
    with closing(reads):
        wait_until(lambda: serving(reads) is not None)
        yield reads


def serving(reads: ReplicatedReads) -> Standing | None:
    return next((one for one in reads.standings() if one.serves), None)


def is_replica(reads: ReplicatedReads) -> bool:
    found: bool = reads.fetch(IN_RECOVERY)[0][0]
    return found


def add_province(server: Server, code: str) -> None:
    run(
        server.url,
        "INSERT INTO province (code, name_th, name_en, region, source, geom) VALUES"
        f" ('{code}', 'ก', 'A', 'central', 'test',"
        " ST_Multi(ST_MakeEnvelope(100, 13, 101, 14, 4326)))",
    )


@pytest.fixture(autouse=True)
def no_provinces(server: Server) -> None:
    run(server.url, "DELETE FROM province")


def test_an_address_of_several_hosts_is_one_for_each_as_the_reader() -> None:
    urls = replica_urls(
        "host=p user=fahsai_reader password=secret dbname=f",
        "postgresql://a:1,b:2/f?target_session_attrs=prefer-standby",
    )

    assert [url.partition("dbname")[2] for url in urls] != []
    assert ["host=a" in urls[0], "port=1" in urls[0], "host=b" in urls[1]] == [True] * 3
    assert all("user=fahsai_reader" in url and "password=secret" in url for url in urls)
    assert not any("target_session_attrs" in url for url in urls)


def test_reads_go_to_the_replica_and_an_idle_primary_has_no_lag(
    server: Server, replica: Server
) -> None:
    with reading(server, replica) as reads:
        asked = [is_replica(reads) for _ in range(3)]
        time.sleep(2.5)  # nothing is written meanwhile
        standing = serving(reads)

    assert asked == [True] * 3
    assert standing is not None and standing.lag_s is not None and standing.lag_s < 1


def test_a_primary_among_the_hosts_is_no_replica(server: Server, replica: Server) -> None:
    with reading(server, server, replica) as reads:
        found = [(one.state, one.serves) for one in reads.standings()]
        assert is_replica(reads)

    assert found == [("no replica", False), ("ready", True)]


def test_who_may_do_too_much_is_not_read_as(server: Server, replica: Server) -> None:
    urls = replica_urls(reader_url(server), replica.url)  # names the owner

    with closing(ReplicatedReads(Pool(reader_url(server), 2), urls, 2)) as reads:
        wait_until(lambda: reads.standings()[0].state == "unsafe")
        assert reads.fetch("SELECT session_user::text") == [("fahsai_reader",)]


@pytest.mark.parametrize("how", ["killed", "stopped"])
def test_a_replica_that_is_lost_or_hangs_is_left_and_returned_to(
    how: str,
    server: Server,
    replica: Server,
    caplog: pytest.LogCaptureFixture,
    record_property: Callable[[str, object], None],
) -> None:
    caplog.set_level(logging.WARNING)
    with reading(server, replica) as reads:
        # A request that waits for the replica at this moment is answered all the same.
        found: list[bool] = []
        waiting = Thread(
            target=lambda: found.append(
                reads.fetch("SELECT pg_sleep(1), pg_is_in_recovery()")[0][1]
            )
        )
        waiting.start()
        wait_until(lambda: answer(replica.url, WAITING) == 1)
        stopped = stop_short(replica) if how == "stopped" else []
        if how == "killed":
            kill([postmaster(replica.folder.parent)])
        began = time.monotonic()
        answered = is_replica(reads)
        took = time.monotonic() - began
        waiting.join()
        state = reads.standings()[0].state
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
        if how == "killed":
            replica.start(print)
        back = time.monotonic()
        wait_until(lambda: serving(reads) is not None, seconds=20)
        returned = time.monotonic() - back
        assert is_replica(reads)
        [standing] = reads.standings()

    record_property(f"seconds until the primary answers, {how}", round(took, 2))
    record_property(f"seconds until it is read again, {how}", round(returned, 2))
    assert not answered
    assert found == [False] and took < 8
    # Whichever comes first: a connection that is not made in time, or our question.
    assert state in ("lost", "hung")
    assert (standing.left, standing.joined) == (1, 2)
    said = [record.getMessage() for record in caplog.records]
    assert any(f" is {state}" in line for line in said)
    assert said[-1].startswith("reads go to replica 1")


def test_a_replica_that_lags_is_left_though_it_answers(server: Server, replica: Server) -> None:
    urls = replica_urls(reader_url(server), hosts(replica))
    with closing(ReplicatedReads(Pool(reader_url(server), 2), urls, 2, most_lag_s=1)) as reads:
        wait_until(lambda: serving(reads) is not None)
        run(replica.url, "SELECT pg_wal_replay_pause()")
        add_province(server, "10")
        wait_until(lambda: reads.standings()[0].state == "behind", seconds=20)
        assert not is_replica(reads)
        lag_s = reads.standings()[0].lag_s
        run(replica.url, "SELECT pg_wal_replay_resume()")
        wait_until(lambda: serving(reads) is not None, seconds=20)

    assert lag_s is not None and lag_s > 1


def test_the_version_is_that_of_the_rows_and_no_older_replica_takes_over(
    server: Server, replica: Server
) -> None:
    with replica_of(server) as other, reading(server, replica, other) as reads:
        wait_until(lambda: all(one.state == "ready" for one in reads.standings()))
        first = [replica, other] if serving(reads) == reads.standings()[0] else [other, replica]
        run(first[1].url, "SELECT pg_wal_replay_pause()")
        before = fetch_data_versions(reads).tag(["provinces"])
        add_province(server, "10")
        wait_until(lambda: fetch_data_versions(reads).tag(["provinces"]) != before)
        assert is_replica(reads)

        # The first told of the newer version; the second answers, and is within its 10 seconds.
        kill([postmaster(first[0].folder.parent)])
        rows = reads.fetch("SELECT id FROM published.provinces")
        assert not is_replica(reads)
        run(first[1].url, "SELECT pg_wal_replay_resume()")
        wait_until(lambda: serving(reads) is not None, seconds=20)
        later = reads.fetch("SELECT id FROM published.provinces")
        first[0].start(print)

    assert rows == later == [("10",)]


def test_replicas_serve_on_while_the_primary_is_away(server: Server, replica: Server) -> None:
    with reading(server, replica) as reads:
        kill([postmaster(server.folder.parent)])
        try:
            wait_until(lambda: not reads.primary_answers, seconds=20)
            assert is_replica(reads)
            assert serving(reads) is not None
        finally:
            server.start(print)
        wait_until(lambda: reads.primary_answers, seconds=20)


def test_who_cannot_listen_leaves_nothing_open() -> None:
    nowhere = "host=/nowhere dbname=fahsai user=fahsai_reader"
    with closing(ReplicatedReads(Pool(nowhere, 1), [nowhere], 1)) as reads:
        wait_until(lambda: not reads.primary_answers, seconds=20)
        before = len(os.listdir("/proc/self/fd"))
        kept = []
        for _ in range(5):
            with pytest.raises(DatabaseUnavailable) as refused:
                reads.listen()
            kept.append(refused)

        assert len(os.listdir("/proc/self/fd")) - before < len(kept)


def test_health_and_metrics_tell_who_serves(
    server: Server, replica: Server, settings: Settings
) -> None:
    with (
        reading(server, replica) as reads,
        TestClient(create_app(reads, settings), client=("127.0.0.1", 5000)) as client,
    ):
        ready = client.get("/health/ready").json()
        figures = client.get("/metrics").text

    assert (ready["status"], ready["primary"], ready["reads_from"]) == ("ok", "ok", "replica 1")
    assert ready["replicas"]["replica 1"]["state"] == "ready"
    assert "/" not in str(ready["replicas"])  # where it is, nobody need know
    assert 'fahsai_reads_from_workers{server="primary"} 0.0' in figures
    assert 'fahsai_reads_from_workers{server="replica 1"} 1.0' in figures
    assert 'fahsai_replica_lag_seconds{replica="replica 1"}' in figures


def test_the_command_tells_how_each_stands(server: Server, replica: Server, home: Path) -> None:
    named = {"FAHSAI_DATABASE_URL": server.url, "FAHSAI_REPLICA_URL": hosts(replica, server)}

    told = fahsai(home, "replicas", **named)

    assert told.returncode == 1
    first, second = told.stdout.splitlines()
    assert ": ready, it had all of the primary within 0." in first
    assert second.endswith(": no replica, it is no replica of the primary")


def test_caches_follow_the_replica_that_serves(
    server: Server, replica: Server, settings: Settings
) -> None:
    """Rows that the replica has not replayed yet are in no answer, under neither the old tag nor
    the new; once they are replayed, no cache holds on to what was."""
    with (
        reading(server, replica) as reads,
        TestClient(create_app(reads, settings)) as client,
    ):
        first = client.get(ITEMS)
        wait_until(lambda: client.app.state.service.data_versions.listening)  # type: ignore[attr-defined]
        run(replica.url, "SELECT pg_wal_replay_pause()")
        add_province(server, "10")
        time.sleep(1.5)  # longer than the watch takes to look again
        meanwhile = client.get(ITEMS)
        run(replica.url, "SELECT pg_wal_replay_resume()")
        wait_until(lambda: client.get(ITEMS).headers["etag"] != first.headers["etag"], seconds=10)
        last = client.get(ITEMS)
        again = client.get(ITEMS, headers={"If-None-Match": last.headers["etag"]})

    assert meanwhile.headers["etag"] == first.headers["etag"]
    assert meanwhile.json()["features"] == first.json()["features"] == []
    assert [one["id"] for one in last.json()["features"]] == ["10"]
    assert again.status_code == 304


WRITTEN_BY_THE_WEB = """
    SELECT DISTINCT c.relname::text FROM pg_class AS c
    CROSS JOIN unnest(%(roles)s::text[]) AS r (role)
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND (
        has_any_column_privilege(r.role, c.oid, 'INSERT, UPDATE')
        OR has_table_privilege(r.role, c.oid, 'DELETE')
        OR EXISTS (
            SELECT FROM pg_proc AS p
            WHERE p.prosecdef AND p.prorettype <> 'trigger'::regtype
                AND has_function_privilege(r.role, p.oid, 'EXECUTE')
                AND p.prosrc ~* (
                    '\\m(INSERT INTO|UPDATE|DELETE FROM) +(public\\.)?' || c.relname || '\\M'
                )
        )
    )
"""


def test_what_is_written_through_the_web_is_read_from_the_primary(connection: Session) -> None:
    """Staff and residents see at once what they did: it is in no published view, which replicas
    serve, but in tables that their own log-ins read, and those are to the primary."""
    roles = {"roles": [WRITER, STAFF, ACCOUNTS, CONTACTS]}
    written = {name for (name,) in connection.rows(WRITTEN_BY_THE_WEB, roles)}
    read = {name for (name,) in connection.rows("SELECT table_name FROM published.reads", None)}

    assert {"complaint", "complaint_event", "account_session", "short_link"} <= written
    assert written & read == set()
