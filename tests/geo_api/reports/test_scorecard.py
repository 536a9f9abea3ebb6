"""A scorecard: what has evidence counts, what has none does not, and what is unknown is no zero."""

import csv
import io
import zipfile
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.reports.scorecard import scorecard
from layers.catalog import catalog
from layers.model import Text
from layers.reports.measures import NotReported
from layers.reports.scorecard import (
    Cell,
    CellState,
    Indicator,
    LevelRule,
    Scorecard,
    level_reached,
)
from layers.sources.eco_scorecards import SOURCE
from tests.geo_api.reports.around import (
    LAT,
    LON,
    MORNING,
    NOW,
    certificate,
    fire,
    months,
    reading,
    station,
    succeeded,
    towards,
)
from tests.layers.sources.reading import parsed
from tests.makers import box, factory, insert, province, released_complaints

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "eco_scorecards"
A_YEAR = timedelta(days=365)


@pytest.fixture(autouse=True)
def town(connection: Connection) -> None:
    """A town of a district half a degree wide, with the factory's place on its border."""
    months(connection)
    province(connection, wkt=box(LON - 0.5, LAT - 0.5, LON + 0.5, LAT + 0.5))
    insert(
        connection, "district", code="7401", province_code="74", name_th="เหนือ", name_en="North",
        source="boundaries", wkt=box(LON - 0.25, LAT - 0.25, LON + 0.25, LAT + 0.25),
    )  # fmt: skip
    insert(
        connection, "eco_town", id="1-7", phase=1, name_th="เมือง", province_code="74",
        area_codes="{7401}", named_parts=1, source="eco_towns",
    )  # fmt: skip


def report(reads: Reads, framework: str | None = None, year: int | None = 2025) -> Scorecard:
    return scorecard(reads, catalog(), "1-7", framework, year, NOW)


def declared(connection: Connection, *names: str) -> None:
    """The sound rows of the sample files of those names."""
    for name in names or ("frameworks", "indicators", "rules", "values", "evidence"):
        for row in parsed(SOURCE, SAMPLES / f"{name}.csv")[0]:
            insert(connection, row.table, **row.values)


def states(found: Scorecard) -> dict[str, CellState]:
    return {cell.indicator.code: cell.state for cell in found.cells}


def test_what_is_declared_counts_with_its_evidence_and_turns_without(
    connection: Connection, reads: Reads
) -> None:
    declared(connection)
    before = report(reads, "test-2565")

    with connection.cursor() as cursor:
        cursor.execute("UPDATE eco_town_evidence SET withdrawn_on = '2026-01-01' WHERE code = '2'")
    after = report(reads, "test-2565")

    assert states(before) == {"1": CellState.EVIDENCED, "2": CellState.EVIDENCED}
    assert (before.level, before.has_rules) == (2, True)
    assert states(after) == {"1": CellState.EVIDENCED, "2": CellState.NO_EVIDENCE}
    [cell] = [cell for cell in after.cells if cell.indicator.code == "2"]
    assert (cell.value, cell.declared, cell.is_met, after.level) == (None, 6, None, 1)


def test_a_year_without_declarations_has_no_values(connection: Connection, reads: Reads) -> None:
    declared(connection)

    found = report(reads, "test-2565", 2024)

    assert set(states(found).values()) == {CellState.NO_VALUE}
    assert (found.level, found.years[0]) == (None, 2026)


def test_an_edition_whose_names_nobody_published_says_how_many_it_has(reads: Reads) -> None:
    found = report(reads, "diw-2565")

    assert (found.cells, found.edition.indicators, found.edition.listed) == ((), 41, 0)
    assert "map" in {one.id for one in found.editions}


def test_what_the_map_knows_is_reckoned_and_what_it_does_not_is_no_zero(
    connection: Connection, reads: Reads
) -> None:
    for source in ("firms", "traffy", "diw", "green_industry"):
        succeeded(connection, source)
    for number in range(20):
        factory(connection, f"f{number}", **towards(0, 1000 + number))  # type: ignore[arg-type]
    certificate(connection, "f1", 3, "2025-03-01")
    certificate(connection, "f2", 3, "2026-01-15")  # after the year
    fire(connection, 0, 900, at=MORNING - A_YEAR)
    fire(connection, 0, 40_000, at=MORNING - A_YEAR)  # outside
    fire(connection, 0, 1200, at=MORNING)  # of 2026
    fire(connection, 0, 1300, at=MORNING - 2 * A_YEAR)
    year = {"table": "complaint_years", "period": "year"}
    for start, homes in (("2025-01-01", 40), ("2024-01-01", 90)):
        released_complaints(connection, {"74": homes}, start=start, **year)

    cells = {cell.indicator.code: cell for cell in report(reads).cells}

    assert (cells["hotspots"].value, cells["hotspots"].coverage) == (1, 1)
    assert (cells["complaints"].value, cells["complaints"].denominator) == (2000, 20)
    green = cells["green_coverage"]
    assert (green.value, green.numerator, green.as_of) == (5, 1, date(2025, 12, 31))
    assert cells["pm25_days"].state is CellState.NOT_KNOWN
    assert {cells[code].state for code in ("tco2e", "waste_balance")} == {CellState.WITHHELD}
    assert all(cells[code].value is None for code in ("pm25_days", "tco2e", "waste_balance"))


