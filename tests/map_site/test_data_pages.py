"""The pages of open data in a browser: on a desk, on a phone, on paper, by keyboard."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import owner_connection
from geo_api.settings import Settings
from tests.history import changed, now
from tests.makers import factory, insert
from tests.map_site.conftest import Seen
from tests.map_site.rows import NOW, hotspot, small_world, succeeded
from tests.serving import service

FIRES = "/ogc/collections/hotspots/items"
CHANGES = "/ogc/collections/hotspots/changes"
PATHS = (
    *("/ogc/", "/ogc/conformance", "/ogc/collections", "/ogc/collections/hotspots", FIRES),
    *(f"{FIRES}/h1", "/ogc/api.html", "/openapi.html", "/catalog", "/status", "/quarantine"),
    *("/nowhere", f"{FIRES}?bbox=1", f"{FIRES}?land_use=forest"),
    *(f"{CHANGES}?since=1", f"{CHANGES}?since=1&land_use=forest"),
)


def world(connection: Connection) -> None:
    """One of each, and a second fire."""
    small_world(connection)
    hotspot(connection, "h2", NOW - timedelta(hours=3), lon=100.4)


@pytest.fixture(scope="module")
def address(module_url: str, settings: Settings) -> Iterator[str]:
    with closing(owner_connection(module_url)) as connection:
        world(connection)
    with service(module_url, settings) as served:
        yield served


@pytest.mark.parametrize("path", PATHS)
def test_a_browser_gets_a_page_that_fits_a_phone_and_asks_nothing_elsewhere(
    path: str, browser: Browser, page: Page, seen: Seen, address: str
) -> None:
    answer = page.goto(address + path)
    page.wait_for_load_state("networkidle")

    assert answer and answer.headers["content-type"] == "text/html; charset=utf-8"
    expect(page.locator("html")).to_have_attribute("lang", "th")
    # The browser itself notes that the address of an error is one.
    assert [one for one in seen.errors if not answer.ok and "the server responded" in one] == (
        seen.errors
    )
    assert [url for url in seen.requests if not url.startswith((address, "data:"))] == []
    phone = browser.new_page(viewport={"width": 390, "height": 844}, locale="en-GB")
    phone.goto(address + path)
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    phone.set_viewport_size({"width": 320, "height": 700})
    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    phone.close()


@pytest.mark.parametrize("source", ["demo", "firms"])
def test_every_page_of_simulated_data_says_so_and_no_page_of_others(
    source: str, fresh: Connection, page: Page, server_url: str
) -> None:
    world(fresh)
    succeeded(fresh, source)

    for path in ("/nowhere", "/quarantine", "/status", f"{FIRES}?bbox=1", "/provinces/99"):
        page.goto(server_url + path)
        expect(page.locator(".simulated")).to_have_count(1 if source == "demo" else 0)


def test_people_walk_from_the_start_to_a_feature_and_switch_the_language(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/ogc/?lang=th")

    page.locator("main").get_by_role("link", name="ชั้นข้อมูล").click()
    page.get_by_role("link", name="จุดความร้อน", exact=True).click()
    page.get_by_role("link", name="ดูข้อมูลเป็นตาราง").click()
    page.get_by_role("link", name="h2").click()
    page.get_by_role("link", name="English").click()

    expect(page.locator("h1")).to_contain_text("Hotspots h2")
    expect(page.locator(".small-map canvas").first).to_be_visible()
    expect(page.get_by_text("Time", exact=True)).to_be_visible()


def test_next_leads_to_the_rest_in_the_same_language(page: Page, address: str) -> None:
    page.goto(f"{address}{FIRES}?limit=1&lang=en")
    expect(page.locator("tbody tr")).to_have_count(1)
    first = page.locator("tbody th").inner_text()

    page.get_by_role("link", name="Next page").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.locator("tbody th").inner_text() != first
    expect(page.get_by_role("link", name="Next page")).to_have_count(0)


def test_the_table_is_reached_by_keyboard_and_the_paper_has_no_buttons(
    page: Page, address: str
) -> None:
    page.goto(address + FIRES)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="ข้ามไปยังเนื้อหา")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    expect(page.locator(".scrolls[role=group]")).to_have_attribute("tabindex", "0")
    page.emulate_media(media="print")

    expect(page.locator("table")).to_be_visible()
    for hidden in (".downloads", ".filters", ".small-map", "nav"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_what_people_wrote_is_shown_as_text_in_table_and_popup(
    page: Page, server_url: str, fresh: Connection
) -> None:
    name = "<img src=x onerror=alert(1)>"
    factory(fresh, name=name, province_code=None)
    fresh.commit()

    page.goto(f"{server_url}/ogc/collections/factories/items")
    page.locator("#map").click()  # in the middle, where the only one is

    expect(page.get_by_role("cell", name=name)).to_have_text(name)
    expect(page.locator(".fahsai-popup")).to_contain_text(name)
    expect(page.locator("img[src=x]")).to_have_count(0)


@pytest.mark.parametrize("path", ["/methods", "/about"])
def test_pages_that_explain_fit_a_phone_and_lead_to_each_of_their_topics(
    path: str, browser: Browser, page: Page, seen: Seen, address: str
) -> None:
    page.goto(f"{address}{path}?lang=en")
    page.wait_for_load_state("networkidle")

    expect(page.locator("html")).to_have_attribute("lang", "en")
    topics = page.get_by_role("navigation", name="Topics").get_by_role("link")
    assert topics.count() > 5
    for topic in topics.all():
        target = topic.get_attribute("href")
        assert target and page.locator(f"section{target} h2").inner_text() == topic.inner_text()
    assert seen.errors == []
    assert [url for url in seen.requests if not url.startswith((address, "data:"))] == []
    phone = browser.new_page(viewport={"width": 320, "height": 700})
    phone.goto(address + path)
    expect(phone.locator("html")).to_have_attribute("lang", "th")
    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    phone.close()


def test_the_form_filters_without_scripts_and_what_it_asks_can_be_dropped(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="th-TH")
    page = context.new_page()
    page.goto(f"{address}{FIRES}?lang=en")
    expect(page.locator("tbody tr")).to_have_count(2)

    page.locator("form details summary").first.click()
    page.get_by_label("Land use", exact=True).select_option("forest")
    page.get_by_label("Province", exact=True).select_option("74")
    page.get_by_role("button", name="Filter").click()

    expect(page.get_by_role("heading", name="Nothing meets these conditions")).to_be_visible()
    expect(page.get_by_label("Land use", exact=True)).to_have_value("forest")
    expect(page.get_by_label("Province", exact=True)).to_have_value("74")

    page.locator(".empty").get_by_role("link", name="Without Land use: Forest").click()

    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.get_by_role("link", name="Drop the condition Samut Sakhon")).to_be_visible()
    context.close()


def test_every_map_leads_to_the_data_and_every_layer_to_its_map(page: Page, address: str) -> None:
    page.goto(f"{address}/ogc/collections?lang=en")
    maps = {
        link.get_attribute("href")
        for link in page.locator(".ways").get_by_role("link", name="Map").all()
    }

    themes = {path.partition("?")[0] for path in maps if path and path.startswith("/maps/")}
    assert len(themes) == 4
    for path in themes:
        assert page.request.get(f"{address}{path}").status == 200
    assert "/maps/burning?lang=en" in maps  # hotspots are on by themselves
    page.goto(f"{address}/ogc/collections/burned_area?lang=en")
    page.get_by_role("link", name="See it on the map").click()
    expect(page.locator("#theme-further input[name=burned_area]")).to_be_checked()
    # The frame of every page.
    for name in ("Open data", "Status of the data", "Methods", "About Fahsai"):
        href = page.locator("footer").get_by_role("link", name=name).get_attribute("href")
        assert page.request.get(f"{address}{href}").status == 200


def test_the_status_says_by_word_and_shape_what_was_never_read_and_what_is_late(
    page: Page, server_url: str, fresh: Connection
) -> None:
    world(fresh)
    hotspot(fresh, "old", NOW - timedelta(days=9))
    with fresh.cursor() as cursor:
        cursor.execute("DELETE FROM hotspot WHERE acquired_at > now() - interval '8 days'")
    fresh.commit()

    page.goto(f"{server_url}/status?lang=en")

    late = page.locator("#layer-hotspots")
    expect(late.get_by_text("Late", exact=True)).to_have_class("state late")
    expect(late.locator(".age-late")).to_have_count(1)
    expect(late).to_contain_text("late after 30 hours")
    expect(page.locator("#layer-carbon")).to_contain_text("Never loaded")
    programs = page.request.get(f"{server_url}/status", headers={"Accept": "*/*"})
    assert programs.json()["layers"]["hotspots"]["stale"] is True


def test_rows_that_wait_are_on_a_page_with_place_and_remedy_and_factories_tell_their_doubts(
    page: Page, server_url: str, fresh: Connection
) -> None:
    world(fresh)
    factory(fresh, "doubtful", doubts=["date_implausible"], place_doubts=["outside_province"])
    insert(fresh, "run", source="diw", input="x", status="succeeded", finished_at=NOW)
    waits = {"reason": "FID is missing", "detail": "นายลับ", "raw": "นายลับ", "stored": False}
    with fresh.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM run")
        ((run_id,),) = cursor.fetchall()
    insert(fresh, "quarantine", run_id=run_id, source="diw", file="a.csv", line=7, **waits)
    fresh.commit()

    page.goto(f"{server_url}/status?lang=th")
    page.get_by_role("link", name="ดูแถวที่กักไว้และวิธีแก้").click()

    expect(page.get_by_role("row", name="ไม่มีค่า FID")).to_contain_text("a.csv บรรทัด 7")
    expect(page.get_by_role("row", name="ไม่มีค่า FID")).to_contain_text("เติมค่าที่ขาด")
    assert "นายลับ" not in page.content()

    page.goto(f"{server_url}/factories/doubtful?lang=th")
    expect(page.locator(".facts")).to_contain_text("จุดอยู่นอกจังหวัดที่ระบุเกิน 1 กม.")
    page.goto(f"{server_url}/ogc/collections/factories/items/doubtful?lang=en")
    expect(page.locator("main")).to_contain_text("Has a date that can hardly be")


def test_people_read_what_changed_since_another_time(
    fresh: Connection, page: Page, server_url: str
) -> None:
    world(fresh)
    before = now(fresh)
    changed(fresh, "UPDATE factory SET name = 'โรงงานใหม่'")

    page.goto(f"{server_url}/ogc/collections/factories?lang=th")
    page.get_by_role("link", name="ดูสิ่งที่เปลี่ยนไป").click()
    expect(page.locator("h1")).to_contain_text("สิ่งที่เปลี่ยนไปใน")
    expect(page.locator(".lead")).to_contain_text("เพิ่มใหม่ 1 รายการ")
    page.goto(f"{server_url}/ogc/collections/factories/changes?since={quote(before)}&lang=th")

    expect(page.locator(".lead")).to_contain_text("แก้ไข 1 รายการ")
    row = page.locator("table.told tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("แก้ไข")
    expect(row).to_contain_text("เปลี่ยนเป็น โรงงานใหม่")
    row.get_by_role("link").click()
    expect(page.locator("h1")).to_be_visible()
    assert "as_of=" in page.url


def test_a_time_before_history_begins_is_said_to_be_too_early_beside_the_form(
    page: Page, address: str
) -> None:
    early = f"{address}{CHANGES}?since=2020-01-01T00:00:00Z&land_use=forest"
    answer = page.goto(early)

    assert answer is not None and answer.status == 400
    note = page.get_by_role("alert")
    expect(note).to_contain_text("อยู่ก่อนที่เราเริ่มเก็บข้อมูลย้อนหลัง")
    expect(note).to_contain_text("เก็บไว้ตั้งแต่")
    expect(page.locator("table.told, .empty")).to_have_count(0)
    since = page.get_by_label("ตั้งแต่ (เวลาไทย)")
    expect(since).to_have_value("2020-01-01T07:00")
    began = str(since.get_attribute("min"))
    since.fill(began)
    page.get_by_role("button", name="เปรียบเทียบ").click()
    asked = dict(parse_qsl(urlsplit(page.url).query))
    assert (asked["since"], asked["land_use"]) == (f"{began}:00+07:00", "forest")
    page.goto(f"{early}&lang=en")
    expect(page.get_by_role("alert")).to_contain_text("That is too early to compare")


def test_the_times_of_the_form_are_those_of_thailand_and_filters_stay(
    page: Page, address: str
) -> None:
    page.goto(f"{address}{CHANGES}?since=1&land_use=forest&lang=en")
    page.get_by_label("From (Thai time)").fill("2090-01-01T07:30")
    page.get_by_role("button", name="Compare").click()

    asked = dict(parse_qsl(urlsplit(page.url).query))
    assert asked == {"land_use": "forest", "since": "2090-01-01T07:30:00+07:00", "lang": "en"}
    expect(page.get_by_text("since must be a time that has passed")).to_be_visible()
