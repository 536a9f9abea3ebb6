"""The indicators of a fiscal year: of each area the newest value, none where nobody told one."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.reports.kpi import kpi_year
from layers.catalog import catalog
from layers.reports.measures import NotReported
from layers.sources.kpi import SOURCE
from tests.geo_api.reports.around import NOW
from tests.layers.sources.reading import parsed
from tests.makers import insert, province

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "kpi"


@pytest.fixture
def loaded(connection: Connection) -> None:
    province(connection, "74")
    for name in ("indicators", "values"):
        for row in parsed(SOURCE, SAMPLES / f"{name}.csv")[0]:
            insert(connection, row.table, **row.values)


@pytest.mark.usefixtures("loaded")
def test_the_newest_value_of_an_area_stands_beside_base_and_target(reads: Reads) -> None:
    certified, complaints = kpi_year(reads, catalog(), None, NOW).indicators

    assert certified.country and certified.country.value == 510
    assert (certified.country.as_of, certified.is_met) == (date(2024, 9, 30), True)
    assert [one.area.code for one in certified.values] == ["TH", "74"]
    assert (certified.layer, complaints.layer) == ("green_certificates", None)
    assert (complaints.country, complaints.is_met) == (None, None)


@pytest.mark.usefixtures("loaded")
def test_a_year_without_indicators_is_said(reads: Reads) -> None:
    with pytest.raises(
        NotReported, match="fiscal year 2020 has no indicators here; there are: 2024"
    ):
        kpi_year(reads, catalog(), 2020, NOW)


def test_before_any_was_loaded_there_is_an_empty_page(client: TestClient) -> None:
    assert client.get("/api/indicators").json()["indicators"] == []
    assert "ยังไม่มีตัวชี้วัดที่นำเข้า" in client.get("/kpi").text


@pytest.mark.usefixtures("loaded")
def test_the_api_and_the_page_say_what_nobody_told_as_such(client: TestClient) -> None:
    table = client.get("/api/indicators?fiscal_year=2024&f=csv").content.decode("utf-8-sig")
    page = client.get("/kpi?lang=en").text

    rows = list(csv.DictReader(io.StringIO(table)))
    assert [(row["code"], row["area_code"], row["value"]) for row in rows] == [
        ("1.1", "TH", "510.0"),
        ("1.1", "74", "40.0"),
        ("1.2", "", ""),
    ]
    assert page.count("nobody has told it") == 1
    assert 'href="/ogc/collections/green_certificates?lang=en"' in page
    assert client.get("/api/indicators?fiscal_year=2567").status_code == 400
    assert client.get("/kpi?fiscal_year=2020").status_code == 404
