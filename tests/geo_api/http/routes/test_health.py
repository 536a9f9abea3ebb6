"""Whether the process lives, and whether it is ready, are two questions."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from geo_api.app import create_app
from geo_api.database.connections import READER, Pool
from geo_api.database.logins import login_url
from geo_api.database.statement_scope import StatementScope
from geo_api.http.dependencies import Service
from geo_api.settings import Settings
from tests.geo_api.http.test_errors import Gone

LIVE, READY = "/health/live", "/health/ready"
OK = {"status": "ok"}


def test_over_a_migrated_database_both_are_well(client: TestClient) -> None:
    assert client.get(LIVE).json() == OK
    assert client.get(READY).json() == OK | {"database": "ok", "schema": "ok"}
    assert client.get("/health").json() == OK | {"database": "ok"}


@pytest.mark.parametrize("path", [LIVE, READY])
def test_both_answer_as_other_open_data_do(client: TestClient, path: str) -> None:
    assert (client.head(path).status_code, client.head(path).content) == (200, b"")
    assert client.options(path).status_code == 204
    assert client.post(path).headers["Allow"] == "GET, HEAD"
    assert client.get(f"{path}?x=1").json()["parameter"] == "x"


@pytest.mark.parametrize("path", [LIVE, READY])
def test_both_are_told_however_many_ask(settings: Settings, path: str) -> None:
    with TestClient(create_app(Gone(), replace(settings, max_requests=0))) as client:
        assert "too many" not in client.get(path).text


def test_without_a_database_the_process_lives_and_is_not_ready(settings: Settings) -> None:
    with TestClient(create_app(Gone(), settings)) as client:
        live, ready = client.get(LIVE), client.get(READY)

    assert (live.status_code, ready.status_code) == (200, 503)
    assert "cannot be read now" in ready.json()["detail"]
    assert int(ready.headers["Retry-After"]) > 0


def fingerprint(service: Service) -> Coroutine[Any, Any, object]:
    return service.health_check()


def metrics(service: Service) -> Coroutine[Any, Any, object]:
    return service.exposition.text()


@pytest.mark.parametrize("asked", [fingerprint, metrics])
def test_one_who_has_gone_takes_the_answer_from_nobody_else(
    asked: Callable[[Service], Coroutine[Any, Any, object]], migrated_url: str, settings: Settings
) -> None:
    gone = StatementScope()
    gone.abandon()

    async def both(service: Service) -> tuple[object, object]:
        with gone.entered():
            first = asyncio.create_task(asked(service))
        await asyncio.sleep(0)
        return await asyncio.gather(first, asked(service))

    with closing(Pool(login_url(migrated_url, READER), 1)) as pool:
        found = asyncio.run(both(create_app(pool, settings).state.service))

    assert found[0]
    assert found[0] == found[1]


@pytest.fixture
def unmigrated(empty_url: str, template: str, settings: Settings) -> Iterator[TestClient]:
    """The service over a database that was never migrated, on a server that knows its roles."""
    pool = Pool(login_url(empty_url, READER), 1)
    with TestClient(create_app(pool, settings)) as client:
        yield client
    pool.close()


def test_over_a_database_of_another_version_it_says_what_to_do(unmigrated: TestClient) -> None:
    ready = unmigrated.get(READY)

    assert ready.status_code == 503
    assert "run `fahsai migrate`" in ready.json()["detail"]
    assert unmigrated.get(LIVE).status_code == unmigrated.get("/health").status_code == 200