def test_days_above_the_standard_are_of_the_days_that_have_a_mean(
    connection: Connection, reads: Reads
) -> None:
    station(connection, "in", 1000)
    for back in range(4):
        at = MORNING - A_YEAR + timedelta(days=back)
        reading(connection, at, "in", pm25_24h=40.0 if back < 3 else 20.0)

    [cell] = [cell for cell in report(reads).cells if cell.indicator.code == "pm25_days"]

    assert (cell.value, cell.denominator) == (3, 4)
    assert cell.coverage == pytest.approx(4 / 365)


def test_few_factories_have_no_rate(connection: Connection, reads: Reads) -> None:
    succeeded(connection, "green_industry")
    factory(connection, "alone", **towards(0, 1000))  # type: ignore[arg-type]

    assert states(report(reads))["green_coverage"] is CellState.NOT_KNOWN


@pytest.mark.parametrize(
    ("framework", "year", "what"),
    [
        ("nobody", 2025, "no framework is called 'nobody'"),
        (None, 2030, "there is no scorecard of 2030"),
    ],
)
def test_what_there_is_not_is_said(
    reads: Reads, framework: str | None, year: int, what: str
) -> None:
    with pytest.raises(NotReported, match=what):
        report(reads, framework, year)


def test_a_level_needs_those_below_it() -> None:
    def cell(kind: str, value: float) -> Cell:
        indicator = Indicator("1", "social", kind, Text("", ""), "%", None, None, "higher", 80)
        return Cell(indicator, CellState.EVIDENCED, value)

    rules = [LevelRule(1, "basic", 2), LevelRule(2, "general", 1), LevelRule(3, "any", 3)]

    assert level_reached([cell("basic", 90), cell("general", 90)], rules) is None
    assert level_reached([cell("basic", 90), cell("basic", 80)], rules) == 1
    assert level_reached([cell("basic", 90), cell("basic", 80), cell("general", 99)], rules) == 3


def test_the_api_gives_json_and_a_table_that_is_safe_in_excel(
    client: TestClient, connection: Connection
) -> None:
    declared(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE eco_town_value SET assessor = '=HYPERLINK(1)' WHERE code = '1'")
    address = "/api/eco-towns/1-7/scorecard?framework=test-2565&year=2025"

    told = client.get(address).json()
    table = client.get(f"{address}&f=csv")

    assert [cell["state"] for cell in told["cells"]] == ["evidenced", "evidenced"]
    assert told["cells"][0]["evidence"][0]["office"] == "สำนักงานตัวอย่าง"
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [(row["code"], row["value"], row["met"]) for row in rows] == [
        ("1", "95.5", "true"),
        ("2", "6.0", "true"),
    ]
    assert rows[0]["assessor"] == "'=HYPERLINK(1)"
    assert client.get("/api/eco-towns/none/scorecard").status_code == 404
    assert client.get("/api/eco-towns/1-7/scorecard?year=2568").status_code == 400


def test_the_page_says_what_counts_and_that_nobody_is_certified_by_it(
    client: TestClient, connection: Connection
) -> None:
    declared(connection, "frameworks", "indicators", "values")

    page = client.get("/eco-towns/1-7/scorecard?framework=test-2565&year=2025").text
    ours = client.get("/eco-towns/1-7/scorecard?lang=en").text

    assert "ข้อมูลประกอบเท่านั้น ไม่ใช่การรับรอง" in page
    assert page.count('<b class="worse">ไม่มีหลักฐาน</b>') == 2
    assert "Not published: beside the province" in ours
    assert client.get("/eco-towns/none/scorecard").status_code == 404


def test_what_is_cited_can_be_checked_and_is_the_same_again(
    client: TestClient, connection: Connection
) -> None:
    declared(connection)
    address = "/api/eco-towns/1-7/evidence?framework=test-2565&year=2025"

    first, again = client.get(address).content, client.get(address).content

    archive = zipfile.ZipFile(io.BytesIO(first))
    sums = archive.read("SHA256SUMS").decode().splitlines()
    told = {line.split("  ")[1]: line.split("  ")[0] for line in sums}
    assert {name: sha256(archive.read(name)).hexdigest() for name in told} == told
    assert set(archive.namelist()) == {*told, "SHA256SUMS"}
    assert first == again
    assert "ผลวิเคราะห์น้ำทิ้ง" in archive.read("evidence.csv").decode()
    assert "edition: test-2565" in archive.read("CITATION.txt").decode()
    assert "<svg" in archive.read("chart.svg").decode()
