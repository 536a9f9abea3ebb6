"""What staff see on the maps that everybody sees: each complaint, where it is."""

import re

import pytest
from playwright.sync_api import Page, expect
from psycopg2.extensions import connection as Connection

from geo_api.accounts.passwords import password_hash
from tests.makers import complaint, province, staff_account
from tests.map_site.conftest import Seen
from tests.map_site.test_accessibility import problems

PASSWORD = "ฝนตกที่ระยองทั้งคืนเลย"


@pytest.fixture
def officer(fresh: Connection) -> None:
    province(fresh)
    province(fresh, "21", name_th="ระยอง", name_en="Rayong")
    complaint(fresh, "here", "2026-03-01", lon=100.25, lat=13.55, province_code="74")
    complaint(fresh, "there", "2026-03-01", lon=101.25, lat=12.7, province_code="21")
    account = staff_account(fresh, province_code="74", password_hash=password_hash(PASSWORD))
    with fresh.cursor() as cursor:
        cursor.execute("UPDATE account SET email = 'a@example.org' WHERE id = %s", (account,))
    fresh.commit()


def test_an_officer_signs_in_by_keyboard_and_sees_the_provinces_complaints_on_the_map(
    officer: None, page: Page, seen: Seen, server_url: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server_url}/staff/sign-in?next=/maps/complaints")
    page.get_by_label("อีเมล").focus()
    page.keyboard.type("a@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url(f"{server_url}/maps/complaints*")
    cases = page.locator(".staff-cases:not(.staff-source)").first
    expect(cases).to_contain_text("1 เรื่องในกรอบนี้")
    mark = page.locator("path.leaflet-interactive[stroke='#14232b']").first
    mark.click(force=True)
    popup = page.locator(".leaflet-popup-content")
    expect(popup).to_contain_text("กลิ่นเหม็น")
    assert popup.get_by_role("link").get_attribute("href") == "/staff/complaints/here"
    assert seen.errors == []


@pytest.mark.parametrize("lang", ["th", "en"])
def test_axe_finds_nothing_on_the_pages_of_signing_in_of_ones_account_and_keys(
    lang: str, officer: None, page: Page, server_url: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server_url}/staff/sign-in?lang={lang}")
    found = problems(page)
    page.locator("#email").fill("a@example.org")
    page.locator("#password").fill(PASSWORD)
    page.locator("main button").click()
    page.wait_for_url(f"{server_url}/staff*")
    page.goto(f"{server_url}/staff/keys?lang={lang}")
    page.locator("#name").fill("x")
    page.locator("main button.primary").click()
    page.wait_for_selector(".shown-once")
    found += problems(page)
    page.goto(f"{server_url}/staff/account?lang={lang}")
    found += problems(page)

    assert found == []


def test_nobody_else_is_asked_for_it_nor_told_of_it(
    officer: None, page: Page, seen: Seen, server_url: str
) -> None:
    page.goto(f"{server_url}/maps/complaints")
    expect(page.locator(".leaflet-container").first).to_be_visible()
    page.wait_for_load_state("networkidle")

    assert page.locator(".staff-cases").count() == 0
    assert not [one for one in seen.requests if re.search("/api/staff", one)]
