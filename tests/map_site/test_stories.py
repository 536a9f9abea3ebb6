"""Three mornings, from the first page to the last: what the pages are for."""

import csv
import io
import re

import requests
from playwright.sync_api import Browser, Page, expect

from tests.map_site.conftest import DEMO_NOW

NEWEST = f"{DEMO_NOW:%Y-%m-%d}"


def number(text: str | None) -> int:
    """The first whole number of a text."""
    found = re.search(r"[\d,]+", text or "")
    assert found, f"no number in {text!r}"
    return int(found[0].replace(",", ""))


def test_the_deputy_finds_which_province_got_worse_sees_why_and_shares_it(
    browser: Browser, demo_address: str
) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="th-TH")
    page.goto(demo_address)

    # The answer is in the first sentence, and in the first row of the table.
    first = page.locator("#ranked tbody tr").first
    name = first.locator("th a").inner_text()
    expect(page.locator("#lead")).to_contain_text(name)
    fires = number(first.locator(".col-hotspots").inner_text())

    # Choosing the province pins it: its row, its card, and the address say so.
    first.locator("th a").click()
    card = page.locator(".pin-card")
    expect(card).to_contain_text(name)
    expect(page.locator("tr.pinned th")).to_have_text(name)
    code = re.findall(r"province=(\d+)", page.url)[0]

    # Back undoes the choice.
    page.go_back()
    expect(page.locator(".pin-card")).to_have_count(0)
    page.go_forward()

    # The province's page says why: districts, factories upwind, the season beside the last.
    page.locator(".pin-card a", has_text="เปิดหน้าจังหวัด").click()
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator(".parts tbody tr").first).to_be_visible()
    expect(page.locator(".figure .line-this").first).to_be_attached()
    report = requests.get(f"{demo_address}/api/brief").json()
    row = next(one for one in report["provinces"] if one["code"] == code)
    assert row["hotspots"] == fires
    assert number(page.locator(".cell-value").first.inner_text()) == row["week"]

    # What is shared opens the same for whoever gets it.
    shared = page.url
    other = browser.new_page(viewport={"width": 390, "height": 844}, locale="th-TH")
    other.goto(shared)
    expect(other.locator("h1")).to_have_text(name)
    other.close()
    page.close()


def test_the_analyst_compares_two_seasons_and_downloads_exactly_what_the_map_showed(
    page: Page, demo_address: str
) -> None:
    daily = requests.get(
        f"{demo_address}/api/daily-counts/hotspots?from=2025-12-01&to={NEWEST}"
    ).json()
    by_province: dict[str, int] = {}
    for _, province, _, count in daily["counts"]:
        code = daily["provinces"][province]
        by_province[code] = by_province.get(code, 0) + count
    code = max((one for one in by_province if one), key=by_province.__getitem__)

    page.goto(f"{demo_address}/maps/burning?from=2025-12-01&to={NEWEST}&province={code}")
    page.wait_for_function("() => document.querySelector('main').innerText.match(/[1-9]/)")
    expect(page.locator("main")).to_contain_text(f"{by_province[code]:,}")

    page.get_by_role("link", name="เทียบฤดูก่อน").or_(
        page.get_by_role("button", name="เทียบฤดูก่อน")
    ).click()
    expect(page.locator(".folium-map:visible")).to_have_count(2)

    # Back to the one map, whose data are to be taken home.
    page.go_back()
    expect(page.locator(".folium-map:visible")).to_have_count(1)
    page.locator("#open-download").click()
    with page.expect_download() as waited:
        page.get_by_role("link", name=re.compile("CSV")).first.click()
    text = waited.value.path().read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == by_province[code]


def test_the_inspector_without_signal_finds_what_is_upwind_and_notes_that_he_was_there(
    browser: Browser, demo_address: str
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, locale="th-TH"
    )
    page = context.new_page()
    page.clock.set_system_time(DEMO_NOW)
    card = requests.get(f"{demo_address}/api/reports/factories/demo-000010").json()
    page.goto(f"{demo_address}/factories/demo-000010")
    page.get_by_role("link", name="เปิดหน้าตรวจ").click()
    expect(page.locator("h1")).to_be_visible()
    listed = page.locator("main")
    nearest = min(card["neighbours"], key=lambda one: one["distance_m"])
    page.wait_for_load_state("networkidle")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    context.set_offline(True)
    page.reload()

    expect(listed).to_contain_text("ไม่มีสัญญาณ")
    expect(listed).to_contain_text(nearest["title"]["th"].split()[0])
    page.locator("#field-to-record").tap()
    page.locator("#field-note-text").fill("มาถึงแล้ว ไม่พบกลิ่น")
    page.get_by_role("button", name="บันทึกเวลาและตำแหน่งนี้").tap()
    expect(listed).to_contain_text("บันทึกไว้ในเครื่องแล้ว ยังไม่ส่ง")
    expect(listed.get_by_text("มาถึงแล้ว ไม่พบกลิ่น", exact=True).first).to_be_visible()
    context.close()
