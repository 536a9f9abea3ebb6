"""The whole story of a complaint on telephones, in Thai: reported, acknowledged, inspected without
signal, ordered, closed with evidence, seen by who reported it, and back again."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Geolocation, Page, ViewportSize, expect
from psycopg2.extensions import connection as Connection

from geo_api.accounts.passwords import password_hash
from tests.geo_api.complaints.pictures import telephone_picture
from tests.makers import complaint, factory, province, staff_account
from tests.map_site.rows import succeeded
from tests.map_site.test_accessibility import problems
from tests.map_site.test_inspect import answer_all, kept, state
from tests.map_site.test_report import CODE, rows, watched

PHONE: ViewportSize = {"width": 390, "height": 844}
PASSWORD = "ฝนตกที่สมุทรสาครทั้งคืน"
LON, LAT = 100.25, 13.55
NORTH_120_M = 120 / 111_000  # degrees
NOTHING: Mapping[str, str] = {}
# What of the page's own is beyond its edge, or lower than a finger's 24 pixels.
TOO_WIDE_OR_LOW = """
[...document.querySelectorAll("#main *")]
    .filter((one) => one.checkVisibility() && !one.closest(".leaflet-container, .desk-keys, thead"))
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => box.right > 320.5 ||
        (one.matches("a, button, select, summary") && box.height > 0 && box.height < 24))
    .map(([one]) => `${one.tagName} ${one.id} ${one.textContent.trim().slice(0, 40)}`)
"""
Place = tuple[float, float]
Telephone = Callable[[Place], Page]


@pytest.fixture
def officer(fresh: Connection) -> None:
    """Who works in Samut Sakhon, where there is one factory, 440 m north of the smell."""
    province(fresh)
    factory(fresh, "works", lon=LON, lat=LAT + 0.004, name="บริษัท ทดลอง จำกัด")
    account = staff_account(fresh, password_hash=password_hash(PASSWORD))
    with fresh.cursor() as cursor:
        cursor.execute("UPDATE account SET email = 'a@example.org' WHERE id = %s", (account,))
    fresh.commit()


@pytest.fixture
def telephone(browser: Browser) -> Iterator[Telephone]:
    """A person's own telephone, at (lon, lat) to within 15 m, whose pages complain of nothing."""
    opened: list[tuple[BrowserContext, list[str]]] = []

    def at(place: Place) -> Page:
        where = Geolocation(longitude=place[0], latitude=place[1], accuracy=15)
        context = browser.new_context(
            viewport=PHONE, locale="th-TH", has_touch=True, is_mobile=True,
            geolocation=where, permissions=["geolocation"],
        )  # fmt: skip
        page = context.new_page()
        opened.append((context, watched(page)))
        return page

    yield at
    for context, _ in opened:
        context.close()
    # Without signal, and where a step is refused, a browser tells its console so.
    expected = ("ERR_INTERNET_DISCONNECTED", "422")
    told = [line for _, lines in opened for line in lines]
    assert [line for line in told if not any(one in line for one in expected)] == []


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "ควัน.jpg"
    path.write_bytes(telephone_picture(size=(1200, 800)))
    return path


def report(page: Page, server_url: str, photo: Path | None, words: str) -> str:
    """What a resident does; the code that comes of it."""
    page.goto(f"{server_url}/report")
    page.get_by_label("กลิ่นเหม็น").check()
    page.get_by_role("button", name="ใช้ตำแหน่งของฉัน").tap()
    expect(page.locator("#report-place-said")).to_have_text("ได้ตำแหน่งแล้ว ±15 ม.")
    middle_of_map(page)
    expect(page.locator("#report-place-said")).to_contain_text("เลือกจุดบนแผนที่แล้ว")
    page.get_by_label("4 แรง").check()
    page.get_by_label("เล่ารายละเอียด").fill(words)
    if photo:
        page.locator("#report-photos").set_input_files(photo)
        expect(page.get_by_alt_text("รูปที่ 1")).to_be_visible()
    page.get_by_role("button", name="ส่งเรื่อง").tap()
    page.wait_for_url("**/report/*-*-*")
    return page.locator("#report-code").inner_text()


