"""The staff desk in a browser, in Thai: with keys and a map, without scripts, on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from psycopg2.extensions import connection as Connection

from geo_api.http.staff import SESSION_COOKIE
from tests.makers import complaint, factory, insert, province, session_of, staff_account
from tests.map_site.conftest import Seen
from tests.map_site.test_accessibility import problems

WORDS = "กลิ่นเหม็นเปรี้ยวตั้งแต่ตีสาม </script> กู้ที่ดินปู่ญี่ปุ่น"


@pytest.fixture
def token(fresh: Connection) -> str:
    """Of an officer with three cases, of which one is overdue."""
    province(fresh)
    factory(fresh, lat=13.56)
    for number in range(3):
        at = f"2026-03-0{number + 1}"
        complaint(
            fresh, f"case-{number}", at, lon=100.25 + number / 100, province_code="74",
            channel="form", received_at=at, strength=number + 1, address="ซอย 1",
        )  # fmt: skip
        insert(fresh, "complaint_text", complaint_id=f"case-{number}", text=WORDS)
    insert(fresh, "complaint_deadline", category="*", hours=24, source="สอจ.")
    opened = session_of(fresh, staff_account(fresh))
    fresh.commit()
    return opened


@pytest.fixture
def desk(page: Page, server_url: str, token: str) -> Page:
    """The browser of somebody who is signed in."""
    sign_in(page, server_url, token)
    return page


def sign_in(page: Page, server_url: str, token: str) -> None:
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": server_url}])


def test_the_queue_is_walked_by_keys_and_seen_on_its_map(
    desk: Page, server_url: str, seen: Seen
) -> None:
    desk.goto(f"{server_url}/staff")
    expect(desk.locator(".folium-map .desk-point")).to_have_count(3)

    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    expect(desk.locator("tr.chosen")).to_have_attribute("data-case", "case-0")
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")

    desk.wait_for_url("**/staff/complaints/case-1")
    expect(desk.locator("h1")).to_contain_text("กลิ่นเหม็น")
    expect(desk.locator("blockquote")).to_have_text(WORDS)
    assert seen.errors == []


def test_a_point_on_the_map_leads_to_its_case(desk: Page, server_url: str) -> None:
    desk.goto(f"{server_url}/staff")
    points = desk.locator(".folium-map .desk-point")
    expect(points).to_have_count(3)

    points.first.click()

    desk.wait_for_url("**/staff/complaints/case-*")


@pytest.fixture
def plain(browser: Browser, server_url: str, token: str) -> Iterator[Page]:
    """A phone whose browser runs no script."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="th-TH"
    )
    opened = context.new_page()
    sign_in(opened, server_url, token)
    yield opened
    context.close()


def test_a_case_is_worked_on_a_phone_without_scripts(plain: Page, server_url: str) -> None:
    plain.goto(f"{server_url}/staff")
    plain.get_by_label("เรียง").select_option("newest")
    plain.get_by_role("button", name="แสดง").click()
    plain.get_by_role("link", name="กลิ่นเหม็น").first.click()
    assert plain.url.endswith("/staff/complaints/case-2")

    plain.get_by_text("รับดำเนินการ").first.click()
    plain.get_by_role("button", name="เปลี่ยนเป็น รับดำเนินการ").click()
    expect(plain.locator("#done")).to_contain_text("บันทึกแล้ว")
    plain.locator("#to-forwarded summary").click()
    plain.locator("#recipient-forwarded").fill("เทศบาล")
    plain.locator("#why-forwarded").fill("ไม่ใช่โรงงาน")
    plain.get_by_role("button", name="เปลี่ยนเป็น ส่งต่อหน่วยงานอื่น").click()

    expect(plain.locator(".card-head .state")).to_have_text("ส่งต่อหน่วยงานอื่น")
    expect(plain.locator(".story")).to_contain_text("เทศบาล")


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_nothing_overflows(
    desk: Page, server_url: str, width: int, fresh: Connection
) -> None:
    insert(
        fresh, "procedure_step", version="1", valid_from="2025-01-01", category="*", step=1,
        title_th="รับเรื่อง", title_en="Acknowledge", from_state="received",
        to_state="acknowledged", target_hours=24, source="สอจ.",
    )  # fmt: skip
    fresh.commit()
    desk.set_viewport_size({"width": width, "height": 800})
    for path in ("/staff", "/staff/complaints/case-1", "/staff/work", "/staff?category=noise"):
        for language in ("", "en"):
            joined = "&" if "?" in path else "?"
            desk.goto(f"{server_url}{path}" + (f"{joined}lang=en" if language else ""))
            assert problems(desk) == [], (path, language)
            overflow = "() => document.documentElement.scrollWidth - innerWidth"
            assert desk.evaluate(overflow) <= 0, (path, language)
