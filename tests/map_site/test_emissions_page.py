"""The page of greenhouse gas: figures with their coverage, what is withheld, and what breaks."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from tests.makers import factory_return, firm, insert, province, publish_carbon


@pytest.fixture(autouse=True)
def returned(connection: Connection) -> None:
    """Of Samut Sakhon seven firms of 50 workers; of Khon Kaen and of another province four, which
    are too few; six of each industry or more; the grid's factor has another basis in 2025."""
    province(connection)
    province(connection, "40", name_th="ขอนแก่น", name_en="Khon Kaen")
    province(connection, "41", name_th="อุดรธานี", name_en="Udon Thani")
    insert(
        connection, "emission_factor", energy="grid_electricity", unit="kWh", kgco2e_per_unit=0.4,
        scope=2, basis="generation_and_losses", gases="as published", gwp="as published",
        valid_from="2025-06-01", source="test",
    )  # fmt: skip
    for code, count in (("74", 7), ("40", 4), ("41", 4)):
        for n in range(count):
            id = firm(
                connection, f"{code}-{n}", province_code=code, workers=50,
                isic_code="10721" if n % 2 else None,
            )  # fmt: skip
            for year, kwh in ((2023, 1e6), (2024, 2e6), (2025, 2e6)):
                factory_return(connection, id, year, "grid_electricity", kwh, "kWh")


def said(client: TestClient, address: str) -> str:
    """The words of a page, with single spaces."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    body = answer.text.partition("<main")[2].partition("</main>")[0]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


def test_a_province_is_told_with_coverage_intensity_and_the_break(
    client: TestClient, connection: Connection
) -> None:
    firm(connection, "silent")
    publish_carbon(connection)

    english = said(client, "/emissions?province=74&lang=en")

    assert "In 2025, factories that reported emitted 5,600 t CO₂e" in english
    assert "7 of 8 factories reported" in english
    assert re.search(
        r"2024 6,999 .*\+100\.0 % 20\.00 350 workers, known of 100 % of factories", english
    )
    assert "2025 ≠" in english and "no comparison" in english
    assert "+60" not in english, "since 2023 nothing can be told of 2025"


def test_what_is_withheld_says_so_and_is_no_zero(
    client: TestClient, connection: Connection
) -> None:
    publish_carbon(connection)

    khon_kaen = said(client, "/emissions?province=40&lang=en")

    assert "Withheld: too few firms" in khon_kaen
    assert khon_kaen.count("– withheld: too few firms") == 3
    assert "4 of 4" in khon_kaen


def test_the_country_has_industries_provinces_and_targets_in_both_languages(
    client: TestClient, connection: Connection
) -> None:
    publish_carbon(connection)

    english, thai = said(client, "/emissions?lang=en"), said(client, "/emissions")

    assert "Manufacture of food products TSIC 10" in english
    assert "การผลิตผลิตภัณฑ์อาหาร" in thai and "ทั้งประเทศ" in thai
    assert "By estate, eco-town and product: withheld, too few firms" in english
    assert "not verified in a source that we read" in english
    assert "2568" in thai and "2025 " not in thai.partition("เป้าหมายของประเทศ")[0]


def test_before_the_first_vintage_the_page_says_how_to_make_one(client: TestClient) -> None:
    assert "fahsai analyse carbon_vintages" in said(client, "/emissions")


@pytest.mark.parametrize("query", ["vintage=7", "base=x"])
def test_what_is_not_there_is_not_found(
    client: TestClient, connection: Connection, query: str
) -> None:
    publish_carbon(connection)

    assert client.get(f"/emissions?{query}").status_code == 404


def test_the_page_of_green_industry_leads_there(client: TestClient) -> None:
    assert 'href="/emissions"' in client.get("/maps/green?number=carbon").text


def test_the_chart_is_no_wider_than_a_phone_which_would_make_its_numbers_smaller(
    client: TestClient, connection: Connection
) -> None:
    publish_carbon(connection)

    page = client.get("/emissions?province=74").text

    [width] = re.findall(r'<svg class="chart" viewBox="0 0 (\d+) ', page)
    assert int(width) <= 390
