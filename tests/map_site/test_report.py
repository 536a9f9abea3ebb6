"""A resident's report on a telephone, in Thai: with a photo and the map, without script, without
signal, and with what is wrong."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from psycopg2.extensions import connection as Connection

from tests.geo_api.complaints.pictures import telephone_picture
from tests.makers import insert, province
from tests.map_site.test_accessibility import problems

PHONE: ViewportSize = {"width": 390, "height": 844}
NASTY = "</script><img src=x onerror=alert(1)>`${1}` “ไทย” 🤢"
CODE = re.compile(r"^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$")

Open = Callable[..., BrowserContext]


@pytest.fixture
def phone(browser: Browser) -> Iterator[Open]:
    """A telephone that has never been here."""
    opened: list[BrowserContext] = []

    def open_phone(**more: Any) -> BrowserContext:
        context = browser.new_context(
            viewport=PHONE, locale="th-TH", has_touch=True, is_mobile=True, **more
        )
        opened.append(context)
        return context

    yield open_phone
    for context in opened:
        context.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "ควัน.jpg"
    path.write_bytes(telephone_picture(size=(3000, 2000)))
    return path


def rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    connection.rollback()  # to see what was committed since
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def watched(page: Page) -> list[str]:
    """What the page complains of from now on."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None,
    )
    return complaints


def tap_map(page: Page) -> None:
    """Once it is drawn, a little beside its middle."""
    page.locator(".report-frame .leaflet-control-zoom").wait_for()
    page.locator(".report-frame").scroll_into_view_if_needed()
    page.locator(".folium-map").click(position={"x": 150, "y": 200})


# --- with signal ----------------------------------------------------------------------------------


def test_a_report_with_a_photo_and_a_tap_on_the_map_gets_a_code_that_shows_its_progress(
    phone: Open, server_url: str, fresh: Connection, photo: Path
) -> None:
    page = phone().new_page()
    complaints = watched(page)
    page.goto(f"{server_url}/report")

    page.get_by_label("กลิ่นเหม็น").check()
    tap_map(page)
    expect(page.locator("#report-place-said")).to_contain_text("เลือกจุดบนแผนที่แล้ว")
    page.get_by_label("4 แรง").check()
    page.get_by_label("เล่ารายละเอียด").fill(f"เหม็นเหมือนไข่เน่า {NASTY}")
    page.locator("#report-photos").set_input_files(photo)
    expect(page.get_by_alt_text("รูปที่ 1")).to_be_visible()
    page.get_by_role("button", name="ส่งเรื่อง").click()
    page.wait_for_url("**/report/*-*-*")

    expect(page.get_by_text("รับเรื่องแล้ว ขอบคุณที่แจ้ง")).to_be_visible()
    code = page.locator("#report-code").inner_text()
    assert CODE.match(code)
    expect(page.locator(".report-steps li")).to_contain_text(
        re.compile("รับเรื่องเข้าระบบ.*256", re.DOTALL)
    )
    [(lon, lat, accuracy, strength, device_at, received_at)] = rows(
        fresh,
        "SELECT ST_X(geom), ST_Y(geom), accuracy_m, strength, device_at, received_at"
        " FROM complaint",
    )
    assert 97 < lon < 106 and 5 < lat < 21 and accuracy > 1000 and strength == 4
    assert abs((device_at - received_at).total_seconds()) < 60
    assert rows(fresh, "SELECT text FROM complaint_text") == [(f"เหม็นเหมือนไข่เน่า {NASTY}",)]
    # Made smaller by the telephone, and upright: 3000 × 2000 that lay on its side.
    assert rows(fresh, "SELECT width, height FROM complaint_photo") == [(1365, 2048)]
    # On the device only the code is left.
    kept = page.evaluate("fahsai.report.kept.all()")
    assert [(one["state"], one["code"]) for one in kept] == [("sent", code)]
    assert "fields" not in kept[0] and "photos" not in kept[0]
    assert complaints == []


def test_the_position_of_the_telephone_is_the_place(
    phone: Open, server_url: str, fresh: Connection
) -> None:
    where = {"latitude": 13.55, "longitude": 100.25, "accuracy": 15}
    page = phone(geolocation=where, permissions=["geolocation"]).new_page()
    page.goto(f"{server_url}/report")

    page.get_by_role("button", name="ใช้ตำแหน่งของฉัน").click()
    expect(page.locator("#report-place-said")).to_have_text("ได้ตำแหน่งแล้ว ±15 ม.")
    page.get_by_label("เสียงดัง").check()
    page.get_by_role("button", name="ส่งเรื่อง").click()
    page.wait_for_url("**/report/*-*-*")

    found = rows(fresh, "SELECT ST_X(geom), ST_Y(geom), accuracy_m FROM complaint")
    assert found == [(100.25, 13.55, 15.0)]


def test_a_telephone_that_gives_no_position_says_what_to_do(phone: Open, server_url: str) -> None:
    page = phone().new_page()
    page.goto(f"{server_url}/report")

    page.get_by_role("button", name="ใช้ตำแหน่งของฉัน").click()

    expect(page.locator("#report-place-said")).to_contain_text("แตะแผนที่หรือพิมพ์ที่อยู่แทน")


