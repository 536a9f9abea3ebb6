"""Inspections on a phone: without signal, sent once, contradictions side by side; work lists."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import (
    APIResponse,
    Browser,
    BrowserContext,
    FilePayload,
    Page,
    Route,
    ViewportSize,
    expect,
)
from psycopg2.extensions import connection as Connection

from geo_api.accounts.credentials import staff_of
from geo_api.database.connections import STAFF, WritePool
from geo_api.database.logins import login_url
from tests.geo_api.inspections.edits import again, asked_of, edit
from tests.makers import (
    box,
    complaint,
    factory,
    insert,
    province,
    session_of,
    staff_account,
    wind_reading,
)
from tests.map_site.rows import succeeded
from tests.map_site.test_accessibility import problems

LON, LAT = 100.25, 13.55
PHONE: ViewportSize = {"width": 390, "height": 844}
Visit = Callable[..., Page]


@pytest.fixture
def token(fresh: Connection) -> str:
    """The session of an officer of Samut Sakhon, where there are a complaint and two factories."""
    province(fresh)
    names = {"name_th": "เมืองสมุทรสาคร", "name_en": "Mueang Samut Sakhon"}
    place = {"province_code": "74", "source": "boundaries", "wkt": box(100.2, 13.5, 100.3, 13.6)}
    insert(fresh, "district", code="7401", **names, **place)
    complaint(fresh, "case", "2026-11-28", province_code="74", district_code="7401")
    factory(fresh, "works", lon=LON, lat=LAT + 0.004, name="บริษัท ทดลอง จำกัด")
    made = session_of(fresh, staff_account(fresh))
    fresh.commit()
    return made


@pytest.fixture
def phone(browser: Browser, server_url: str, token: str) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=PHONE, locale="th-TH", has_touch=True, is_mobile=True)
    sign_in(opened, server_url, token)
    yield opened
    opened.close()


def sign_in(phone: BrowserContext, server_url: str, token: str) -> None:
    phone.add_cookies([{"name": "fahsai_session", "value": token, "url": server_url}])


def locates(phone: BrowserContext, accuracy: float = 8) -> None:
    phone.grant_permissions(["geolocation"])
    phone.set_geolocation({"longitude": LON, "latitude": LAT, "accuracy": accuracy})


@pytest.fixture
def visit(phone: BrowserContext, server_url: str) -> Visit:
    """Opens an address below /staff, and waits until it is ready, and kept for flight mode."""

    def open_at(path: str, page: Page | None = None) -> Page:
        page = page or phone.new_page()
        page.goto(f"{server_url}/staff/{path}")
        expect(page.locator("#main")).to_have_attribute("data-ready", "yes")
        return page

    return open_at


def kept(page: Page) -> None:
    """Waits until the form is on the device."""
    expect(page.locator("#main")).to_have_attribute("data-kept", "yes")
    page.wait_for_function(
        "() => navigator.serviceWorker.getRegistration('/staff/x').then((one) => !!one?.active)"
    )


def answer_all(page: Page) -> None:
    """What the starter checklist requires."""
    for code, value in (
        ("met", "yes"),
        ("working", "running"),
        ("place_agrees", "yes"),
        ("odour", "strong"),
        ("smoke_dust", "no"),
        ("water", "na"),
    ):
        page.locator(f'[name="answer.{code}"][value="{value}"]').check()
    page.locator('[name="finding"][value="cause_found"]').check()


def picture() -> FilePayload:
    """As a phone takes it, larger than what is sent."""
    made = BytesIO()
    Image.linear_gradient("L").resize((2000, 1500)).convert("RGB").save(made, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def state(page: Page, name: str, text: str) -> None:
    expect(page.locator("#inspect-state")).to_have_attribute("data-state", name)
    expect(page.locator("#inspect-state")).to_contain_text(text)


def stored(connection: Connection) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.complaint_id, i.factory_id, i.finding, count(r.id) FROM inspection AS i"
            " JOIN inspection_revision AS r ON r.inspection_id = i.id GROUP BY i.id"
        )
        rows = cursor.fetchall()
    connection.rollback()
    return rows


def test_a_visit_recorded_without_signal_is_sent_once_when_there_is_one(
    visit: Visit, phone: BrowserContext, fresh: Connection
) -> None:
    locates(phone)
    kept(visit("inspect"))
    phone.set_offline(True)

    page = visit("inspect/factories/works")
    expect(page.locator("#inspect-label")).to_contain_text("works")
    page.locator("#inspect-locate").tap()
    expect(page.locator("#inspect-place")).to_have_attribute("data-state", "located")
    expect(page.locator("#inspect-place")).to_contain_text("แม่นยำ ±8 เมตร")
    answer_all(page)
    page.locator("#notes").fill("กลิ่นจากบ่อพัก")
    page.locator("#answer-pictures").set_input_files(picture())
    expect(page.locator(".inspect-pictures img")).to_have_count(1)
    page.locator("#inspect-form .primary").tap()
    state(page, "waiting", "ยังไม่ส่ง")
    assert stored(fresh) == []
    phone.set_offline(False)

    state(page, "sent", "ส่งแล้ว")
    assert stored(fresh) == [(None, "works", "cause_found", 1)]
    with fresh.cursor() as cursor:
        cursor.execute("SELECT distance_m, accuracy_m, notes FROM inspection_revision")
        [(distance_m, accuracy_m, notes)] = cursor.fetchall()
    assert (round(distance_m), accuracy_m, notes) == (443, 8, "กลิ่นจากบ่อพัก")
    page.get_by_role("link", name="ผลการตรวจ").tap()
    photo = page.locator(".inspect-pictures img")
    expect(photo).to_have_js_property("complete", True)
    # Made smaller on the phone: 1600 pixels at most.
    assert photo.evaluate("(image) => [image.naturalWidth, image.naturalHeight]") == [1600, 1200]


def test_every_letter_is_there_again_after_the_page_was_killed(visit: Visit) -> None:
    page = visit("inspect/complaints/case")
    page.locator("#notes").press_sequentially("ควันดำ")
    page.locator('[name="answer.odour"][value="faint"]').check()
    expect(page.locator("#inspect-kept")).to_contain_text("เก็บทุกตัวอักษร")
    page.wait_for_function(
        """() => fahsai.kept.all("drafts").then((all) => all.some(({ values }) =>
            values.notes === "ควันดำ" && values["answer.odour"] === "faint"))"""
    )
    page.close(run_before_unload=False)

    again = visit("inspect/complaints/case")

    expect(again.locator("#notes")).to_have_value("ควันดำ")
    expect(again.locator('[name="answer.odour"][value="faint"]')).to_be_checked()
    state(again, "draft", "ร่าง")


def test_an_answer_that_gets_lost_on_the_way_makes_no_second_record(
    visit: Visit, fresh: Connection
) -> None:
    page = visit("inspect/complaints/case")
    lost: list[APIResponse] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())  # the service stores it; the phone never hears
        route.abort()

    page.route("**/api/inspections/sync", lose)
    answer_all(page)
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/sync")):
        page.locator("#inspect-form .primary").tap()
    state(page, "waiting", "ยังไม่ส่ง")
    assert stored(fresh) == [("case", None, "cause_found", 1)]

    page.reload()

    expect(page.locator("#main")).to_have_attribute("data-ready", "yes")
    page.wait_for_function(
        "() => fahsai.kept.all('edits').then((all) => all.every((one) => one.state === 'sent'))"
    )
    assert len(lost) == 1
    assert stored(fresh) == [("case", None, "cause_found", 1)]


def test_signal_that_returns_while_an_attempt_fails_is_not_missed(
    visit: Visit, fresh: Connection
) -> None:
    page = visit("inspect/complaints/case")
    held: list[Route] = []
    page.route("**/api/session", lambda route: held.append(route), times=1)
    answer_all(page)
    with page.expect_request("**/api/session"):
        page.locator("#inspect-form .primary").tap()

    page.evaluate("window.dispatchEvent(new Event('online'))")
    held[0].abort()

    state(page, "sent", "ส่งแล้ว")
    assert stored(fresh) == [("case", None, "cause_found", 1)]


def test_a_device_that_refuses_its_place_records_that_and_goes_on(
    visit: Visit, fresh: Connection
) -> None:
    page = visit("inspect/complaints/case")
    page.locator("#inspect-locate").tap()
    expect(page.locator("#inspect-place")).to_contain_text("บันทึกต่อได้")

    answer_all(page)
    page.locator("#inspect-form .primary").tap()

    state(page, "sent", "ส่งแล้ว")
    with fresh.cursor() as cursor:
        cursor.execute("SELECT geom IS NULL, no_fix FROM inspection_revision")
        assert cursor.fetchall() == [(True, "refused")]


def test_what_the_checklist_requires_is_asked_for_before_a_finding_is_saved(visit: Visit) -> None:
    page = visit("inspect/complaints/case")
    page.locator('[name="finding"][value="no_cause"]').check()

    page.locator("#inspect-form .primary").tap()

    expect(page.locator("#inspect-missing")).to_contain_text("ยังไม่ได้ตอบ: พบผู้ประกอบกิจการ")
    expect(page.locator('[name="answer.met"]').first).to_be_focused()


def test_edits_of_two_phones_are_shown_side_by_side_and_the_choice_keeps_both(
    visit: Visit,
    phone: BrowserContext,
    browser: Browser,
    server_url: str,
    fresh: Connection,
) -> None:
    page = visit("inspect/complaints/case")
    page.locator("#notes").fill("เริ่ม")
    page.locator("#inspect-form .primary").tap()
    state(page, "sent", "ส่งแล้ว")
    with fresh.cursor() as cursor:
        cursor.execute("SELECT id FROM inspection")
        [(id,)] = cursor.fetchall()
    other = browser.new_context(viewport=PHONE, locale="th-TH", java_script_enabled=False)
    sign_in(other, server_url, session_of(fresh, staff_account(fresh)))
    fresh.commit()
    second = other.new_page()
    second.goto(f"{server_url}/staff/inspect/complaints/case?inspection={id}")
    phone.set_offline(True)
    page.locator("#notes").fill("ของเครื่องแรก")
    page.locator("#inspect-form .primary").tap()
    second.locator("#notes").fill("ของเครื่องที่สอง")
    second.locator("#inspect-form .primary").click()
    expect(second.locator("#inspect-versions")).to_contain_text("ของเครื่องที่สอง")

    phone.set_offline(False)
    state(page, "conflict", "เก็บไว้ทั้งสองฉบับ")
    page.get_by_role("link", name="ดูทั้งสองฉบับและเลือก").tap()

    expect(page.locator("#inspect-versions thead th")).to_have_count(2)
    expect(page.locator("#inspect-versions")).to_contain_text("ของเครื่องแรก")
    expect(page.locator("#inspect-versions")).to_contain_text("ของเครื่องที่สอง")
    expect(page.locator(".inspect-differs").first).to_be_visible()
    page.locator("tfoot button").first.tap()
    expect(page.locator("#inspect-conflict")).to_have_count(0)
    expect(page.locator(".inspect-history li")).to_have_count(4)
    expect(page.locator(".inspect-history")).to_contain_text("ของเครื่องที่สอง")
    expect(page.locator(".inspect-history")).to_contain_text("ของเครื่องแรก")
    other.close()


def test_without_scripts_the_form_is_sent_by_the_browser_once(
    browser: Browser, server_url: str, token: str, fresh: Connection
) -> None:
    plain = browser.new_context(viewport=PHONE, locale="th-TH", java_script_enabled=False)
    sign_in(plain, server_url, token)
    page = plain.new_page()
    page.goto(f"{server_url}/staff/inspect/complaints/case")
    answer_all(page)

    page.locator("#inspect-form .primary").dblclick()

    expect(page.locator("#inspect-versions")).to_contain_text("พบสาเหตุ")
    assert stored(fresh) == [("case", None, "cause_found", 1)]
    plain.close()


def test_the_work_list_opens_in_flight_mode_after_one_visit(
    phone: BrowserContext, server_url: str
) -> None:
    page = phone.new_page()
    page.goto(f"{server_url}/staff/work-list?district=7401")
    kept(page)
    phone.set_offline(True)

    page.reload()

    expect(page.locator("h1")).to_contain_text("อ.เมืองสมุทรสาคร")
    expect(page.locator(".work-stops > li")).to_have_count(1)
    expect(page.locator(".work-stops")).to_contain_text("บริษัท ทดลอง จำกัด")
    expect(page.locator("#work-offline")).to_be_visible()
    page.locator(".work-cases a").first.tap()
    expect(page.locator("#inspect-form")).to_be_visible()


def test_who_signs_out_takes_the_kept_pages_along_and_leaves_what_is_not_sent(
    visit: Visit, phone: BrowserContext, server_url: str
) -> None:
    page = visit("inspect/complaints/case")
    kept(page)
    page.locator("#notes").fill("ยังไม่ส่ง")
    expect(page.locator("#inspect-kept")).to_contain_text("เก็บทุกตัวอักษร")
    page.goto(f"{server_url}/staff/account")
    page.locator('form[action$="sign-out"] button').tap()
    page.wait_for_url("**/staff/sign-in*")

    page.wait_for_function("() => caches.has('fahsai-staff-pages').then((has) => !has)")
    notes = page.evaluate(
        """() => new Promise((resolve) => {
            const asked = indexedDB.open("fahsai-inspections");
            asked.onsuccess = () => {
                const all = asked.result.transaction("drafts").objectStore("drafts").getAll();
                all.onsuccess = () => resolve(all.result.map((one) => one.values.notes));
            };
        })"""
    )
    assert notes == ["ยังไม่ส่ง"]


# --- for everyone ---------------------------------------------------------------------------------

STATES = (
    "inspect",
    "inspect/complaints/case?factory=works",
    "work-list",
    "work-list?district=7401",
)


@pytest.mark.parametrize("language", ["th", "en"])
def test_axe_finds_nothing_on_pages_of_the_field_and_nothing_is_wider_than_320_pixels(
    language: str, phone: BrowserContext, server_url: str, fresh: Connection, private_visit: str
) -> None:
    page = phone.new_page()
    found = {}
    for path in (*STATES, f"inspections/{private_visit}"):
        mark = "&" if "?" in path else "?"
        page.goto(f"{server_url}/staff/{path}{mark}lang={language}")
        page.wait_for_load_state("networkidle")
        found[path] = problems(page)
        page.set_viewport_size({"width": 320, "height": 640})
        width = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size(PHONE)
        if width > 320:
            found[path].append(f"{width} pixels wide")

    assert {path: told for path, told in found.items() if told} == {}


@pytest.fixture
def private_visit(fresh: Connection, fresh_url: str, token: str) -> str:
    """The id of an inspection of which two edits contradict each other."""
    pool = WritePool(login_url(fresh_url, STAFF), 1)
    begun = edit(factory="works", finding=None)
    edits = [begun, again(begun, notes="<script>หนึ่ง"), again(begun, fix=None, no_fix="refused")]
    asked_of(pool).sync(staff_of(pool, token), edits)
    pool.close()
    return str(begun.inspection)


def test_the_list_on_a4_has_every_stop_and_no_button(
    phone: BrowserContext, server_url: str, token: str
) -> None:
    page = phone.new_page()
    page.goto(f"{server_url}/staff/work-list?district=7401")
    page.emulate_media(media="print")

    expect(page.locator(".work-stops > li")).to_have_count(1)
    expect(page.locator(".work-suspects")).to_be_visible()
    assert [b for b in page.locator("#main .button").all() if b.is_visible()] == []


def test_the_inspector_without_signal_finds_what_is_upwind_and_records_that_he_was_there(
    visit: Visit, phone: BrowserContext, server_url: str, fresh: Connection
) -> None:
    insert(
        fresh,
        "air_station",
        id="27t",
        kind="ground",
        source="air4thai",
        name_th="สมุทรสาคร",
        name_en="Samut Sakhon",
        lon=LON + 0.02,
        lat=LAT,
    )
    wind_reading(fresh, "27t", datetime.now(UTC) - timedelta(minutes=10), from_deg=0, speed_m_s=2)
    succeeded(fresh, "air4thai", "diw")
    locates(phone)
    page = visit("inspect")
    kept(page)
    page.goto(f"{server_url}/field?lat={LAT}&lon={LON}")
    expect(page.locator("#field-list h2").first).to_contain_text("เหนือลม")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("() => caches.match('/field').then(Boolean)")
    page.wait_for_function("() => fahsai.field.kept.answers().then((all) => all.length > 0)")
    phone.set_offline(True)

    page.reload()
    upwind = page.locator("#field-list li").first
    expect(upwind).to_contain_text("ทดลอง")
    upwind.locator("summary").tap()
    upwind.get_by_role("link", name="บันทึกการตรวจ").tap()
    expect(page.locator("#inspect-label")).to_contain_text("บริษัท ทดลอง จำกัด")
    page.locator("#inspect-locate").tap()
    expect(page.locator("#inspect-place")).to_have_attribute("data-state", "located")
    page.locator('[name="finding"][value="not_accessible"]').check()
    page.locator("#inspect-form .primary").tap()
    state(page, "waiting", "ยังไม่ส่ง")
    phone.set_offline(False)

    state(page, "sent", "ส่งแล้ว")
    assert stored(fresh) == [(None, "works", "not_accessible", 1)]
