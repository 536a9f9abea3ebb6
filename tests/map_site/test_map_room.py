"""What maps keep readable where room is short: values, legends, credits, names in tables."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from tests.map_site.theme import counted, visit, wait_for

PHONE: ViewportSize = {"width": 360, "height": 740}
# Notes every text that is written on a canvas.
PAINTED = """() => {
    const told = [];
    const { arc, fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
        told.push({ text, x, y });
        return fillText.call(this, text, x, y);
    };
    window.written = told;
}"""


def test_no_two_values_of_stations_overprint_and_the_highest_is_read(
    page: Page, demo_address: str
) -> None:
    page.add_init_script(f"({PAINTED})()")
    visit(page, f"{demo_address}/maps/air")
    wait_for(page, "fahsai.theme.sides?.now.own?._drawn")
    drawn = "fahsai.theme.sides.now.own"

    page.evaluate(f"() => {{ written.length = 0; {drawn}._draw([]); }}")
    wait_for(page, "written.length")
    written = page.evaluate("written.filter(({ text }) => /^\\d+$/.test(text))")
    values = page.evaluate(
        f"{drawn}.source.features.map((one) => one.properties.pm25_ug_m3).filter((one) => one)"
    )

    places = [(one["x"], one["y"]) for one in written]
    assert [
        (a, b)
        for i, a in enumerate(places)
        for b in places[:i]
        if abs(a[0] - b[0]) < 15 and abs(a[1] - b[1]) < 13
    ] == []
    assert 1 < len(written) < len(values)
    assert str(round(max(values))) in [one["text"] for one in written]


def test_no_province_of_the_brief_s_map_lies_under_its_buttons_or_its_legend(
    browser: Browser, demo_address: str
) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="th-TH")

    def with_values_at_its_ends(route: Route) -> None:
        """As if Mae Hong Son and Narathiwat were the highest."""
        html = re.sub(r'"labelled":\s*\[[^]]*\]', '"labelled": ["58", "96"]', route.fetch().text())
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route(f"{demo_address}/", with_values_at_its_ends)
    page.goto(f"{demo_address}/")
    expect(page.locator(".fahsai-labels text.value")).to_have_count(2)

    covered = page.evaluate(
        """() => {
          const boxes = [".leaflet-control-zoom", ".map-legend"].map((one) =>
            document.querySelector(`.brief-map ${one}`).getBoundingClientRect());
          const names = document.querySelectorAll(".fahsai-labels :is(.value, .province)");
          return [...names].filter((name) => {
            const { left, right, top, bottom } = name.getBoundingClientRect();
            return boxes.some((one) => left < one.right && right > one.left
              && top < one.bottom && bottom > one.top);
          }).map((name) => name.textContent);
        }"""
    )
    page.close()

    assert covered == []


def test_of_a_crowd_on_the_brief_s_air_map_dots_remain_and_open_when_near(
    page: Page, demo_address: str
) -> None:
    page.goto(f"{demo_address}/?number=air")
    crowded = page.locator(".map-station.crowded")
    expect(crowded.first).to_be_attached()
    pills = page.locator(".map-station:not(.crowded)")
    boxes = [one.bounding_box() for one in pills.all()]

    assert len(boxes) > 1
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a and b
            assert abs(a["x"] - b["x"]) >= 38 or abs(a["y"] - b["y"]) >= 22
    before = crowded.count()
    for _ in range(3):
        page.get_by_role("button", name="ซูมเข้า").click()
        page.wait_for_timeout(400)
    expect(crowded).not_to_have_count(before)
    assert crowded.count() < before


@pytest.mark.parametrize("path", ["/provinces/50", "/districts/5001"])
def test_the_map_of_a_place_has_a_legend_beside_it_that_covers_nothing(
    page: Page, demo_address: str, path: str
) -> None:
    page.goto(f"{demo_address}{path}")
    legend = page.locator("#place-legend")

    expect(legend).to_contain_text("เส้นเขต")
    expect(legend.locator("section", has_text="จุดความร้อน")).to_contain_text("ในกรอบแผนที่")
    expect(legend.locator("section", has_text="โรงงาน")).to_contain_text("ในกรอบแผนที่")
    shown, told = page.locator(".place-map .folium-map").bounding_box(), legend.bounding_box()
    assert shown and told and told["y"] >= shown["y"] + shown["height"] - 1


@pytest.mark.parametrize("path", ["/", "/maps/burning", "/provinces/50", "/embed?theme=burning"])
def test_credits_that_are_cut_are_opened_by_key_and_by_touch(
    browser: Browser, demo_address: str, path: str
) -> None:
    page = browser.new_page(viewport=PHONE, has_touch=True, locale="th-TH")
    page.goto(f"{demo_address}{path}")
    page.wait_for_load_state("networkidle")
    line = page.locator(".leaflet-control-attribution:visible").first
    button = page.locator(".fahsai-credits:visible").first
    is_cut = (
        "line => line.scrollWidth > line.clientWidth || line.scrollHeight > line.clientHeight + 1"
    )
    assert line.evaluate(is_cut)

    button.press("Enter")
    assert not line.evaluate(is_cut)
    expect(button).to_have_attribute("aria-expanded", "true")
    button.tap()
    expect(button).to_have_attribute("aria-expanded", "false")
    page.close()


def test_the_line_of_what_is_in_view_lies_below_the_map_of_a_phone(
    browser: Browser, demo_address: str
) -> None:
    page = browser.new_page(viewport=PHONE, locale="th-TH")
    visit(page, f"{demo_address}/maps/burning")
    line = page.locator("#in-view")
    expect(line).to_contain_text("ในกรอบแผนที่")
    shown, told = page.locator("#theme-map .folium-map").bounding_box(), line.bounding_box()

    assert shown and told and told["y"] >= shown["y"] + shown["height"] - 1
    page.close()


def test_the_legend_of_a_small_map_on_another_site_is_folded_and_opens(
    browser: Browser, demo_address: str
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 420}, locale="th-TH")
    page.goto(f"{demo_address}/embed?theme=burning")
    legend = page.locator(".fahsai-legend")
    expect(legend.get_by_text("อ้อย")).to_be_hidden()

    legend.locator("summary").click()

    expect(legend.get_by_text("อ้อย")).to_be_visible()
    page.close()


def test_both_maps_of_a_comparison_begin_at_one_line(page: Page, demo_address: str) -> None:
    for width in (1280, 1100, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        visit(page, f"{demo_address}/maps/burning?view=compare")
        tops = [
            page.locator(f"{side} .map-frame").bounding_box()
            for side in ("#theme-map", "#theme-compared")
        ]
        assert tops[0] and tops[1] and tops[0]["y"] == tops[1]["y"]


@pytest.mark.parametrize("theme", ["burning", "air", "green"])
def test_a_table_moves_within_its_box_on_a_phone_and_its_names_stay(
    browser: Browser, demo_address: str, theme: str
) -> None:
    page = browser.new_page(viewport=PHONE, locale="th-TH")
    page.goto(f"{demo_address}/maps/{theme}?view=table")
    counted(page)
    box, name = page.locator("#theme-table"), page.locator("#theme-table tbody th").first
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    box.evaluate("box => box.scrollTo(200, 0)")

    left = name.bounding_box()
    assert left and left["x"] >= 0
    assert re.match("rgb", name.evaluate("cell => getComputedStyle(cell).backgroundColor"))
    page.close()