def middle_of_map(page: Page) -> None:
    """Taps where the map has shown the telephone's position: the very place of the smell."""
    page.locator(".report-frame .leaflet-control-zoom").wait_for()
    frame = page.locator(".folium-map")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box
    frame.tap(position={"x": box["width"] / 2 + 6, "y": box["height"] / 2 + 6})


def sign_in(page: Page, server_url: str) -> None:
    page.goto(f"{server_url}/staff")
    page.get_by_label("อีเมล").fill("a@example.org")
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ").tap()
    page.wait_for_url(f"{server_url}/staff")


def step(page: Page, title: str, typed: Mapping[str, str] = NOTHING) -> None:
    """Opens a step of a case by its name, types into its fields by their labels, and makes it."""
    named = page.locator("summary").filter(has_text=re.compile(rf"^\s*{title}\s"))
    box = page.locator("details.step-box").filter(has=named)
    if box.get_attribute("open") is None:
        box.locator("summary").tap()
    for label, text in typed.items():
        box.get_by_label(label).fill(text)
    box.get_by_role("button", name=f"เปลี่ยนเป็น {title}").tap()


def done(page: Page, title: str) -> None:
    """Waits for what the desk says of a step that was made."""
    expect(page.locator("#done")).to_contain_text("บันทึกแล้ว")
    expect(page.locator(".card-head .state")).to_have_text(title)


def inspect_without_signal(page: Page, photo: Path) -> None:
    """From the case to the form, filled while there is no signal, and sent when there is."""
    page.get_by_role("link", name="บันทึกการตรวจ").tap()
    expect(page.locator("#main")).to_have_attribute("data-ready", "yes")
    kept(page)
    page.context.set_offline(True)
    page.locator("#inspect-locate").tap()
    expect(page.locator("#inspect-place")).to_have_attribute("data-state", "located")
    answer_all(page)
    page.locator("#notes").fill("กลิ่นจากบ่อพักน้ำเสีย ฝาเปิด")
    page.locator("#answer-pictures").set_input_files(photo)
    expect(page.get_by_alt_text("ภาพที่ 1 ของข้อนี้")).to_be_visible()
    page.locator("#inspect-form .primary").tap()
    state(page, "waiting", "ยังไม่ส่ง")
    page.context.set_offline(False)
    state(page, "sent", "ส่งแล้ว")


