"""What takes long: so much and no more, few at a time, and not for a client that has gone."""

import asyncio
import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import httpx
import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from geo_api.app import create_app
from geo_api.database.connections import READER, Pool, Statement, Values
from geo_api.database.logins import login_url
from geo_api.features.cql2.sql import MAX_COST
from geo_api.http import costly_requests
from geo_api.http.costly_requests import Bulkhead
from geo_api.http.errors import Problems
from geo_api.settings import Settings
from map_site.data_pages import DataPages
from tests.geo_api.database.asking import answer
from tests.geo_api.database.servers import wait_until
from tests.serving import serving

FACTORIES = "/ogc/collections/factories/items"
FILTER = quote("horsepower > 1")
SLEEPING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND state = 'active' AND query LIKE '%SELECT pg_sleep(%'
        AND pid <> pg_backend_pid()
"""


@pytest.mark.parametrize(
    "text",
    [
        " OR ".join(["ACCENTI(name) LIKE ACCENTI('%a%')"] * 290),
        " OR ".join(["CASEI(name) = 'a'"] * 100),
        " OR ".join(["S_WITHIN(geom, POINT(1 2))"] * 200),
    ],
)
def test_a_filter_that_costs_too_much_is_refused_with_the_limit(
    text: str, client: TestClient
) -> None:
    told = client.get(FACTORIES, params={"filter": text})

    assert told.status_code == 400
    assert f"more than {MAX_COST}" in told.json()["detail"]


def test_the_cost_of_a_filter_in_json_is_the_same(client: TestClient) -> None:
    one = '{"op":"like","args":[{"op":"accenti","args":[{"property":"name"}]},"a%"]}'
    text = f'{{"op":"or","args":[{",".join([one] * 200)}]}}'

    told = client.get(FACTORIES, params={"filter": text, "filter-lang": "cql2-json"})

    assert told.status_code == 400
    assert f"more than {MAX_COST}" in told.json()["detail"]


class _Showing(Pool):
    """Notes how long each statement might take."""

    def __init__(self, url: str) -> None:
        super().__init__(url, 2)
        self.shown: set[str] = set()

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[Any, ...]]:
        [(limit,)] = super().fetch("SHOW statement_timeout")
        self.shown.add(limit)
        return super().fetch(statement, values)


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        (FACTORIES, "30s"),
        (f"{FACTORIES}?filter={FILTER}", "8s"),
        (f"{FACTORIES}?%66ilter={FILTER}", "8s"),
        (f"{FACTORIES}?sortby=name", "8s"),
        (f"{FACTORIES}?count=exact", "8s"),
    ],
)
def test_statements_of_costly_requests_have_less_time(
    path: str, limit: str, settings: Settings, migrated_url: str
) -> None:
    with (
        closing(_Showing(login_url(migrated_url, READER))) as pool,
        TestClient(create_app(pool, settings)) as client,
    ):
        client.get("/ogc/collections")
        pool.shown.clear()
        assert client.get(path).status_code == 200

        assert pool.shown == {limit}


class _Sleeping(Pool):
    """Sleeps before it asks for features."""

    def __init__(self, url: str, seconds: float) -> None:
        super().__init__(url, 4)
        self.seconds = seconds

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[Any, ...]]:
        if "horsepower" in str(statement):
            super().fetch(f"SELECT pg_sleep({self.seconds})")
        return super().fetch(statement, values)


@contextmanager
def sleeping(url: str, settings: Settings, seconds: float) -> Iterator[str]:
    """The address of a service that takes long for what has to do with horsepower."""
    with (
        closing(_Sleeping(login_url(url, READER), seconds)) as pool,
        serving(create_app(pool, settings)) as address,
    ):
        yield address


@pytest.mark.parametrize(
    "path", [f"{FACTORIES}?filter={FILTER}", FACTORIES, "/api/near?lon=1&lat=1"]
)
def test_a_client_that_hangs_up_ends_its_query(
    path: str, settings: Settings, fresh_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(costly_requests, "COSTLY_S", 60)  # it shall not end by itself
    with sleeping(fresh_url, settings, 30) as address:
        where = urlsplit(address)
        with socket.create_connection((where.hostname, where.port)) as opened:
            opened.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            wait_until(lambda: answer(fresh_url, SLEEPING) > 0)
        wait_until(lambda: answer(fresh_url, SLEEPING) == 0, seconds=15)


@pytest.mark.parametrize(
    ("path", "prefix"), [("/api/citations", ""), ("/cite", ""), ("/api/citations", "/fahsai")]
)
def test_a_client_that_hangs_up_ends_its_citation_and_none_is_kept(
    path: str, prefix: str, settings: Settings, fresh_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(costly_requests, "COSTLY_S", 60)  # it shall not end by itself
    cited = "/ogc/collections/factories/items"
    is_form = path == "/cite"
    body = f"path={cited}" if is_form else json.dumps({"path": cited})
    kind = "application/x-www-form-urlencoded" if is_form else "application/json"
    with sleeping(fresh_url, settings, 30) as address:
        where = urlsplit(address)
        head = f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: {kind}\r\n"
        head += f"X-Forwarded-Prefix: {prefix}\r\n" if prefix else ""
        with socket.create_connection((where.hostname, where.port)) as opened:
            opened.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode())
            time.sleep(1)  # longer than until it is looked who is still there
            opened.sendall(body.encode())
            wait_until(lambda: answer(fresh_url, SLEEPING) > 0)
        wait_until(lambda: answer(fresh_url, SLEEPING) == 0, seconds=15)

        assert answer(fresh_url, "SELECT count(*) FROM citation") == 0


def test_one_who_hangs_up_takes_the_answer_from_nobody_else(
    settings: Settings, fresh_url: str
) -> None:
    path = f"{FACTORIES}?filter={FILTER}&limit=7"
    with sleeping(fresh_url, settings, 3) as address, ThreadPoolExecutor(1) as beside:
        where = urlsplit(address)
        with socket.create_connection((where.hostname, where.port)) as opened:
            opened.sendall(f"GET {path} HTTP/1.1\r\nHost: {where.netloc}\r\n\r\n".encode())
            other = beside.submit(lambda: urlopen(address + path, timeout=60).status)
            wait_until(lambda: answer(fresh_url, SLEEPING) > 0)

        assert other.result() == 200


async def statuses(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of two costly requests where one has room, and of another beside them."""
    monkeypatch.setattr(costly_requests, "_WAIT_S", 0.1)
    opened = asyncio.Event()

    async def wait(request: Request) -> PlainTextResponse:
        if request.query_params:
            await opened.wait()
        return PlainTextResponse("done")

    app = Bulkhead(
        Starlette(routes=[Route("/", wait)]),
        1,
        Problems(DataPages(), lambda asks: False).costly_overload,
    )
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        working = asyncio.create_task(client.get("/?filter=a"))
        await asyncio.sleep(0.05)
        other = await client.get("/")
        refused = await client.get("/?filter=b")
        opened.set()
        done = await working
        later = await client.get("/?filter=c")
    assert refused.headers["content-type"] == "application/problem+json"
    assert "filter" in refused.json()["detail"]
    return [answered.status_code for answered in (other, refused, done, later)]


def test_costly_requests_wait_for_each_other_and_others_for_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert asyncio.run(statuses(monkeypatch)) == [200, 503, 200, 200]
