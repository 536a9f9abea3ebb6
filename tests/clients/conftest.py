"""A server with a season of fires, and a record of what its clients asked."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from psycopg2.extensions import connection as Connection
from psycopg2.extras import execute_values
from starlette.types import ASGIApp, Receive, Scope, Send

from geo_api.app import create_app
from geo_api.database.connections import READER, Pool
from geo_api.database.logins import login_url
from geo_api.settings import Settings
from tests.makers import factory, province
from tests.serving import serving

FIRES = 250
T = TypeVar("T")
START = datetime(2026, 1, 1, tzinfo=UTC)
APART = timedelta(hours=6)


@dataclass
class Served:
    """`url` is that of the landing page; `asked` holds what was asked, as path?query."""

    url: str
    asked: list[str] = field(default_factory=list)

    def asked_of_items(self) -> list[str]:
        return [one for one in self.asked if "/items" in one]


class _Recorder:
    def __init__(self, app: ASGIApp, asked: list[str]) -> None:
        self._app = app
        self._asked = asked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._asked.append(f"{scope['path']}?{scope['query_string'].decode()}")
        await self._app(scope, receive, send)


def elsewhere(do: Callable[..., T], *values: Any, **named: Any) -> T:
    """What `do` gives in a process of its own. GDAL waits for the server without letting other
    threads of Python run, and here the server is one of them."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(do, *values, **named).result(timeout=60)


@pytest.fixture
def served(fresh_url: str, fresh: Connection, settings: Settings) -> Iterator[Served]:
    """FIRES hotspots, six hours and 0.02° apart from 100° E, 14° N on, every third of sugarcane;
    and two factories."""
    province(fresh)
    factory(fresh, "a", name="โรงงานน้ำตาล", status="operating", horsepower=120.5)
    factory(fresh, "b", lon=101.0, lat=14.0, name="โรงสี <ข้าว>", status="struck_off")
    _fires(fresh)
    fresh.commit()
    pool = Pool(login_url(fresh_url, READER), 4)
    asked: list[str] = []
    with serving(_Recorder(create_app(pool, settings), asked)) as address:
        yield Served(f"{address}/ogc/", asked)
    pool.close()


@pytest.fixture
def count(fresh: Connection) -> Callable[[str], int]:
    """How many hotspots there are for which a condition in SQL holds."""

    def counted(condition: str) -> int:
        with fresh.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM published.hotspots WHERE {condition}")
            [(found,)] = cursor.fetchall()
        return int(found)

    return counted


def fire(number: int) -> str:
    """The id of a hotspot, from 0 on; it begins with the minute, as all do."""
    return f"{START + number * APART:%Y%m%d%H%M}-fire-{number:03}"


def _fires(connection: Connection) -> None:
    rows: list[tuple[Any, ...]] = [
        (
            fire(n),
            START + n * APART,
            100 + 0.02 * n,
            14 + 0.004 * n,
            "sugarcane" if n % 3 == 0 else "forest",
            10.5 + n,
        )
        for n in range(FIRES)
    ]
    with connection.cursor() as cursor:
        ends = {"first": rows[0][1], "last": rows[-1][1]}
        cursor.execute("SELECT ensure_months('hotspot', %(first)s, %(last)s)", ends)
        execute_values(
            cursor,
            "INSERT INTO hotspot (id, acquired_at, geom, land_use, frp_mw, time_precision, sources)"
            " VALUES %s",
            rows,
            "(%s, %s, ST_SetSRID(ST_MakePoint(%s, %s), 4326), %s, %s, 'minute', '{firms}')",
        )
