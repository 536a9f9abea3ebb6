"""The site as files: the same numbers as the service's, and nothing from elsewhere."""

import gzip
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import product
from pathlib import Path

import httpx
import pyarrow.parquet
import pytest
from playwright.sync_api import Page, expect
from pmtiles.reader import MemorySource, Reader, all_tiles
from psycopg2.extensions import connection as Connection
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from geo_api.database.connections import READER
from geo_api.database.logins import login_url
from geo_api.publish.publishing import Outcome, publish
from geo_api.settings import Settings
from geo_api.tiles.tile_matrix_set import Tile
from layers.catalog import catalog
from tests.makers import complaint, insert
from tests.map_site.conftest import Seen
from tests.map_site.rows import hotspot
from tests.map_site.theme import MORNING, TODAY, morning, ranking, total, visit
from tests.serving import serving
from tests.vector_tiles import decoded

UNDER = "/fahsai"
# More than a tile shows as points.
MANY, LONG_AGO = 2100, TODAY - timedelta(days=40)
FEW_LAYERS = ("provinces", "hotspots", "fire_events", "complaint_months", "carbon")
TELEPHONE = "081-555-0199"


@dataclass(frozen=True)
class Site:
    """The same data twice: as files at an address, from `folder`, and by a service."""

    folder: Path
    files: str
    service: str
    reader: str
    settings: Settings

    def publish(self) -> Outcome:
        """Once more."""
        return published(self.folder, self.reader, self.settings)

    def catalogue(self) -> dict[str, str]:
        """The checksum of every file."""
        told = json.loads((self.folder / "catalogue.json").read_text())
        return {file["path"]: file["sha256"] for file in told["files"]}


def published(folder: Path, reader: str, settings: Settings) -> Outcome:
    layers = {name: catalog()[name] for name in FEW_LAYERS}
    whole = partial(publish, folder, settings, reader, under=UNDER, layers=layers)
    # In this one Playwright's loop of events runs.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(whole, now=lambda: MORNING, say=lambda _: None).result()


def many_fires(connection: Connection) -> None:
    """On one day, in one province."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT ensure_months('hotspot', %(at)s, %(at)s);
            INSERT INTO hotspot (id, acquired_at, time_precision, geom, land_use, sources)
            SELECT 'many' || n, %(at)s, 'minute',
                ST_SetSRID(ST_MakePoint(100.1 + 0.8 * n / %(many)s, 13.5), 4326), 'maize', '{firms}'
            FROM generate_series(0, %(many)s - 1) AS n
            """,
            {"at": LONG_AGO, "many": MANY},
        )
    connection.commit()


@pytest.fixture
def site(
    own_season: Connection, own_season_url: str, settings: Settings, tmp_path: Path
) -> Iterator[Site]:
    many_fires(own_season)
    complaint(own_season, "private", "2026-01-05T10:00:00+07:00")
    insert(own_season, "complaint_text", complaint_id="private", text=f"โทร {TELEPHONE}")
    own_season.commit()
    folder, reader = tmp_path / "published", login_url(own_season_url, READER)
    published(folder, reader, settings)
    app = Starlette(routes=[Mount(UNDER, StaticFiles(directory=folder))])
    with morning(own_season_url, settings) as service, serving(app) as address:
        yield Site(folder, f"{address}{UNDER}", service, reader, settings)


