"""Takes the pictures of docs/gallery from a running demo: python docs/gallery.py http://127.0.0.1:8000

The day is told in the addresses, so that a new demo gives the same views. One report is made for
them. Staff's pages are taken with a link by which somebody signs in: --staff "$(fahsai account link
demo@example.org)". Names after the address take those pictures alone.
"""

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium-headless-shell"
FOLDER = Path(__file__).parent / "gallery"
DAY = "2026-03-02"
WEEK = f"from=2026-02-24&to={DAY}"
DESK, PHONE = (1440, 900), (390, 844)
# Within margins of 11 mm it is 711 px wide: a window would be taken for a telephone, paper is not.
A4 = (721, 1055)

# name, address, size of the window
VIEWS = (
    ("brief", f"/?day={DAY}", DESK),
    ("brief-province", f"/?day={DAY}&province=46", DESK),
    ("brief-air", f"/?day={DAY}&number=air", DESK),
    ("brief-english", f"/?day={DAY}&lang=en", DESK),
    ("brief-phone", f"/?day={DAY}", PHONE),
    ("burning", f"/maps/burning?{WEEK}", DESK),
    ("burning-compare", f"/maps/burning?{WEEK}&view=compare", DESK),
    ("burning-near", f"/maps/burning?{WEEK}&z=10&lat=19.1&lon=98.9", DESK),
    ("burning-mills", f"/maps/burning?{WEEK}&layers=mill_burning", DESK),
    ("air", f"/maps/air?{WEEK}", DESK),
    ("air-surface", f"/maps/air?{WEEK}&layers=pm25_surface", DESK),
    ("air-exposure", f"/maps/air?{WEEK}&layers=exposure", DESK),
    ("air-fires", f"/maps/air?{WEEK}&layers=fire_contribution&lang=en", DESK),
    ("complaints", "/maps/complaints", DESK),
    ("green", "/maps/green", DESK),
    ("carbon", "/maps/green?number=carbon", DESK),
    ("emissions", "/emissions", DESK),
    ("scorecard", "/eco-towns/demo-town-1/scorecard?framework=demo", DESK),
    ("kpi", "/kpi", DESK),
    ("green-effect", "/green-effect", DESK),
    ("place", f"/provinces/46?day={DAY}", DESK),
    ("factory", f"/factories/demo-000010?day={DAY}", DESK),
    ("factory-phone", f"/factories/demo-000010?day={DAY}&lang=en", PHONE),
    ("mill", f"/factories/demo-002928?day={DAY}#mill-season", DESK),
    ("field", "/field?factory=demo-000010&at=2026-03-02T01:00:00Z", PHONE),
    ("report", "/report", PHONE),
    ("search", "/search?q=kanchanaburi", DESK),
    ("data", "/ogc/collections/hotspots", DESK),
    ("status", "/status", DESK),
    ("methods", "/methods", DESK),
)
PRINTED = (
    ("brief-print", f"/?day={DAY}"),
    ("place-print", f"/provinces/46?day={DAY}"),
    ("air-print", f"/maps/air?{WEEK}&layers=pm25_surface&lang=en"),
    ("emissions-print", "/emissions"),
    ("scorecard-print", "/eco-towns/demo-town-1/scorecard?framework=demo"),
)
_CASE = "#queue th a"
# name, address, what is pressed from there one after the other, size of the window
OF_STAFF = (
    ("staff", "/staff?state=action_ordered", (), DESK),
    ("staff-phone", "/staff?state=action_ordered", (), PHONE),
    ("staff-case", "/staff?state=action_ordered", (_CASE,), DESK),
    ("staff-case-phone", "/staff?state=action_ordered", (_CASE,), PHONE),
    ("jobs", "/jobs", (), DESK),
    ("work-list", "/staff/work-list", (".work-choice .primary",), PHONE),
    ("inspect", "/staff?state=inspecting", (_CASE, ".case-steps a.primary"), PHONE),
)
REPORTED = "report-sent"
SETTLED_MS = 4_000


