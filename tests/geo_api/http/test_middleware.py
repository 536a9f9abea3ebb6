"""The limit: beyond its limit it answers at once, and lets in again when work is done."""

import asyncio
from dataclasses import replace

import httpx
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from geo_api.app import create_app
from geo_api.database.connections import Reads
from geo_api.http.errors import Problems
from geo_api.http.middleware import ConcurrencyLimit
from geo_api.settings import Settings
from map_site.data_pages import DataPages


async def statuses() -> list[int]:
    """Of three requests at once where two have room, and of one more when they are done."""
    opened = asyncio.Event()

    async def wait(_request: Request) -> PlainTextResponse:
        await opened.wait()
        return PlainTextResponse("done")

    limit = ConcurrencyLimit(
        Starlette(routes=[Route("/", wait)]), 2, Problems(DataPages(), lambda asks: False).overload
    )
    transport = httpx.ASGITransport(app=limit)
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        waiting = [asyncio.create_task(client.get("/")) for _ in range(2)]
        await asyncio.sleep(0.05)
        refused = await client.get("/")
        opened.set()
        answers = [await task for task in waiting]
        later = await client.get("/")
    assert refused.headers["content-type"] == "application/problem+json"
    assert int(refused.headers["retry-after"]) > 0
    return [refused.status_code, *(answer.status_code for answer in answers), later.status_code]


def test_who_comes_when_the_house_is_full_is_told_to_come_again() -> None:
    assert asyncio.run(statuses()) == [503, 200, 200, 200]


def test_who_is_told_to_come_again_may_read_that_on_any_page(
    reads: Reads, settings: Settings
) -> None:
    full = create_app(reads, replace(settings, max_requests=0))

    with TestClient(full) as client:
        answer = client.get("/ogc/collections")

    assert answer.status_code == 503
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Retry-After" in answer.headers["access-control-expose-headers"]
    assert int(answer.headers["retry-after"]) > 0


def test_a_page_is_sent_compressed_to_who_takes_it_and_whole_to_who_does_not(
    client: TestClient,
) -> None:
    whole = client.get("/field", headers={"Accept-Encoding": "identity"})
    small = client.get("/field", headers={"Accept-Encoding": "br"})

    assert "Content-Encoding" not in whole.headers
    assert small.headers["Content-Encoding"] == "br"
    assert int(small.headers["Content-Length"]) < len(whole.content) / 3
    assert small.text == whole.text
    assert "Accept-Encoding" in small.headers["Vary"]
