"""The pool of cases without a province on the desk, and the pages that place one."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect
from psycopg2.extensions import connection as Connection

from geo_api.http.staff import SESSION_COOKIE
from tests.makers import box, complaint, province, session_of, staff_account
from tests.map_site.test_accessibility import problems
from tests.map_site.test_staff_desk import NASTY, Desk


def lost(connection: Connection, id: str = "lost", **more: Any) -> str:
    told = {"channel": "open311", "address": "หลังตลาด", "lon": None, "lat": None, **more}
    complaint(connection, id, "2026-03-01", **told)
    return f"/staff/complaints/{id}"


def areas(connection: Connection) -> None:
    province(connection, "74", wkt=box(100.0, 13.4, 100.5, 13.8))
    province(connection, "21", name_th="ระยอง", name_en="Rayong", wkt=box(101, 12.5, 102, 13.2))


@pytest.fixture
def national(client: TestClient, connection: Connection) -> Desk:
    return Desk(client, connection, role="national")


@pytest.fixture
def officer(client: TestClient, connection: Connection) -> Desk:
    return Desk(client, connection, province_code="21")


def test_the_desk_tells_national_staff_of_the_pool_and_officers_of_none(
    connection: Connection, national: Desk, officer: Desk
) -> None:
    areas(connection)
    lost(connection)
    complaint(connection, "known", "2026-03-01", province_code="21")

    page, pool, theirs = (
        national.get("/staff").text,
        national.get("/staff?without_province=true").text,
        officer.get("/staff?without_province=true").text,
    )

    assert "ยังไม่รู้จังหวัด 1 เรื่อง" in page and 'href="/staff?without_province=true"' in page
    assert "/staff/complaints/lost" in pool and "/staff/complaints/known" not in pool
    assert 'id="pool"' not in theirs and "/staff/complaints/lost" not in theirs
    assert 'name="without_province"' not in theirs


def test_a_case_of_no_province_is_given_to_one_and_its_officer_reads_who_did_so(
    connection: Connection, national: Desk, officer: Desk
) -> None:
    areas(connection)
    path = lost(connection)
    assert officer.get(path).status_code == 404
    assert 'id="unknown-province"' in national.get(path).text

    answer = national.post(path, "place", area="21", why=NASTY)

    assert answer.status_code == 303
    page = officer.get(path).text
    assert "ระบุที่ตั้ง: ระยอง" in page and 'id="unknown-province"' not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"area": "99"}, 422, "พื้นที่ในรายการ"),
        ({"area": "", "coordinates": ""}, 422, "พื้นที่ในรายการ"),
        ({"area": "", "coordinates": "here"}, 400, "อ่านพิกัดไม่ได้"),
        ({"area": "", "coordinates": "48.1, 11.5"}, 422, "พื้นที่ในรายการ"),
        ({"area": "x"}, 400, "area must be a code"),
    ],
)
def test_what_is_no_place_is_refused_and_stays_in_the_form(
    connection: Connection, national: Desk, typed: dict[str, str], status: int, said: str
) -> None:
    areas(connection)
    path = lost(connection)

    answer = national.post(path, "place", why="ตามแผนที่", **typed)

    assert answer.status_code == status and said in answer.text
    assert ">ตามแผนที่</textarea>" in answer.text
    assert f'value="{typed.get("coordinates", "")}"' in answer.text


def test_an_officer_chooses_among_the_districts_of_their_province(
    connection: Connection, officer: Desk
) -> None:
    areas(connection)
    path = lost(connection, province_code="21")

    assert officer.post(path, "place", coordinates="12.8, 101.5").status_code == 303
    assert officer.post(path, "place", area="74", why="x").status_code in (403, 422)
    assert "12.80000, 101.50000" in officer.get(path).text


def test_a_place_is_tapped_on_the_map_and_the_page_is_for_all(
    page: Page, server_url: str, fresh: Connection
) -> None:
    areas(fresh)
    path = lost(fresh)
    token = session_of(fresh, staff_account(fresh, role="national"))
    fresh.commit()
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": server_url}])
    page.goto(f"{server_url}/staff")
    page.locator("#pool").get_by_role("link").click()
    page.locator("#queue").get_by_role("link").first.click()
    page.get_by_role("link", name="เลือกบนแผนที่").click()
    page.locator(".place-map .leaflet-control-zoom").wait_for()

    found = problems(page)
    page.get_by_label("จังหวัด", exact=True).select_option(label="ระยอง")
    page.get_by_role("button", name="บันทึกที่ตั้ง").click()
    expect(page.locator("#done")).to_be_visible()
    expect(page.locator(".event-placed")).to_contain_text("ระบุที่ตั้ง: ระยอง")
    page.goto(f"{server_url}{path}/place")
    page.locator(".place-map .leaflet-control-zoom").wait_for()
    page.locator("#place-middle").click()
    chosen = page.locator("#place-coordinates").input_value()
    page.set_viewport_size({"width": 320, "height": 640})
    wide = page.evaluate("document.documentElement.scrollWidth")

    assert found == [] and wide == 320
    lat, lon = map(float, chosen.split(", "))
    assert 5 < lat < 21 and 97 < lon < 106
