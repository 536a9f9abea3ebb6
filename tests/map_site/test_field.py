"""The field page in a browser: what is near, upwind first, with signal and without."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect
from psycopg2.extensions import connection as Connection

from layers.times import THAI_TIME
from map_site.field import service_worker_script, web_manifest
from map_site.words import words
from tests.makers import box, factory, insert, province
from tests.map_site.conftest import Seen
from tests.map_site.rows import NOW, hotspot, released, succeeded

LON, LAT = 100.3, 13.6
KM_LAT = 1 / 110.6  # degrees of latitude
HERE = f"lat={LAT}&lon={LON}"
THAI_LETTER = re.compile("[ก-๙]")

Visit = Callable[..., Page]


def weather(
    connection: Connection,
    *,
    speed_m_s: float = 1.4,
    from_deg: float | None = 0,
    pm25: float | None = 28,
    at: datetime = NOW - timedelta(minutes=10),
) -> None:
    """A station 2 km east that measures wind and PM2.5."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('air_measurement', %(at)s, %(at)s)", {"at": at})
        cursor.execute("DELETE FROM air_measurement; DELETE FROM air_station")
    place = {"lon": LON + 2 * KM_LAT, "lat": LAT, "name_th": "สมุทรสาคร", "name_en": "Samut Sakhon"}
    insert(connection, "air_station", id="27t", kind="ground", source="air4thai", **place)
    insert(
        connection,
        "air_measurement",
        station_id="27t",
        observed_at=at,
        wind_speed_m_s=speed_m_s,
        wind_from_deg=from_deg,
        pm25_24h=pm25,
        source="air4thai",
    )
    connection.commit()


