"""What lies beneath the maps: tile layers of other servers, one shown, the others a click away."""

import base64
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, Route, expect
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.connections import READER, Pool
from geo_api.database.logins import login_url
from geo_api.settings import Settings
from layers.model import Text
from layers.tile_layers import BadTileLayers, TileLayer, tile_layers
from map_site.backgrounds import Background
from tests.geo_api.database.servers import wait_until
from tests.map_site.conftest import Seen
from tests.map_site.rows import small_world
from tests.serving import serving

ROADS, SATELLITE = "https://roads.test/{z}/{x}/{y}.png", "https://sat.test/{z}/{x}/{y}.jpg?key=a=b"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_an_address_alone_is_one_layer_named_by_its_server() -> None:
    assert tile_layers(ROADS, None) == (
        TileLayer(ROADS, "roads.test", Text("roads.test", "roads.test")),
    )
    assert tile_layers(None, None) == ()


def test_several_have_names_in_both_languages_and_their_own_credits() -> None:
    asked = f"Roads={ROADS} ภาพ_ดาวเทียม/Satellite={SATELLITE}"

    assert tile_layers(asked, "© A | © B") == (
        TileLayer(ROADS, "© A", Text("Roads", "Roads")),
        TileLayer(SATELLITE, "© B", Text("ภาพ ดาวเทียม", "Satellite")),
    )


@pytest.mark.parametrize("asked", ["roads", "ftp://roads.test/{z}", f"={ROADS}"])
def test_what_is_no_tile_layer_is_refused_with_how_to_write_one(asked: str) -> None:
    with pytest.raises(BadTileLayers, match=r"write https://…/\{z\}"):
        tile_layers(asked, None)


@pytest.fixture
def address(fresh_url: str, fresh: Connection, settings: Settings) -> Iterator[str]:
    """A service with two tile layers."""
    small_world(fresh)
    tiles = f"Roads={ROADS} ดาวเทียม/Satellite={SATELLITE}"
    pool = Pool(login_url(fresh_url, READER), 2)
    with serving(create_app(pool, replace(settings, tile_url=tiles))) as served:
        yield served
    pool.close()


def test_another_background_is_chosen_by_the_button_on_the_map(
    address: str, page: Page, seen: Seen
) -> None:
    def picture(route: Route) -> None:
        route.fulfill(body=PIXEL, content_type="image/png")

    page.route("https://*.test/**", picture)

    page.goto(f"{address}/provinces/74?lang=en")
    page.wait_for_load_state("networkidle")
    before = [one for one in seen.requests if ".test/" in one]
    page.get_by_role("button", name="Choose the background").press("Enter")
    satellite = page.get_by_role("radio", name="Satellite")
    satellite.hover()  # Leaflet takes no click with which a pointer comes in
    with page.expect_request("https://sat.test/**"):
        satellite.click()

    assert before and all("roads.test" in one for one in before)
    expect(page.get_by_role("radio", name="Satellite")).to_be_checked()
    assert seen.errors == []


def test_names_in_addresses_are_of_one_language_and_each_of_one_layer() -> None:
    asked = f"ดาวเทียม/Satellite_2={SATELLITE} ภาพ={ROADS} x/Roads={ROADS}"

    assert Background(tile_layers(asked, None)).names == ("satellite-2", "tiles-2", "tiles-3")


def backgrounds(page: Page) -> Iterator[bool]:
    """Whether tiles of roads and of the satellite lie beneath the first map."""
    for server in ("roads.test", "sat.test"):
        yield page.locator(f".folium-map >> nth=0 >> img.leaflet-tile[src*='{server}']").count() > 0


def choose(page: Page, name: str) -> None:
    page.get_by_role("button", name="Choose the background").first.press("Enter")
    chosen = page.get_by_role("radio", name=name).first
    chosen.hover()
    chosen.click()


@pytest.mark.parametrize("path", ["/?lang=en", "/maps/air?lang=en", "/provinces/74?lang=en"])
def test_the_background_is_in_the_address_and_undone_by_back(
    address: str, page: Page, path: str
) -> None:
    page.route(
        "https://*.test/**", lambda route: route.fulfill(body=PIXEL, content_type="image/png")
    )
    page.goto(address + path)
    page.wait_for_load_state("networkidle")

    choose(page, "Satellite")
    expect(page).to_have_url(re.compile("background=satellite"))
    page.reload()
    wait_until(lambda: tuple(backgrounds(page)) == (False, True))

    choose(page, "Plain")
    expect(page).to_have_url(re.compile("background=plain"))
    page.go_back()
    expect(page).to_have_url(re.compile("background=satellite"))
    wait_until(lambda: tuple(backgrounds(page)) == (False, True))


def test_both_maps_of_a_comparison_lie_on_the_same_ground(address: str, page: Page) -> None:
    page.route(
        "https://*.test/**", lambda route: route.fulfill(body=PIXEL, content_type="image/png")
    )
    page.goto(f"{address}/maps/burning?lang=en&view=compare")
    page.wait_for_load_state("networkidle")

    choose(page, "Satellite")

    for side in ("#theme-map", "#theme-compared"):
        expect(page.locator(f"{side} img.leaflet-tile[src*='sat.test']").first).to_be_attached()
        expect(page.locator(f"{side} img.leaflet-tile[src*='roads.test']")).to_have_count(0)


def test_a_choice_on_the_brief_and_the_map_for_other_sites_keep_it(
    address: str, page: Page
) -> None:
    page.route(
        "https://*.test/**", lambda route: route.fulfill(body=PIXEL, content_type="image/png")
    )
    page.goto(f"{address}/?lang=en&background=satellite")
    page.wait_for_load_state("networkidle")
    page.locator("a[data-live-link][href*='number=']").first.click()

    expect(page).to_have_url(re.compile("number=.*background=satellite"))
    told = page.evaluate("fahsai.shareables(new URL(fahsai.addressShown())).embed")
    assert "background=satellite" in told
    page.goto(f"{address}/embed?{re.sub('day=[^&]*&?', '', told)}")  # its rows are of no whole day
    wait_until(lambda: tuple(backgrounds(page)) == (False, True))