def test_a_smell_is_reported_inspected_ordered_away_and_told_when_it_comes_back(
    officer: None, telephone: Telephone, server_url: str, fresh: Connection, photo: Path
) -> None:
    # A resident reports it.
    resident = telephone((LON, LAT))
    code = report(resident, server_url, photo, "เหม็นเหมือนไข่เน่า ทุกคืน")
    assert CODE.match(code)
    expect(resident.locator(".report-steps li")).to_contain_text("รับเรื่องเข้าระบบ")
    [(away_m,)] = rows(
        fresh,
        f"SELECT ST_Distance(geom::geography, ST_MakePoint({LON}, {LAT})::geography)"
        " FROM complaint",
    )
    assert 1 < away_m < 50  # where the map was tapped, beside the telephone's own position

    # An officer signs in, finds it in the queue, and acknowledges it.
    desk = telephone((LON, LAT + 0.004))
    sign_in(desk, server_url)
    expect(desk.get_by_text("ต้องดำเนินการ 1 เรื่อง")).to_be_visible()
    desk.locator("#queue").get_by_role("link", name="กลิ่นเหม็น").tap()
    expect(desk.get_by_text("เหม็นเหมือนไข่เน่า ทุกคืน")).to_be_visible()
    expect(desk.locator(".photos img")).to_have_js_property("complete", True)
    case = desk.url.split("?")[0].split("#")[0]
    step(desk, "รับดำเนินการ")
    done(desk, "รับดำเนินการ")
    step(desk, "กำลังตรวจสอบ")
    done(desk, "กำลังตรวจสอบ")

    # It cannot be closed on paper.
    step(desk, "แก้ไขแล้ว", {"เหตุผล": "น่าจะหายแล้ว"})
    expect(desk.get_by_role("alert")).to_contain_text("ยังทำไม่ได้ ขาด: หลักฐาน คือผลการตรวจที่มีข้อค้นพบ")
    expect(desk.get_by_role("alert")).to_be_focused()
    expect(desk.locator("#why-resolved")).to_have_value("น่าจะหายแล้ว")

    # The visit, where there is no signal.
    inspect_without_signal(desk, photo)
    assert rows(fresh, "SELECT finding FROM inspection") == [("cause_found",)]
    assert rows(fresh, "SELECT count(*) FROM inspection_revision") == [(1,)]
    [(lon, lat, accuracy_m)] = rows(
        fresh, "SELECT ST_X(geom), ST_Y(geom), accuracy_m FROM inspection_revision"
    )
    assert (lon, lat, accuracy_m) == (LON, LAT + 0.004, 15)
    assert rows(fresh, "SELECT count(*) FROM inspection_photo") == [(1,)]

    # What is to be done is ordered, and done.
    desk.goto(case)
    expect(desk.locator(".story")).to_contain_text("พบสาเหตุ")
    step(desk, "สั่งให้แก้ไข", {"เลขที่คำสั่ง": "อก 0309/12", "เหตุผล": "ให้ปิดฝาบ่อพัก"})
    done(desk, "สั่งให้แก้ไข")
    expect(desk.locator(".story")).to_contain_text("เลขที่คำสั่ง: อก 0309/12")
    desk.locator("#evidence-file").set_input_files(photo)
    desk.get_by_role("button", name="เพิ่มภาพ").tap()
    expect(desk.locator(".photos img")).to_have_count(2)
    step(desk, "แก้ไขแล้ว", {"ข้อความถึงผู้ร้อง": "โรงงานปิดฝาบ่อพักแล้ว"})
    done(desk, "แก้ไขแล้ว")

    # Who reported it sees that, and nothing that was not meant for them.
    resident.goto(f"{server_url}/report/{code}")
    expect(resident.locator(".report-steps li b")).to_have_text(
        ["รับเรื่องเข้าระบบ", "รับดำเนินการ", "กำลังตรวจสอบ", "สั่งให้แก้ไข", "แก้ไขแล้ว"]
    )
    expect(resident.locator(".report-steps")).to_contain_text("โรงงานปิดฝาบ่อพักแล้ว")
    for private in ("0309/12", "ให้ปิดฝา", "น่าจะหาย", "สมหญิง", "บ่อพักน้ำเสีย"):
        expect(resident.locator("body")).not_to_contain_text(private)

    # It comes back, 120 m away: the closing was no remedy.
    neighbour = telephone((LON, LAT + NORTH_120_M))
    report(neighbour, server_url, None, "เหม็นอีกแล้ว")
    desk.goto(f"{server_url}/staff?state=resolved")
    expect(desk.locator("#queue .tag.worse")).to_have_text("เกิดซ้ำหลังปิดเรื่อง")
    desk.locator("#queue").get_by_role("link", name="กลิ่นเหม็น").tap()
    expect(desk.locator("#recurred")).to_contain_text("เกิดซ้ำหลังปิดเรื่อง")
    expect(desk.locator(".story")).to_contain_text(re.compile(r"แจ้งซ้ำหลังปิดเรื่อง ห่าง 1\d0 ม\."))
    desk.locator(".event-recurred").get_by_role("link").tap()
    expect(desk.get_by_text("เหม็นอีกแล้ว")).to_be_visible()
    expect(desk.locator(".duplicates")).to_contain_text("จึงเป็นการเกิดซ้ำ ไม่ใช่เรื่องซ้ำ")
    expect(desk.locator(".duplicates").get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("language", ["th", "en"])
def test_axe_finds_nothing_at_the_desk_and_all_of_it_fits_320_pixels(
    language: str, officer: None, telephone: Telephone, server_url: str, fresh: Connection
) -> None:
    complaint(fresh, "case", "2026-11-28", province_code="74", state="inspecting", channel="form")
    succeeded(fresh, "diw")
    page = telephone((LON, LAT))
    sign_in(page, server_url)
    found = {}
    for path in ("/staff", "/staff/complaints/case", "/staff/work", "/staff/account"):
        page.set_viewport_size(PHONE)
        page.goto(f"{server_url}{path}?lang={language}")
        page.wait_for_load_state("networkidle")
        found[path] = problems(page)
        page.set_viewport_size({"width": 320, "height": 640})
        found[path] += page.evaluate(TOO_WIDE_OR_LOW)

    assert {path: told for path, told in found.items() if told} == {}
