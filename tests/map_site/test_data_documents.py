"""The pages of open data: what they say of an answer, and that they say nothing else."""

import re
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from map_site.data_pages import DataPages
from map_site.value_text import time_text, value_text
from map_site.words import words
from tests.makers import factory, insert, province

FACTORIES = "/ogc/collections/factories"
JSON = {"Accept": "application/json"}
GEOJSON = {"Accept": "application/geo+json"}
SIMULATED = '<p class="simulated" role="note">'
TOPICS = ("about", "data", "error", "methods", "status")
PAGES = DataPages()


def read(client: TestClient, address: str, accept: dict[str, str] = JSON) -> dict[str, Any]:
    answer = client.get(address, headers=accept)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def items_page(client: TestClient, language: str, question: str = "") -> str:
    items = read(client, f"{FACTORIES}/items{question}", GEOJSON)
    collection = read(client, f"{FACTORIES}?lang={language}")
    address = f"{FACTORIES}/items{question}"
    return PAGES.document("items", items, language, address, collection=collection)


def cells(page: str) -> list[str]:
    return re.findall(r"<td[^>]*>(.*?)</td>", page)


def test_a_table_has_titles_units_and_words_in_the_language(
    client: TestClient, connection: Connection
) -> None:
    province(connection)
    factory(connection, status="operating", horsepower=1234.5)

    thai, english = items_page(client, "th"), items_page(client, "en")

    assert "แรงม้า</th>" in thai and "ประกอบกิจการอยู่" in cells(thai)
    assert "Horsepower <small>hp</small>" in english and "Operating" in cells(english)
    assert "1,234.5" in cells(english)
    assert '<html lang="th"' in thai and '<html lang="en"' in english


def test_what_people_wrote_stays_text(client: TestClient, connection: Connection) -> None:
    name = "</script><script>alert(1)</script>"
    factory(connection, id='"><b>', name=name, province_code=None)

    page = items_page(client, "th")

    assert "<script>alert" not in page and '"><b>' not in page
    written = "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    assert f'<span lang="en">{written}</span>' in cells(page)
    assert 'href="/ogc/collections/factories/items/%22%3E%3Cb%3E?lang=th"' in page


def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing_written_in_it(
    client: TestClient, connection: Connection
) -> None:
    factory(connection, province_code=None)

    page = items_page(client, "th")

    assert all(src.startswith("/static/") for src in re.findall(r'src="([^"]*)"', page))
    styles = re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]*)"', page)
    assert styles and all(href.startswith("/static/") for href in styles)
    assert re.findall(r"<script(?! src=| type=\"application/json\")", page) == []
    assert re.findall(r" (?:style|on\w+)=", page) == []
    assert "unsafe" not in PAGES.headers["Content-Security-Policy"]


def test_the_page_after_keeps_the_language_and_the_question(
    client: TestClient, connection: Connection
) -> None:
    for id in ("a", "b"):
        factory(connection, id=id, province_code=None)

    page = items_page(client, "en", "?limit=1&bbox=97,5,106,21")

    [following] = re.findall(r'rel="next" href="([^"]*)"', page)
    assert "limit=1" in following and "bbox=97" in following and "lang=en" in following
    [switched] = re.findall(r'class="language"[^>]*href="([^"]*)"', page)
    assert "limit=1" in switched and "lang=th" in switched


def test_programs_formats_ask_the_same_and_files_hold_every_page(
    client: TestClient, connection: Connection
) -> None:
    factory(connection, province_code=None)

    page = unescape(items_page(client, "en", "?limit=1&status=operating"))

    hrefs = re.findall(r'<a class="button" href="([^"]*)" type="([^"]*)"', page)
    tables = [href.partition("?")[2] for href, kind in hrefs if kind == "text/csv"]
    asked = {kind: href.partition("?")[2] for href, kind in hrefs}
    assert asked["application/geo+json"] == "limit=1&status=operating&f=geojson"
    assert tables == ["status=operating&f=csv&bom=true", "status=operating&f=csv"]
    assert asked["application/geopackage+sqlite3"] == "status=operating&f=gpkg"


def test_every_page_says_that_data_are_simulated_how_fresh_and_whose(
    client: TestClient, connection: Connection
) -> None:
    insert(connection, "run", source="demo", input="test", status="succeeded", finished_at="now")
    factory(connection, province_code=None)
    collection = read(client, FACTORIES)
    item = read(client, f"{FACTORIES}/items/factory-1", GEOJSON)

    collections = read(client, "/ogc/collections")
    simulated = PAGES.document("collections", collections, "th", "/ogc/collections")
    assert SIMULATED in simulated
    pages = [
        items_page(client, "th"),
        PAGES.document("item", item, "th", f"{FACTORIES}/items/1", collection=collection),
        PAGES.document("collection", collection, "th", FACTORIES),
    ]

    for page in pages:
        assert SIMULATED in page
        assert "กรมโรงงานอุตสาหกรรม (DIW)" in page
        assert "ผู้ให้ข้อมูลไม่ได้ระบุ" in page
        assert "อ่านเมื่อ" in page


