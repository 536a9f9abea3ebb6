"""What does not end, is too large or is never taken: answered as a problem, or broken off."""

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import httpx
import pytest
from fastapi.testclient import TestClient

from geo_api.app import create_app
from geo_api.database.connections import READER, Pool, Reads
from geo_api.database.logins import login_url
from geo_api.http import request_limits, server_protocol
from geo_api.settings import Settings
from tests.geo_api.database.servers import wait_until
from tests.serving import serving

ENOUGH = 4_000_000  # far beyond any limit, and far below what would hurt
HEADER = "X: 1\r\n"
FILE_BYTES = 30_000_000


@pytest.fixture
def address(reads: Reads, settings: Settings) -> Iterator[str]:
    with serving(create_app(reads, settings)) as served:
        yield served


@contextmanager
def connected(address: str) -> Iterator[socket.socket]:
    where = urlsplit(address)
    with socket.create_connection((where.hostname, where.port), timeout=60) as opened:
        yield opened


def answer(opened: socket.socket) -> bytes:
    """All that comes until the server closes."""
    parts = []
    try:
        while part := opened.recv(65_536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def problem(text: bytes) -> int:
    """The status of an answer that is a problem document."""
    head, _, body = text.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head.lower()
    status = json.loads(body)["status"]
    assert head.startswith(b"HTTP/1.1 %d " % status)
    return int(status)


@pytest.mark.parametrize(
    ("begin", "more", "status"),
    [
        (b"GET /", b"a" * 1000, 414),
        (b"GET / HTTP/1.1\r\nX: ", b"a" * 1000, 431),
        (b"GET / HTTP/1.1\r\n", b"X: " + b"a" * 1000 + b"\r\n", 431),
    ],
)
def test_a_head_that_does_not_end_is_cut_off(
    begin: bytes, more: bytes, status: int, address: str
) -> None:
    with connected(address) as opened:
        sent = opened.send(begin)
        try:
            while sent < ENOUGH:
                sent += opened.send(more)
        except (BrokenPipeError, ConnectionResetError):
            pass
        told = answer(opened)

    assert sent < ENOUGH
    assert not told or problem(told) == status


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (f"GET /health?{'a' * 70_000} HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (f"GET /health HTTP/1.1\r\n{HEADER * 200}\r\n", 431),
        (f"GET /health HTTP/1.1\r\nX: {'a' * 40_000}\r\n\r\n", 431),
        ("POST /api/short-links HTTP/1.1\r\nContent-Length: 900000000\r\n\r\n", 413),
        ("nonsense\r\n\r\n", 400),
    ],
)
def test_what_is_too_large_is_refused_as_a_problem(
    request_: str, status: int, address: str
) -> None:
    with connected(address) as opened:
        opened.sendall(request_.encode())
        told = answer(opened)

    assert problem(told) == status


def test_a_body_in_chunks_is_not_read_to_its_end(address: str) -> None:
    def body() -> Iterator[bytes]:
        for _ in range(ENOUGH // 1000):
            yield b"a" * 1000

    try:
        told = httpx.post(f"{address}/api/short-links", content=body())
    except httpx.TransportError:
        return  # closed before all was sent
    assert told.status_code in (400, 413)
    assert told.headers["content-type"] == "application/problem+json"


def test_a_long_filter_that_is_allowed_fits(client: TestClient) -> None:
    text = " OR ".join(["horsepower > 1"] * 900)

    told = client.get("/ogc/collections/factories/items", params={"filter": text})

    assert told.status_code == 200


def test_a_request_that_never_comes_is_not_waited_for(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_protocol, "REQUEST_S", 0.3)

    with connected(address) as opened:
        opened.sendall(b"GET / HTTP/1.1\r\nHost")
        told = answer(opened)

    assert problem(told) == 408


UPLOAD = "POST /report HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n"


@pytest.mark.parametrize(("piece", "is_answered"), [(2_000, True), (10, False)])
def test_photos_over_a_slow_line_are_waited_for_while_they_come(
    piece: int, is_answered: bool, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Long beside the pauses between pieces, even on a busy machine; all pieces take longer.
    monkeypatch.setattr(server_protocol, "REQUEST_S", 1.5)
    monkeypatch.setattr(server_protocol, "_PROGRESS_BYTES", 1_000)
    head, foot = b'--b\r\nContent-Disposition: form-data; name="words"\r\n\r\n', b"\r\n--b--\r\n"

    with connected(address) as opened:
        length = len(head) + 10 * piece + len(foot)
        opened.sendall(f"{UPLOAD}Content-Length: {length}\r\n\r\n".encode() + head)
        try:
            for _ in range(10):
                time.sleep(0.2)
                opened.sendall(b"a" * piece)
            opened.sendall(foot)
        except (BrokenPipeError, ConnectionResetError):
            pass
        try:
            told = opened.recv(65_536)
        except ConnectionResetError:
            told = b""

    assert told.startswith(b"HTTP/1.1 400") == is_answered


@pytest.mark.parametrize(
    ("path", "status"), [("/report", 400), ("/reports", 413), ("/report/x", 405)]
)
def test_only_where_photos_come_may_a_body_be_large(
    path: str, status: int, client: TestClient
) -> None:
    answer = client.post(path, content=bytes(1_000_000))

    assert answer.status_code == status


def test_who_does_not_read_is_dropped_and_holds_nobody_up_meanwhile(
    reads: Reads, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roads.pmtiles"
    file.write_bytes(os.urandom(FILE_BYTES))
    monkeypatch.setattr(request_limits, "_STALLED_S", 1)
    monkeypatch.setattr(server_protocol, "UNREAD_S", 2)
    app = create_app(reads, replace(settings, basemap=file, max_requests=3))

    with serving(app) as address, ExitStack() as stack:
        idle = [stack.enter_context(connected(address)) for _ in range(10)]
        for one in idle:
            one.sendall(b"GET /basemap.pmtiles HTTP/1.1\r\nHost: a\r\n\r\n")
            assert one.recv(12) == b"HTTP/1.1 200"
        with urlopen(f"{address}/health", timeout=60) as healthy:
            assert healthy.status == 200
        with urlopen(f"{address}/basemap.pmtiles", timeout=60) as other:
            assert len(other.read()) == FILE_BYTES
        wait_until(lambda: closed(address) >= len(idle))
        taken = [len(answer(one)) for one in idle]

    assert all(size < FILE_BYTES for size in taken)


def closed(address: str) -> int:
    """How many connections to the server are no longer established, on its side."""
    port = f":{urlsplit(address).port:04X}"
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    open_there = sum(line[1].endswith(port) and line[3] == "01" for line in lines)
    return 10 - open_there


def test_health_is_told_while_every_place_and_connection_is_taken(
    settings: Settings, migrated_url: str
) -> None:
    pool = Pool(login_url(migrated_url, READER), 1)
    app = create_app(pool, replace(settings, max_requests=0))
    with (
        serving(app) as address,
        pool._connections.lease(),
        urlopen(f"{address}/health", timeout=60) as healthy,
    ):
        assert healthy.status == 200
    pool.close()
