"""The panels of MIND: figures from their layers, and words where there is none."""

from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.reports.mind_panel import mind_panel
from geo_api.reports.mind_panel_sql import FIGURES as STATEMENTS
from layers.catalog import catalog
from layers.reports.measures import State
from layers.reports.mind_panel import DIMENSIONS, FIGURES, Figure
from tests.geo_api.reports.around import (
    DAY,
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
from tests.geo_api.reports.rows import asked
from tests.makers import box, factory, insert, province, released_complaints

A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def place(connection: Connection) -> None:
    months(connection)
    province(connection, wkt=box(LON - 0.5, LAT - 0.5, LON + 0.5, LAT + 0.5))


def figures(reads: Reads) -> dict[str, Figure]:
    return {one.kind.code: one for one in mind_panel(reads, catalog(), "74", DAY, NOW).figures}


def test_each_figure_has_a_statement_a_layer_and_a_panel() -> None:
    assert {kind.code for kind in FIGURES} == STATEMENTS.keys()
    assert {kind.layer for kind in FIGURES} <= catalog().keys()
    assert {kind.dimension for kind in FIGURES} == set(DIMENSIONS)


def test_what_was_never_loaded_is_no_zero(reads: Reads) -> None:
    found = figures(reads)

    assert {one.state for one in found.values()} == {State.NEVER_LOADED}
    assert {one.value for one in found.values()} == {None}


def test_the_figures_are_those_of_their_layers(connection: Connection, reads: Reads) -> None:
    for source in ("firms", "traffy", "diw", "green_industry", "air4thai", "sme_fund"):
        succeeded(connection, source)
    factory(connection, "one", province_code="74", **towards(0, 900))  # type: ignore[arg-type]
    factory(connection, "two", province_code="74", **towards(0, 950))  # type: ignore[arg-type]
    certificate(connection, "one", 3, "2026-01-01")
    certificate(connection, "one", 4, "2026-02-01")
    fire(connection, 0, 900, at=MORNING - 2 * A_DAY)
    fire(connection, 0, 900, at=MORNING - 400 * A_DAY)
    for start, homes in (("2026-01-01", 20), ("2025-12-01", 30), ("2024-01-01", 90)):
        released_complaints(connection, {"74": homes}, start=start)
    for name, days in (("a", 1), ("b", 3)):
        station(connection, name, 1000)
        for back in range(days):
            reading(connection, MORNING - back * A_DAY, name, pm25_24h=50.0)
    for year, loans in ((2024, 8), (2025, 3)):
        insert(
            connection, "sme_fund", id=f"{year}", province_code="74", year=year, loans=loans,
            source="sme_fund",
        )  # fmt: skip

    found = figures(reads)

    assert {
        code: found[code].value for code in ("factories", "green", "hotspots", "complaints")
    } == {
        "factories": 2,
        "green": 1,
        "hotspots": 1,
        "complaints": 50,
    }
    assert found["pm25_days"].value == 3  # of the station with most of them
    assert (found["loans"].state, found["loans"].value) == (State.NOT_PUBLISHED, None)
    assert found["projects"].state is State.NEVER_LOADED


def test_the_page_and_the_api_say_them(client: TestClient, connection: Connection) -> None:
    succeeded(connection, "diw")
    factory(connection, "one", province_code="74", **towards(0, 900))  # type: ignore[arg-type]

    told = client.get(f"/api/reports/mind/74?day={DAY}").json()
    page = client.get(f"/provinces/74?day={DAY}&lang=en").text

    assert [one["value"] for one in told["figures"] if one["kind"]["code"] == "factories"] == [1]
    assert "MIND panels" in page and "never loaded" in page
    assert client.get("/api/reports/mind/99").status_code == 404


def test_homes_of_months_that_withhold_them_are_withheld_and_not_unknown(
    connection: Connection, reads: Reads
) -> None:
    succeeded(connection, "traffy")
    released_complaints(connection, {"74": 20}, start="2024-01-01")
    unreleased = figures(reads)["complaints"]
    released_complaints(connection, {"74": None}, start="2026-01-01")

    withheld = figures(reads)["complaints"]

    assert (unreleased.state, unreleased.value) == (State.NOT_SEEN, None)
    assert (withheld.state, withheld.value) == (State.NOT_PUBLISHED, None)


def test_outside_of_the_data_nothing_found_is_no_zero(connection: Connection, reads: Reads) -> None:
    province(connection, "50", name_en="Chiang Mai", wkt=box(98.5, 18.5, 99.5, 19.5))
    for source in ("incidents", "green_industry", "diw"):
        succeeded(connection, source)
    factory(connection, "one", province_code="74", **towards(0, 900))  # type: ignore[arg-type]
    factory(connection, "two", province_code="50", **towards(0, 950))  # type: ignore[arg-type]
    certificate(connection, "two", 3, "2025-01-01")
    for id, day in (("first", "2024-02-01"), ("newest", "2026-02-20")):
        insert(
            connection, "incident", id=id, name=id, source="incidents", starts_on=day,
            kind="fire", province_code="50",
        )  # fmt: skip

    def of(day: date, code: str) -> tuple[State, float | None, date | None]:
        panel = mind_panel(reads, catalog(), "74", day, NOW)
        [found] = [one for one in panel.figures if one.kind.code == code]
        return found.state, found.value, found.as_of

    for code in ("incidents", "green"):
        assert of(date(2010, 1, 1), code) == (State.NOT_SEEN, None, None)
    assert of(date(2026, 2, 19), "incidents") == (State.KNOWN, 0, date(2026, 2, 19))
    assert of(DAY, "incidents") == (State.LATE, None, None)
    assert of(DAY, "green") == (State.KNOWN, 0, DAY)

    asked(connection, MORNING, "incidents")

    assert of(DAY, "incidents") == (State.KNOWN, 0, date(2026, 2, 20))