@pytest.mark.parametrize(
    "path",
    [
        *("/ogc/?f=html", "/ogc/conformance?f=html", "/ogc/collections?f=html", "/catalog?f=html"),
        *("/ogc/api.html", "/openapi.html", "/status?f=html"),
    ],
)
def test_pages_above_all_layers_say_too_that_data_are_simulated(
    client: TestClient, connection: Connection, path: str
) -> None:
    real = client.get(path)
    insert(connection, "run", source="demo", input="test", status="succeeded", finished_at="now")
    factory(connection, "mill")
    simulated = client.get(path)

    assert SIMULATED not in real.text
    assert SIMULATED in simulated.text
    assert "Accept-Language" in simulated.headers["vary"]


def test_the_list_of_layers_names_each_with_its_freshness(client: TestClient) -> None:
    collections = read(client, "/ogc/collections?lang=en")

    page = unescape(PAGES.document("collections", collections, "en", "/ogc/collections"))

    for one in collections["collections"]:
        assert f'<a href="/ogc/collections/{one["id"]}?lang=en">{one["title"]}</a>' in page
    assert page.count("Never loaded") == len(collections["collections"])


def test_the_landing_page_and_the_conformance_page_show_what_programs_read(
    client: TestClient,
) -> None:
    landing, conformance = read(client, "/ogc/"), read(client, "/ogc/conformance")

    page = PAGES.document("landing", landing, "en", "/ogc/")

    for link in landing["links"]:
        if link["rel"] not in ("self", "alternate"):
            assert link["href"].removeprefix("http://testserver") in page
    assert "มาตรฐานที่ปฏิบัติตาม" in PAGES.document("landing", landing, "th", "/ogc/")
    listed = PAGES.document("conformance", conformance, "en", "/ogc/conformance")
    assert all(one in listed for one in conformance["conformsTo"])


def test_features_in_other_coordinates_are_listed_but_not_drawn() -> None:
    feature = {
        "type": "Feature",
        "id": "a",
        "geometry": {"type": "Point", "coordinates": [661_000, 1_500_000]},
        "properties": {},
    }
    collection = {
        "id": "factories",
        "title": "Factories",
        "description": "",
        "attribution": "DIW",
        "licence": "CC-BY-4.0",
        "timed": False,
        "freshness": {"loaded": False},
        "links": [],
    }
    answer = {"numberReturned": 1, "features": [feature], "links": []}

    def page(address: str) -> str:
        return PAGES.document("items", answer, "en", address, collection=collection)

    assert 'id="map"' not in page("/items?crs=http://www.opengis.net/def/crs/EPSG/0/32647")
    assert 'id="map"' in page("/items")


@pytest.mark.parametrize(
    ("value", "field", "thai", "english"),
    [
        (None, {}, "", ""),
        (True, {}, "ใช่", "yes"),
        (1_234_567, {}, "1,234,567", "1,234,567"),
        (1_234_567.25, {}, "1,234,567", "1,234,567"),
        (0.1234567, {}, "0.123457", "0.123457"),
        (2026, {"kind": "year"}, "พ.ศ. 2569 (ค.ศ. 2026)", "2026"),
        (0.125, {"kind": "share"}, "12.5 %", "12.5 %"),
        (0.999974, {"kind": "share"}, "100 %", "100 %"),
        (7.69e-05, {"kind": "share"}, "< 0.1 %", "< 0.1 %"),
        (30.7999, {"decimals": 0}, "31", "31"),
        (12_345.0406, {"decimals": 1}, "12,345", "12,345"),
        (0.0689655, {"decimals": 3}, "0.069", "0.069"),
        (0.0001, {"decimals": 3}, "< 0.001", "< 0.001"),
        (-0.0001, {"decimals": 3}, "0", "0"),
        (0.0, {"decimals": 0}, "0", "0"),
        ("a, b", {"values": {"a": {"th": "ก"}, "b": {"th": "ข"}}}, "ก, ข", None),
        ("a, c", {"values": {"a": {"th": "ก"}}}, "a, c", None),
        ("2026-01-31T18:00:00+00:00", {}, "1 ก.พ. 2569 01:00 น.", "1 Feb 2026 01:00"),
        ("2026-01-31", {}, "31 ม.ค. 2569", "31 Jan 2026"),
        ("2026-99-99", {}, "2026-99-99", "2026-99-99"),
    ],
)
def test_values_are_worded_as_people_say_them(
    value: Any, field: dict[str, Any], thai: str, english: str | None
) -> None:
    assert value_text(value, field, "th") == thai
    assert english is None or value_text(value, field, "en") == english


def test_a_time_known_by_month_or_day_claims_no_more() -> None:
    assert time_text("2026-01-31T17:00:00Z", "en", "month") == "Feb 2026"
    assert time_text("2026-01-31T17:00:00Z", "th", "day") == "1 ก.พ. 2569"


def test_every_phrase_is_there_in_both_languages() -> None:
    assert all(text.th and text.en for name in TOPICS for text in words()[name].values())


def test_a_factory_leads_to_its_report_card_and_its_layer_to_the_list(
    client: TestClient, connection: Connection
) -> None:
    factory(connection, "a/b", province_code=None)
    collection = read(client, FACTORIES)
    item = read(client, f"{FACTORIES}/items/a%2Fb", GEOJSON)

    page = PAGES.document("item", item, "th", f"{FACTORIES}/items/a%2Fb", collection=collection)

    assert 'href="/factories/a%2Fb"' in page
    assert 'href="/factories?lang=en"' in items_page(client, "en")
    assert 'href="/factories' not in PAGES.document(
        "items",
        read(client, "/ogc/collections/wind/items", GEOJSON),
        "th",
        "/",
        collection=read(client, "/ogc/collections/wind"),
    )
