"""The servers that are compared: each with two workers, at a free port of 127.0.0.1."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import parse_qs, quote, urlsplit
from urllib.request import urlopen

from bench import served

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".bench"
WORKERS = 2
_START_S = 60
_STOP_S = 10
# As many connections to the database as each of our workers has.
_CONNECTIONS = 8


class ServerFailed(RuntimeError):
    """A server did not start; the message has the end of its log."""


@dataclass(frozen=True)
class Server:
    """An application that uvicorn runs with the Python of `python`; `ready` is a path it answers.

    All have uvloop and httptools, and none writes a line for each request.
    """

    name: str
    python: Path
    application: Sequence[str]
    ready: str
    environment: Mapping[str, str] = field(default_factory=dict)


def ours(home: Path, url: str, kind: str = "fresh") -> Server:
    """`kind` is a factory of bench/served.py: `fresh` makes every answer anew, `kept` as usual."""
    return Server(
        name=f"fahsai-{kind}",
        python=Path(sys.executable),
        application=["--factory", f"{served.__name__}:{kind}"],
        ready="/health",
        environment={"FAHSAI_HOME": str(home), "FAHSAI_DATABASE_URL": url},
    )


def tipg(url: str, tuned: bool = False) -> Server:
    """tipg over the schema `published`, as our reader: the same views, rights and indexes.

    In its favour: no extents and no look-outs for new tables, no time-out; `tuned`, PostgreSQL
    makes no parallel plans for it, as for us. Its COUNT on every page cannot be switched off.
    """
    return Server(
        name="tipg-tuned" if tuned else "tipg",
        python=KEPT / "tipg" / "bin" / "python",
        application=["tipg.main:app"],
        ready="/collections/published.provinces",
        environment={
            "DATABASE_URL": as_reader(url, parallel=not tuned),
            "DB_MIN_CONN_SIZE": str(_CONNECTIONS),
            "DB_MAX_CONN_SIZE": str(_CONNECTIONS),
            "TIPG_DB_SCHEMAS": json.dumps(["published"]),
            "TIPG_DB_SPATIAL_EXTENT": "false",
            "TIPG_DB_DATETIME_EXTENT": "false",
            "TIPG_CATALOG_TTL": "0",
        },
    )


def titiler() -> Server:
    """titiler with the settings its documentation advises for files on disk."""
    return Server(
        name="titiler",
        python=KEPT / "titiler" / "bin" / "python",
        application=["titiler.application.main:app"],
        ready="/healthz",
        environment={
            "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
            "GDAL_CACHEMAX": "200",
            "VSI_CACHE": "TRUE",
            "TITILER_API_DISABLE_STAC": "true",
            "TITILER_API_DISABLE_MOSAIC": "true",
        },
    )


def as_reader(url: str, parallel: bool = True) -> str:
    """Our owner's libpq URL as asyncpg and pydantic read one: the socket's folder in place of the
    host, and the reader's role; with `parallel` plans where PostgreSQL would make them."""
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    host = quote(asked["host"][0], safe="") if "host" in asked else parts.hostname
    port = asked.get("port", [str(parts.port or 5432)])[0]
    user = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    settings = "role=fahsai_reader"
    if not parallel:
        settings += "&max_parallel_workers_per_gather=0"
    return f"postgresql://{user}{host}:{port}{parts.path}?{settings}"


@contextmanager
def running(server: Server) -> Iterator[str]:
    """The server's address while it runs. Raises ServerFailed."""
    with started(server) as (address, _):
        yield address


@contextmanager
def started(server: Server) -> Iterator[tuple[str, int]]:
    """Its address and the process that has the workers as its children. Raises ServerFailed."""
    port = _free_port()
    log = KEPT / "log" / f"{server.name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command: list[str | Path] = [
        server.python,
        *("-m", "uvicorn", *server.application, f"--port={port}"),
        *(f"--workers={WORKERS}", "--loop=uvloop", "--http=httptools"),
        *("--no-access-log", "--log-level=warning"),
    ]
    with log.open("w") as out:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | server.environment,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _await(process, f"{address}{server.ready}", log)
        yield address, process.pid
    finally:
        _stop(process)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


def _await(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + _START_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=_START_S):
                return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    end = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
    raise ServerFailed(f"{url} did not answer; the end of {log}:\n{end}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, number)
            try:
                process.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                continue
