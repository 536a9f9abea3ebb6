"""Every page in a browser: what it draws, what it says of its data, and whom it serves."""

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.connections import Pool
from geo_api.settings import Settings
from map_site.pages import PAGES
from tests.makers import factory, insert, province
from tests.map_site.conftest import Seen
from tests.map_site.rows import NOW, complaint, hotspot, small_world, station, succeeded
from tests.rasters import raster_day
from tests.serving import serving

ICT = timezone(timedelta(hours=7))
PATHS = [page.path for page in PAGES]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_draws_without_a_complaint_or_a_request_elsewhere(
    path: str, page: Page, seen: Seen, server_url: str, fresh: Connection
) -> None:
    small_world(fresh)

    visit(page, server_url + path)

    assert seen.errors == []
    assert [url for url in seen.requests if not url.startswith((server_url, "data:"))] == []
    assert any("/ogc/collections/provinces/items" in url for url in seen.requests)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_the_width_of_a_phone(
    path: str, browser: Browser, server_url: str, fresh: Connection
) -> None:
    small_world(fresh)
    phone = browser.new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    visit(phone, server_url + path)

    phone.locator("#handle").tap()

    expect(phone.locator("h1")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    small = phone.locator("button:visible, .switch:visible, .choices label:visible, nav a")
    heights = small.evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert heights and min(heights) >= 44
    phone.close()


def test_a_page_speaks_thai_and_with_the_switch_english(page: Page, server_url: str) -> None:
    page.goto(f"{server_url}/maps/air#map=8/15/101&period=30d&layers=air_stations")
    expect(page.locator("html")).to_have_attribute("lang", "th")
    expect(page.locator("h1")).to_have_text("คุณภาพอากาศ")

    page.get_by_role("link", name="English").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Air quality")
    expect(page.get_by_role("radio", name="30 days")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Provinces")).not_to_be_checked()
    assert "map=8/15.0000/101.0000" in page.url


def test_features_are_drawn_and_counted_as_the_api_gives_them(
    page: Page, server_url: str, fresh: Connection
) -> None:
    for number, land_use in enumerate(("sugarcane", "sugarcane", "forest", None)):
        hotspot(fresh, f"h{number}", NOW - timedelta(hours=2), lon=101 + number, land_use=land_use)

    visit(page, f"{server_url}/maps/burning")

    expect(part(page, "hotspots", ".count")).to_have_text("4")
    counts = {"sugarcane": "2", "forest": "1", "paddy": "0", "null": "1"}
    for value, count in counts.items():
        expect(part(page, "hotspots", f'[data-value="{value}"] output')).to_have_text(count)


def test_a_fire_late_in_the_utc_day_belongs_to_the_next_day_in_thailand(
    page: Page, server_url: str, fresh: Connection
) -> None:
    hotspot(fresh, "late", datetime(2026, 1, 14, 18, 30, tzinfo=UTC))
    on = f"{server_url}/maps/burning#period=own_%s_%s"

    visit(page, on % ("2026-01-15", "2026-01-15"))
    expect(part(page, "hotspots", ".count")).to_have_text("1")
    expect(page.locator("#dates")).to_have_text("15 ม.ค. 2569")

    visit(page, on % ("2026-01-14", "2026-01-14"))
    expect(part(page, "hotspots", ".count")).to_have_text("0")


def test_an_old_feed_still_shows_its_last_week_and_is_called_stale(
    page: Page, server_url: str, fresh: Connection
) -> None:
    succeeded(fresh, "firms")
    hotspot(fresh, "old", datetime(2026, 2, 3, 6, tzinfo=UTC))

    visit(page, f"{server_url}/maps/burning")

    expect(page.locator("#dates")).to_have_text("28 ม.ค. 2569 – 3 ก.พ. 2569")
    expect(part(page, "hotspots", ".count")).to_have_text("1")
    expect(part(page, "hotspots", ".stale")).to_have_text("ไม่มีข้อมูลใหม่ตั้งแต่ 3 ก.พ. 2569 13:00")


def test_never_loaded_no_data_yet_and_none_are_told_apart(
    page: Page, server_url: str, fresh: Connection
) -> None:
    succeeded(fresh, "firms", "diw")
    hotspot(fresh, "far", NOW - timedelta(hours=1), lon=99, lat=18.8)

    visit(page, f"{server_url}/#map=11/13.6/100.3")

    expect(part(page, "complaints", ".fresh")).to_have_text("ยังไม่เคยนำเข้าข้อมูล")
    expect(part(page, "complaints", ".count")).to_have_text("–")
    expect(part(page, "hotspots", ".count")).to_have_text("0")
    expect(part(page, "hotspots", ".state")).to_have_text("ไม่มีในภาพและช่วงเวลานี้")
    expect(part(page, "factories", ".state")).to_have_text("ไม่มีในภาพนี้")
    page.goto("about:blank")
    visit(page, f"{server_url}/#period=own_2030-01-01_2030-01-02")
    expect(part(page, "hotspots", ".state")).to_contain_text("ข้อมูลมีถึง")
    expect(part(page, "hotspots", ".count")).to_have_text("–")


def test_what_citizens_write_is_shown_as_text(
    page: Page, server_url: str, fresh: Connection
) -> None:
    name = "<img src=x onerror=alert(1)>"
    factory(fresh, lon=100.25, lat=13.55, name=name, province_code=None)
    fresh.commit()
    visit(page, f"{server_url}/#map=14/13.55/100.25&layers=factories")
    expect(part(page, "factories", ".count")).to_have_text("1")

    middle = page.locator(".folium-map").bounding_box()
    assert middle
    page.mouse.click(middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2)

    expect(page.locator(".fahsai-popup dd").first).to_have_text(name)
    expect(page.locator(".fahsai-popup img")).to_have_count(0)


def test_a_click_beside_a_factory_opens_the_factory_and_not_its_province(
    page: Page, server_url: str, fresh: Connection
) -> None:
    province(fresh)
    factory(fresh, lon=100.3, lat=13.6)
    fresh.commit()
    visit(page, f"{server_url}/#map=13/13.6/100.3&layers=provinces,factories")
    expect(part(page, "factories", ".count")).to_have_text("1")
    box = page.locator(".folium-map").bounding_box()
    assert box

    page.mouse.click(box["x"] + box["width"] / 2 + 6, box["y"] + box["height"] / 2)

    expect(page.locator(".fahsai-popup h3")).to_have_text("โรงงาน")


def test_the_attribution_leaves_the_scale_legible(
    page: Page, server_url: str, fresh: Connection
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})

    visit(page, f"{server_url}/")

    scale = page.locator(".leaflet-control-scale").bounding_box()
    credit = page.locator(".leaflet-control-attribution").bounding_box()
    assert scale and credit and scale["y"] + scale["height"] <= credit["y"]


def test_opening_the_panel_on_a_phone_changes_no_count(
    page: Page, server_url: str, fresh: Connection
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    hotspot(fresh, "north", NOW - timedelta(hours=1), lon=99.8, lat=19.9)
    hotspot(fresh, "south", NOW - timedelta(hours=1), lon=100.3, lat=7.2)
    visit(page, f"{server_url}/maps/burning")

    page.locator("#handle").click()

    expect(page.locator("#dates")).to_be_in_viewport()
    page.wait_for_timeout(400)
    expect(part(page, "hotspots", ".count")).to_have_text("2")


def test_what_a_meeting_asks_first_is_in_sight_without_scrolling(
    page: Page, server_url: str, fresh: Connection
) -> None:
    small_world(fresh)
    page.set_viewport_size({"width": 1440, "height": 900})

    visit(page, f"{server_url}/")

    for name in ("hotspots", "complaints", "air_stations"):
        expect(part(page, name, ".count")).to_be_in_viewport()
        expect(part(page, name, ".fresh")).to_be_in_viewport()


def test_the_keyboard_reaches_the_controls_and_the_marks(
    page: Page, server_url: str, fresh: Connection
) -> None:
    station(fresh, pm25=40.2)
    visit(page, f"{server_url}/maps/air")
    expect(page.locator(".fahsai-pill")).to_have_text("40")
    page.bring_to_front()

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="7 วัน")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="30 วัน")).to_be_checked()
    page.locator(".leaflet-marker-icon").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("เริ่มมีผลกระทบต่อสุขภาพ")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_lost_database_is_said_and_its_return_shown(
    page: Page, fresh_url: str, fresh: Connection, settings: Settings
) -> None:
    small_world(fresh)
    pool = Pool(fresh_url, 2)
    gone = Switch(pool)
    with serving(create_app(gone, settings)) as address:
        gone.is_off = True
        page.goto(f"{address}/maps/complaints")
        expect(page.locator("#notes")).to_contain_text("ฐานข้อมูลไม่พร้อมให้บริการ")

        gone.is_off = False
        page.get_by_role("button", name="ลองใหม่").click()

        expect(part(page, "complaints", ".count")).to_have_text("1")
        expect(page.locator("#notes li")).to_have_count(0)
    pool.close()


