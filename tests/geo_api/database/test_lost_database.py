"""A database that goes away and comes back: 503 meanwhile, and nobody has to restart us."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import psycopg2
import pytest
from fastapi.testclient import TestClient
from psycopg2.errors import QueryCanceled

from geo_api.app import create_app
from geo_api.database.connections import READER, Pool, Statement, Values
from geo_api.database.embedded.cluster import database, kept_running
from geo_api.database.embedded.server import server_of
from geo_api.database.logins import login_url
from geo_api.database.migrations import migrate
from geo_api.settings import Settings
from tests.geo_api.database.asking import run
from tests.geo_api.database.servers import answers, ask, kill, postmaster, wait_until
from tests.serving import serving

ITEMS = "/ogc/collections/provinces/items"


@contextmanager
def served(url: str, settings: Settings, size: int) -> Iterator[TestClient]:
    """A browser of the service over a pool of `size` connections."""
    pool = Pool(login_url(url, READER), size)
    with TestClient(create_app(pool, settings)) as client:
        yield client
    pool.close()


def test_a_killed_database_gives_503_and_its_return_200(migrated_home: Path) -> None:
    settings = Settings(home=migrated_home)
    with database(settings, say=print) as url:
        migrate(url)
        with served(url, settings, size=2) as client:
            before = client.get(ITEMS)
            kill([postmaster(migrated_home)])
            lost = [client.get(path) for path in (ITEMS, ITEMS, "/health", "/status")]
            server_of(migrated_home, print).start(print)
            after = [client.get(path) for path in (ITEMS, "/health", "/api/near?lon=100&lat=13")]

    assert before.status_code == 200
    assert [answer.status_code for answer in after] == [200, 200, 200]
    for answer in lost:
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert answer.headers["content-type"] == "application/problem+json"
        assert "socket" not in answer.text
        assert str(migrated_home) not in answer.text


def test_a_statement_that_takes_too_long_gives_503(settings: Settings, migrated_url: str) -> None:
    pool = _Slow(login_url(migrated_url, READER), 1)

    with TestClient(create_app(pool, settings)) as client:
        answer = client.get("/ogc/collections/factories/items")
    pool.close()

    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert "statement" not in answer.text


class _Slow(Pool):
    """Asks the real database for more time than the statement may take."""

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[Any, ...]]:
        return super().fetch("SET statement_timeout = 20; SELECT pg_sleep(5)")


def test_the_pool_survives_a_statement_that_took_too_long(migrated_url: str) -> None:
    pool = Pool(login_url(migrated_url, READER), 1)

    with pytest.raises(QueryCanceled):
        pool.fetch("SET statement_timeout = 20; SELECT pg_sleep(5)")

    assert pool.fetch("SELECT 1") == [(1,)]
    pool.close()


def test_more_callers_than_connections_wait_their_turn(
    settings: Settings, migrated_url: str
) -> None:
    codes: list[int] = []

    with served(migrated_url, settings, size=1) as client:
        callers = [
            Thread(target=lambda: codes.append(client.get(ITEMS).status_code)) for _ in range(20)
        ]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join()

    assert codes == [200] * 20


def test_readers_see_what_is_published_and_nothing_else(migrated_url: str) -> None:
    pool = Pool(login_url(migrated_url, READER), 1)

    for statement in (
        "SELECT id FROM public.factory",
        "SELECT id FROM run",
        "RESET ROLE; SELECT id FROM public.factory",
        "CREATE TEMPORARY TABLE t (a int)",
    ):
        with pytest.raises(psycopg2.Error):
            pool.fetch(statement)
    pool.close()


def test_a_crash_under_load_is_over_when_the_database_is_back(
    migrated_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(home=migrated_home)
    codes: Counter[int] = Counter()
    with (
        database(settings, say=print) as url,
        kept_running(settings, print),
        closing(Pool(login_url(url, READER), 4)) as pool,
    ):
        app = create_app(pool, settings)
        with serving(app) as address:
            with _asking(address, threads=8) as codes:
                wait_until(lambda: codes[200] > 50)
                kill([_backend(url, LISTENING)])
                wait_until(lambda: answers(url))
                kill([postmaster(migrated_home)])
                wait_until(lambda: answers(url))
                wait_until(lambda: _status(f"{address}/health") == 200)
            watch = app.state.service.data_versions
            wait_until(lambda: _status(f"{address}{ITEMS}") == 200 and watch.listening)
            heard = watch._notices
            before = _body(f"{address}{ITEMS}")
            run(url, PROVINCE)
            wait_until(lambda: _body(f"{address}{ITEMS}") != before, seconds=20)
            # Whoever is called for a descriptor that has gone is called without end.
            heard_since = watch._notices - heard

    assert set(codes) <= {200, 503}
    assert heard_since < 20
    assert len(caplog.records) < 20


def test_who_listens_to_a_database_that_crashed_idle_does_not_believe_what_was(
    migrated_home: Path,
) -> None:
    settings = Settings(home=migrated_home)
    with (
        database(settings, say=print) as url,
        kept_running(settings, print),
        closing(Pool(login_url(url, READER), 2)) as pool,
    ):
        app = create_app(pool, settings)
        with serving(app) as address:
            before = _body(f"{address}{ITEMS}")
            watch = app.state.service.data_versions
            assert watch.current()
            kill([postmaster(migrated_home)])
            wait_until(lambda: watch.current() is None, seconds=20)
            wait_until(lambda: answers(url))
            run(url, PROVINCE)

            assert _body(f"{address}{ITEMS}") != before


LISTENING = "query = 'LISTEN data_version'"
PROVINCE = """
    INSERT INTO province (code, name_th, name_en, region, source, geom)
    VALUES ('10', 'ก', 'A', 'central', 'test', ST_Multi(ST_MakeEnvelope(100, 13, 101, 14, 4326)))
"""


def _backend(url: str, condition: str) -> int:
    pid = ask(url, f"SELECT pid FROM pg_stat_activity WHERE {condition} LIMIT 1")
    assert isinstance(pid, int)
    return pid


def _body(address: str) -> bytes:
    with urlopen(address, timeout=60) as answer:
        found: bytes = answer.read()
    return found


def _status(address: str) -> int:
    try:
        with urlopen(address, timeout=60) as answer:
            return int(answer.status)
    except HTTPError as problem:
        problem.close()
        return problem.code


@contextmanager
def _asking(address: str, threads: int) -> Iterator[Counter[int]]:
    """Asks without end for what the database must answer, and for what was answered before; counts
    the answers by their status."""
    codes: Counter[int] = Counter()
    ending = Event()

    def ask_on(thread: int) -> None:
        number = 0
        while not ending.is_set():
            number += 1
            path = (
                ITEMS if number % 2 else f"{ITEMS}?limit={1 + (number * threads + thread) % 9999}"
            )
            codes[_status(f"{address}{path}")] += 1

    with ThreadPoolExecutor(threads) as pool:
        asked = [pool.submit(ask_on, thread) for thread in range(threads)]
        try:
            yield codes
        finally:
            ending.set()
    for done in asked:
        done.result()