def test_files_say_and_draw_what_the_service_does_and_ask_nobody_else(
    page: Page, seen: Seen, site: Site
) -> None:
    brief = []
    for address in (f"{site.files}/index.html", f"{site.service}/"):
        page.goto(address)
        expect(page.locator(".brief-map canvas, .leaflet-container canvas").first).to_be_visible()
        brief.append(
            [page.locator(part).inner_text() for part in ("#lead", ".measures", "#ranked")]
        )
    assert brief[0] == brief[1]

    # All of the season; days of which a month tells but cells; and points, from near.
    for query in ("", "?from=2026-01-20&to=2026-01-25", "?z=12&lat=13.5&lon=101.5"):
        said = []
        for address in (f"{site.files}/maps/burning.html", f"{site.service}/maps/burning"):
            visit(page, f"{address}{query}")
            expect(page.locator("#in-view")).to_contain_text("จุด")
            parts = ("#theme-legend", "#in-view", "#theme-change", "#theme-classes")
            words = [page.locator(part).inner_text() for part in parts]
            said.append((total(page).inner_text(), ranking(page), words))
        assert said[0] == said[1], query

    page.goto(f"{site.files}/maps/burning.html?province=74")
    page.locator("a.language").click()
    page.wait_for_url(f"{site.files}/en/maps/burning.html?province=74&lang=en")
    ours = (f"{site.files}/", f"{site.service}/", "blob:", "data:")
    assert [url for url in seen.requests if not url.startswith(ours)] == []
    assert seen.errors == []


def test_archives_count_as_the_service_does_and_hold_nothing_private(site: Site) -> None:
    archives = [
        Reader(MemorySource(path.read_bytes()))
        for path in sorted((site.folder / "tiles/hotspots").glob("????-??.pmtiles"))
    ]
    for z in (4, 8, 10):
        found = 0
        for x, y in sorted({at(z, lon, lat) for lon, lat in product((100.5, 101.5), (13.3, 13.5))}):
            tiles = [tile for archive in archives if (tile := archive.get(z, x, y))]
            count = sum(counted(gzip.decompress(tile)) for tile in tiles)
            answer = httpx.get(f"{site.service}/tiles/hotspots/{z}/{x}/{y}.mvt")
            assert count == counted(answer.content)
            found += count
        assert found > 0
    header, metadata = archives[0].header(), archives[0].metadata()
    assert header["max_zoom"] == 10
    assert metadata["vector_layers"][0]["id"] == "hotspots"
    assert metadata["licence"] == catalog()["hotspots"].licence

    days = Reader(MemorySource((site.folder / "tiles/hotspots/2026-01.days.pmtiles").read_bytes()))
    by_day = decoded(gzip.decompress(days.get(5, *at(5, 100.5, 13.5))))
    day = f"{date(2026, 1, 21)}"
    assert sum(one.properties.get("count", 1) for one in by_day[day]) == MANY

    assert [
        path for path in site.folder.rglob("*") if path.is_file() and TELEPHONE in text(path)
    ] == []


def test_publishing_again_writes_what_changed(own_season: Connection, site: Site) -> None:
    before = site.catalogue()
    kept = (site.folder / "tiles/provinces.pmtiles").stat()

    assert site.publish().written == 0
    assert site.catalogue() == before

    hotspot(own_season, "new", TODAY + timedelta(hours=2))
    own_season.commit()
    outcome = site.publish()

    changed = {path for path, sha in site.catalogue().items() if before.get(path) != sha}
    assert outcome.written == len(changed) and outcome.changed == ()
    tiles = {path for path in changed if path.startswith("tiles/")}
    assert tiles == {"tiles/hotspots/2026-03.pmtiles"}
    assert "files/hotspots.parquet" in changed and "files/provinces.parquet" not in changed
    assert (site.folder / "tiles/provinces.pmtiles").stat().st_ino == kept.st_ino
    assert [path.name for path in site.folder.parent.iterdir()] == [site.folder.name]


def counted(mvt: bytes) -> int:
    features = decoded(mvt).get("hotspots", []) if mvt else []
    return sum(one.properties.get("count", 1) for one in features)


def at(z: int, lon: float, lat: float) -> tuple[int, int]:
    """The column and the row of the tile there."""
    last = 2**z - 1
    x = min(int((lon + 180) / 360 * 2**z), last)
    y = next(y for y in range(2**z) if Tile(z, x, y).box.south <= lat < Tile(z, x, y).box.north)
    return x, y


def text(path: Path) -> str:
    """All that a file says."""
    if path.suffix == ".parquet":
        return str(pyarrow.parquet.read_table(path).to_pylist())
    body = path.read_bytes()
    if path.suffix == ".pmtiles":
        body = b"".join(gzip.decompress(tile) for _, tile in all_tiles(MemorySource(body)))
    return body.decode(errors="replace")
