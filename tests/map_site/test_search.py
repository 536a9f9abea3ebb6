"""The search box in a browser, over a real service, and the page of results without scripts."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from fastapi import Request
from fastapi.responses import Response
from playwright.sync_api import Browser, Page, Route, expect
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.connections import READER, Pool, owner_connection
from geo_api.database.logins import login_url
from geo_api.search.answers import query_of, search
from geo_api.search.kinds import KINDS
from geo_api.search.names import keep_names
from geo_api.settings import Settings
from layers.reports.found import Matched, Named, Result, SearchAnswer, SearchQuery
from map_site.rendering import page_response, render
from map_site.search_page import ICONS, search_values
from map_site.site import language_of, path_of
from map_site.words import words
from tests.makers import box, factory, insert, province
from tests.map_site.conftest import Seen
from tests.serving import serving

API = re.compile("/api/search")


def small_world(connection: Connection) -> None:
    province(connection, "71", name_th="กาญจนบุรี", name_en="Kanchanaburi", region="west")
    province(connection, "46", name_th="กาฬสินธุ์", name_en="Kalasin", wkt=box(103, 16, 104, 17))
    names = {"name_th": "ท่าม่วง", "name_en": "Tha Muang"}
    area = {"source": "boundaries", "wkt": box(100.2, 13.5, 100.3, 13.6)}
    insert(connection, "district", code="7106", province_code="71", **names, **area)
    factory(connection, "mill", name="บริษัท น้ำตาลกาญจนบุรี จำกัด", province_code="71")
    factory(connection, "evil", name="<img src=x onerror=alert(1)>", registration_no="3-1-1/50")
    with connection.cursor() as cursor:
        keep_names(cursor, [table for kind in KINDS for table in kind.tables])
    connection.commit()


@pytest.fixture(scope="module")
def address(module_url: str, settings: Settings) -> Iterator[str]:
    """Of a page with the header, over a small world."""
    with closing(owner_connection(module_url)) as connection:
        small_world(connection)
    pool = Pool(login_url(module_url, READER), 4)
    app = create_app(pool, settings)

    def results(request: Request) -> Response:
        answer = search(pool, query_of({"q": request.query_params.get("q", "")}))
        language = language_of(request)
        values = search_values(answer, language)
        return page_response(render("search.html", language, path_of(request), **values))

    app.add_api_route("/test", results, methods=["GET"])
    with serving(app) as served:
        yield f"{served}/test"
    pool.close()


def complaints(seen: Seen) -> list[str]:
    """What scripts and the policy complain of; not that a file of other pages is not there."""
    return [error for error in seen.errors if not error.startswith("Failed to load resource")]


def typed(page: Page, address: str, text: str) -> None:
    page.goto(address)
    page.get_by_role("combobox").press_sequentially(text)


def test_what_is_found_appears_by_kind_with_what_fitted_marked(
    page: Page, seen: Seen, address: str
) -> None:
    typed(page, address, "กาญจน")

    options = page.get_by_role("option")
    expect(options).to_have_count(3)
    expect(options.nth(0)).to_contain_text("กาญจนบุรี")
    expect(options.nth(1)).to_contain_text("ท่าม่วง, กาญจนบุรี")
    expect(page.get_by_role("group")).to_have_count(2)
    expect(page.get_by_role("group", name="จังหวัด")).to_be_visible()
    assert page.locator(".search-panel mark").all_inner_texts() == ["กาญจน", "กาญจน"]
    expect(page.locator(".search-status")).to_contain_text("พบ 2 รายการ")
    assert complaints(seen) == []


def test_the_keyboard_chooses_and_goes_there(page: Page, address: str) -> None:
    typed(page, address, "กาญจน")
    combobox = page.get_by_role("combobox")
    options = page.get_by_role("option")
    expect(options).to_have_count(3)
    expect(combobox).to_have_attribute("aria-expanded", "true")

    def active() -> str | None:
        return combobox.get_attribute("aria-activedescendant")

    assert active() is None
    combobox.press("ArrowDown")
    assert active() == options.nth(0).get_attribute("id")
    combobox.press("End")
    assert active() == options.nth(2).get_attribute("id")
    combobox.press("ArrowDown")
    assert active() == options.nth(0).get_attribute("id")
    combobox.press("ArrowUp")
    combobox.press("Home")
    combobox.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(combobox).to_be_focused()
    combobox.press("Enter")

    page.wait_for_url("**/factories/mill")


def test_enter_without_a_choice_asks_for_the_page_of_results(page: Page, address: str) -> None:
    typed(page, address, "กาฬ")
    expect(page.get_by_role("option")).to_have_count(2)

    page.get_by_role("combobox").press("Enter")

    page.wait_for_url("**/search?q=*")


def test_escape_closes_the_list_and_then_empties_the_field(page: Page, address: str) -> None:
    typed(page, address, "กาฬ")
    combobox = page.get_by_role("combobox")
    expect(page.get_by_role("listbox")).to_be_visible()

    combobox.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(combobox).to_have_attribute("aria-expanded", "false")
    expect(combobox).to_have_value("กาฬ")
    combobox.press("Escape")

    expect(combobox).to_have_value("")


def test_a_slash_goes_to_the_field_and_is_typed_within_it(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("main").focus()

    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    expect(page.get_by_role("combobox")).to_have_value("")
    page.keyboard.type("51/")

    expect(page.get_by_role("combobox")).to_have_value("51/")


def test_a_name_is_never_markup(page: Page, seen: Seen, address: str) -> None:
    typed(page, address, "onerror")

    expect(page.get_by_role("option").first).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator(".search-panel img").count() == 0
    assert complaints(seen) == []


def test_nothing_found_says_what_was_searched_and_two_ways_to_widen(
    page: Page, address: str
) -> None:
    typed(page, address, "qqqzzzxxx")

    message = page.locator(".search-message[data-state=none]")
    expect(message).to_contain_text("qqqzzzxxx")
    expect(message).to_contain_text("ค้นแล้วใน")
    expect(message.get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_role("option")).to_have_count(0)


def test_one_question_is_asked_for_what_is_typed_at_once(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on(
        "request", lambda request: asked.append(request.url) if API.search(request.url) else None
    )
    page.goto(address)

    page.get_by_role("combobox").fill("kalasin")
    expect(page.get_by_role("option")).to_have_count(2)

    assert len(asked) == 1


def test_an_older_answer_never_replaces_a_newer_one(page: Page, address: str) -> None:
    held: list[Route] = []
    page.goto(address)
    page.route(re.compile("q=kala&"), lambda route: held.append(route))
    combobox = page.get_by_role("combobox")

    with page.expect_request(re.compile("q=kala&")):
        combobox.fill("kala")
    combobox.fill("kanchana")
    expect(page.get_by_role("option").first).to_contain_text("กาญจนบุรี")
    for route in held:
        route.abort()

    expect(page.get_by_role("option").first).to_contain_text("กาญจนบุรี")
    expect(page.locator(".search-message[data-state]")).to_have_count(0)


def test_an_error_says_so_and_can_be_tried_again(page: Page, address: str) -> None:
    page.goto(address)
    page.route(API, lambda route: route.fulfill(status=503, body="{}"))

    page.get_by_role("combobox").fill("กาฬ")
    message = page.locator(".search-message[data-state=failed]")
    expect(message).to_contain_text("ค้นหาไม่สำเร็จ")
    page.unroute(API)
    message.get_by_role("button").click()

    expect(page.get_by_role("option").first).to_contain_text("กาฬสินธุ์")


def test_without_a_signal_it_waits_and_searches_when_the_signal_returns(
    page: Page, address: str
) -> None:
    page.goto(address)
    page.context.set_offline(True)

    page.get_by_role("combobox").fill("กาฬ")
    expect(page.locator(".search-message[data-state=offline]")).to_contain_text("ไม่มีสัญญาณ")
    page.context.set_offline(False)

    expect(page.get_by_role("option").first).to_contain_text("กาฬสินธุ์")


def test_in_english_names_words_and_addresses_are_english(page: Page, address: str) -> None:
    typed(page, f"{address}?lang=en", "tha muang")

    option = page.get_by_role("option").first
    expect(option).to_contain_text("Tha Muang")
    expect(option).to_contain_text("Kanchanaburi")
    assert option.get_attribute("href") == "/districts/7106?lang=en"


def test_on_a_phone_the_results_fill_the_screen_below_the_box(
    browser: Browser, address: str
) -> None:
    phone = browser.new_page(viewport={"width": 360, "height": 740}, locale="th-TH")
    phone.goto(address)

    phone.get_by_role("button", name="ค้นหา").first.click()
    phone.get_by_role("combobox").press_sequentially("กาญจน")
    expect(phone.get_by_role("option")).to_have_count(3)

    panel = phone.locator(".search-panel").bounding_box()
    assert panel is not None
    assert (panel["x"], panel["width"]) == (0, 360)
    assert panel["y"] + panel["height"] == pytest.approx(740, abs=4)
    option = phone.get_by_role("option").first.bounding_box()
    assert option is not None
    assert option["height"] >= 44
    phone.close()


def test_without_scripts_the_page_has_the_results(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{address}?q=กาญจน")

    assert page.locator(".search-results h2").all_inner_texts() == ["จังหวัด", "โรงงาน"]
    link = page.get_by_role("link", name="น้ำตาลกาญจนบุรี")
    assert link.get_attribute("href") == "/factories/mill"
    assert page.locator(".search-results mark").all_inner_texts() == ["กาญจน", "กาญจน"]
    context.close()


def test_the_page_without_results_says_how_to_find_some(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{address}?q=<b>qqqzzz</b>")
    assert page.locator(".search-none").get_by_role("listitem").count() == 2
    assert page.locator("main b").count() == 0
    page.goto(address)
    assert "พิมพ์ชื่อจังหวัด" in page.locator("main").inner_text()
    context.close()


def test_every_kind_that_can_be_found_has_its_word_and_its_icon() -> None:
    kinds = {kind.name for kind in KINDS}

    assert kinds <= words()["search"].keys()
    assert kinds <= ICONS.keys()


def test_a_result_by_sound_shows_how_it_was_read() -> None:
    area = Named("14", "พระนครศรีอยุธยา", "Phra Nakhon Si Ayutthaya")
    matched = Matched("romanised", "part", "phranakhonsiayutthaya")
    names = ("14", "พระนครศรีอยุธยา", None, None)
    result = Result("province", *names, None, area, 100.5, 14.4, "/provinces/14", matched)

    [(kind, [line])] = search_values(SearchAnswer(SearchQuery("ayuthaya"), (result,)), "th")[
        "groups"
    ]

    assert kind == "province"
    assert line.name == [("พระนครศรีอยุธยา", False)]
    assert [("phranakhonsiayutthaya", False)] in line.about
