"""The page of complaints: tables, periods, why an area is empty, and what is promised."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, expect
from psycopg2.extensions import connection as Connection

from layers.catalog import catalog
from tests.makers import box, insert, province, released_complaints
from tests.map_site.conftest import Seen
from tests.map_site.test_paper import MM, PORTRAIT

PAGE = "/maps/complaints?lang=en"
FIRST_SHEET = (297 - 2 * 11) * MM


@pytest.fixture
def released(connection: Connection) -> Connection:
    """Two months of two provinces, the one with too few, and a quarter of dealt-with."""
    province(connection, "74")
    province(connection, "70", name_en="Ratchaburi", wkt=box(99.5, 13.4, 100.0, 13.8))
    released_complaints(connection, {"74": 40, "70": None}, start="2026-05-01")
    released_complaints(connection, {"74": 30, "70": None}, start="2026-04-01")
    split = {"table": "complaints_dealt_with", "period": "quarter", "start": "2026-01-01"}
    released_complaints(connection, {}, **split)
    for dealt_with, homes in ((True, 60), (False, 20)):
        insert(
            connection, "complaint_release", table_name="complaints_dealt_with", area="province",
            period_start="2026-01-01", area_code="74", category="odour", dealt_with=dealt_with,
            homes=homes,
        )  # fmt: skip
    return connection


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_newest_month_is_shown_and_an_empty_area_says_why(
    released: Connection, client: TestClient
) -> None:
    said = text(client.get(PAGE).text)

    assert "Complaints May 2026" in said
    assert "40 homes in the 1 area that are shown" in said
    assert "1 more area is empty: too few to be shown, which is not none" in said
    assert "Samut Sakhon 40 30" in said
    assert "Ratchaburi too few to be shown too few to be shown" in said


def test_the_sources_of_the_released_rows_are_told(
    released: Connection, client: TestClient
) -> None:
    foot = text(client.get("/maps/complaints").text.partition("<footer")[2])

    assert f"แหล่งข้อมูล: {catalog()['complaint_months'].attribution}" in unescape(foot)


def test_a_period_is_chosen_by_any_day_of_it(released: Connection, client: TestClient) -> None:
    assert "Complaints Apr 2026" in text(client.get(f"{PAGE}&period=2026-04-17").text)
    assert "Complaints Apr 2026" in text(client.get(f"{PAGE}&from=2026-04").text)
    assert client.get(f"{PAGE}&period=2026-03-01").status_code == 404
    assert client.get(f"{PAGE}&period=2026-04-31").status_code == 404


def test_the_share_dealt_with_is_of_the_numbers_that_are_shown(
    released: Connection, client: TestClient
) -> None:
    said = text(client.get(f"{PAGE}&table=dealt-with").text)

    assert "Jan–Mar 2026" in said and "Samut Sakhon 60 20 75" in said


def test_what_is_promised_stands_there_before_anything_is_released(client: TestClient) -> None:
    said = text(client.get(PAGE).text)

    assert "No period has been released yet" in said
    assert "No single complaint is published" in said and "Not protected" in said
    assert "How many houses sub-districts have is not known here" in said


def test_programs_read_the_same_rows(released: Connection, client: TestClient) -> None:
    told = client.get("/api/reports/complaints/complaint_months?period=2026-05-31").json()

    assert [(one["code"], one["homes"], one["before"]) for one in told["areas"]] == [
        ("74", 40, 30),
        ("70", None, None),
    ]
    assert [one["start"] for one in told["periods"]] == ["2026-05-01", "2026-04-01"]
    assert client.get("/api/reports/complaints/complaint").status_code == 404


def test_the_map_asks_for_the_period_alone_and_hatches_what_is_hidden(
    page: Page, seen: Seen, fresh: Connection, server_url: str
) -> None:
    province(fresh, "74")
    province(fresh, "70", wkt=box(99.5, 13.4, 100.0, 13.8))
    released_complaints(fresh, {"74": 40, "70": None}, start="2026-05-01")
    fresh.commit()

    page.goto(f"{server_url}/maps/complaints")
    page.wait_for_load_state("networkidle")

    expect(page.locator(".map-legend .swatch.none + span + b")).to_have_text("1")
    tiles = [url for url in seen.requests if "complaint_months/tiles" in url]
    assert tiles and all("datetime=2026-04-30T17" in url for url in tiles)
    page.get_by_label("โรงงาน", exact=True).check()
    page.wait_for_load_state("networkidle")
    assert [url for url in seen.requests if "factories/tiles" in url]
    assert seen.errors == []


def test_on_paper_the_map_stands_before_the_areas_with_too_few_which_are_one_line(
    browser: Browser, fresh: Connection, server_url: str
) -> None:
    homes: dict[str, int | None] = {"74": 40}
    province(fresh, "74")
    for n in range(10, 50):
        lon = 97.0 + n / 10
        province(fresh, str(n), name_th=f"จังหวัด {n}", wkt=box(lon, 16.0, lon + 0.1, 16.5))
        homes[str(n)] = None
    released_complaints(fresh, homes, start="2026-05-01")
    fresh.commit()
    page = browser.new_page(viewport={"width": PORTRAIT, "height": 1000})
    page.goto(f"{server_url}/maps/complaints")
    page.wait_for_load_state("networkidle")
    page.emulate_media(media="print")

    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    expect(page.locator(".withheld summary")).to_contain_text("40")
    expect(page.locator("#withheld")).to_be_hidden()
    drawn = page.locator(".brief-map").bounding_box()
    promised = page.locator("#promise").bounding_box()
    assert drawn and promised
    assert drawn["y"] + drawn["height"] < FIRST_SHEET
    assert drawn["y"] + drawn["height"] <= promised["y"] + 1
    page.close()
