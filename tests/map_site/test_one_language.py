"""A page is in one language: what is of the other says so, to screen readers too."""

import re

import pytest
from playwright.sync_api import Page

PATHS = (
    *("/", "/provinces", "/provinces/74", "/districts/7401", "/eco-towns", "/factories"),
    *("/factories/demo-000010", "/search?q=samut", "/maps/burning", "/maps/air", "/maps/green"),
    *("/ogc/", "/ogc/collections", "/ogc/collections/factories", "/catalog", "/status"),
    *("/ogc/collections/factories/items", "/ogc/collections/hotspots/items", "/openapi.html"),
    "/ogc/collections/factories/changes?since=1",
)
THAI = re.compile("[\u0e00-\u0e7f]")
# Words that have a Thai form; names of formats, firms and satellites have none.
ENGLISH = re.compile(
    r"m/s|\bhp\b|\bkm\b|\bMW\b|Zoom|Functions|styles|Tile matrix|not stated|factories|Layers"
)
# Text that is read out in the page's language, with the words of attributes.
SAID = """() => {
    const { lang } = document.documentElement;
    const isOwn = (element) => element && element.closest("[lang]").lang === lang
        && !element.closest("script, style, code, pre, .printed");
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const said = [];
    while (walker.nextNode())
        if (isOwn(walker.currentNode.parentElement)) said.push(walker.currentNode.textContent);
    for (const name of ["title", "aria-label", "placeholder"])
        for (const one of document.querySelectorAll(`[${name}]`))
            if (isOwn(one)) said.push(one.getAttribute(name));
    return said.map((one) => one.trim()).filter(Boolean);
}"""


def said(page: Page, address: str, language: str) -> list[str]:
    page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
    page.wait_for_load_state("networkidle")
    found: list[str] = page.evaluate(SAID)
    assert len(found) > 10
    return found


@pytest.mark.parametrize("path", PATHS)
def test_an_english_page_marks_what_is_thai(path: str, window: Page, demo_address: str) -> None:
    found = said(window, demo_address + path, "en")

    assert [text for text in found if THAI.search(text)] == []


@pytest.mark.parametrize("path", PATHS)
def test_a_thai_page_uses_the_words_that_thai_has(
    path: str, window: Page, demo_address: str
) -> None:
    found = said(window, demo_address + path, "th")

    assert [text for text in found if ENGLISH.search(text)] == []
