"""Words have their room: no list, ranking, label or mark is cut off, or lies over another."""

from itertools import combinations
from typing import Literal

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from tests.map_site.theme import counted

DESK, PHONE, SMALL_PHONE = (1280, 800), (390, 844), (390, 664)
LISTS = ("/factories", "/provinces", "/districts", "/eco-towns")
# What may not lie on each other over a map, where it is there.
OVER_MAP = (".in-view", ".simulated-tag", ".leaflet-control-scale", ".leaflet-control-attribution")
TOO_WIDE = """boxes => boxes.filter((box) => box.scrollWidth > box.clientWidth + 1)
    .map((box) => `${box.className} ${box.scrollWidth} ${box.clientWidth}`)"""


def opened(browser: Browser, size: tuple[int, int], address: str) -> Page:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="th-TH")
    page.goto(address)
    return page


def boxes(found: Locator) -> list[FloatRect]:
    every = [one.bounding_box() for one in found.all() if one.is_visible()]
    return [box for box in every if box]


def overlap(one: FloatRect, other: FloatRect) -> bool:
    return (
        one["x"] + 1 < other["x"] + other["width"]
        and other["x"] + 1 < one["x"] + one["width"]
        and one["y"] + 1 < other["y"] + other["height"]
        and other["y"] + 1 < one["y"] + one["height"]
    )


@pytest.mark.parametrize("path", LISTS)
def test_a_list_on_a_phone_shows_whole_names_and_every_column(
    path: str, browser: Browser, demo_address: str
) -> None:
    page = opened(browser, PHONE, demo_address + path)

    assert page.locator("main :is(.segments, .scroller, table)").evaluate_all(TOO_WIDE) == []
    assert min(box["width"] for box in boxes(page.locator("tbody th.name"))) > 300
    cells = page.locator("tbody tr").first.locator("td")
    assert all(box["x"] + box["width"] <= 390 for box in boxes(cells))
    said = cells.first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert cells.first.get_attribute("data-title") in said
    page.close()


def test_the_regions_of_the_brief_are_all_seen_on_a_phone(
    browser: Browser, demo_address: str
) -> None:
    page = opened(browser, PHONE, demo_address)

    assert page.locator("main .segments").evaluate_all(TOO_WIDE) == []
    page.close()


@pytest.mark.parametrize(("medium", "width", "least_px"), [("screen", 360, 11), ("print", 710, 10)])
def test_the_words_of_the_season_curve_are_large_enough_on_a_phone_and_on_paper(
    medium: Literal["screen", "print"],
    width: int,
    least_px: int,
    browser: Browser,
    demo_address: str,
) -> None:
    page = opened(browser, (width, 800), demo_address)
    page.emulate_media(media=medium)

    sizes = page.locator(".seasons .chart text").evaluate_all(
        "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a)"
    )
    assert len(sizes) > 4 and min(sizes) >= least_px
    words = boxes(page.locator(".seasons .chart text"))
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in words)
    page.close()


@pytest.mark.parametrize("size", [PHONE, SMALL_PHONE])
@pytest.mark.parametrize("path", ["/maps/burning", "/maps/green?number=carbon"])
def test_the_time_covers_no_part_of_the_map_of_a_phone(
    path: str, size: tuple[int, int], browser: Browser, demo_address: str
) -> None:
    page = opened(browser, size, demo_address + path)
    counted(page)

    of_map, time = (page.locator(id).bounding_box() for id in ("#theme-map", "#theme-time"))

    assert of_map and time and of_map["height"] >= 260 and time["height"] > 100
    assert of_map["y"] + of_map["height"] <= time["y"] + 1
    page.close()


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("path", ["/maps/burning", "/maps/complaints", "/provinces/50", "/"])
def test_what_is_written_over_a_map_lies_beside_each_other(
    path: str, size: tuple[int, int], language: str, browser: Browser, demo_address: str
) -> None:
    page = opened(browser, size, f"{demo_address}{path}?lang={language}")
    box = page.locator(".theme-map, .place-map, .brief-map").first
    expect(box.locator(".leaflet-control-scale")).to_contain_text(
        "km" if language == "en" else "กม."
    )
    if path == "/maps/burning":
        expect(box.locator(".in-view")).to_be_visible()

    found = {one: boxes(box.locator(one)) for one in OVER_MAP}

    # Of complaints this world has released nothing, and simulated nothing.
    assert found[".simulated-tag"] or path == "/maps/complaints"
    assert [
        names
        for names in combinations(OVER_MAP, 2)
        for one in found[names[0]]
        for other in found[names[1]]
        if overlap(one, other)
    ] == []
    page.close()


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("width", [1060, 1280])
@pytest.mark.parametrize(
    "path",
    ["/maps/burning", "/maps/air", "/maps/green", "/maps/green?number=carbon"],
)
def test_numbers_and_ranking_of_a_theme_are_as_wide_as_their_panels(
    path: str, width: int, language: str, browser: Browser, demo_address: str
) -> None:
    page = opened(
        browser, (width, 800), f"{demo_address}{path}{'&' if '?' in path else '?'}lang={language}"
    )
    counted(page)

    assert page.locator(".theme-numbers, .theme-ranking").evaluate_all(TOO_WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


@pytest.mark.parametrize("width", [1060, 1280])
def test_titles_of_the_brief_s_numbers_have_their_room_in_english(
    width: int, browser: Browser, demo_address: str
) -> None:
    page = opened(browser, (width, 800), f"{demo_address}/?lang=en")

    assert page.locator(".measure, .measure-label").evaluate_all(TOO_WIDE) == []
    tops = {round(box["y"]) for box in boxes(page.locator(".measure-value"))}
    assert len(tops) == 1  # however many lines a title takes
    page.close()
