"""What the page of a case says of the factories that may have caused it, and of the wind."""

import re

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from layers.methods.attribution import REASONS
from map_site.words.attribution import WORDS
from tests.makers import attributed, factory, insert, wind_reading
from tests.map_site.test_staff_desk import NASTY, Desk, case


@pytest.fixture
def desk(client: TestClient, connection: Connection) -> Desk:
    return Desk(client, connection)


def test_a_case_tells_who_may_have_caused_it_and_that_this_proves_nothing(
    connection: Connection, desk: Desk
) -> None:
    path = case(connection)
    factory(connection, "upwind", lon=100.26, name=NASTY)
    factory(connection, "beside", lon=100.261, name="โรงงานข้างกัน")
    attributed(connection, "case", upwind=0.5, beside=0.25)

    thai, english = desk.get(path).text, desk.get(f"{path}?lang=en").text

    assert "onerror=alert" not in thai.replace("&lt;img src=x onerror=alert", "")
    assert "โรงงานข้างกัน" in thai and "ไม่ใช่โรงงานเหล่านี้" in thai
    assert "2 โรงงานอยู่ทิศใกล้กัน" in thai and "รวม 75 %" in thai and "ไม่ใช่หลักฐาน" in thai
    assert "None of these" in english and "A screening by the wind, no proof" in english
    assert english.count("Wind of 1 Mar 2026 06:00 to 07:00: from the east, 2.4 m/s") == 1


def test_the_shares_of_a_case_are_in_percent_and_none_of_these_has_its_place_among_them(
    connection: Connection, desk: Desk
) -> None:
    path = case(connection)
    factory(connection, "likely", name="โรงงานหนึ่ง")
    factory(connection, "unlikely", name="โรงงานสอง")
    attributed(connection, "case", likely=0.56, unlikely=0.126)

    page = desk.get(path).text
    [table] = re.findall(r'<table[^>]*id="attribution">(.*?)</table>', page, re.DOTALL)
    cells = re.findall(r"<td data-title=[^>]*>([^<]*%)</td>", table)

    assert cells == ["56 %", "28 %", "31.4 %", "65.7 %", "12.6 %", "6.3 %"]
    named = ("โรงงานหนึ่ง", "ไม่ใช่โรงงานเหล่านี้", "โรงงานสอง")
    assert [table.index(one) for one in named] == sorted(table.index(one) for one in named)
    assert table.count("สัดส่วน") == 2 + len(cells)


def test_only_of_what_the_wind_carries_is_told_what_lies_upwind(
    connection: Connection, desk: Desk
) -> None:
    path = case(connection)
    factory(connection, lon=100.26)
    insert(connection, "air_station", id="here", lon=100.25, lat=13.55, source="air4thai")
    wind_reading(connection, "here", "2026-03-01T00:00:00Z", from_deg=90, speed_m_s=2)

    odour = desk.get(path).text
    with connection.cursor() as cursor:
        cursor.execute("UPDATE complaint SET category = 'wastewater' WHERE id = 'case'")
    water = desk.get(path).text

    neighbour = "บริษัท ตัวอย่าง จำกัด"
    assert neighbour in odour and 'class="upwind"' in odour and ">เหนือลม<" in odour
    assert neighbour in water and 'class="upwind"' not in water and ">เหนือลม<" not in water


def test_the_page_of_a_case_speaks_of_one_wind_that_of_the_hour_it_happened_in(
    connection: Connection, desk: Desk
) -> None:
    path = case(connection, happened_at="2026-03-01T03:40:00Z")
    factory(connection, lon=100.26)
    insert(connection, "air_station", id="here", lon=100.25, lat=13.55, source="air4thai")
    for hour, from_deg, speed in ((3, 270, 2), (4, 90, 0.7), (5, 180, 2)):
        at = f"2026-03-01T0{hour}:00:00Z"
        wind_reading(connection, "here", at, from_deg=from_deg, speed_m_s=speed)

    plain = desk.get(f"{path}?lang=en").text
    assert "Wind of 1 Mar 2026 10:00 to 11:00: from the east, 0.7 m/s" in plain
    assert ">Upwind<" in plain
    attributed(connection, "case", "no_factory")
    answered = desk.get(f"{path}?lang=en").text
    assert answered.count("Wind of") == 1 and "from the east, 2.4 m/s" in answered
    with connection.cursor() as cursor:
        cursor.execute("UPDATE complaint_attribution SET wind_speed_m_s = 0.4, reason = 'calm'")
    calm = desk.get(f"{path}?lang=en").text
    assert "Calm: no direction" in calm and "Wind of" not in calm and ">Upwind<" not in calm


@pytest.mark.parametrize("reason", REASONS)
def test_a_case_without_an_answer_says_why_in_both_languages(
    connection: Connection, desk: Desk, reason: str
) -> None:
    path = case(connection)
    attributed(connection, "case", reason)

    for language in ("th", "en"):
        page = desk.get(f"{path}?lang={language}").text
        assert WORDS[f"reason_{reason}"][language] in page
        assert WORDS["screening"][language] in page


def test_no_public_page_names_a_factory_by_what_may_have_caused_a_complaint(
    connection: Connection, client: TestClient
) -> None:
    case(connection)
    factory(connection, "upwind", name="โรงงานต้องสงสัย")
    pages = ("/factories/upwind", "/api/reports/factories/upwind", "/maps/complaints", "/status")
    before = {page: client.get(page).text for page in pages}

    attributed(connection, "case", upwind=0.9)

    for page in pages:
        after = client.get(page).text
        assert after.count("โรงงานต้องสงสัย") == before[page].count("โรงงานต้องสงสัย")
        assert after.count("upwind") == before[page].count("upwind")