def test_what_is_missing_is_said_at_once_and_leads_to_its_field(
    phone: Open, server_url: str, fresh: Connection
) -> None:
    page = phone().new_page()
    page.goto(f"{server_url}/report")
    page.get_by_label("เล่ารายละเอียด").fill("ควันดำ")
    page.get_by_label("เวลาอื่น").check()

    page.get_by_role("button", name="ส่งเรื่อง").click()

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.locator("a")).to_have_count(3)
    summary.get_by_role("link", name="เลือกเรื่องที่จะแจ้ง").click()
    expect(page.locator("#report-category")).to_be_focused()
    expect(page.get_by_label("เล่ารายละเอียด")).to_have_value("ควันดำ")
    expect(page.locator("#report-date")).to_have_attribute("aria-invalid", "true")
    assert rows(fresh, "SELECT count(*) FROM complaint") == [(0,)]


def test_what_the_service_refuses_is_said_at_its_field_and_the_photo_is_still_there(
    phone: Open, server_url: str, tmp_path: Path, photo: Path
) -> None:
    page = phone().new_page()
    page.goto(f"{server_url}/report")
    broken = tmp_path / "b.jpg"
    broken.write_bytes(b"no picture at all")
    page.get_by_label("เสียงดัง").check()
    page.get_by_label("ที่อยู่ หรือจุดสังเกต").fill("ซอยวัด จ.ระยอง")
    page.locator("#report-photos").set_input_files([photo, broken])

    page.get_by_role("button", name="ส่งเรื่อง").click()

    expect(page.locator("#report-photos-wrong")).to_contain_text("รูปที่ 2 เปิดเป็นรูปไม่ได้")
    assert page.evaluate("document.getElementById('report-photos').files.length") == 2


def test_an_address_without_a_province_is_asked_for_it_before_anything_is_sent(
    phone: Open, server_url: str, fresh: Connection
) -> None:
    page = phone().new_page()
    page.goto(f"{server_url}/report")
    page.get_by_label("เสียงดัง").check()
    page.get_by_label("ที่อยู่ หรือจุดสังเกต").fill("หลังตลาด ซอย 3")
    page.get_by_role("button", name="ส่งเรื่อง").click()

    expect(page.get_by_role("alert")).to_contain_text("เลือกจังหวัด เพราะไม่มีพิกัด")
    province = page.get_by_label("จังหวัด", exact=True)
    expect(province).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#report-state")).to_be_empty()
    page.get_by_role("alert").get_by_role("link").click()
    expect(province).to_be_focused()
    province.select_option(label="ระยอง")
    page.get_by_role("button", name="ส่งเรื่อง").click()

    page.wait_for_url("**/report/*-*-*")
    assert rows(fresh, "SELECT province_code FROM complaint") == [("21",)]


# --- without script -------------------------------------------------------------------------------


def test_without_script_a_report_by_address_is_sent_and_followed(
    phone: Open, server_url: str, fresh: Connection, photo: Path
) -> None:
    province(fresh)
    fresh.commit()
    page = phone(java_script_enabled=False).new_page()
    page.goto(f"{server_url}/report")
    expect(page.locator(".report-map")).to_be_hidden()

    page.get_by_label("ที่อยู่ หรือจุดสังเกต").fill("หลังตลาด")
    page.get_by_role("button", name="ส่งเรื่อง").click()
    expect(page.get_by_role("alert")).to_contain_text("เลือกเรื่องที่จะแจ้ง")
    expect(page.get_by_role("alert")).to_contain_text("เลือกจังหวัด เพราะไม่มีพิกัด")
    expect(page.get_by_label("ที่อยู่ หรือจุดสังเกต")).to_have_value("หลังตลาด")
    page.get_by_label("ฝุ่นละออง").check()
    page.get_by_label("จังหวัด").select_option(label="สมุทรสาคร")
    page.get_by_label("เวลาอื่น").check()
    page.get_by_label("วันที่").fill("2026-11-01")
    page.get_by_label("เวลา (เวลาไทย)").fill("03:00")
    page.locator("#report-photos").set_input_files(photo)
    page.get_by_role("button", name="ส่งเรื่อง").click()

    code = page.locator("#report-code").inner_text()
    expect(page.get_by_text("แนบรูป 1 รูป")).to_be_visible()
    assert rows(fresh, "SELECT province_code, category FROM complaint") == [("74", "dust_smoke")]
    page.goto(f"{server_url}/report")
    page.get_by_label("รหัสติดตาม 12 ตัว").fill(code.lower())
    page.get_by_role("button", name="ดูความคืบหน้า").click()
    expect(page.locator("#report-code")).to_have_text(code)


# --- without signal -------------------------------------------------------------------------------


def kept_for_later(page: Page) -> None:
    """Waits until the page is on the device."""
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("() => caches.match('/report').then(Boolean)")


