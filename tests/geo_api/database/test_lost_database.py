"""A database that goes away and comes back: 503 meanwhile, and nobody has to restart us."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg2
import pytest
from fastapi.testclient import TestClient
from psycopg2.errors import QueryCanceled

from geo_api.app import create_app
from geo_api.database.connections import READER, Pool, Statement, Values
from geo_api.database.embedded.cluster import database
from geo_api.database.embedded.server import server_of
from geo_api.database.logins import login_url
from geo_api.database.migrations import migrate
from geo_api.settings import Settings
from tests.geo_api.database.servers import kill, postmaster

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
        answer = client.get("/health")
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
