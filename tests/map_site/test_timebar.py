"""The time bar in a browser: what its keys and buttons choose, and what it tells of it."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from layers.browser import ASSETS

DAYS = 40
TODAY = 29
PAGE = """<!doctype html><html lang="th"><body><div id="bar"></div></body></html>"""


@pytest.fixture
def bar(page: Page) -> Page:
    """A bar of forty days, the first ten of them chosen, the last ten still to come."""
    page.set_content(PAGE)
    page.add_style_tag(path=ASSETS / "timebar.css")
    for script in ("tell.js", "timebar.js"):
        page.add_script_tag(path=ASSETS / script)
    options = {
        "series": [n % 7 if n <= TODAY and n != 5 else None for n in range(DAYS)],
        "lastSeason": [5] * DAYS,
        "first": "2026-12-01",
        "from": 0,
        "to": 9,
        "newest": TODAY,
    }
    page.evaluate(
        f"""window.told = [];
        void (window.bar = fahsai.timeBar(document.getElementById("bar"), {{
            ...{json.dumps(options)}, words: fahsai.TIME_BAR_WORDS.th,
            onchange: ({{ from, to }}) => void told.push([from, to]) }}))"""
    )
    return page


def chosen(page: Page) -> Any:
    return page.evaluate("[bar.from, bar.to]")


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["ArrowRight"], [1, 9]),
        (["ArrowRight", "ArrowLeft"], [0, 9]),
        (["PageUp"], [7, 9]),
        (["End"], [9, 9]),
        (["PageUp", "PageUp", "Home"], [0, 9]),
    ],
)
def test_keys_move_the_first_day_as_far_as_the_last(
    bar: Page, keys: list[str], expected: list[int]
) -> None:
    handle = bar.get_by_role("slider", name="วันแรกของช่วง")

    for key in keys:
        handle.press(key)

    assert chosen(bar) == expected
    assert handle.get_attribute("aria-valuenow") == str(expected[0])


def test_days_beyond_the_data_are_shown_where_the_page_has_them(bar: Page) -> None:
    bar.evaluate("bar.set(31, 35)")

    assert chosen(bar) == [31, 35]
    assert "1 ม.ค. 2570 – 5 ม.ค. 2570 · 5 วัน" in bar.locator(".timebar-range").inner_text()
    last = bar.get_by_role("slider", name="วันสุดท้ายของช่วง")
    assert (last.get_attribute("aria-valuenow"), last.get_attribute("aria-valuemax")) == (
        "35",
        "35",
    )


def test_data_that_are_late_do_not_end_today(bar: Page) -> None:
    named = bar.locator(".timebar-now")
    today = named.inner_text()

    bar.evaluate("bar.isToday = false; bar._build()")

    assert (today, named.inner_text()) == ("วันนี้", "ข้อมูลถึงตรงนี้")


def test_the_last_day_goes_no_further_than_today(bar: Page) -> None:
    handle = bar.get_by_role("slider", name="วันสุดท้ายของช่วง")

    handle.press("End")
    handle.press("ArrowRight")

    assert chosen(bar) == [0, TODAY]
    assert handle.get_attribute("aria-valuetext") == "30 ธ.ค. 2569"
    assert bar.evaluate("told") == [[0, TODAY]]


def test_a_length_ends_where_the_period_did(bar: Page) -> None:
    bar.get_by_role("button", name="7 วัน").click()

    assert chosen(bar) == [3, 9]
    assert bar.get_by_role("button", name="7 วัน").get_attribute("aria-pressed") == "true"
    assert bar.locator("output").inner_text() == "4 ธ.ค. 2569 – 10 ธ.ค. 2569 · 7 วัน"


def test_dragging_between_the_handles_moves_the_whole_period(bar: Page) -> None:
    box = bar.locator(".timebar-chart").bounding_box()
    assert box
    day = box["width"] / DAYS
    y = box["y"] + box["height"] / 2

    bar.mouse.move(box["x"] + 5 * day, y)
    bar.mouse.down()
    bar.mouse.move(box["x"] + 9 * day, y, steps=4)
    bar.mouse.up()

    assert chosen(bar) == [4, 13]


def test_play_goes_on_to_today_and_waits_for_each_drawing(bar: Page) -> None:
    bar.evaluate(
        """bar.set(24, 27); window.ready = [];
        void (bar.onchange = () => new Promise((resolve) => ready.push(() => resolve())))"""
    )
    bar.get_by_role("button", name="เล่นทีละวัน").click()

    bar.wait_for_function("() => ready.length === 1")
    assert chosen(bar) == [25, 28]
    bar.evaluate("ready[0]()")
    bar.wait_for_function("() => ready.length === 2")
    bar.evaluate("ready[1]()")
    bar.get_by_role("button", name="เล่นทีละวัน").wait_for()
    assert chosen(bar) == [26, TODAY]


def test_play_pauses_where_a_handle_is_moved(bar: Page) -> None:
    bar.get_by_role("button", name="เล่นทีละวัน").click()

    bar.get_by_role("slider", name="วันแรกของช่วง").press("Home")

    assert bar.evaluate("bar.isPlaying") is False


def test_days_of_which_nothing_is_known_are_marked_and_those_to_come_are_empty(bar: Page) -> None:
    assert bar.locator(".timebar-unknown").count() == 1
    assert bar.locator(".timebar-bar").count() == len(
        [n for n in range(TODAY + 1) if n % 7 and n != 5]
    )


@pytest.mark.parametrize("today", [10, 29, 37])
def test_today_is_named_within_the_bar(bar: Page, today: int) -> None:
    bar.evaluate(f"bar.newest = {today}; bar._build()")

    named, chart = (bar.locator(name).bounding_box() for name in (".timebar-now", ".timebar-chart"))

    assert named and chart
    assert chart["x"] <= named["x"] and named["x"] + named["width"] <= chart["x"] + chart["width"]