def test_a_report_without_signal_is_kept_and_sent_once_when_there_is_signal(
    phone: Open, server_url: str, fresh: Connection, photo: Path
) -> None:
    context = phone()
    page = context.new_page()
    page.goto(f"{server_url}/report")
    kept_for_later(page)
    context.set_offline(True)
    page.reload()

    page.get_by_label("น้ำเสีย").check()
    page.get_by_label("ที่อยู่ หรือจุดสังเกต").fill("คลองสำโรง จ.สมุทรปราการ")
    page.get_by_label("เล่ารายละเอียด").fill(NASTY)
    page.locator("#report-photos").set_input_files(photo)
    page.get_by_role("button", name="ส่งเรื่อง").click()

    expect(page.locator("#report-state")).to_contain_text("เก็บเรื่องไว้ในเครื่องนี้แล้ว")
    item = page.locator("#report-kept-list li")
    expect(item).to_have_attribute("data-state", "waiting")
    expect(page.get_by_label("ที่อยู่ หรือจุดสังเกต")).to_have_value("")
    assert rows(fresh, "SELECT count(*) FROM complaint") == [(0,)]
    page.reload()
    expect(item).to_have_attribute("data-state", "waiting")

    context.set_offline(False)
    expect(item).to_have_attribute("data-state", "sent")
    page.reload()
    expect(item).to_contain_text(re.compile(r"\d+ \S+ 25\d\d \d\d:\d\d น\."))
    expect(item).to_contain_text("ส่งแล้ว รหัส")
    item.get_by_role("link").click()
    expect(page.locator(".report-steps li")).to_have_count(1)
    assert rows(fresh, "SELECT count(*) FROM complaint") == [(1,)]
    assert rows(fresh, "SELECT count(*) FROM complaint_photo") == [(1,)]


def test_a_report_that_waits_is_sent_by_the_browser_when_no_page_is_open(
    phone: Open, server_url: str, fresh: Connection, photo: Path
) -> None:
    context = phone()
    page = context.new_page()
    page.goto(f"{server_url}/report")
    kept_for_later(page)
    context.set_offline(True)
    page.get_by_label("น้ำเสีย").check()
    page.get_by_label("ที่อยู่ หรือจุดสังเกต").fill("คลองสำโรง จ.สมุทรปราการ")
    page.locator("#report-photos").set_input_files(photo)
    page.get_by_role("button", name="ส่งเรื่อง").click()
    item = page.locator("#report-kept-list li")
    expect(item).to_have_attribute("data-state", "waiting")
    page.goto("about:blank")
    context.set_offline(False)

    [worker] = context.service_workers
    worker.evaluate("sendReports()")

    assert rows(fresh, "SELECT count(*) FROM complaint_photo") == [(1,)]
    page.goto(f"{server_url}/report")
    expect(item).to_have_attribute("data-state", "sent")


def test_a_report_whose_answer_was_lost_is_sent_again_and_stays_one(
    phone: Open, server_url: str, fresh: Connection
) -> None:
    page = phone().new_page()
    page.goto(f"{server_url}/report")
    lost: list[int] = []

    def lose_the_answer(route: Any) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/report", lose_the_answer)
    page.get_by_label("น้ำเสีย").check()
    page.get_by_label("ที่อยู่ หรือจุดสังเกต").fill("คลองสำโรง จ.สมุทรปราการ")
    page.get_by_role("button", name="ส่งเรื่อง").click()
    item = page.locator("#report-kept-list li")
    expect(item).to_have_attribute("data-state", "waiting")

    item.get_by_role("button", name="ส่งตอนนี้").click()

    expect(item).to_have_attribute("data-state", "sent")
    assert lost == [201]
    assert rows(fresh, "SELECT count(*) FROM complaint") == [(1,)]


# --- for everybody --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["th", "en"])
def test_axe_finds_nothing_in_the_form_its_errors_or_the_page_of_a_code(
    language: str, phone: Open, server_url: str, fresh: Connection
) -> None:
    page = phone().new_page()
    page.goto(f"{server_url}/report?lang={language}")
    page.wait_for_load_state("networkidle")

    found = problems(page)
    page.locator("#report-send").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += problems(page)
    page.locator("[name=category][value=odour]").check()
    page.locator("#report-address").fill("ซอยวัด จ.ระยอง")
    page.locator("#report-send").click()
    page.wait_for_url("**/report/*-*-*")
    insert_note(fresh)
    page.reload()
    expect(page.locator(".report-steps li")).to_have_count(2)
    found += problems(page)

    assert found == []
    for path in ("/report", page.url.removeprefix(server_url)):
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(server_url + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def insert_note(connection: Connection) -> None:
    [(id,)] = rows(connection, "SELECT id FROM complaint")
    insert(
        connection,
        "complaint_event",
        complaint_id=id,
        kind="transition",
        from_state="received",
        to_state="acknowledged",
        detail='{"public_note": "เจ้าหน้าที่จะไปดูวันศุกร์ </script> `🤢`"}',
    )
    connection.commit()
