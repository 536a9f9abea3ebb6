"""Takes the pictures of docs/gallery from a running demo: python docs/gallery.py http://127.0.0.1:8000

The day is told in the addresses, so that a new demo gives the same views.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = "/usr/bin/chromium-headless-shell"
FOLDER = Path(__file__).parent / "gallery"
DAY = "2026-03-02"
WEEK = f"from=2026-02-24&to={DAY}"
DESK, PHONE = (1440, 900), (390, 844)
A4 = (711, 1040)  # px of 96 to the inch, within margins of 11 mm

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
    ("air", f"/maps/air?{WEEK}", DESK),
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
    ("field", "/field?factory=demo-000010&at=2026-03-02T01:00:00Z", PHONE),
    ("report", "/report", PHONE),
    ("search", "/search?q=kanchanaburi", DESK),
    ("data", "/ogc/collections/hotspots", DESK),
    ("status", "/status", DESK),
)
PRINTED = (
    ("brief-print", f"/?day={DAY}"),
    ("place-print", f"/provinces/46?day={DAY}"),
    ("emissions-print", "/emissions"),
    ("scorecard-print", "/eco-towns/demo-town-1/scorecard?framework=demo"),
)
SETTLED_MS = 4_000


def main(address: str) -> None:
    """Writes every picture."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path, size in VIEWS:
            picture(browser, address + path, name, size)
        offline(browser, f"{address}/field?factory=demo-000010", "field-offline")
        reported(browser, f"{address}/report", "report-sent")
        for name, path in PRINTED:
            print_page(browser, address + path, name)
        browser.close()


def picture(browser: Browser, url: str, name: str, size: tuple[int, int]) -> None:
    """A JPEG of the window."""
    sys.stderr.write(f"{name}: {url}\n")
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="th-TH")
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=78)
    page.close()


def reported(browser: Browser, url: str, name: str) -> None:
    """A JPEG of what a resident sees who has reported: the demo has one report more."""
    sys.stderr.write(f"{name}: {url}\n")
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="th-TH")
    page.goto(url, wait_until="networkidle")
    page.locator("[name=category][value=odour]").check()
    page.locator("#report-coordinates").fill("13.5990, 100.5998")
    page.locator("#report-send").click()
    page.wait_for_url("**/report/*-*-*")
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
    main(sys.argv[1].rstrip("/"))
