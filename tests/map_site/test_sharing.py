"""Sharing a page: its link, a short one, a map on another site, a file; by mouse, key and thumb."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Browser, Page, expect
from psycopg2.extensions import connection as Connection
from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

from tests.map_site.conftest import Seen
from tests.map_site.rows import released
from tests.map_site.test_accessibility import problems
from tests.map_site.theme import counted, late_fires
from tests.serving import serving

BURNING = "/maps/burning?from=2026-02-20&to=2026-03-02&province=74"


@pytest.fixture
def site(season_address: str) -> str:
    return season_address


def opened(page: Page, address: str) -> None:
    """The page, and its sharing."""
    page.goto(address)
    page.get_by_role("button", name="แชร์").first.click()
    expect(page.get_by_role("dialog", name="แชร์หน้านี้")).to_be_visible()


def shareables(page: Page, path: str) -> Any:
    return page.evaluate("path => fahsai.shareables(new URL(path, location.href))", path)


# --- the dialog --------------------------------------------------------------------------------


def test_sharing_opens_by_key_and_gives_the_focus_back(page: Page, seen: Seen, site: str) -> None:
    page.goto(site)
    button = page.get_by_role("button", name="แชร์")
    button.focus()

    page.keyboard.press("Enter")

    dialog = page.get_by_role("dialog", name="แชร์หน้านี้")
    expect(dialog.get_by_role("button", name="คัดลอก").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()
    assert seen.errors == []


def test_a_click_beside_the_dialog_closes_it(page: Page, site: str) -> None:
    opened(page, site)

    page.mouse.click(5, 700)

    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_link_is_copied_as_the_address_has_it(browser: Browser, site: str) -> None:
    context = browser.new_context(locale="th-TH", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    opened(page, f"{site}/?number=air&region=west")

    page.get_by_role("button", name="คัดลอก").first.click()

    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("คัดลอกแล้ว")
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"{site}/?number=air&region=west&day=2026-03-02"
    )
    context.close()


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        ("/", "/?day=2026-03-02"),
        ("/?day=2026-03-01&number=air", "/?day=2026-03-01&number=air"),
        ("/provinces/74", "/provinces/74?day=2026-03-02"),
        ("/maps/burning", "/maps/burning?from=2025-12-01&to=2026-03-02"),
        (
            "/maps/burning?from=2026-02-01&to=2026-02-03&view=table",
            "/maps/burning?view=table&from=2026-02-01&to=2026-02-03",
        ),
    ],
)
def test_a_link_shows_tomorrow_what_was_seen_today(
    page: Page, site: str, path: str, shared: str
) -> None:
    opened(page, site + path)

    expect(page.get_by_role("textbox").first).to_have_value(site + shared)


def test_where_nothing_may_be_copied_the_text_is_selected(page: Page, site: str) -> None:
    opened(page, site)
    page.evaluate(
        """() => {
            navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
            document.execCommand = () => false;
        }"""
    )

    page.get_by_role("button", name="คัดลอก").first.click()

    link = page.get_by_role("textbox", name="ลิงก์", exact=True)
    expect(link).to_be_focused()
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("กด Ctrl+C")
    assert page.evaluate("getSelection().toString()") == f"{site}/?day=2026-03-02"


def test_a_short_link_is_made_on_asking_and_leads_to_the_same_page(
    page: Page, own_season_address: str
) -> None:
    opened(page, own_season_address + BURNING)

    page.get_by_role("button", name="สร้างลิงก์สั้น").click()

    link = page.get_by_role("textbox", name="ลิงก์สั้น")
    expect(link).to_have_value(re.compile(rf"^{own_season_address}/s/[0-9a-z]{{8}}$"))
    page.goto(link.input_value())
    counted(page)
    parts = urlsplit(page.url)
    assert f"{parts.path}?{parts.query}" == BURNING
    expect(page.locator("#theme-period")).to_contain_text("20 ก.พ. 2569 – 2 มี.ค. 2569")


@pytest.mark.parametrize(
    ("status", "headers", "said"),
    [
        (429, {"Retry-After": "42"}, "ลองใหม่ใน 42 วินาที"),
        (503, {}, "สร้างลิงก์สั้นไม่ได้ในขณะนี้"),
    ],
)
def test_a_short_link_that_cannot_be_made_says_why_and_can_be_asked_for_again(
    page: Page, site: str, status: int, headers: dict[str, str], said: str
) -> None:
    page.route("**/api/short-links", lambda route: route.fulfill(status=status, headers=headers))
    opened(page, site)

    page.get_by_role("button", name="สร้างลิงก์สั้น").click()

    expect(page.get_by_role("dialog")).to_contain_text(said)
    expect(page.get_by_role("button", name="สร้างลิงก์สั้น")).to_be_enabled()


def test_the_size_of_the_file_is_told_before_it_is_saved(page: Page, site: str) -> None:
    opened(page, site + BURNING)

    page.get_by_role("button", name="ตรวจขนาดไฟล์").click()

    link = page.get_by_role("link", name=re.compile("^ดาวน์โหลด [0-9.]+ [kM]B$"))
    expect(link).to_be_focused()
    expect(page.get_by_role("dialog")).to_contain_text("30 รายการ 20 ก.พ. 2569 ถึง 2 มี.ค. 2569")
    with page.expect_download() as saved:
        link.click()
    size = saved.value.path().stat().st_size
    told = link.inner_text().removeprefix("ดาวน์โหลด ").removesuffix(" kB")
    assert int(told) == pytest.approx(size / 1e3, abs=1)


def test_a_file_that_would_be_too_large_says_what_to_do(
    page: Page, own_season_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo_api.sharing.offline.MOST_FEATURES", 3)
    opened(page, own_season_address + BURNING)

    page.get_by_role("button", name="ตรวจขนาดไฟล์").click()

    expect(page.get_by_role("dialog")).to_contain_text("ไม่เกิน 50,000 รายการ) เลือกจำนวนวันให้น้อยลง")
    expect(page.get_by_role("button", name="ตรวจขนาดไฟล์")).to_be_enabled()


def test_on_a_phone_it_is_a_sheet_at_the_foot_and_axe_finds_nothing(
    browser: Browser, site: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    opened(page, site + BURNING)

    box = page.get_by_role("dialog").bounding_box()

    assert box and box["x"] == 0 and box["width"] == 390
    assert round(box["y"] + box["height"]) == 844
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert problems(page) == []
    page.close()


@pytest.mark.parametrize(
    ("path", "embed", "offline"),
    [
        (
            "/?day=2026-03-01&number=air&region=west&popup=1",
            "day=2026-03-01&number=air&region=west",
            "layers=provinces,hotspots&from=2026-02-23&to=2026-03-01",
        ),
        ("/", "", "layers=provinces,hotspots"),
        (
            "/maps/burning?from=2026-02-01&to=2026-02-28&classes=forest,paddy&view=table",
            "theme=burning&from=2026-02-01&to=2026-02-28&classes=forest,paddy",
            "layers=provinces,hotspots&from=2026-02-01&to=2026-02-28",
        ),
        (
            "/maps/burning?from=2026-02&to=2026-03",
            "theme=burning&from=2026-02-01&to=2026-03-02",
            "layers=provinces,hotspots&from=2026-02-01&to=2026-03-02",
        ),
        ("/maps/complaints?period=2026-02-01", "theme=complaints", None),
        ("/maps/air?from=2026-03-01&to=2026-03-01", "theme=air&day=2026-03-01", None),
        (
            "/provinces/74",
            "theme=burning&province=74",
            "layers=provinces,hotspots,factories&province=74",
        ),
        (
            "/provinces/74?day=2026-03-01",
            "theme=burning&from=2026-02-23&to=2026-03-01&province=74",
            "layers=provinces,hotspots,factories&from=2026-02-23&to=2026-03-01&province=74",
        ),
        ("/factories/x", None, None),
    ],
)
def test_what_can_be_handed_on_follows_from_the_address(
    page: Page, site: str, path: str, embed: str | None, offline: str | None
) -> None:
    page.goto(site + path)

    found = shareables(page, path)

    assert (found["embed"], found["offline"]) == (embed, offline)


def test_the_file_of_a_theme_has_the_days_that_its_page_shows_at_first(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/maps/burning")
    counted(page)

    found = shareables(page, "/maps/burning")

    assert found["offline"] == "layers=provinces,hotspots&from=2025-12-01&to=2026-03-02"


# --- on another site ---------------------------------------------------------------------------


@contextmanager
def another_site(code: str) -> Iterator[str]:
    """The address of a page of another origin, which has the code in it."""

    async def elsewhere(scope: Scope, receive: Receive, send: Send) -> None:
        await HTMLResponse(f"<!doctype html>{code}")(scope, receive, send)

    with serving(elsewhere) as address:
        yield address


def test_the_code_for_another_site_shows_all_fires_of_the_period_there(
    page: Page, seen: Seen, site: str
) -> None:
    opened(page, f"{site}/maps/burning?from=2025-12-01&to=2026-03-02")
    code = page.get_by_role("textbox", name="ฝังแผนที่ในเว็บอื่น").input_value()

    with another_site(code) as address:
        page.goto(address)

        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("region", name="จุดความร้อน")).to_contain_text("ในกรอบแผนที่ 57")
        title = frame.get_by_role("link", name="การเผาในที่โล่ง")
        expect(title).to_have_attribute("target", "_blank")
        assert title.get_attribute("href") == "/maps/burning?from=2025-12-01&to=2026-03-02"
        expect(frame.locator("footer")).to_contain_text("NASA FIRMS")
        expect(frame.locator("header")).to_contain_text("1 ธ.ค. 2568 – 2 มี.ค. 2569")
    assert unescape(code).count(f'src="{site}/embed?theme=burning&from=') == 1
    assert [error for error in seen.errors if "favicon" not in error] == []


def test_a_class_and_a_place_of_the_address_are_kept_there(page: Page, site: str) -> None:
    page.goto(f"{site}/embed?theme=burning&classes=forest&from=2026-02-20&to=2026-03-02")

    legend = page.get_by_role("region", name="จุดความร้อน")
    expect(legend).to_contain_text("ในกรอบแผนที่ 5")
    expect(page.locator("h1")).to_contain_text("พื้นที่ป่า")


def test_what_is_counted_apart_has_no_nought_on_another_site(page: Page, site: str) -> None:
    page.goto(f"{site}/embed?theme=burning&from=2026-02-20&to=2026-03-02&lang=en")

    legend = page.get_by_role("region", name="Hotspots")
    expect(legend).to_contain_text("In view: ")
    heat = legend.get_by_role("listitem").filter(has_text="Static industrial heat")
    expect(heat.locator("output")).to_have_text("not drawn")


def test_the_brief_s_map_on_another_site_has_its_legend_and_sources(page: Page, site: str) -> None:
    code = f'<iframe src="{site}/embed?day=2026-03-02" width="600" height="500"></iframe>'

    with another_site(code) as address:
        page.goto(address)

        frame = page.frame_locator("iframe")
        expect(frame.locator("h1")).to_have_text("จุดความร้อน 24 ชม. จุด รายจังหวัด 2 มี.ค. 2569")
        expect(frame.locator(".map-legend .legend")).to_contain_text("ไม่พบ")
        expect(frame.locator("footer")).to_contain_text("แหล่งข้อมูล: NASA FIRMS")
        expect(frame.locator(".fahsai-canvas").first).to_be_visible()
        assert frame.locator("h1 a").get_attribute("href") == "/?day=2026-03-02"


def test_only_the_map_for_other_sites_may_stand_within_theirs(site: str) -> None:
    def ancestors(path: str) -> str:
        policy = requests.get(site + path, timeout=60).headers["Content-Security-Policy"]
        return next(part for part in policy.split("; ") if part.startswith("frame-ancestors"))

    assert ancestors("/embed") == ancestors("/embed?theme=burning") == "frame-ancestors *"
    assert ancestors("/") == ancestors("/maps/burning") == "frame-ancestors 'self'"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("theme=complaints", 200),
        ("theme=burning&from=2026-02&to=2026-03", 200),
        ("theme=zzz", 404),
        ("day=2569-03-01", 404),
        ("theme=burning&from=2569-03-01&to=2569-03-02", 404),
        ("day=2031-01-01", 404),
        ("theme=green", 200),
        ("theme=air&lang=en", 200),
        ("theme=burning&from=x&to=y&z=a", 200),
        ("theme=burning&from=2026-03-02&to=2026-03-01", 200),
        ("theme=%3Cscript%3E&number=%3Cb%3E", 404),
        ("day=yesterday", 404),
    ],
)
def test_any_address_of_it_gives_a_map_or_says_that_there_is_none(
    site: str, query: str, status: int
) -> None:
    answer = requests.get(f"{site}/embed?{query}", timeout=60)

    assert answer.status_code == status
    assert "<script>" not in answer.text.replace('<script type="module">', "")
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "<nav" not in answer.text  # what fits within another's page, and not a page of ours


def test_a_map_for_other_sites_is_of_the_days_that_are_known_and_says_so(
    own_season: Connection, own_season_address: str
) -> None:
    late_fires(own_season)

    def said(path: str) -> tuple[int, str]:
        answer = requests.get(f"{own_season_address}{path}&lang=en", timeout=60)
        title = re.search(r"<h1>.*?</h1>", answer.text, re.DOTALL)
        shown = re.sub(r"<[^>]+>", " ", title[0]) if title else ""
        return answer.status_code, f"{shown} {answer.text}"

    _, of_day = said("/embed?day=2026-03-02")
    _, season = said("/embed?theme=burning&from=2026-02-20&to=2026-03-02")
    after, nothing = said("/embed?theme=burning&from=2026-02-27&to=2026-03-02")
    before, nothing_yet = said("/embed?theme=burning&from=2020-01-01&to=2020-01-05")
    _, brief = said("/?day=2026-03-02")

    reach = "The data reach to 25 Feb 2026; after it nothing is known"
    assert reach in of_day and "25 Feb 2026" in of_day.partition("<")[0]
    assert reach in season and "20 Feb 2026 – 25 Feb 2026" in season.partition("<")[0]
    assert (after, before) == (404, 404)
    assert "No data after 25 Feb 2026" in nothing
    assert "No data before 2 Dec 2023" in nothing_yet
    assert brief.count(reach) == 2  # at the table and the map


def test_why_there_is_no_map_is_said_in_words(site: str) -> None:
    def said(query: str) -> str:
        return requests.get(f"{site}/embed?{query}&lang=en", timeout=60).text

    assert "there are: burning, air, complaints, green" in said("theme=zzz")
    assert "addresses take 2026-03-01" in said("day=2569-03-01")
    assert "There are briefs from" in said("day=2031-01-01")


def test_complaints_are_named_by_the_month_they_are_of(
    own_season: Connection, own_season_address: str
) -> None:
    released(own_season, "2026-02-01", p74=20)

    page = requests.get(f"{own_season_address}/embed?theme=complaints&lang=en", timeout=60).text

    assert 'class="together">Feb 2026</span>' in page


def test_a_file_that_is_refused_says_the_true_reason(page: Page, site: str) -> None:
    opened(page, f"{site}/maps/burning?from=2024-01-01&to=2026-03-02")

    page.get_by_role("button", name="ตรวจขนาดไฟล์").click()

    expect(page.get_by_role("dialog")).to_contain_text("ไม่เกิน 400 วัน")


def test_what_a_map_for_another_site_leaves_out_is_said(
    page: Page, own_season: Connection, own_season_address: str
) -> None:
    released(own_season, "2026-01-01", p74=20)
    left_out = "แผนที่ที่ฝังแสดงวันเดียวหรือเดือนล่าสุด"

    opened(page, f"{own_season_address}/maps/complaints?period=2026-01-01")
    expect(page.get_by_role("dialog")).to_contain_text(left_out)

    opened(page, f"{own_season_address}/maps/complaints")
    expect(page.get_by_role("dialog")).not_to_contain_text(left_out)


@pytest.mark.parametrize("path", ["/embed?number=air", "/embed?theme=burning&lang=en"])
def test_axe_finds_nothing_on_the_map_for_other_sites(page: Page, site: str, path: str) -> None:
    page.goto(site + path)
    page.wait_for_load_state("networkidle")

    assert problems(page) == []