def test_a_database_lost_while_looking_leaves_no_stale_counts(
    page: Page, fresh_url: str, fresh: Connection, settings: Settings
) -> None:
    small_world(fresh)
    pool = Pool(fresh_url, 2)
    reads = Switch(pool)
    with serving(create_app(reads, settings)) as address:
        visit(page, f"{address}/maps/complaints#map=12/13.6/100.3")
        expect(part(page, "complaints", ".count")).to_have_text("1")
        reads.is_off = True

        page.get_by_role("button", name="ซูมออก").click()
        page.get_by_role("button", name="ซูมออก").click()

        expect(page.locator("#notes")).to_contain_text("ข้อร้องเรียน: ฐานข้อมูลยังไม่พร้อมให้บริการ")
        expect(part(page, "complaints", ".count")).to_have_text("")
        reads.is_off = False
        page.locator("#notes").get_by_role("button", name="ลองใหม่").first.click()
        expect(part(page, "complaints", ".count")).to_have_text("1")
    pool.close()


def test_the_surface_of_a_day_lies_on_the_air_map_with_its_method(
    page: Page, home: Path, fresh_url: str, fresh: Connection
) -> None:
    day = NOW.astimezone(ICT).date()
    succeeded(fresh, "air4thai")
    raster_day(fresh, home, day, method_th="วิธีทดสอบ")
    station(fresh, pm25=30)
    pool = Pool(fresh_url, 2)
    with serving(create_app(pool, Settings(home))) as address:
        visit(page, f"{address}/maps/air")

        expect(part(page, "pm25_surface", ".state")).to_contain_text("วิธีทดสอบ")
        picture = page.locator("img.leaflet-image-layer")
        expect(picture).to_have_attribute("src", f"/api/rasters/pm25_surface/{day}.png")
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    pool.close()


