"""The basemap in a browser: served in parts, drawn, credited; and absent unless configured."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.basemap.archive import make
from geo_api.database.connections import READER, Pool
from geo_api.database.logins import login_url
from geo_api.settings import BadSetting, Settings, from_environment
from tests.geo_api.database.servers import wait_until
from tests.map_site.conftest import Seen
from tests.map_site.rows import small_world
from tests.serving import serving

SAMPLE = Path(__file__).parents[1] / "samples" / "town.osm"
TOWN = "/maps/air?z=14&lat=13.7&lon=100.52"
HIGHWAY = "#d8cfc2"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tiles of an invented town."""
    made = tmp_path_factory.mktemp("basemap") / "town.pmtiles"
    make(SAMPLE, made)
    return made


@pytest.fixture
def basemap_url(
    fresh_url: str, fresh: Connection, settings: Settings, archive: Path
) -> Iterator[str]:
    """The address of a service for which a basemap is configured."""
    small_world(fresh)
    pool = Pool(login_url(fresh_url, READER), 4)
    with serving(create_app(pool, replace(settings, basemap=archive))) as address:
        yield address
    pool.close()


def test_the_file_is_served_in_ranges(basemap_url: str, archive: Path) -> None:
    url = f"{basemap_url}/basemap.pmtiles"

    part = httpx.get(url, headers={"Range": "bytes=0-6"})
    again = httpx.get(url, headers={"If-None-Match": part.headers["etag"]})
    beyond = httpx.get(url, headers={"Range": "bytes=99999999-"})

    assert (part.status_code, part.content) == (206, b"PMTiles")
    assert part.headers["content-range"] == f"bytes 0-6/{archive.stat().st_size}"
    assert again.status_code == 304
    assert beyond.status_code == 416


def test_roads_are_drawn_with_a_credit_from_our_own_server_alone(
    page: Page, seen: Seen, basemap_url: str
) -> None:
    statuses: list[int] = []
    page.on(
        "response",
        lambda answer: statuses.append(answer.status) if ".pmtiles" in answer.url else None,
    )

    page.goto(basemap_url + TOWN)

    wait_until(lambda: pixels(page, HIGHWAY) > 20)
    expect(page.locator(".leaflet-control-attribution").first).to_contain_text(
        "© OpenStreetMap contributors"
    )
    assert set(statuses) == {206}
    assert [url for url in seen.requests if not url.startswith((basemap_url, "data:"))] == []
    assert seen.errors == []


def pixels(page: Page, color: str) -> int:
    count: int = page.evaluate(COUNT, color)
    return count


# How many pixels of the basemap are of a colour.
COUNT = """(color) => {
  const wanted = [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16));
  let count = 0;
  for (const canvas of document.querySelectorAll(".fahsai-basemap canvas")) {
    if (!canvas.width) continue;
    const copy = document.createElement("canvas");
    Object.assign(copy, { width: canvas.width, height: canvas.height });
    const pen = copy.getContext("2d", { willReadFrequently: true });
    pen.drawImage(canvas, 0, 0);
    const { data } = pen.getImageData(0, 0, copy.width, copy.height);
    for (let i = 0; i < data.length; i += 4)
      if (data[i + 3] > 250 && wanted.every((part, k) => Math.abs(part - data[i + k]) < 3)) count++;
  }
  return count;
}"""


def test_names_wait_for_the_thai_font(page: Page, basemap_url: str) -> None:
    page.goto(basemap_url + TOWN)

    wait_until(lambda: pixels(page, HIGHWAY) > 20)

    assert page.evaluate("document.fonts.check('400 12px Sarabun', 'บ้าน')")


def test_without_a_basemap_nothing_of_it_is_loaded(page: Page, seen: Seen, server_url: str) -> None:
    page.goto(server_url + TOWN)
    expect(page.locator("main")).to_have_attribute("aria-busy", "false")

    assert [url for url in seen.requests if "basemap" in url or "protomaps" in url] == []
    assert httpx.get(f"{server_url}/basemap.pmtiles").status_code == 404


def test_a_basemap_that_is_not_there_is_refused_by_name(tmp_path: Path, archive: Path) -> None:
    with pytest.raises(BadSetting, match="FAHSAI_BASEMAP must name a file; /nowhere is none"):
        from_environment({"FAHSAI_BASEMAP": "/nowhere"})

    assert from_environment({"FAHSAI_BASEMAP": str(archive)}).basemap == archive


def test_nothing_of_the_basemap_is_loaded_where_the_plain_ground_is_chosen(
    page: Page, seen: Seen, basemap_url: str
) -> None:
    page.goto(f"{basemap_url}{TOWN}&background=plain")
    expect(page.locator("main")).to_have_attribute("aria-busy", "false")
    page.wait_for_load_state("networkidle")

    assert [url for url in seen.requests if "pmtiles" in url or "protomaps" in url] == []
    expect(page.locator(".leaflet-control-layers-toggle").first).to_be_visible()
