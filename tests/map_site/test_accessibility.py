"""What axe finds on every page, in both languages, on a desk and on a phone: nothing.

axe-core (Deque, MPL-2.0) is served from node_modules by the test, not by the product.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# WCAG 2.2 AA, and what axe calls good practice.
# Every element that passes is not to be told of: megabytes for a table.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
PATHS = [
    "/",
    "/?number=air",
    "/?number=complaints&region=north",
    "/?number=green&province=14",
    "/alerts",
    "/alerts?kind=province&code=14",
    "/provinces",
    "/provinces/14",
    "/districts?q=%E0%B9%80%E0%B8%A1%E0%B8%B7%E0%B8%AD%E0%B8%87",
    "/districts/1401",
    "/eco-towns",
    "/factories?sort=-workers",
    "/factories?q=nothing-like-this",
    "/factories/demo-000010",
    "/search?q=kanchanaburi",
    "/search?q=",
    "/provinces/99",
    "/maps/burning?from=2026-02-24&to=2026-03-02",
    "/maps/burning?from=2026-02-24&to=2026-03-02&view=table",
    "/maps/burning?from=2026-02-24&to=2026-03-02&view=compare",
    "/maps/air",
    "/maps/complaints",
    "/maps/green",
    "/emissions",
    "/emissions?province=74",
    "/field",
    "/field?factory=demo-000010",
    "/field?lat=14.35&lon=100.28&view=compass",
    "/field?lat=14.35&lon=100.28&view=record",
    "/ogc/collections",
    "/ogc/collections/hotspots",
    "/ogc/collections/hotspots/items",
    "/status",
    "/quarantine",
    "/methods",
    "/about",
]


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    """As `window`, on a phone."""
    opened = browser.new_page(is_mobile=True, has_touch=True)
    yield opened
    opened.close()


def problems(page: Page) -> list[str]:
    """What axe finds, each with the first element it is said of."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    run = "async (rules) => (await axe.run(document, rules)).violations"
    found: list[dict[str, Any]] = page.evaluate(run, RULES)
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]} ({len(one['nodes'])} of them)"
        f" {one['nodes'][0]['failureSummary'][:300]}"
        for one in found
    ]


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_on_a_desk(path: str, window: Page, demo_address: str) -> None:
    # So tall that the field's bar of buttons, which stays at the foot, lies over no row.
    height = 2400 if path.startswith("/field") else 900
    window.set_viewport_size({"width": 1440, "height": height})
    window.goto(demo_address + path)
    window.wait_for_load_state("networkidle")

    assert problems(window) == []


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_on_a_phone_in_english_and_nothing_is_wider_than_320_pixels(
    path: str, phone: Page, demo_address: str
) -> None:
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.goto(demo_address + path + ("&" if "?" in path else "?") + "lang=en")
    phone.wait_for_load_state("networkidle")

    found = problems(phone)
    phone.set_viewport_size({"width": 320, "height": 640})
    width = phone.evaluate("document.documentElement.scrollWidth")

    assert found == []
    assert width == 320
