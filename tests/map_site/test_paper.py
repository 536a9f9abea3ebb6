"""Pages on A4: every table fits its width, for a number that the edge cuts is another number."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from geo_api.app import create_app
from geo_api.database.connections import Pool
from geo_api.settings import Settings
from layers.catalog import catalog
from tests.map_site.conftest import DEMO_NOW
from tests.map_site.theme import counted
from tests.serving import serving

MM = 96 / 25.4
PORTRAIT = round((210 - 2 * 11) * MM)
LANDSCAPE = round((297 - 2 * 9) * MM)
# Cells beyond the paper, or beyond a box that hides what is too wide.
CUT = """() => [...document.querySelectorAll("main table :is(td, th)")].filter((cell) => {
    const box = cell.getBoundingClientRect();
    const beyond = (edge) => box.right > edge + 1;
    let isCut = beyond(innerWidth);
    for (let at = cell.parentElement; at !== document.body; at = at.parentElement)
        if (getComputedStyle(at).overflowX !== "visible")
            isCut = isCut || beyond(at.getBoundingClientRect().right);
    return box.width && isCut;
}).map((cell) => cell.innerText)"""
PICTURE_SEEN_THROUGH = re.compile(rb"/Subtype /Image[^>]*/SMask \d+ 0 R")
LISTS = ("/factories", "/provinces", "/districts", "/eco-towns")
MOST_SHEETS = {"/provinces/50": 2, "/factories/demo-000010": 3, "/emissions": 4}
THEMES = tuple(f"/maps/{name}?view=table" for name in ("burning", "air", "green"))


def cut(window: Page, address: str, width: int) -> Any:
    window.set_viewport_size({"width": width, "height": 1000})
    window.emulate_media(media="print")
    window.goto(address)
    if "?view=table" in address:
        counted(window)
    return window.evaluate(CUT)


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(
    "path", ["/", "/maps/complaints", *LISTS, *THEMES, "/provinces/50", "/status", "/emissions"]
)
def test_no_table_is_cut_by_the_edge_of_the_paper(
    window: Page, demo_address: str, path: str, language: str
) -> None:
    both = "&" if "?" in path else "?"

    assert cut(window, f"{demo_address}{path}{both}lang={language}", PORTRAIT) == []


@pytest.mark.parametrize("name", [layer.name for layer in catalog().values() if not layer.raster])
def test_the_items_of_a_layer_fit_a_sheet_that_lies(
    window: Page, demo_address: str, name: str
) -> None:
    address = f"{demo_address}/ogc/collections/{name}/items?f=html&lang=en"

    assert cut(window, address, LANDSCAPE) == []


def test_the_table_of_a_theme_begins_on_the_first_page(browser: Browser, demo_address: str) -> None:
    page = browser.new_page(viewport={"width": PORTRAIT, "height": 1000})
    page.emulate_media(media="print")
    page.goto(f"{demo_address}/maps/burning?view=table")
    counted(page)

    table = page.locator("#theme-table")

    expect(table).to_have_css("break-inside", "auto")
    above = page.locator(".theme-numbers").bounding_box()
    below = table.bounding_box()
    assert above and below and below["y"] - (above["y"] + above["height"]) < 5 * MM
    page.close()


def test_the_map_of_a_place_fills_its_room_on_paper_and_is_not_cut_in_two(
    browser: Browser, demo_address: str
) -> None:
    page = browser.new_page(viewport={"width": PORTRAIT, "height": 1000})
    page.goto(f"{demo_address}/provinces/50")
    page.wait_for_load_state("networkidle")
    page.emulate_media(media="print")

    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    room = page.locator(".place-map .map-frame").bounding_box()
    drawn = page.locator(".place-map .leaflet-container").bounding_box()
    assert room and drawn and abs(room["height"] - 85 * MM) < 2
    assert abs(drawn["height"] - room["height"]) < 2
    expect(page.locator(".place-map")).to_have_css("break-inside", "avoid")
    page.close()


# Ground, what is drawn, and outlines above it. Where Chromium prints one as strokes instead of a
# picture, it wipes what lies beneath.
@pytest.mark.parametrize(
    ("path", "canvases"), [("/maps/burning", 3), ("/maps/air", 3), ("/maps/green", 2), ("/", 2)]
)
def test_a_map_is_printed_with_all_that_it_shows(
    browser: Browser, demo_address: str, path: str, canvases: int
) -> None:
    page = browser.new_page()
    page.goto(f"{demo_address}{path}")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".map-frame:visible canvas")).to_have_count(canvases)

    printed = page.pdf(format="A4", prefer_css_page_size=True, print_background=True)

    assert len(PICTURE_SEEN_THROUGH.findall(printed)) >= canvases  # patterns are some, too
    page.close()


def test_paper_shows_the_tiles_of_its_own_view(browser: Browser, demo_address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.add_init_script(
        """window.fetching = 0;
        const ask = window.fetch;
        window.fetch = (...all) => {
            fetching += 1;
            return ask(...all).finally(() => (fetching -= 1));
        };"""
    )
    page.clock.install()
    page.goto(f"{demo_address}/provinces/50")
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => fetching === 0")
    page.clock.fast_forward(2_000)  # tiles for paper are asked for when the page has been quiet
    page.wait_for_function("() => fetching === 0")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(media="print")

    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    page.wait_for_timeout(300)
    assert [url for url in asked if "/tiles/" in url] == []
    page.close()


@pytest.mark.parametrize("path", ["/maps/burning", "/maps/green?view=table"])
def test_a_theme_says_when_it_was_printed(browser: Browser, demo_address: str, path: str) -> None:
    page = browser.new_page()
    page.clock.install(time=datetime(2026, 3, 2, 9, 41, tzinfo=UTC))
    page.goto(f"{demo_address}{path}")
    counted(page)
    page.emulate_media(media="print")

    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    expect(page.locator(".foot")).to_contain_text("พิมพ์ 2 มี.ค. 2569 16:41")
    page.close()


def sheets(page: Page, address: str) -> int:
    """How many the page takes, without its tables of further rows."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page[^s]", printed))


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("asked", ["", "day=2026-02-20&number=air", "day=2026-02-20&province=50"])
def test_a_brief_is_one_sheet(page: Page, demo_address: str, asked: str, language: str) -> None:
    assert sheets(page, f"{demo_address}/?{asked}&lang={language}") == 1


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("path", ["/provinces/50", "/factories/demo-000010", "/emissions"])
def test_a_page_takes_no_more_sheets_in_english_than_it_may(
    page: Page, demo_address: str, path: str, language: str
) -> None:
    assert sheets(page, f"{demo_address}{path}?lang={language}") <= MOST_SHEETS[path]


