"""Worlds whose values are hard to carry, or many, each with a server of its downloads."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
import requests
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.connections import READER, Pool, owner_connection
from geo_api.database.logins import login_url
from geo_api.settings import Settings
from tests.databases import new_database
from tests.makers import box, factory, insert, province
from tests.serving import serving

NOON = datetime(2026, 2, 1, 5, 30, 15, 250_000, tzinfo=UTC)
ODD_NAME = 'โรงงาน "น้ำตาล" <ก&ข>, สาขา\nสอง'
# More than the buffers between the database and a client that does not read.
MANY = 150_000


@dataclass(frozen=True)
class World:
    """A server at `url` over the database with the owner's URL `database`."""

    url: str
    database: str

    def get(self, layer: str, **params: object) -> requests.Response:
        """Asks for the items of a layer; the parameters by name."""
        url = f"{self.url}/ogc/collections/{layer}/items"
        return requests.get(url, params={k: str(v) for k, v in params.items()}, timeout=60)


@pytest.fixture(scope="module")
def world(database_url: str, template: str, settings: Settings) -> Iterator[World]:
    """Two factories, one with every value and one with few; a province; three hotspots. Simulated,
    as if the demo had been loaded."""

    def fill(connection: Connection) -> None:
        factory(connection, "a", name=ODD_NAME, updated_on=date(2026, 1, 31), workers=7)
        factory(connection, "b", lon=99.5, lat=7.125, name="=HYPERLINK(1)", province_code=None)
        province(connection, "74", wkt=box(100, 13.4, 100.5, 13.8))
        _hotspots(connection, 3)
        insert(connection, "run", source="demo", input="", status="succeeded", finished_at="now")

    with _world(database_url, template, settings, fill) as made:
        yield made


@pytest.fixture(scope="session")
def crowd(database_url: str, template: str, settings: Settings) -> Iterator[World]:
    """MANY hotspots, to read only: several modules do."""
    with _world(database_url, template, settings, lambda c: _hotspots(c, MANY)) as made:
        yield made


@contextmanager
def _world(
    database_url: str, template: str, settings: Settings, fill: Callable[[Connection], None]
) -> Iterator[World]:
    with new_database(database_url, template) as database:
        with owner_connection(database) as connection:
            fill(connection)
        connection.close()
        pool = Pool(login_url(database, READER), 4)
        with serving(create_app(pool, settings)) as url:
            yield World(url, database)
        pool.close()


def _hotspots(connection: Connection, count: int) -> None:
    """So many, a second apart from NOON on; every other without a power."""
    with connection.cursor() as cursor:
        last = NOON + timedelta(seconds=count)
        cursor.execute("SELECT ensure_months('hotspot', %s, %s)", (NOON, last))
        cursor.execute(
            "INSERT INTO hotspot (id, acquired_at, time_precision, geom, frp_mw, land_use_th,"
            " sources) SELECT 'h' || to_char(n, 'FM0000000'), %s + make_interval(secs => n),"
            " 'minute', ST_Point(98 + n %% 1000 / 200.0, 6 + n %% 977 / 100.0, 4326),"
            " nullif(n %% 2 * 12.5, 0), 'อ้อย', '{firms}' FROM generate_series(0, %s - 1) AS n",
            (NOON, count),
        )
