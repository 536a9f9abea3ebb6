"""Where complaints come from, on the map of the desk and on that of complaints."""

import pytest
from playwright.sync_api import Page, expect
from psycopg2.extensions import connection as Connection

from geo_api.http.staff import HINT_COOKIE, SESSION_COOKIE
from layers.casework.source_area import DEFAULT_DAYS
from tests.geo_api.http.routes.test_source_area import stored
from tests.layers.methods.source_area.test_source_area import world
from tests.makers import province, session_of, staff_account
from tests.map_site.conftest import Seen
from tests.map_site.test_accessibility import problems


@pytest.fixture
def desk(fresh: Connection, page: Page, server_url: str) -> Page:
    """The browser of an officer of Rayong, where complaints follow the wind."""
    province(fresh, "21", name_th="ระยอง", name_en="Rayong")
    stored(fresh, world())
    with fresh.cursor() as cursor:  # so that they are of the last half year
        cursor.execute(
            "UPDATE complaint SET reported_at = reported_at + d.days, received_at = received_at"
            " FROM (SELECT date_trunc('day', now()) - '2026-05-10'::timestamptz AS days) AS d"
        )
        cursor.execute("SELECT ensure_months('air_measurement', now() - INTERVAL '1 year', now())")
        cursor.execute(
            "UPDATE air_measurement SET observed_at = observed_at + d.days"
            " FROM (SELECT date_trunc('day', now()) - '2026-05-10'::timestamptz AS days) AS d"
        )
    token = session_of(fresh, staff_account(fresh, province_code="21"))
    fresh.commit()
    for name, value in ((SESSION_COOKIE, token), (HINT_COOKIE, "1")):
        page.context.add_cookies([{"name": name, "value": value, "url": server_url}])
    return page


def test_an_officer_finds_the_ridge_on_the_map_of_the_desk(
    desk: Page, seen: Seen, server_url: str
) -> None:
    desk.set_viewport_size({"width": 1280, "height": 900})
    desk.goto(f"{server_url}/staff")
    control = desk.locator(".staff-source")
    control.locator("summary").click()

    expect(control).to_contain_text(f"ไม่เลือกวัน: {DEFAULT_DAYS} วันล่าสุดที่มีเรื่อง")
    control.get_by_role("button", name="หาในกรอบนี้").click()

    status = control.get_by_role("status")
    expect(status).to_contain_text("ไม่ได้ชี้โรงงานใด", timeout=30_000)
    expect(status).to_contain_text("สันของความน่าจะเป็น")
    expect(status).to_contain_text("สถานีวัดลม 1 แห่ง")
    expect(status).to_contain_text("วิธี: ความน่าจะเป็นของทิศลม")
    # Three contours, the band, and the ridge with what sets it off.
    expect(desk.locator(".leaflet-source-pane path")).to_have_count(6)
    assert problems(desk) == []
    control.get_by_role("button", name="ล้าง").click()
    expect(desk.locator(".leaflet-source-pane path")).to_have_count(0)
    assert seen.errors == []


def test_where_nothing_can_be_told_the_reason_is_said(
    desk: Page, fresh: Connection, server_url: str
) -> None:
    desk.goto(f"{server_url}/staff?lang=en")
    control = desk.locator(".staff-source")
    control.locator("summary").click()
    control.get_by_label("Kind").select_option("dust_smoke")

    control.get_by_role("button", name="Find in view").click()

    expect(control.get_by_role("status")).to_contain_text("Too few complaints", timeout=30_000)
    expect(desk.locator(".leaflet-source-pane path")).to_have_count(0)


def test_on_a_phone_a_past_period_is_chosen_with_a_thumb(desk: Page, server_url: str) -> None:
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto(f"{server_url}/staff?lang=en")
    control = desk.locator(".staff-source")
    control.locator("summary").click()
    for field in control.locator("summary, select, input, button").all():
        assert (field.bounding_box() or {"height": 0})["height"] >= 44
    control.get_by_label("From").fill("2024-01-01")
    control.get_by_label("Until").fill("2024-02-01")

    control.get_by_role("button", name="Find in view").click()

    status = control.get_by_role("status")
    expect(status).to_contain_text("1 Jan 2024 to 1 Feb 2024", timeout=30_000)
    panel, map_box = control.bounding_box(), desk.locator(".leaflet-container").first.bounding_box()
    assert panel and map_box
    assert panel["y"] + panel["height"] < map_box["y"] + map_box["height"] - 26
    control.get_by_label("Until").fill("2023-01-01")
    control.get_by_role("button", name="Find in view").click()
    expect(status).to_have_text("Choose a period of 1 to 400 days", timeout=30_000)


def test_nobody_else_is_offered_it(page: Page, fresh: Connection, server_url: str) -> None:
    province(fresh)
    fresh.commit()
    page.goto(f"{server_url}/maps/complaints")
    expect(page.locator(".leaflet-container").first).to_be_visible()
    page.wait_for_load_state("networkidle")

    assert page.locator(".staff-source").count() == 0