def main(address: str, link: str | None, names: set[str]) -> None:
    """Writes every picture, or those of the names."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path, size in VIEWS:
            if wanted(name, names):
                picture(browser, address + path, name, size)
        if wanted("field-offline", names):
            offline(browser, f"{address}/field?factory=demo-000010", "field-offline")
        for name, path in PRINTED:
            if wanted(name, names):
                print_page(browser, address + path, name)
        staff = signed_in(browser, link) if link else None
        if staff:
            of_staff(staff, address, names)
        if wanted(REPORTED, names):
            reported(browser, staff, address)
        browser.close()


def wanted(name: str, names: set[str]) -> bool:
    """No names are all."""
    return not names or name in names


def signed_in(browser: Browser, link: str) -> BrowserContext:
    """A browser of whom the link lets in."""
    context = browser.new_context(locale="th-TH")
    page = context.new_page()
    page.goto(link)
    page.locator("#main form .primary").click(no_wait_after=True)
    page.wait_for_url(lambda url: "/sign-in" not in url, timeout=60_000)
    page.close()
    return context


def of_staff(staff: BrowserContext, address: str, names: set[str]) -> None:
    """The pages of whoever is signed in."""
    page = staff.new_page()
    for name, path, presses, size in OF_STAFF:
        if wanted(name, names):
            staff_picture(page, address + path, presses, name, size)
    page.close()


def staff_picture(
    page: Page, url: str, presses: tuple[str, ...], name: str, size: tuple[int, int]
) -> None:
    """A JPEG of the page that the presses lead to."""
    sys.stderr.write(f"{name}: {url}\n")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(url, wait_until="networkidle")
    for press in presses:
        page.locator(press).first.click()
        page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=78)


def reported(browser: Browser, staff: BrowserContext | None, address: str) -> None:
    """A JPEG of how a report is followed that was made, and acknowledged if there is staff."""
    sys.stderr.write(f"{REPORTED}: {address}/report\n")
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="th-TH")
    page.goto(f"{address}/report", wait_until="networkidle")
    page.locator("[name=category][value=odour]").check()
    page.locator("#report-coordinates").fill("13.5990, 100.5998")
    page.locator("#report-send").click()
    page.wait_for_url("**/report/*-*-*")
    if staff:
        acknowledge_newest(staff, address)
        page.goto(page.url.split("?")[0], wait_until="networkidle")
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=FOLDER / f"{REPORTED}.jpg", type="jpeg", quality=78)
    page.close()


def acknowledge_newest(staff: BrowserContext, address: str) -> None:
    """The newest case of the queue, with a word to who reported it."""
    page = staff.new_page()
    page.goto(f"{address}/staff?order=newest", wait_until="networkidle")
    page.locator(_CASE).first.click()
    page.locator("#to-acknowledged summary").click()
    page.locator("#public-acknowledged").fill("เจ้าหน้าที่จะลงพื้นที่ภายในวันพรุ่งนี้")
    page.locator("#to-acknowledged .primary").click()
    page.locator("#done").wait_for()
    page.close()


def picture(browser: Browser, url: str, name: str, size: tuple[int, int]) -> None:
    """A JPEG of the window."""
    sys.stderr.write(f"{name}: {url}\n")
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="th-TH")
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=78)
    page.close()


def offline(browser: Browser, url: str, name: str) -> None:
    """A JPEG of a page opened again without signal."""
    sys.stderr.write(f"{name}: {url}\n")
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="th-TH")
    page = context.new_page()
    page.goto(url, wait_until="networkidle")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_timeout(SETTLED_MS)
    context.set_offline(True)
    page.reload()
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=78)
    context.close()


def print_page(browser: Browser, url: str, name: str) -> None:
    """A JPEG of what goes to A4, without its margins."""
    sys.stderr.write(f"{name}: {url}\n")
    page = browser.new_page(viewport={"width": DESK[0], "height": DESK[1]}, locale="th-TH")
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(SETTLED_MS)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4[0], "height": A4[1]})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=78)
    page.close()


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("address")
    asked.add_argument("--staff", metavar="LINK")
    asked.add_argument("names", nargs="*")
    told = asked.parse_intermixed_args()
    main(told.address.rstrip("/"), told.staff, set(told.names))
