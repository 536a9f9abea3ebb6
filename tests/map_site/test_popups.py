"""The popup of a theme's map: in the address, there again by it and by Back, of its own time."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import owner_connection
from geo_api.settings import Settings
from tests.makers import factory, insert
from tests.map_site.rows import succeeded
from tests.map_site.theme import MORNING, fires, morning, two_provinces_and_a_third, visit, wait_for

DAY = timedelta(days=1)
NEAR = "z=11&lat=13.5&lon=100.5"
STATION = "popup=13.50000,100.50000"


def world(connection: Connection) -> None:
    """A station and a factory a little to the east of it."""
    two_provinces_and_a_third(connection)
    succeeded(connection, "air4thai", "traffy", "diw", "green_industry", "factory_returns")
    factory(connection, "works", lon=100.6, lat=13.5, name="โรงงานหนึ่ง", province_code="74")
    fires(connection, 3, MORNING - DAY)
    insert(
        connection,
        "air_station",
        id="27t",
        name_th="สถานีหนึ่ง",
        name_en="Station one",
        source="air4thai",
        kind="ground",
        lon=100.5,
        lat=13.5,
    )
    for days, mean in ((0, 40.2), (1, 12.0), (2, 80.0)):
        read(connection, MORNING - days * DAY - timedelta(hours=1), mean)
    connection.commit()


@pytest.fixture(scope="module")
def address(module_url: str, settings: Settings) -> Iterator[str]:
    with closing(owner_connection(module_url)) as connection:
        world(connection)
    with morning(module_url, settings) as served:
        yield served


def read(connection: Connection, at: datetime, pm25: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('air_measurement', %(at)s, %(at)s)", {"at": at})
    values = {"station_id": "27t", "observed_at": at, "pm25_24h": pm25, "source": "air4thai"}
    insert(connection, "air_measurement", **values)


def popup(page: Page) -> Locator:
    return page.locator("#theme-map .fahsai-popup")


def named(page: Page) -> str | None:
    return parse_qs(urlsplit(page.url).query).get("popup", [None])[0]


def press(page: Page, lat: float, lon: float) -> None:
    """A click on the map at a place, once something is drawn there."""
    wait_for(
        page, "fahsai.theme.sides?.now.own?._drawn || fahsai.theme.sides?.now.provinces._drawn"
    )
    x, y = page.evaluate(
        """([lat, lon]) => {
            const { map } = fahsai.theme.sides.now;
            const box = map.getContainer().getBoundingClientRect();
            const at = map.latLngToContainerPoint([lat, lon]);
            return [box.left + at.x, box.top + at.y];
        }""",
        [lat, lon],
    )
    page.mouse.click(x, y)


def test_a_station_s_popup_is_in_the_address_and_there_again_on_load(
    page: Page, address: str
) -> None:
    visit(page, f"{address}/maps/air?{NEAR}")
    press(page, 13.5, 100.5)
    expect(popup(page).locator("h3")).to_have_text("สถานีหนึ่ง")
    assert named(page) == "13.50000,100.50000"

    page.reload()
    expect(popup(page).locator("h3")).to_have_text("สถานีหนึ่ง")

    page.locator("#theme-map .leaflet-popup-close-button").click()
    expect(popup(page)).to_have_count(0)
    assert named(page) is None


def test_the_popup_of_a_layer_that_was_switched_on_names_it(page: Page, address: str) -> None:
    visit(page, f"{address}/maps/air?{NEAR}&layers=factories")
    wait_for(page, "fahsai.theme.sides?.now.layers.factories._drawn?.mode === 'points'")
    press(page, 13.5, 100.6)
    expect(popup(page).locator("h3")).to_have_text("โรงงานหนึ่ง")
    assert (named(page) or "").endswith(",factories")

    page.reload()
    expect(popup(page).locator("h3")).to_have_text("โรงงานหนึ่ง")


@pytest.mark.parametrize("theme", ["burning", "green"])
def test_every_theme_opens_the_popup_that_its_address_names(
    page: Page, address: str, theme: str
) -> None:
    visit(
        page,
        f"{address}/maps/{theme}?{NEAR}&layers=factories&popup=13.50000,100.60000,factories",
    )

    expect(popup(page).locator("h3")).to_have_text("โรงงานหนึ่ง")


def test_back_opens_the_popup_that_was_there_and_closes_one_that_was_not(
    page: Page, address: str
) -> None:
    visit(
        page, f"{address}/maps/burning?{NEAR}&layers=factories&popup=13.50000,100.60000,factories"
    )
    expect(popup(page)).to_have_count(1)
    page.get_by_role("button", name="ตาราง").click()
    page.locator("[data-view-button=map]").click()
    page.evaluate("fahsai.theme.sides.now.map.closePopup()")
    expect(popup(page)).to_have_count(0)
    assert named(page) is None

    page.go_back()
    page.go_back()

    expect(popup(page).locator("h3")).to_have_text("โรงงานหนึ่ง")
    assert named(page) == "13.50000,100.60000,factories"


def test_a_popup_that_was_closed_stays_closed_when_the_map_is_drawn_again(
    page: Page, address: str
) -> None:
    visit(page, f"{address}/maps/air?{NEAR}&{STATION}")
    expect(popup(page).locator("h3")).to_have_text("สถานีหนึ่ง")

    page.evaluate(
        """() => new Promise((drawn) => {
            const { map, own } = fahsai.theme.sides.now;
            map.closePopup();
            own.once("drawn", () => setTimeout(drawn));
            map.panBy([60, 0], { animate: false });
        })"""
    )

    expect(popup(page)).to_have_count(0)
    assert named(page) is None


def test_a_station_stays_open_over_days_with_each_day_s_value(page: Page, address: str) -> None:
    visit(page, f"{address}/maps/air?{NEAR}&{STATION}")
    expect(popup(page)).to_contain_text("40 µg/m³")

    page.get_by_role("slider", name="วันแรกของช่วง").press("ArrowLeft")
    page.get_by_role("slider", name="วันสุดท้ายของช่วง").press("ArrowLeft")

    expect(popup(page)).to_have_count(1)  # the former ones have faded
    expect(popup(page)).to_contain_text("12")
    assert named(page) == "13.50000,100.50000"


def test_the_time_bar_follows_the_station_whose_popup_is_open(page: Page, address: str) -> None:
    bars = page.locator("#theme-time .timebar-bar")
    visit(page, f"{address}/maps/air?{NEAR}")
    expect(page.locator(".timebar-caption")).to_have_text("จำนวนสถานีที่เกินมาตรฐานในแต่ละวัน")
    expect(bars).to_have_count(2)  # above the standard on two of three days

    press(page, 13.5, 100.5)

    expect(page.locator(".timebar-caption")).to_have_text("PM2.5 รายวันของสถานี สถานีหนึ่ง (µg/m³)")
    expect(bars).to_have_count(3)
    page.keyboard.press("Escape")
    expect(bars).to_have_count(2)
