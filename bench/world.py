"""The world that is asked about: made once by `fahsai demo --scale 50`, and what to ask it for."""

import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.own import asking
from bench.servers import KEPT, ROOT
from geo_api import cli
from geo_api.database.connections import READER, Pool, owner_connection
from geo_api.database.embedded.cluster import database
from geo_api.database.logins import login_url
from geo_api.settings import Settings

SCALE = 50
# A fixed end, so that everybody measures the same rows; the third season is then at its height.
UNTIL = "2026-04-01"
# As many as a floor has scripts, so that it answers the same ones.
_QUESTIONS = 100
_TILE_ZOOMS = range(5, 13)
_TILES_A_ZOOM = 13

Say = Callable[[str], None]

_LOADED = "SELECT EXISTS (SELECT FROM run WHERE status = 'succeeded' AND input LIKE %(input)s)"
_FACTORIES = "SELECT id, ST_X(geom), ST_Y(geom) FROM published.factories ORDER BY md5(id) LIMIT {}"
_FIRES = """
    SELECT ST_X(h.geom), ST_Y(h.geom), h.observed_at, near.id, near.lon, near.lat
    FROM (
        SELECT geom, observed_at FROM published.hotspots ORDER BY md5(id) LIMIT {}
    ) AS h
    CROSS JOIN LATERAL (
        SELECT f.id, ST_X(f.geom) AS lon, ST_Y(f.geom) AS lat
        FROM published.factories AS f ORDER BY f.geom <-> h.geom LIMIT 1
    ) AS near
"""
_PLACES = "SELECT ST_X(geom), ST_Y(geom) FROM published.{} ORDER BY md5(id) LIMIT 4000"
_NEWEST_SURFACE = """
    SELECT path FROM published.rasters WHERE layer = 'pm25_surface' ORDER BY day DESC LIMIT 1
"""
_WEEK = timedelta(days=3, hours=12)


@dataclass(frozen=True)
class Fire:
    """A hotspot, WGS84 and UTC, and the factory nearest to it."""

    lon: float
    lat: float
    observed_at: datetime
    factory: str
    factory_lon: float
    factory_lat: float

    @property
    def week(self) -> tuple[datetime, datetime]:
        """About the hotspot; ends at half minutes, so that no row lies on them: peers differ in
        whether an interval has its end."""
        day = self.observed_at.replace(hour=0, minute=0, second=30, microsecond=0)
        return day - _WEEK, day + _WEEK


@dataclass(frozen=True)
class World:
    """`url` is the owner's, of the running database."""

    home: Path
    url: str

    def rows(self, statement: str, values: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """What the database answers its owner."""
        with closing(owner_connection(self.url)) as connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    @cached_property
    def factories(self) -> list[tuple[str, float, float]]:
        """Ids and places of 2,000 factories, in an order that is no order."""
        return [(str(id), lon, lat) for id, lon, lat in self.rows(_FACTORIES.format(2000))]

    @cached_property
    def fires(self) -> list[Fire]:
        """100 hotspots, more where and when more burns."""
        return [Fire(*row) for row in self.rows(_FIRES.format(_QUESTIONS))]

    def pages(self, layer: str, limit: int, count: int, more: str = "") -> list[str]:
        """The paths of the first `count` pages of so many features, as their links lead."""
        paths = [f"/ogc/collections/{layer}/items?limit={limit}{more}"]
        with asking(Pool(login_url(self.url, READER), 1), self.home) as ask:
            while len(paths) < count:
                links = {link["rel"]: link["href"] for link in ask(paths[-1]).json()["links"]}
                following = urlsplit(links["next"])
                paths.append(f"{following.path}?{following.query}")
        return paths

    @cached_property
    def raster(self) -> Path:
        """The newest file of the PM2.5 surface."""
        [(path,)] = self.rows(_NEWEST_SURFACE)
        return self.home / str(path)

    def places(self, layer: str) -> list[tuple[Any, ...]]:
        """Longitudes and latitudes of 4,000 of its features, in an order that is no order."""
        return self.rows(_PLACES.format(layer))

    def tiles(self, layer: str, zooms: Sequence[int] = _TILE_ZOOMS) -> list[tuple[int, int, int]]:
        """Zoom, column and row of up to 13 tiles of each zoom in which the layer has features, the
        zooms in turn."""
        places = self.places(layer)
        of_zoom = [
            list(dict.fromkeys(tile_at(zoom, lon, lat) for lon, lat in places))[:_TILES_A_ZOOM]
            for zoom in zooms
        ]
        most = max(map(len, of_zoom))
        return [tiles[i] for i in range(most) for tiles in of_zoom if i < len(tiles)]


def tile_at(zoom: int, lon: float, lat: float) -> tuple[int, int, int]:
    """The WebMercatorQuad tile (zoom, column, row) that holds a place."""
    across = 2**zoom
    north = math.asinh(math.tan(math.radians(lat)))
    return zoom, int((lon + 180) / 360 * across), int((1 - north / math.pi) / 2 * across)


@contextmanager
def world(home: Path, say: Say) -> Iterator[World]:
    """The running world of a home, made if it is not there, with fresh statistics."""
    with database(Settings(home=home), say) as url:
        _fahsai(home, "migrate")
        made = World(home, url)
        if not made.rows(_LOADED, {"input": f"scale={SCALE} %"})[0][0]:
            say(f"Making the world of {SCALE} times the demo in {home}: ten minutes, once")
            _fahsai(home, "demo", "--scale", str(SCALE), "--until", UNTIL)
        if not made.rows("SELECT EXISTS (SELECT FROM raster)")[0][0]:
            _fahsai(home, "analyse", "pm25_surface")
        _let_readers_make_temporary_tables(url)
        vacuum(url)
        yield made


def _let_readers_make_temporary_tables(url: str) -> None:
    """tipg, which reads as our reader does, starts with one; ours may make none."""
    with closing(owner_connection(url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute(f"GRANT TEMPORARY ON DATABASE {connection.info.dbname} TO {READER}")


def vacuum(url: str) -> None:
    """What autovacuum does in time, done now: it is the same for all who are measured."""
    with closing(owner_connection(url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")


def home_of(name: str) -> Path:
    """Where a world is kept between runs."""
    return KEPT / name


def _fahsai(home: Path, *words: str) -> None:
    environment = os.environ | {"FAHSAI_HOME": str(home)}
    environment.pop("FAHSAI_DATABASE_URL", None)
    command = [sys.executable, "-m", cli.__name__, *words]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