@pytest.fixture
def stale_address(demo_reads: Pool, settings: Settings) -> Iterator[str]:
    """The demo three days later, when nothing came any more."""
    late = DEMO_NOW + timedelta(days=3)
    with serving(create_app(demo_reads, settings, now=lambda: late)) as address:
        yield address


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_brief_on_paper_says_what_is_late_on_its_one_sheet(
    page: Page, stale_address: str, language: str
) -> None:
    assert sheets(page, f"{stale_address}/?lang={language}") == 1
    page.emulate_media(media="print")
    expect(page.locator(".brief .late-notes .note").first).to_be_visible()
    expect(page.locator(".freshness .late").first).to_be_visible()


# Of names that lie on the map at all, those that its edge cuts.
CUT_NAMES = """() => {
    const map = document.querySelector(".brief-map .leaflet-container").getBoundingClientRect();
    const names = [...document.querySelectorAll(".brief-map .fahsai-labels text")];
    return names.filter((name) => {
        const box = name.getBoundingClientRect();
        const isOn = box.right > map.left && box.left < map.right
            && box.bottom > map.top && box.top < map.bottom;
        return isOn && (box.left < map.left - 1 || box.right > map.right + 1);
    }).map((name) => name.textContent);
}"""


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("number", ["burning", "green"])
def test_no_name_is_cut_by_the_edge_of_a_printed_map(
    browser: Browser, demo_address: str, number: str, language: str
) -> None:
    page = browser.new_page(viewport={"width": PORTRAIT, "height": 1040})
    page.goto(f"{demo_address}/?number={number}&lang={language}")
    page.wait_for_load_state("networkidle")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert page.evaluate(CUT_NAMES) == []
    assert page.locator(".brief-map .fahsai-labels text").count() > 15
    page.close()