@pytest.mark.parametrize("source", ["demo", "firms"])
def test_simulated_data_are_labelled_and_real_ones_not(
    source: str, page: Page, server_url: str, fresh: Connection
) -> None:
    succeeded(fresh, source)

    visit(page, server_url)

    expect(page.locator("#simulated")).to_be_visible(visible=source == "demo")


def test_more_than_can_be_drawn_is_said(page: Page, server_url: str, fresh: Connection) -> None:
    at = NOW - timedelta(hours=3)
    hotspot(fresh, "first", at)
    with fresh.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO hotspot (id, acquired_at, time_precision, geom, sources)
            SELECT 'n' || n, %s, 'minute', ST_SetSRID(ST_MakePoint(101, 14 + n / 5000.0), 4326),
                '{firms}' FROM generate_series(1, 5000) AS n
            """,
            (at,),
        )
    fresh.commit()

    visit(page, f"{server_url}/maps/burning")

    expect(part(page, "hotspots", ".count")).to_have_text("5,000+")
    expect(page.locator("#notes")).to_contain_text("แสดง 5,000 จุดแรก")


def test_a_complaint_known_by_month_counts_in_every_part_of_its_month(
    page: Page, server_url: str, fresh: Connection
) -> None:
    complaint(fresh, "month", "2026-01-01", "month")
    complaint(fresh, "before", "2026-01-05", "day")
    complaint(fresh, "within", "2026-01-20", "day")

    visit(page, f"{server_url}/maps/complaints#period=own_2026-01-19_2026-01-21")

    expect(part(page, "complaints", ".count")).to_have_text("2")
    expect(part(page, "complaints", ".state")).to_have_text("ในจำนวนนี้ 1 รายการทราบเวลาเพียงระดับเดือน")


def test_complaints_at_one_place_are_told_by_category(
    page: Page, server_url: str, fresh: Connection
) -> None:
    for number, category in enumerate(("odour", "odour", "noise")):
        complaint(fresh, f"c{number}", "2026-01-20", "day", category=category)
    visit(page, f"{server_url}/maps/complaints")
    expect(page.locator(".fahsai-bubble")).to_have_text("3")

    page.locator(".fahsai-bubble").click()

    expect(page.locator(".fahsai-popup dl")).to_have_text(re.compile(r"กลิ่นเหม็น\s*2\s*เสียงดัง\s*1"))


def test_carbon_is_shown_a_year_at_a_time(page: Page, server_url: str, fresh: Connection) -> None:
    province(fresh)
    factory(fresh)
    for year, litres in ((2024, 2_000_000), (2025, 4_000_000)):
        insert(
            fresh,
            "factory_return",
            factory_ref="factory-1",
            factory_id="factory-1",
            year=year,
            energy="diesel",
            unit="litre",
            quantity=litres,
            source="factory_returns",
        )
    fresh.commit()
    visit(page, f"{server_url}/maps/green")
    total = part(page, "carbon", ".totals dd").first
    expect(page.locator("#year")).to_have_value("2025")
    newest = total.inner_text()

    page.locator("#year").select_option("2567")

    expect(total).not_to_have_text(newest)
    expect(part(page, "carbon", ".legend")).to_contain_text("ไม่มีแบบรายงาน")
    assert "year=2024" in page.url


def test_a_popup_says_years_shares_and_providers_as_people_do(page: Page, server_url: str) -> None:
    visit(page, server_url)

    said = page.evaluate(
        """() => {
            const providers = { name: "sources", values: { firms: "FIRMS", gistda: "GISTDA" } };
            return [
                fahsai.worded(2025, { name: "year" }, "th"),
                fahsai.worded(2025, { name: "year" }, "en"),
                fahsai.worded(0.684211, { name: "reported_share" }, "th"),
                fahsai.worded("firms, gistda", providers, "th"),
            ];
        }"""
    )

    assert said == ["พ.ศ. 2568 (ค.ศ. 2025)", "2025", "68.4 %", "FIRMS, GISTDA"]


def test_the_address_brings_the_same_view_back(
    page: Page, server_url: str, fresh: Connection
) -> None:
    hotspot(fresh, "one", datetime(2026, 1, 14, 6, tzinfo=UTC))
    visit(page, f"{server_url}/maps/burning")
    page.get_by_label("กำหนดเอง").check()
    page.locator("#from").fill("2026-01-10")
    page.get_by_role("checkbox", name="จังหวัด").uncheck()
    dates, address = page.locator("#dates").inner_text(), page.url

    page.goto("about:blank")
    visit(page, address)

    assert dates == "10 ม.ค. 2569 – 14 ม.ค. 2569"
    expect(page.locator("#dates")).to_have_text(dates)
    expect(page.get_by_role("checkbox", name="จังหวัด")).not_to_be_checked()
    expect(part(page, "hotspots", ".count")).to_have_text("1")


class Switch(Pool):
    """A pool that can be switched off, as a database that is lost; it does not hear of changes."""

    def __init__(self, pool: Pool) -> None:
        super().__init__("postgresql://nobody@127.0.0.1:1/none", 1)
        self._pool = pool
        self.is_off = False

    def fetch(self, statement: Any, values: Any = None) -> list[tuple[Any, ...]]:
        return (
            super().fetch(statement, values) if self.is_off else self._pool.fetch(statement, values)
        )


def visit(page: Page, address: str) -> None:
    """Opens it and waits until every layer has answered."""
    page.goto(address)
    expect(page.locator("main")).to_have_attribute("aria-busy", "false")


def part(page: Page, layer: str, selector: str) -> Any:
    return page.locator(f'[data-layer="{layer}"] {selector}')
