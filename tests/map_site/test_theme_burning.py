"""The burning page in a browser: words, ranking, table, map and file say the same."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from psycopg2.extensions import connection as Connection

from geo_api.analyses import analyse
from geo_api.settings import Settings
from tests.makers import insert
from tests.map_site.conftest import Seen
from tests.map_site.rows import hotspot
from tests.map_site.theme import (
    TODAY,
    counted,
    fires,
    morning,
    ranking,
    table,
    total,
    two_provinces_and_a_third,
    visit,
    wait_for,
)


@pytest.fixture
def site(season_address: str) -> str:
    return f"{season_address}/maps/burning"


@pytest.fixture
def own_site(own_season_address: str) -> str:
    """Where a test writes to `own_season`."""
    return f"{own_season_address}/maps/burning"


def files(page: Page, form: str) -> str:
    page.locator("#open-download").click()
    address = page.locator(f'#download [data-form="{form}"]').get_attribute("href")
    page.keyboard.press("Escape")
    assert address
    return address


def test_words_ranking_table_map_and_file_say_the_same(page: Page, seen: Seen, site: str) -> None:
    visit(page, site)

    expect(total(page)).to_have_text("55")
    expect(page.locator("#theme-change")).to_have_text("เพิ่มขึ้น 38 % ฤดูก่อนช่วงเดียวกัน 40")
    expect(page.locator("#theme-extra")).to_have_text("อีก 2 จุดอยู่นอกเขตจังหวัด")
    assert ranking(page) == [("สมุทรสาคร", "40"), ("นครปฐม", "15"), ("ราชบุรี", "0")]
    expect(page.locator("#in-view")).to_contain_text("ในกรอบแผนที่ 57 จุด · 2 จุดอยู่นอกเขตจังหวัด")
    csv = httpx.get(site.removesuffix("/maps/burning") + files(page, "excel"), timeout=60)
    assert csv.content.startswith(b"\xef\xbb\xbf")
    assert len(csv.text.strip().splitlines()) - 1 == 57
    expect(page.locator("#download [data-part=said]")).to_contain_text("57 รายการ")
    page.get_by_role("button", name="ตาราง").click()
    rows = table(page)
    assert [row["รวม"] for row in rows] == ["40", "15", "0", "2"]
    assert rows[0]["อ้อย"] == "25" and rows[0]["พื้นที่ป่า"] == "5" and rows[0]["ฤดูก่อน"] == "25"
    assert seen.errors == []


def test_a_land_use_that_is_pressed_counts_alone_and_back_undoes_it(page: Page, site: str) -> None:
    visit(page, site)

    page.locator('[data-class="forest"]').click()
    counted(page)

    expect(total(page)).to_have_text("5")
    expect(page.locator("#in-view")).to_contain_text("ในกรอบแผนที่ 5 จุด")
    assert ranking(page)[0] == ("สมุทรสาคร", "5")
    assert "classes=forest" in page.url
    page.go_back()
    expect(total(page)).to_have_text("55")
    expect(page.locator('[data-class="forest"]')).to_have_attribute("aria-pressed", "false")


def test_what_has_no_land_use_counts_as_other_everywhere(page: Page, site: str) -> None:
    visit(page, f"{site}?classes=other")

    expect(total(page)).to_have_text("15")
    expect(page.locator("#in-view")).to_contain_text("ในกรอบแผนที่ 15 จุด")
    csv = httpx.get(site.removesuffix("/maps/burning") + files(page, "excel"), timeout=60)
    assert len(csv.text.strip().splitlines()) - 1 == 15


@pytest.mark.parametrize("form", ["csv", "geojson", "parquet"])
def test_a_province_s_file_has_what_the_page_counts_there(page: Page, site: str, form: str) -> None:
    visit(page, f"{site}?province=74&from=2026-02-25&to=2026-03-02")

    expect(total(page)).to_have_text("30")
    expect(page.locator("#theme-pinned")).to_contain_text("เฉพาะสมุทรสาคร")
    answer = httpx.get(site.removesuffix("/maps/burning") + files(page, form), timeout=60)
    assert answer.status_code == 200
    if form == "csv":
        assert len(answer.text.strip().splitlines()) - 1 == 30
    elif form == "geojson":
        assert len(answer.json()["features"]) == 30
    else:
        assert answer.content.startswith(b"PAR1")


def test_a_choice_of_days_is_exact_and_its_address_brings_it_back(page: Page, site: str) -> None:
    visit(page, site)

    page.get_by_role("button", name="7 วัน").click()
    expect(total(page)).to_have_text("45")
    page.locator('[data-pin="73"]').first.click()
    expect(total(page)).to_have_text("15")
    address = page.url

    assert "from=2026-02-24&to=2026-03-02" in address and "province=73" in address
    page.goto("about:blank")
    visit(page, address)
    expect(total(page)).to_have_text("15")
    expect(page.locator("#theme-period")).to_have_text("24 ก.พ. 2569 – 2 มี.ค. 2569")
    expect(page.locator("#theme-pinned")).to_contain_text("นครปฐม")
    assert ranking(page)[0][0] == "นครปฐม"


def test_a_day_begins_at_eight_in_thailand(
    page: Page, own_season: Connection, own_site: str
) -> None:
    cut = datetime(2026, 2, 10, 1, tzinfo=UTC)
    hotspot(own_season, "before", cut - timedelta(minutes=1), lon=100.5, lat=13.5)
    hotspot(own_season, "after", cut, lon=100.5, lat=13.5)

    visit(page, f"{own_site}?from=2026-02-10&to=2026-02-10")

    expect(total(page)).to_have_text("1")
    expect(page.locator("#in-view")).to_contain_text("ในกรอบแผนที่ 1 จุด")


def test_a_detection_known_to_a_window_of_days_is_of_no_single_day(
    page: Page, own_season: Connection, own_site: str
) -> None:
    insert(
        own_season,
        "hotspot",
        id="windowed",
        acquired_at=datetime(2026, 2, 12, 3, tzinfo=UTC),
        acquired_from=datetime(2026, 2, 9, 3, tzinfo=UTC),
        time_precision="window",
        lon=100.5,
        lat=13.5,
        sources=["gistda"],
    )
    own_season.commit()

    visit(page, f"{own_site}?from=2026-02-13&to=2026-02-13")
    expect(total(page)).to_have_text("0")

    visit(page, f"{own_site}?from=2026-02-10&to=2026-02-13")
    expect(total(page)).to_have_text("1")


def test_two_times_are_compared_on_one_scale(page: Page, site: str) -> None:
    visit(page, site)
    page.get_by_role("button", name="เทียบฤดูก่อน").click()

    expect(page.locator("#side-title")).to_contain_text("55 จุด")
    expect(page.locator("#then-title")).to_contain_text("เทียบกับ 40 จุด 1 ธ.ค. 2567 – 2 มี.ค. 2568")
    expect(page.locator("#then-note")).to_have_text("สองแผนที่ใช้สเกลเดียวกัน")
    scales = """() => { const { now, then } = fahsai.theme.sides;
        return now.own._drawn && then.own._drawn && now.own.breaks && then.own.breaks
            && String(now.own.breaks) === String(then.own.breaks)
            && now.map.getZoom() === then.map.getZoom(); }"""
    page.wait_for_function(scales)
    shown = page.evaluate("fahsai.theme.sides.then.own.countsInView().count")
    assert shown == 40
    page.evaluate("void fahsai.theme.sides.then.map.setView([13.5, 100.5], 7, { animate: false })")
    assert page.evaluate("fahsai.theme.sides.now.map.getZoom()") == 7
    page.wait_for_function(scales)


def test_any_other_time_may_stand_beside_and_is_in_the_address(page: Page, site: str) -> None:
    visit(page, f"{site}?view=compare&from=2026-02-24&to=2026-03-02")

    page.locator("#then-from").fill("2026-01-28")
    page.locator("#then-from").blur()
    page.locator("#then-to").fill("2026-02-03")
    page.locator("#then-to").blur()

    expect(page.locator("#then-title")).to_contain_text("10 จุด")
    assert "then_from=2026-01-28&then_to=2026-02-03" in page.url
    page.get_by_role("button", name="ช่วงเดียวกันของฤดูก่อน").click()
    expect(page.locator("#then-title")).to_contain_text("40 จุด")


def test_the_table_sorts_by_keyboard_and_the_sort_is_in_the_address(page: Page, site: str) -> None:
    visit(page, f"{site}?view=table")

    page.get_by_role("button", name="จังหวัด", exact=True).focus()
    page.keyboard.press("Enter")
    counted(page)

    names = [row["จังหวัด"] for row in table(page)[:-1]]
    assert names == sorted(names)
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("จังหวัด")
    expect(page.get_by_role("button", name="จังหวัด", exact=True)).to_be_focused()
    assert "sort=name" in page.url


def test_nothing_found_says_what_was_searched_and_how_to_widen(page: Page, site: str) -> None:
    visit(page, f"{site}?classes=maize&province=70")

    expect(total(page)).to_have_text("0")
    notes = page.locator("#theme-notes")
    expect(notes).to_contain_text("ไม่พบจุดความร้อนของข้าวโพดและไร่หมุนเวียน ราชบุรี")
    expect(notes.get_by_role("button")).to_have_count(2)
    notes.get_by_role("button", name="ดูทุกประเภท").click()
    notes.get_by_role("button", name="ดูทั้งประเทศ").click()
    expect(total(page)).to_have_text("55")


def test_days_to_come_are_not_known_and_that_is_said(page: Page, site: str) -> None:
    visit(page, f"{site}?from=2026-03-01&to=2026-04-30")

    expect(page.locator("#theme-notes")).to_contain_text("หลังจากนั้นยังไม่ทราบ")


def test_a_time_before_the_first_data_is_not_known_and_not_none(page: Page, site: str) -> None:
    visit(page, f"{site}?from=1990-01-01&to=1990-02-01")

    expect(total(page)).to_have_text("–")
    expect(page.locator("#theme-notes")).to_contain_text("ไม่มีข้อมูลก่อน 2 ธ.ค. 2566")
    assert set(page.locator("#theme-classes b").all_inner_texts()) == {"–"}
    assert ranking(page) == []
    expect(page.locator("#ranking-unknown")).to_have_text("– ไม่มีข้อมูล")
    expect(page.locator("#theme-legend .swatch")).to_have_class("swatch none")
    assert page.locator(".timebar-unknown").count() > 100
    wait_for(page, "fahsai.theme.sides?.now.provinces.options.outlines === false")
    page.get_by_role("button", name="ดูช่วงล่าสุด").click()
    expect(total(page)).to_have_text("55")
    assert len(ranking(page)) == 3
    wait_for(page, "fahsai.theme.sides.now.provinces.options.outlines === true")


def test_a_time_after_the_newest_data_is_not_known_yet(page: Page, site: str) -> None:
    visit(page, f"{site}?from=2026-03-10&to=2026-03-12")

    expect(total(page)).to_have_text("–")
    expect(page.locator("#theme-notes")).to_contain_text("ไม่มีข้อมูลหลัง 2 มี.ค. 2569")
    assert ranking(page) == []


def test_a_season_without_one_before_is_compared_with_nothing(page: Page, site: str) -> None:
    visit(page, f"{site}?from=2023-12-01&to=2023-12-02")

    expect(total(page)).to_have_text("1")
    expect(page.locator("#theme-change")).to_have_text("ไม่มีข้อมูลช่วงก่อนให้เทียบ")


def test_data_that_were_never_loaded_are_not_none(
    page: Page, fresh: Connection, fresh_url: str, settings: Settings
) -> None:
    two_provinces_and_a_third(fresh)
    with fresh.cursor() as cursor:
        cursor.execute("DELETE FROM run", {})
    fresh.commit()

    with morning(fresh_url, settings) as address:
        visit(page, f"{address}/maps/burning")

        expect(total(page)).to_have_text("–")
        expect(page.locator("#theme-notes")).to_contain_text("ยังไม่เคยนำเข้าข้อมูลชุดนี้")


def test_numbers_that_cannot_be_read_are_asked_for_again(page: Page, site: str) -> None:
    page.route("**/api/daily-counts/**", lambda route: route.fulfill(status=503))
    visit(page, site)
    expect(page.locator("#theme-notes")).to_contain_text("อ่านตัวเลขไม่ได้")
    expect(total(page)).to_have_text("–")

    page.unroute("**/api/daily-counts/**")
    page.get_by_role("button", name="ลองอีกครั้ง").click()

    expect(total(page)).to_have_text("55")
    expect(page.locator("#theme-notes .note")).to_have_count(0)


def test_without_signal_no_older_number_stands_in(page: Page, site: str) -> None:
    visit(page, site)
    page.context.set_offline(True)

    page.get_by_role("button", name="1 วัน", exact=True).click()
    expect(total(page)).to_have_text("30")  # of the season that was read
    expect(page.locator("#theme-notes")).to_contain_text("ไม่มีสัญญาณ")
    page.evaluate("fahsai.theme.choose({ window: { from: 19000, to: 19010 } })")

    expect(total(page)).to_have_text("–")
    page.context.set_offline(False)


def test_playing_leaves_one_step_back(page: Page, site: str) -> None:
    visit(page, f"{site}?from=2026-02-20&to=2026-02-26")
    before = page.evaluate("history.length")

    page.locator(".timebar-play").click()
    wait_for(page, "location.search.includes('to=2026-03-0')")
    page.locator(".timebar-play").click()

    assert page.evaluate("history.length") - before <= 1


def test_a_narrow_window_has_it_all_without_scrolling_sideways(browser: Browser, site: str) -> None:
    phone = browser.new_page(viewport={"width": 320, "height": 700}, has_touch=True, is_mobile=True)
    for view in ("map", "compare", "table"):
        visit(phone, f"{site}?view={view}")
        assert phone.evaluate("document.documentElement.scrollWidth") == 320
        # That of the credits is within the map's line of them, 24 px as WCAG 2.5.8 asks.
        buttons = phone.locator("main button:visible:not(.fahsai-credits)")
        heights = buttons.evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect().height)"
        )
        assert heights and min(heights) >= 40
    phone.close()


def test_a_phone_has_the_lengths_and_whole_names_of_months(browser: Browser, site: str) -> None:
    page = browser.new_page(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="th-TH"
    )
    visit(page, site)

    page.get_by_role("button", name="7 วัน").tap()
    counted(page)

    expect(total(page)).to_have_text("45")
    assert page.evaluate("document.documentElement.scrollWidth <= 390")
    assert page.locator(".timebar-month").evaluate_all(
        "labels => labels.every((one) => one.getBoundingClientRect().bottom <= innerHeight)"
    )
    boxes = [page.locator(f".timebar-{end}").bounding_box() for end in ("from", "to")]
    assert boxes[0] and boxes[1]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    page.close()


def test_a_phone_names_the_months_of_a_year_beside_each_other(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="th-TH")
    visit(page, f"{site}?from=2025-06-01&to=2025-06-07")

    apart = """labels => labels.map((one) => one.getBoundingClientRect())
        .filter(({ width }) => width).every(({ left }, i, all) => !i || left >= all[i - 1].right)"""
    assert page.locator(".timebar-month").evaluate_all(apart)
    expect(page.locator(".timebar-month:visible")).to_have_count(4)
    page.close()


@pytest.mark.parametrize(
    ("newest", "opened"),
    [
        ("2026-03-02", ["2025-12-01", "2026-03-02"]),
        ("2026-04-30", ["2025-12-01", "2026-04-30"]),
        ("2026-11-29", ["2026-10-31", "2026-11-29"]),  # no season: the last 30 days
    ],
)
def test_the_page_opens_on_the_season_or_after_it_on_the_last_days(
    page: Page, site: str, newest: str, opened: list[str]
) -> None:
    visit(page, site)

    found = page.evaluate(
        """newest => {
            const { dayOf, isoOf } = fahsai.days;
            const { from, to } = fahsai.theme.context().model.initial(dayOf(newest));
            return [isoOf(from), isoOf(to)];
        }""",
        newest,
    )

    assert found == opened


def test_at_twice_the_size_the_time_leaves_the_map_its_room(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 720, "height": 450}, locale="th-TH")
    visit(page, site)

    expect(page.locator("#theme-time")).to_have_css("position", "static")
    box = page.locator("#theme-map").bounding_box()
    assert box and box["height"] >= 260
    page.close()


def test_without_script_the_page_leads_to_the_items(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(site)

    link = page.get_by_role("link", name="ตารางรายการ")
    assert link.get_attribute("href") == "/ogc/collections/hotspots/items?f=html"
    context.close()


def test_the_picture_shows_the_whole_country_with_its_words(page: Page, site: str) -> None:
    visit(page, site)
    expect(page.locator("#in-view")).to_be_visible()
    page.locator("#open-download").click()

    with page.expect_download() as saved:
        page.locator('#download [data-form="picture"]').click()

    picture = saved.value.path().read_bytes()
    assert picture.startswith(b"\x89PNG") and len(picture) > 20_000
    assert saved.value.suggested_filename == "fahsai-hotspots-2025-12-01_2026-03-02.png"
    expect(page.locator("#picture-map")).to_have_count(0)


def test_a_file_is_named_by_layer_time_and_filter(page: Page, site: str) -> None:
    visit(page, f"{site}?from=2026-02-25&to=2026-03-02&classes=forest&province=74")
    page.locator("#open-download").click()

    with page.expect_download() as saved:
        page.locator('#download [data-form="csv"]').click()

    name = "fahsai-hotspots-2026-02-25_2026-03-02-forest-74.csv"
    assert saved.value.suggested_filename == name
    assert len(saved.value.path().read_text(encoding="utf-8-sig").strip().splitlines()) - 1 == 5


def test_an_offline_map_tells_its_size_before_it_is_taken(page: Page, site: str) -> None:
    visit(page, f"{site}?province=74&from=2026-02-24&to=2026-03-02")
    page.locator("#open-download").click()

    page.locator('#download [data-form="offline"]').click()

    link = page.locator('#download a[data-form="offline"]')
    expect(link).to_contain_text(re.compile(r"HTML \d+\.\d MB"))
    address = link.get_attribute("href")
    assert address and "province=74" in address and "from=2026-02-24&to=2026-03-02" in address
    assert httpx.get(site.removesuffix("/maps/burning") + address, timeout=60).status_code == 200


def test_the_table_s_file_has_the_table(page: Page, site: str) -> None:
    visit(page, site)
    page.locator("#open-download").click()

    with page.expect_download() as saved:
        page.locator('#download [data-form="table"]').click()

    lines = saved.value.path().read_bytes().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("จังหวัด,อ้อย,นาข้าว")
    assert lines[1].startswith("สมุทรสาคร,25,10,0,5,0,40,25,15")
    assert re.match("นอกเขตจังหวัด,.*,2,", lines[-1])


def test_it_speaks_english(page: Page, site: str) -> None:
    visit(page, f"{site}?lang=en&from=2026-02-24&to=2026-03-02")

    expect(page.locator("h1")).to_contain_text("Open burning 24 Feb 2026 – 2 Mar 2026")
    said = page.locator("#main").inner_text()
    assert re.findall("[\u0e00-\u0e7f]+", said) == []


def test_a_fire_more_changes_every_number(
    page: Page, own_season: Connection, own_site: str
) -> None:
    visit(page, own_site)
    expect(total(page)).to_have_text("55")
    fires(own_season, 1, TODAY - timedelta(hours=3), west=102.0)

    visit(page, own_site)

    expect(total(page)).to_have_text("56")
    assert ("ราชบุรี", "1") in ranking(page)


def test_on_paper_the_whole_country_is_on_one_page_and_no_place_is_chosen(
    page: Page, site: str
) -> None:
    visit(page, site)
    expect(page.locator("#in-view")).to_be_visible()

    pages = page.pdf(format="A4", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page[^s]", pages)) == 1
    assert "lat=" not in page.url
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(
        "fahsai.theme.sides.now.map.getBounds().contains([[5.6, 97.4], [20.4, 105.6]])"
    )


def test_the_whole_country_stays_in_view_whatever_room_the_map_gets(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    visit(page, site)
    expect(page.locator("#in-view")).to_be_visible()
    whole = "fahsai.theme.sides.now.map.getBounds().contains([[5.6, 97.4], [20.4, 105.6]])"
    assert page.evaluate(whole)
    tip = page.evaluate("fahsai.theme.sides.now.map.latLngToContainerPoint([5.62, 101.1]).y")
    line, frame = (page.locator(one).bounding_box() for one in ("#in-view", "#theme-map"))
    assert line and frame and tip <= line["y"] - frame["y"]

    page.evaluate("void (document.getElementById('theme-time').style.paddingBottom = '200px')")

    wait_for(page, f"fahsai.theme.sides.now.map.getSize().y < 520 && {whole}")
    assert "lat=" not in page.url


def test_a_map_that_is_moved_is_in_the_address_and_a_window_s_size_is_not(
    page: Page, site: str
) -> None:
    visit(page, site)
    expect(page.locator("#in-view")).to_be_visible()

    page.set_viewport_size({"width": 1100, "height": 700})
    page.wait_for_timeout(600)
    assert "lat=" not in page.url
    page.locator("#theme-map .leaflet-control-zoom-in").click()

    wait_for(page, "location.search.includes('lat=')")


def test_static_industrial_heat_is_left_out_and_said_until_it_is_asked_for(
    page: Page, own_season: Connection, own_site: str
) -> None:
    with own_season.cursor() as cursor:
        cursor.execute(
            "UPDATE hotspot SET heat_source = 'industrial_static' WHERE land_use = 'forest'"
        )
    own_season.commit()
    visit(page, own_site)

    expect(total(page)).to_have_text("50")
    expect(page.locator("#theme-extra")).to_contain_text("ไม่นับความร้อนอุตสาหกรรมที่อยู่กับที่อีก 5 จุด")
    expect(page.locator("#in-view")).to_contain_text("ในกรอบแผนที่ 52 จุด")
    assert ranking(page)[0] == ("สมุทรสาคร", "35")
    csv = httpx.get(own_site.removesuffix("/maps/burning") + files(page, "excel"), timeout=60)
    assert len(csv.text.strip().splitlines()) - 1 == 52
    expect(page.locator("#download [data-part=said]")).to_contain_text("ไม่รวมความร้อนอุตสาหกรรม")

    page.locator('[data-class="industrial_static"]').click()
    counted(page)

    expect(total(page)).to_have_text("55")
    expect(page.locator("#theme-extra")).to_contain_text("ในจำนวนนี้ 5 จุดเป็นความร้อนอุตสาหกรรม")
    expect(page.locator("#in-view")).to_contain_text("ในกรอบแผนที่ 57 จุด")
    assert "industrial_static" in page.url
    page.reload()
    counted(page)
    expect(total(page)).to_have_text("55")
    page.locator('[data-class="industrial_static"]').click()
    counted(page)
    expect(total(page)).to_have_text("50")
    assert "classes" not in page.url


def test_at_middle_zooms_fires_are_drawn_before_points_and_pixels_where_it_is_near(
    page: Page, own_season: Connection, own_site: str, settings: Settings
) -> None:
    fires(own_season, 1, TODAY, land_use="maize")
    own_season.commit()
    analyse(own_season, "fire_events", settings)
    at = "lat=13.2&lon=100.1"
    visit(page, f"{own_site}?z=10&{at}")
    events = "fahsai.theme.sides.now.events"
    wait_for(page, f"{events}._drawn?.tiles.some(({{ pieces }}) => pieces.length)")
    assert page.evaluate("fahsai.theme.sides.now.own._isQuiet()")

    page.evaluate(
        "void fahsai.theme.sides.now.map.fire('click', { latlng: L.latLng(13.2, 100.1) })"
    )

    popup = page.locator(".fahsai-popup")
    expect(popup).to_contain_text("เหตุการณ์ไฟ")
    expect(popup).to_contain_text("พบล่าสุด")
    expect(popup).to_contain_text("เมืองใกล้ที่สุด")

    visit(page, f"{own_site}?z=13&{at}")
    wait_for(page, f"{events}._drawn?.tiles.some(({{ pieces }}) => pieces.length)")
    assert not page.evaluate("fahsai.theme.sides.now.own._isQuiet()")
    visit(page, f"{own_site}?z=7&{at}")
    assert not page.evaluate(f"fahsai.theme.sides.now.map.hasLayer({events})")