# Leaflet's maps are closed in their scripts: one is known from its making.
KNOWN_MAP = """let leaflet;
Object.defineProperty(window, "L", { get: () => leaflet, set: (made) => {
    leaflet = made;
    made.Map.addInitHook(function () { window.map = this; });
} });"""
# Beside whose tips a legend may lie: north, west, east, Trat, the border in the south, Narathiwat.
TIPS = [
    (20.46, 99.95),
    (18.5, 97.35),
    (15.3, 105.63),
    (11.65, 102.91),
    (5.62, 101.1),
    (6.23, 102.09),
]
LAID_OUT = """(tips) => {
    const map_box = map.getContainer().getBoundingClientRect();
    const legend = document.querySelector(".map-legend").getBoundingClientRect();
    const places = tips.map((tip) => {
        const { x, y } = map.latLngToContainerPoint(tip);
        return [map_box.left + x, map_box.top + y];
    });
    const within = (box) => places.filter(([x, y]) =>
        x >= box.left && x <= box.right && y >= box.top && y <= box.bottom).length;
    return { height: map_box.height, on_map: within(map_box), beneath_legend: within(legend) };
}"""


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_map_of_a_brief_on_paper_is_tall_shows_the_whole_country_and_no_legend_on_it(
    browser: Browser, demo_address: str, language: str
) -> None:
    page = browser.new_page(viewport={"width": PORTRAIT, "height": 1040})
    page.add_init_script(KNOWN_MAP)
    page.goto(f"{demo_address}/?lang={language}")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".seasons")).to_be_visible()
    page.emulate_media(media="print")

    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    found = page.evaluate(LAID_OUT, TIPS)
    assert found == {
        "height": pytest.approx(131 * MM, abs=2),
        "on_map": len(TIPS),
        "beneath_legend": 0,
    }
    page.close()


# How many pixels of the map on paper have a colour of the ramp, and how many of them are abroad.
RAMPED = """() => {
    const { map, provinces } = fahsai.theme.sides.now;
    const drawn = map.getContainer().querySelectorAll(".leaflet-fahsai-area-pane canvas");
    const canvas = [...drawn].at(-1);
    const [box, room] = [canvas, map.getContainer()].map((one) => one.getBoundingClientRect());
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    const ramp = fahsai.rampOf("green").map((color) => parseInt(color.slice(1), 16));
    const found = { all: 0, abroad: 0 };
    for (let i = 0; i < width * height; i++) {
        const [red, green, blue] = data.subarray(4 * i, 4 * i + 3);
        if (!ramp.includes((red << 16) | (green << 8) | blue)) continue;
        const x = box.left - room.left + ((i % width) * box.width) / width;
        const y = box.top - room.top + (Math.floor(i / width) * box.height) / height;
        const { lat, lng } = map.containerPointToLatLng([x, y]);
        found.all += 1;
        found.abroad += Number(lat < 14 && lng > 103);
    }
    return found;
}"""


def test_paper_that_has_no_tiles_of_its_own_shows_those_of_the_screen_in_their_place(
    browser: Browser, demo_address: str
) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{demo_address}/maps/green")
    page.wait_for_function("() => fahsai.theme.sides?.now.provinces._drawn")
    page.evaluate(
        "() => { fahsai.theme.sides.now.provinces.source.ask = () => new Promise(() => {}); }"
    )
    page.emulate_media(media="print")

    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    found = page.evaluate(RAMPED)
    assert found["all"] > 1_000
    assert found["abroad"] == 0
    expect(page.locator(".map-unfinished")).to_have_count(0)
    page.close()


@pytest.mark.parametrize(
    ("path", "late"),
    [("/maps/green", "**/tiles/**"), ("/maps/burning", "**/api/daily-counts/**")],
)
def test_a_map_that_is_printed_too_soon_says_so(
    page: Page, demo_address: str, path: str, late: str
) -> None:
    page.route(late, lambda _: None)
    page.goto(f"{demo_address}{path}", wait_until="domcontentloaded")
    page.wait_for_function("() => fahsai.theme")
    page.emulate_media(media="print")

    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    note = page.locator(".map-frame:visible .map-unfinished")
    expect(note).to_have_text("แผนที่นี้ยังโหลดไม่ครบเมื่อสั่งพิมพ์ โปรดพิมพ์ใหม่อีกครั้ง")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(note).to_have_count(0)