def world(connection: Connection) -> None:
    """Wind from the north; two paddy fires 3 km north, works 1 km south and 6 km north."""
    province(connection)
    weather(connection)
    for number in range(2):
        north = LAT + (3 + 0.5 * number) * KM_LAT
        hotspot(connection, f"n{number}", NOW - timedelta(hours=6), lat=north, land_use="paddy")
    factory(connection, "south", lon=LON, lat=LAT - KM_LAT, name="บริษัท ใต้ลม จำกัด", workers=22)
    factory(connection, "north", lon=LON, lat=LAT + 6 * KM_LAT, name="บริษัท เหนือ จำกัด")
    connection.commit()
    succeeded(connection, "firms", "diw", "air4thai", "traffy")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that has never been here; it refuses its place unless a test grants it."""
    phone: ViewportSize = {"width": 390, "height": 844}
    opened = browser.new_context(viewport=phone, locale="th-TH", has_touch=True, is_mobile=True)
    yield opened
    opened.close()


@pytest.fixture
def visit(context: BrowserContext, server_url: str) -> Visit:
    """Opens the page with a query, and waits until nothing is loading."""

    def open_at(query: str = HERE, page: Page | None = None) -> Page:
        page = page or context.new_page()
        page.goto(f"{server_url}/field?{query}")
        expect(page.locator('#field-state[aria-busy="true"]')).to_have_count(0)
        expect(page.locator('#field-age[data-state="updating"]')).to_have_count(0)
        return page

    return open_at


def titles(page: Page) -> list[str]:
    """Of the rows, in their order."""
    names = page.locator("#field-list .field-name > b").all_inner_texts()
    return [name.replace("\u00a0", " ") for name in names]


def kept(page: Page) -> None:
    """Waits until the page and its answer are on the device."""
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("() => caches.match('/field').then(Boolean)")
    page.wait_for_function("() => fahsai.field.kept.answers().then((all) => all.length > 0)")


# --- what is near ---------------------------------------------------------------------------------


def test_a_fire_where_the_wind_comes_from_is_first_and_the_rest_is_nearest_first(
    visit: Visit, fresh: Connection
) -> None:
    world(fresh)

    page = visit()

    expect(page.locator("#field-list h2").first).to_contain_text("เหนือลม พัดมาทางคุณ")
    assert titles(page) == ["กลุ่มไฟในนาข้าว 2 จุด", "เหนือ", "ใต้ลม", "สมุทรสาคร"]
    first = page.locator("#field-list li").first
    expect(first.locator(".field-far")).to_have_text(re.compile(r"3\.0–3\.5\sกม\.\s*เหนือ"))
    expect(first).to_contain_text(re.compile(r"ล่าสุด [67]\sชม\. ก่อน"))


def test_the_wind_box_says_from_where_how_fast_when_and_how_far_and_its_arrow_where_to(
    visit: Visit, fresh: Connection
) -> None:
    world(fresh)
    measured = (NOW - timedelta(minutes=10)).astimezone(THAI_TIME)

    box = visit().locator("#field-wind")

    expect(box.locator("b")).to_have_text("ลมจากทิศเหนือ 1.4 m/s")
    expect(box).to_contain_text("ควันไปทางใต้")
    expect(box).to_contain_text(f"{measured:%H:%M} น.")
    expect(box).to_contain_text("สถานีห่าง 2.0 กม.")
    expect(box.locator(".aqi")).to_have_text("28")
    expect(box.locator(".aqi")).to_have_class("aqi aqi-3")
    expect(box).to_contain_text("ปานกลาง")
    # Down at no turn: it points to where smoke goes.
    expect(box.locator(".wind-arrow path")).to_have_attribute("transform", "rotate(0)")


@pytest.mark.parametrize(
    ("wind", "says"),
    [
        ({"speed_m_s": 0.6}, "ลมอ่อน ไม่ทราบทิศ"),
        ({"from_deg": None, "speed_m_s": 3}, "ลม 3.0 m/s ไม่ทราบทิศ"),
        ({"at": NOW - timedelta(hours=9)}, "ไม่ทราบลม"),
    ],
)
def test_without_a_direction_of_now_there_is_no_arrow_and_nothing_is_upwind(
    visit: Visit, fresh: Connection, wind: dict[str, Any], says: str
) -> None:
    world(fresh)
    weather(fresh, **wind)

    page = visit()

    expect(page.locator("#field-wind b")).to_have_text(says)
    expect(page.locator(".wind-arrow")).to_have_count(0)
    assert titles(page)[0] == "ใต้ลม"
    expect(page.locator("#field-list h2")).to_have_text(re.compile("^ใกล้ก่อน"))


def test_fires_are_grouped_by_kind_direction_and_two_kilometres(
    page: Page, empty_address: str
) -> None:
    page.goto(f"{empty_address}/field?{HERE}")
    features = [
        {
            "id": id,
            "geometry": {"coordinates": [lon, lat]},
            "properties": {"layer": "hotspots", "land_use": land_use},
        }
        for id, lon, lat, land_use in (
            ("a", LON, LAT + 3 * KM_LAT, "paddy"),
            ("b", LON, LAT + 4.5 * KM_LAT, "paddy"),
            ("c", LON, LAT + 6 * KM_LAT, "paddy"),  # near to b alone
            ("d", LON, LAT + 9 * KM_LAT, "paddy"),  # 3 km from all
            ("e", LON, LAT + 4 * KM_LAT, "forest"),  # another kind
            ("f", LON, LAT - 1 * KM_LAT, "paddy"),  # another direction
        )
    ]
    answer = {"at": "2026-11-28T00:00:00Z", "features": features}

    rows = page.evaluate(
        """([answer, place]) => fahsai.field.near
            .rows(answer, place, {from_deg: 0})
            .map((row) => [row.members.map((one) => one.id).join(""), row.upwind])""",
        [answer, {"lon": LON, "lat": LAT}],
    )

    assert sorted(rows) == [["abc", True], ["d", True], ["e", True], ["f", False]]


def test_a_certificate_that_was_not_sent_is_not_called_missing(
    page: Page, empty_address: str
) -> None:
    page.goto(f"{empty_address}/field?{HERE}")
    near, far, outer = LAT + KM_LAT, LAT + 2 * KM_LAT, LAT + 5 * KM_LAT
    features = [
        {"id": id, "geometry": {"coordinates": [LON, lat]}, "properties": {"layer": layer, **more}}
        for id, lat, layer, more in (
            ("none", near, "factories", {}),
            ("certified", far, "factories", {}),
            ("c", far, "green_certificates", {"factory_id": "certified", "level": 3}),
            ("beyond", outer, "factories", {}),
        )
    ]

    def certificates(found: int) -> dict[str, Any]:
        layers = {"green_certificates": {"loaded": True, "found": found, "returned": 1}}
        answer = {"at": "2026-11-28T00:00:00Z", "features": features, "layers": layers}
        told: dict[str, Any] = page.evaluate(
            """([answer, place]) => Object.fromEntries(fahsai.field.near
                .rows(answer, place, null)
                .map((row) => [row.members[0].id, row.certificate === undefined ? "unknown"
                    : row.certificate && row.certificate.level]))""",
            [answer, {"lon": LON, "lat": LAT}],
        )
        return told

    assert certificates(1) == {"none": None, "certified": 3, "beyond": None}
    assert certificates(2) == {"none": None, "certified": 3, "beyond": "unknown"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("14.35, 100.28", [14.35, 100.28]),
        ("(14.35 100.28)", [14.35, 100.28]),
        ("๑๔.๓๕, ๑๐๐.๒๘", [14.35, 100.28]),
        ("100.28,14.35", [14.35, 100.28]),
        ("14.35° N, 100.28° E", [14.35, 100.28]),
        ("18°48'N 98°58'E", [18.8, 98.96667]),
        ("N18°48′36″, E98°58′12″", [18.81, 98.97]),
        ("98° 58' 12\" E 18° 48' 36\" N", [18.81, 98.97]),
        ("18,8 98,98", [18.8, 98.98]),
        ("18,8; 98,98", [18.8, 98.98]),
        ("14.35", None),
        ("บางบาล", None),
    ],
)
def test_coordinates_are_read_as_people_paste_them(
    page: Page, empty_address: str, text: str, place: list[float] | None
) -> None:
    page.goto(f"{empty_address}/field?{HERE}")

    found = page.evaluate("(text) => fahsai.field.near.coordinates(text)", text)

    assert (found and [round(found["lat"], 5), round(found["lon"], 5)]) == place


def test_complaints_are_of_the_area_alone_and_have_no_direction(
    visit: Visit, fresh: Connection
) -> None:
    world(fresh)
    released(fresh, "2026-01-01", p74=20)
    released(fresh, "2026-02-01", p74=None)

    page = visit(HERE)

    told = page.locator(".field-complaints")
    expect(told.locator("li")).to_have_count(1)
    expect(told).to_contain_text("สมุทรสาคร · ก.พ. 2569 · น้อยเกินกว่าจะเปิดเผย")
    expect(page.locator('[data-kind="complaints"]')).to_have_count(0)


def test_what_was_never_loaded_is_no_zero_and_what_is_late_says_since_when(
    visit: Visit, fresh: Connection
) -> None:
    hotspot(fresh, "old", datetime(2026, 3, 1, 19, tzinfo=UTC), land_use="paddy")
    succeeded(fresh, "firms")

    page = visit()

    expect(page.locator('button[data-kind="fires"] b')).to_have_text("– ถึง 2 มี.ค. 2569")
    expect(page.locator('button[data-kind="factories"] b')).to_have_text("–")
    box = page.locator("#field-age")
    expect(box).to_have_attribute("data-state", "late")
    expect(box.locator("b")).to_have_text("ข้อมูล 2 มี.ค. 2569 02:00 น.")
    expect(box).to_contain_text("เก่า")
    notices = page.locator("#field-notices")
    expect(notices).to_contain_text("โรงงาน: ยังไม่เคยมีข้อมูล")
    expect(notices).to_contain_text("ไฟ: ไม่มีข้อมูลใหม่ตั้งแต่ 2 มี.ค. 2569 02:00 น.")


def test_of_data_of_which_some_are_late_the_box_is_not_green(
    visit: Visit, fresh: Connection
) -> None:
    world(fresh)
    with fresh, fresh.cursor() as cursor:
        cursor.execute("DELETE FROM hotspot")
    hotspot(fresh, "old", datetime(2026, 3, 1, 19, tzinfo=UTC), land_use="paddy")

    page = visit()

    box = page.locator("#field-age")
    expect(box).to_have_attribute("data-state", "late")
    expect(box.locator("b")).to_contain_text("บางชุดเก่ากว่านั้น")
    expect(page.locator('button[data-kind="fires"] b')).to_have_text("– ถึง 2 มี.ค. 2569")


def test_a_past_hour_is_named_and_shows_what_was_then(visit: Visit, fresh: Connection) -> None:
    world(fresh)
    hotspot(fresh, "then", datetime(2026, 3, 1, 19, tzinfo=UTC), land_use="forest")

    page = visit(f"{HERE}&at=2026-03-02T01:00Z")

    expect(page.locator("#field-age b")).to_have_text("ย้อนดู 2 มี.ค. 2569 08:00 น.")
    assert "ไฟในพื้นที่ป่า 1 จุด" in titles(page) and "กลุ่มไฟในนาข้าว 2 จุด" not in titles(page)
    expect(page.locator("#field-wind b")).to_have_text("ไม่ทราบลม")

    page.get_by_role("button", name="กลับมาปัจจุบัน").click()
    expect(page.locator("#field-age b")).to_contain_text("ข้อมูล")
    assert titles(page)[0] == "กลุ่มไฟในนาข้าว 2 จุด"


@pytest.mark.parametrize("at", ["1900-01-01T00:00:00Z", "2126-01-01T00:00:00Z"])
def test_a_time_of_which_there_are_no_data_is_not_a_time_without_fires(
    visit: Visit, fresh: Connection, at: str
) -> None:
    world(fresh)

    page = visit(f"{HERE}&at={at}&show=fires")

    expect(page.locator('button[data-kind="fires"] b')).to_have_text("–")
    expect(page.locator('button[data-kind="factories"] b')).to_have_text("2 แห่ง")
    expect(page.locator("#field-notices")).to_contain_text("ไฟ: ไม่มีข้อมูลของเวลานั้น")
    expect(page.locator("#field-list .field-empty")).to_have_text("ไม่มีข้อมูลของเวลานั้น")


def test_all_counts_what_its_kinds_count(visit: Visit, fresh: Connection) -> None:
    world(fresh)

    page = visit()

    # Two fires, in one row; two factories; one station.
    expect(page.locator('button[data-kind="fires"] b')).to_have_text("2 จุด")
    expect(page.locator('button[data-kind=""] b')).to_have_text("5 รายการ")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (f"{HERE}&km=0.0001", "km=0.0001 ในที่อยู่ใช้ไม่ได้ ใช้ 10 กม. แทน"),
        (f"{HERE}&hours=x", "hours=x ในที่อยู่ใช้ไม่ได้ ใช้ 3 วัน แทน"),
        (f"{HERE}&at=yesterday", "at=yesterday ในที่อยู่ใช้ไม่ได้"),
        (f"{HERE}&at=2569-03-02T01:00Z", "ที่อยู่ใช้ปี ค.ศ. คือ 2026-03-02T01:00Z"),
    ],
)
def test_what_the_address_cannot_mean_is_said_with_what_stands_in(
    visit: Visit, fresh: Connection, query: str, said: str
) -> None:
    world(fresh)

    page = visit(query)

    notices = page.locator("#field-notices").inner_text().replace("\u00a0", " ")
    assert said in notices
    expect(page.locator("#field-list")).to_contain_text("กลุ่มไฟในนาข้าว")


def test_a_place_of_the_address_may_be_the_other_way_round_and_none_is_told(
    visit: Visit, fresh: Connection
) -> None:
    world(fresh)

    page = visit(f"lat={LON}&lon={LAT}")
    expect(page.locator("#field-list")).to_contain_text("กลุ่มไฟในนาข้าว")

    visit("lat=999&lon=98.98", page)
    expect(page.locator("#field-state h2")).to_have_text("ตำแหน่งนี้อยู่นอกประเทศไทย")
    expect(page.locator("#field-state")).to_contain_text("999, 98.98")


def test_a_question_that_is_refused_is_told_in_the_service_s_words(
    visit: Visit, context: BrowserContext
) -> None:
    page = context.new_page()
    answer = {"status": 400, "detail": "radius_m must be a number"}
    page.route("**/api/near*", lambda route: route.fulfill(status=400, body=json.dumps(answer)))

    visit(page=page)

    expect(page.locator("#field-state h2")).to_have_text("ระบบไม่รับคำถามนี้")
    expect(page.locator("#field-state")).to_contain_text("400 radius_m must be a number")


def test_around_a_factory_and_one_that_is_not_there(visit: Visit, fresh: Connection) -> None:
    world(fresh)

    page = visit("factory=south")
    expect(page.locator("#field-where")).to_have_text("รอบโรงงาน · สมุทรสาคร")
    assert "ใต้ลม" in titles(page)

    visit("factory=nowhere", page)
    expect(page.locator("#field-state h2")).to_have_text("ไม่พบโรงงานนี้ หรือไม่ทราบพิกัด")
    expect(page.locator("#field-choice")).to_have_attribute("open", "")


def test_nothing_near_says_what_was_searched_and_how_to_widen_and_back_undoes_it(
    visit: Visit, fresh: Connection
) -> None:
    succeeded(fresh, "firms", "diw")
    hotspot(fresh, "far", NOW - timedelta(hours=5), lat=LAT + 20 * KM_LAT, land_use="paddy")

    page = visit()

    empty = page.locator(".field-empty")
    expect(empty.locator("b")).to_have_text("ไม่พบอะไรในรัศมี 10 กม.")
    expect(empty).to_contain_text("ค้น ไฟ โรงงาน · ไฟย้อนหลัง 3 วัน")
    expect(empty.get_by_role("button", name="ย้อนหลัง 7 วัน")).to_be_visible()
    empty.get_by_role("button", name="ขยายเป็น 25 กม.").click()
    expect(page.locator("#field-list .field-name > b")).to_have_text("ไฟในนาข้าว 1 จุด")
    assert "km=25" in page.url
    page.go_back()
    expect(empty).to_be_visible()


def test_the_compass_draws_what_the_list_has(visit: Visit, fresh: Connection) -> None:
    world(fresh)

    page = visit(f"{HERE}&view=compass")

    compass = page.locator("#field-compass svg")
    expect(compass).to_be_visible()
    expect(page.locator("#field-list")).to_be_hidden()
    told = (compass.locator("title").text_content() or "").replace("\u00a0", " ")
    assert "ไฟ 2 จุด, โรงงาน 2 แห่ง, สถานี 1 สถานี" in told
    expect(compass.locator(".compass-upwind")).to_have_count(1)
    shapes = [compass.locator(f".{kind}").count() for kind in ("fire", "factory", "station")]
    assert shapes == [2, 2, 1]
    expect(compass.locator(".compass-label")).to_have_text(["2.5 กม.", "5 กม.", "10 กม."])


# --- where ----------------------------------------------------------------------------------------


def test_a_refused_place_is_said_and_coordinates_do_instead(
    visit: Visit, fresh: Connection
) -> None:
    world(fresh)
    page = visit("")
    expect(page.locator("#field-state h2")).to_have_text("ดูไฟและโรงงานรอบตัวคุณ")

    page.get_by_role("button", name="หาตำแหน่งของฉัน").last.click()
    expect(page.locator("#field-state h2")).to_have_text("เครื่องนี้ไม่อนุญาตให้ใช้ตำแหน่ง")
    page.context.grant_permissions([])  # none: from now on it is refused without a question
    visit("", page)
    expect(page.locator("#field-state h2")).to_have_text("เครื่องนี้ไม่อนุญาตให้ใช้ตำแหน่ง")
    page.locator("#field-coordinates").fill("ที่นี่")
    page.get_by_role("button", name="ไปที่จุดนี้").click()
    expect(page.locator("#field-coordinates-wrong")).to_contain_text("อ่านพิกัด “ที่นี่” ไม่ได้")
    page.locator("#field-coordinates").fill(f"{LAT}, {LON}")
    page.keyboard.press("Enter")

    expect(page.locator("#field-where")).to_have_text("พิกัดที่ระบุ · สมุทรสาคร")
    assert titles(page)[0] == "กลุ่มไฟในนาข้าว 2 จุด"
    expect(page.locator("#field-state")).to_be_hidden()


def test_a_place_that_is_granted_is_taken_at_once_and_its_accuracy_said(
    visit: Visit, context: BrowserContext, fresh: Connection
) -> None:
    world(fresh)
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": LAT, "longitude": LON, "accuracy": 12})

    page = visit("")

    expect(page.locator("#field-where")).to_have_text("ตำแหน่งของคุณ · สมุทรสาคร · แม่นยำ ±10 ม.")
    assert "lat=" not in page.url


@pytest.mark.parametrize(("code", "says"), [(2, "เครื่องนี้หาตำแหน่งไม่ได้"), (3, "หาตำแหน่งนานเกินไป")])
def test_a_device_that_finds_no_place_says_so_and_offers_to_try_again(
    visit: Visit, context: BrowserContext, code: int, says: str
) -> None:
    context.grant_permissions(["geolocation"])
    context.add_init_script(
        f"navigator.geolocation.getCurrentPosition = (_, failed) => failed({{code: {code}}})"
    )

    page = visit("")

    expect(page.locator("#field-state h2")).to_have_text(says)
    expect(page.get_by_role("button", name="ลองอีกครั้ง")).to_be_visible()
    expect(page.locator("#field-coordinates")).to_be_visible()


def test_a_place_outside_thailand_is_not_asked_for(visit: Visit, context: BrowserContext) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    visit("lat=48.85&lon=2.35", page)

    expect(page.locator("#field-state h2")).to_have_text("ตำแหน่งนี้อยู่นอกประเทศไทย")
    assert [url for url in asked if "/api/near" in url] == []


# --- without signal -------------------------------------------------------------------------------


def test_in_flight_mode_the_page_opens_anew_with_the_old_answer_under_its_own_time(
    visit: Visit, context: BrowserContext, fresh: Connection
) -> None:
    world(fresh)
    page = visit()
    time = page.locator("#field-age b").inner_text().removeprefix("ข้อมูล ")
    before = titles(page)
    kept(page)

    context.set_offline(True)
    page.reload()

    box = page.locator("#field-age")
    expect(box).to_have_attribute("data-state", "offline")
    expect(box.locator("b")).to_have_text(f"ไม่มีสัญญาณ ใช้ข้อมูล {time}")
    expect(box).to_contain_text("เก่า 0 นาที")
    assert titles(page) == before
    assert page.evaluate("document.fonts.check('16px Sarabun', 'ก')")

    context.set_offline(False)
    expect(box).to_have_attribute("data-state", "fresh")


def test_an_answer_of_hours_ago_tells_its_age_and_its_wind_sorts_nothing(
    visit: Visit, context: BrowserContext, fresh: Connection
) -> None:
    world(fresh)
    page = visit()
    kept(page)

    context.set_offline(True)
    later = context.new_page()
    later.clock.set_fixed_time(datetime.now(UTC) + timedelta(hours=26))
    visit(page=later)

    expect(later.locator("#field-age")).to_contain_text("เก่า 26 ชม.")
    day = NOW.astimezone(THAI_TIME)
    expect(later.locator("#field-age b")).to_contain_text(f"{day.year + 543}")
    expect(later.locator("#field-wind b")).to_contain_text("ไม่ใช้จัดเหนือลม")
    expect(later.locator(".wind-arrow")).to_have_count(0)
    assert titles(later)[0] == "ใต้ลม"


def test_without_signal_near_a_kept_place_distances_are_from_where_one_is(
    visit: Visit, context: BrowserContext, fresh: Connection
) -> None:
    world(fresh)
    page = visit()
    kept(page)

    context.set_offline(True)
    visit(f"lat={LAT + 1 * KM_LAT}&lon={LON}", page)

    expect(page.locator("#field-notices")).to_contain_text("รอบจุดที่ห่างจากคุณ 1.0 กม.")
    fire = page.locator("#field-list li").first
    expect(fire.locator(".field-far b")).to_have_text("2.0–2.5 กม.")


def test_without_signal_where_nothing_is_kept_it_says_so_and_offers_what_is(
    visit: Visit, context: BrowserContext, fresh: Connection
) -> None:
    world(fresh)
    page = visit()
    kept(page)

    context.set_offline(True)
    visit("lat=18.8&lon=99.0", page)

    state = page.locator("#field-state")
    expect(state.locator("h2")).to_contain_text("ยังไม่มีข้อมูลของที่นี่ในเครื่อง")
    expect(page.locator("#field-list")).to_be_hidden()
    state.get_by_role("button", name="เปิดข้อมูลที่เก็บไว้: สมุทรสาคร").click()
    expect(page.locator("#field-age")).to_have_attribute("data-state", "offline")
    assert titles(page)[0] == "กลุ่มไฟในนาข้าว 2 จุด"


def test_a_service_that_fails_is_no_lack_of_signal(visit: Visit, context: BrowserContext) -> None:
    page = context.new_page()

    def refuse(route: Route) -> None:
        route.fulfill(status=503, body="{}")

    page.route("**/api/near*", refuse)
    visit(page=page)

    expect(page.locator("#field-state h2")).to_have_text("อ่านข้อมูลไม่ได้")
    expect(page.locator("#field-state p").first).to_contain_text("503")
    page.unroute("**/api/near*")
    page.get_by_role("button", name="ลองอีกครั้ง").click()
    expect(page.locator("#field-age")).to_have_attribute("data-state", "fresh")


def test_signal_that_goes_while_reading_is_said_at_once(
    visit: Visit, context: BrowserContext, fresh: Connection
) -> None:
    world(fresh)
    page = visit()

    context.set_offline(True)

    expect(page.locator("#field-age")).to_have_attribute("data-state", "offline")


def test_the_service_worker_keeps_every_file_of_the_page_and_changes_with_it(
    empty_address: str,
) -> None:
    answer = requests.get(f"{empty_address}/sw.js", timeout=60)

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    listed = re.search(r"^const FILES = (.*);$", answer.text, re.M)
    assert listed
    for name in json.loads(listed[1]):
        assert requests.get(empty_address + name, timeout=60).status_code == 200, name
    assert service_worker_script(["a"]) == service_worker_script(["a"])
    assert service_worker_script(["a"]) != service_worker_script(["b"])


def test_the_manifest_names_the_app_in_thai_and_icons_that_are_there(empty_address: str) -> None:
    answer = requests.get(f"{empty_address}/field.webmanifest", timeout=60)

    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert answer.json() == web_manifest()
    assert (answer.json()["name"], answer.json()["scope"]) == ("ฟ้าใส ใกล้ฉัน", "/field")
    for icon in answer.json()["icons"]:
        found = requests.get(empty_address + icon["src"], timeout=60)
        assert found.headers["Content-Type"] == icon["type"]


# --- the officer's notes --------------------------------------------------------------------------


def test_a_note_stays_on_the_device_with_time_and_place_and_counts_as_not_sent(
    visit: Visit, context: BrowserContext, fresh: Connection
) -> None:
    world(fresh)
    page = visit()
    kept(page)
    context.set_offline(True)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))

    page.get_by_role("button", name="บันทึกตรวจ").click()
    expect(page.locator("#field-record")).to_contain_text("ไม่ส่งไปไหน")
    page.get_by_role("button", name="บันทึกเวลาและตำแหน่งนี้").click()
    expect(page.locator("#field-note-status")).to_have_text("เขียนสิ่งที่พบก่อนบันทึก")
    page.locator("#field-note-text").fill("<b>ควันดำ</b> จากปล่อง 2")
    page.get_by_role("button", name="บันทึกเวลาและตำแหน่งนี้").click()

    expect(page.locator("#field-note-status")).to_have_text("บันทึกไว้ในเครื่องแล้ว ยังไม่ส่ง")
    expect(page.locator("#field-age")).to_contain_text("บันทึกรอส่ง 1 ฉบับ")
    assert "POST" not in sent
    page.reload()
    note = page.locator("#field-notes li")
    expect(note).to_contain_text("<b>ควันดำ</b> จากปล่อง 2")
    expect(note).to_contain_text("13.60000, 100.30000")
    expect(note.locator(".field-unsent")).to_have_text("ยังไม่ส่ง")
    note.get_by_role("button", name="ลบ").click()
    expect(note).to_contain_text("ควันดำ")
    note.get_by_role("button", name="ลบถาวร?").click()
    expect(note).to_have_text("ยังไม่มีบันทึก")


# --- for everyone ---------------------------------------------------------------------------------


def test_by_keyboard_one_filters_opens_a_row_and_changes_the_view(
    visit: Visit, fresh: Connection
) -> None:
    world(fresh)
    page = visit()

    page.locator('button[data-kind="factories"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator('button[data-kind="factories"]')).to_be_focused()
    expect(page.locator('button[data-kind="factories"]')).to_have_attribute("aria-pressed", "true")
    assert titles(page) == ["เหนือ", "ใต้ลม"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#row-factories-north summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="เปิดหน้าโรงงาน")).to_be_focused()
    page.locator("#field-to-compass").press("Enter")
    expect(page.locator("#field-compass svg")).to_be_visible()
    assert "view=compass" in page.url and "show=factories" in page.url


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("view", ["list", "compass", "record"])
def test_it_fits_a_phone_and_everything_is_large_enough_for_a_thumb(
    visit: Visit, context: BrowserContext, fresh: Connection, width: int, view: str
) -> None:
    world(fresh)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 700})

    visit(f"{HERE}&view={view}", page)

    assert page.evaluate("document.documentElement.scrollWidth") == width
    targets = page.locator("main :is(button, summary, input, select, textarea, a):visible")
    small = targets.evaluate_all(
        """all => all.map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 90)])
            .filter(([box]) => box.height < 47.9 || box.width < 47.9).map(([, what]) => what)"""
    )
    assert small == []
    rows = page.locator("#field-list summary:visible")
    heights = rows.evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert all(height >= 75.9 for height in heights)


def test_in_english_only_names_are_thai(visit: Visit, fresh: Connection) -> None:
    province(fresh, wkt=box(100.0, 13.4, 100.5, 13.8))
    weather(fresh)
    hotspot(fresh, "n", NOW - timedelta(hours=2), lat=LAT + 3 * KM_LAT, land_use="sugarcane")
    succeeded(fresh, "firms", "diw", "air4thai", "traffy")

    page = visit(f"{HERE}&lang=en")

    expect(page.locator("#field-wind b")).to_have_text("Wind from the north, 1.4 m/s")
    assert titles(page) == ["A fire: Sugarcane", "Samut Sakhon"]
    said = page.locator("main").inner_text()
    assert THAI_LETTER.findall(said) == []
    expect(page.locator("a.language")).to_have_attribute("href", f"/field?{HERE}")
    assert {name for name, text in words()["field"].items() if not text["en"]} == set()


def test_the_page_complains_of_nothing_and_asks_nobody_else(
    page: Page, seen: Seen, server_url: str, fresh: Connection
) -> None:
    world(fresh)

    page.goto(f"{server_url}/field?{HERE}")
    expect(page.locator("#field-age")).to_have_attribute("data-state", "fresh")
    kept(page)

    assert seen.errors == []
    assert [url for url in seen.requests if not url.startswith(server_url)] == []
    expect(page.locator('nav a[aria-current="page"]')).to_have_text("ใกล้ฉัน")


def test_without_scripts_the_page_says_where_the_data_are(
    browser: Browser, empty_address: str
) -> None:
    page = browser.new_page(java_script_enabled=False)

    page.goto(f"{empty_address}/field")

    expect(page.locator("main")).to_contain_text("หน้านี้ต้องใช้ JavaScript")
    expect(page.locator("main").get_by_role("link")).to_have_attribute("href", "/ogc/collections")
    expect(page.locator("main").get_by_role("button")).to_have_count(0)
    page.close()
