"""/api/emissions: a vintage by province and year, beside coverage, effects and targets."""

import csv
import io
from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from tests.makers import factory_return, firm, insert, province, publish_carbon


@pytest.fixture(autouse=True)
def returned(connection: Connection) -> None:
    """Of 74 six firms, of 40 four, and of 41, which has no outline, four; the grid's factor has
    another basis in 2025."""
    province(connection)
    province(connection, "40", name_th="ขอนแก่น", name_en="Khon Kaen")
    insert(
        connection, "emission_factor", energy="grid_electricity", unit="kWh", kgco2e_per_unit=0.4,
        scope=2, basis="generation_and_losses", gases="as published", gwp="as published",
        valid_from="2025-06-01", source="test", uncertainty=0.1,
    )  # fmt: skip
    for code, count in (("74", 6), ("40", 4), ("41", 4)):
        for n in range(count):
            id = firm(connection, f"{code}-{n}", province_code=code)
            for year, kwh in ((2023, 1e6), (2024, 2e6), (2025, 2e6)):
                factory_return(connection, id, year, "grid_electricity", kwh, "kWh")
    firm(connection, "silent")
    publish_carbon(connection)


def told(client: TestClient, **params: Any) -> dict[str, Any]:
    answer = client.get("/api/emissions", params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def of(report: dict[str, Any], code: str | None) -> dict[int, dict[str, Any]]:
    """A province's figures by year, or the country's."""
    return {
        one["year"]: one
        for one in report["figures"]
        if (one["province"] and one["province"]["code"]) == code
    }


def test_the_country_and_provinces_are_told_with_those_that_reported(client: TestClient) -> None:
    report = told(client)

    assert (report["vintage"], report["base_year"]) == (1, 2023)
    country, samut_sakhon = of(report, None), of(report, "74")
    assert country[2023]["tco2e"] == pytest.approx(14 * 499.9, abs=1)
    assert (country[2023]["factories_reported"], country[2023]["factories"]) == (14, 15)
    assert samut_sakhon[2023]["scope2_tco2e"] == pytest.approx(6 * 499.9, abs=1)
    assert samut_sakhon[2023]["scope1_tco2e"] == 0
    assert samut_sakhon[2023]["reported_share"] == pytest.approx(6 / 7)
    assert samut_sakhon[2023]["factories_summed"] == 6


def test_industries_are_told_as_provinces_are_and_add_up_to_the_country(
    client: TestClient, connection: Connection
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE factory SET isic_code = '10721' WHERE id BETWEEN '41' AND '74-2'")
        cursor.execute("DELETE FROM carbon_vintage")
    publish_carbon(connection)

    report = told(client)

    food, others = by_industry(report, 2023, "10", "00")
    assert food["industry"]["name"]["en"] == "Manufacture of food products"
    assert (food["factories_reported"], others["factories_reported"]) == (7, 7)
    assert food["tco2e"] + others["tco2e"] == pytest.approx(14 * 499.9, abs=2)
    assert of(report, None)[2023]["tco2e"] == pytest.approx(14 * 499.9, abs=1)


def test_an_industry_of_few_firms_is_not_what_others_leave_of_the_country(
    client: TestClient, connection: Connection
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE factory SET isic_code = '10721' WHERE id < '74-3'")
        cursor.execute("DELETE FROM carbon_vintage")
    publish_carbon(connection)

    report = told(client)

    food, others = by_industry(report, 2023, "10", "00")
    assert (others["factories_reported"], others["tco2e"]) == (3, None)
    assert None in (food["tco2e"], of(report, None)[2023]["tco2e"])


def by_industry(report: dict[str, Any], year: int, *codes: str) -> list[dict[str, Any]]:
    found = {one["industry"]["code"]: one for one in report["industries"] if one["year"] == year}
    return [found[code] for code in codes]


def test_intensity_is_told_by_the_workers_of_those_in_the_sum(
    client: TestClient, connection: Connection
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE factory SET workers = 50 WHERE province_code = '74'")
        cursor.execute("DELETE FROM carbon_vintage")
    publish_carbon(connection)

    report = told(client)

    samut_sakhon = of(report, "74")[2023]
    assert (samut_sakhon["workers"], samut_sakhon["workers_share"]) == (300, 1)
    assert samut_sakhon["tco2e_per_worker"] == pytest.approx(499.9 / 50, abs=0.01)
    country = of(report, None)[2023]
    assert country["workers_share"] == pytest.approx(6 / 14)
    assert country["tco2e_per_worker"] is None, "of most the workers are not known"
    assert of(report, "40")[2023]["workers"] is None, "withheld with the tonnes"


def test_what_is_withheld_is_said_and_is_not_zero(client: TestClient) -> None:
    khon_kaen = of(told(client, province="40"), "40")

    assert [one["tco2e"] for one in khon_kaen.values()] == [None] * 3
    assert [one["withheld"] for one in khon_kaen.values()] == [["tco2e"]] * 3
    assert [one["factories_reported"] for one in khon_kaen.values()] == [4] * 3


def test_changes_since_the_base_year_end_where_the_line_breaks(client: TestClient) -> None:
    report, later = told(client, province="74"), told(client, province="74", base="2025")

    assert [one["since_base"] for one in of(report, "74").values()] == [
        *(0, pytest.approx(1, abs=1e-3), None)
    ]
    assert [one["comparable_to_previous"] for one in of(report, "74").values()] == [
        *(None, True, False)
    ]
    assert [one["since_base"] for one in of(later, "74").values()] == [None, None, 0]


def test_the_country_s_change_is_told_by_effects_or_refused(client: TestClient) -> None:
    first, second = told(client)["changes"]

    assert (first["year"], first["refused"]) == (2024, None)
    assert first["use_per_factory"] == pytest.approx(14 * 499.9, abs=1)
    # 0.4999 is combined, and nothing upstream fills the gap to 0.4 of 2025.
    assert (second["year"], second["refused"]) == (2025, "other_factors")
    assert second["reporters"] is None


def test_a_sum_is_as_uncertain_as_its_factors_unless_one_of_them_states_nothing(
    client: TestClient,
) -> None:
    found = {(one["year"], one["scope"]): one["at_most"] for one in told(client)["uncertainty"]}

    assert found[2025, 2] == 0.1
    assert (found[2024, 2], found[2025, 1]) == (None, None)


def test_targets_have_a_source_and_say_whether_anybody_verified_them(client: TestClient) -> None:
    targets = {one["name"]: one for one in told(client)["targets"]}

    assert targets["ndc_2035"]["most_mtco2e"] == 152
    assert targets["ndc_2035"]["covers"] == "net" != targets["ndc_2030"]["covers"]
    assert not targets["net_zero_2065"]["verified"] and targets["net_zero_2065"]["superseded"]
    assert all(one["source"] for one in targets.values())


def test_a_former_vintage_says_what_it_said(client: TestClient, connection: Connection) -> None:
    before = told(client)["figures"]
    for n in range(6):
        id = firm(connection, f"late-{n}")
        factory_return(connection, id, 2023, "grid_electricity", 1e6, "kWh")
    publish_carbon(connection)

    assert told(client, vintage="1")["figures"] == before
    assert told(client)["vintage"] == 2
    assert of(told(client), "74")[2023]["tco2e"] == pytest.approx(12 * 499.9, abs=1)


def test_before_the_first_vintage_there_are_targets_and_no_figures(
    client: TestClient, connection: Connection
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM carbon_vintage")

    report = told(client)

    assert (report["vintage"], report["figures"], report["changes"]) == (None, [], [])
    assert report["targets"]


def test_figures_come_as_csv_too(client: TestClient) -> None:
    answer = client.get("/api/emissions?f=csv&province=country")

    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf"), "Excel needs the mark to show Thai"
    every = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    rows = [row for row in every if not row["tsic_division"]]
    assert [(row["year"], row["province_code"], row["name_en"]) for row in rows] == [
        (str(year), "", "Thailand") for year in (2023, 2024, 2025)
    ]
    assert float(rows[0]["tco2e"]) == pytest.approx(14 * 499.9, abs=1)
    assert [row["comparable_to_previous"] for row in rows] == ["", "true", "false"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("province=5", 400),
        ("province=99", 400),
        ("vintage=x", 400),
        ("vintage=9", 404),
        ("base=0", 400),
        ("f=xml", 400),
    ],
)
def test_what_is_not_there_is_refused(client: TestClient, query: str, status: int) -> None:
    assert client.get(f"/api/emissions?{query}").status_code == status
