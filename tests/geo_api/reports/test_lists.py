"""Lists of places and factories: which are in them, in which order, and what is not known."""

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.reports.lists import listing
from layers.catalog import catalog
from layers.query import BadQuery
from layers.reports import Listing
from layers.reports.measures import NotReported
from tests.geo_api.reports.around import (
    HOUR,
    LAT,
    LON,
    MORNING,
    NOW,
    certificate,
    coverage,
    estate,
    fire,
    months,
    succeeded,
    towards,
    upwind,
)
from tests.makers import box, factory, insert, province


@pytest.fixture(autouse=True)
def provinces(connection: Connection) -> None:
    """Two of them, and a district of the first."""
    months(connection)
    province(connection, wkt=box(LON - 0.5, LAT - 0.5, LON + 0.5, LAT + 0.5))
    province(
        connection, "50", name_th="เชียงใหม่", name_en="Chiang Mai", region="north",
        wkt=box(98.5, 18.5, 99.5, 19.5),
    )  # fmt: skip
    insert(
        connection, "district", code="7401", province_code="74", name_th="เมือง", name_en="Mueang",
        source="boundaries", wkt=box(LON - 0.5, LAT, LON + 0.5, LAT + 0.5),
    )  # fmt: skip


def listed(
    reads: Reads, kind: str = "factory", words: str = "", sort: str = "", page: int = 1
) -> Listing:
    return listing(reads, catalog(), kind, words, sort, page, NOW)


def codes(found: Listing) -> list[str]:
    return [row.place.code for row in found.rows]


def test_factories_are_found_by_all_words_of_their_name_or_their_number(
    connection: Connection, reads: Reads
) -> None:
    factory(connection, "rice", name="บริษัท โรงสีข้าว Rice จำกัด", registration_no="จ3-9(1)-1/50")
    factory(connection, "sugar", name="บริษัท น้ำตาล จำกัด", registration_no="3-11(3)-2/50")
    factory(connection, "percent", name="ร้อย% แท้")

    assert codes(listed(reads, words="บริษัท")) == ["sugar", "rice"]
    assert codes(listed(reads, words="บริษัท rice")) == ["rice"]
    assert codes(listed(reads, words="11(3)")) == ["sugar"]
    assert codes(listed(reads, words="%")) == ["percent"]
    assert codes(listed(reads, words="_")) == []
    assert listed(reads, words="บริษัท").total == 2


def test_factories_are_sorted_by_any_column_and_the_unknown_come_last(
    connection: Connection, reads: Reads
) -> None:
    factory(connection, "a", name="ก", workers=5, horsepower=1)
    factory(connection, "b", name="ข", workers=50, province_code="50")
    factory(connection, "c", name="ค")
    certificate(connection, "b", 3, "2026-01-01")
    certificate(connection, "b", 5, "2020-01-01", expires="2021-01-01")
    upwind(connection, "c")

    assert codes(listed(reads, sort="workers")) == ["a", "b", "c"]
    assert codes(listed(reads, sort="-workers")) == ["b", "a", "c"]
    assert codes(listed(reads, sort="-name")) == ["c", "b", "a"]
    assert codes(listed(reads, sort="-level"))[0] == "b"
    assert codes(listed(reads, sort="-upwind"))[0] == "c"
    for column in listed(reads).columns:
        assert len(listed(reads, sort=f"-{column}").rows) == 3


def test_a_factory_s_row_tells_its_numbers_and_none_where_they_are_not_known(
    connection: Connection, reads: Reads
) -> None:
    factory(connection, "judged", name="ก", workers=5)
    factory(connection, "not", name="ข", province_code="50")
    insert(connection, "factory", id="lost", source="diw", name="ค", status="unknown")
    coverage(connection, factories=1, judged=1)
    coverage(connection, factories=1, judged=0, province="50")

    found = listed(reads)

    assert [row.values["upwind"] for row in found.rows] == [0, None, None]
    first, _, lost = found.rows
    assert first.within is not None and first.within.name.en == "Samut Sakhon"
    assert (first.values["workers"], first.values["level"]) == (5, None)
    assert lost.within is None
    assert set(first.values) == set(found.columns) - {"name"}


def test_factories_come_fifty_to_a_page(connection: Connection, reads: Reads) -> None:
    for n in range(53):
        factory(connection, f"f{n:02}", name=f"โรงงาน {n:02}")

    second = listed(reads, page=2)

    assert codes(second) == ["f50", "f51", "f52"]
    assert (second.first, second.total) == (50, 53)
    assert codes(listed(reads, page=3)) == []


def test_provinces_are_listed_with_the_numbers_of_the_newest_day(
    connection: Connection, reads: Reads
) -> None:
    fire(connection, 0, 1000, at=MORNING - HOUR)
    fire(connection, 0, 1000, at=MORNING - 24 * 8 * HOUR)
    factory(connection, "mill", **towards(0, 1000))  # type: ignore[arg-type]
    certificate(connection, "mill", 1, "2026-01-01")
    succeeded(connection, "green_industry")
    upwind(connection, "mill")
    coverage(connection, factories=1, judged=1)

    found = listed(reads, "province", sort="-hotspots_week")

    assert codes(found) == ["74", "50"]
    assert found.rows[0].values == {
        "region": "central",
        "hotspots_week": 1,
        "factories": 1,
        "upwind": 1,
        "certified": 1,
        "tco2e": None,
    }
    assert codes(listed(reads, "province", words="mai")) == ["50"]
    assert codes(listed(reads, "province")) == ["74", "50"] or codes(listed(reads, "province")) == [
        "50",
        "74",
    ]


def test_districts_are_listed_with_their_province(connection: Connection, reads: Reads) -> None:
    factory(connection, "mill", **towards(0, 1000))  # type: ignore[arg-type]
    factory(connection, "beyond", **towards(180, 1000))  # type: ignore[arg-type]

    [row] = listed(reads, "district", sort="-factories").rows

    assert row.within is not None and row.within.code == "74"
    assert row.values["factories"] == 1
    assert row.values["upwind"] is None  # no day was reckoned


def test_estates_are_listed_as_eco_towns_and_offices_are_not(
    connection: Connection, reads: Reads
) -> None:
    estate(connection, "estate")
    estate(connection, "office", office=True)
    factory(connection, "near", **towards(0, 4900))  # type: ignore[arg-type]
    factory(connection, "far", **towards(0, 5100))  # type: ignore[arg-type]

    [row] = listed(reads, "eco_town").rows

    assert (row.place.code, row.values["factories"]) == ("estate", 1)
    assert row.within is not None and row.within.code == "74"


def test_towns_are_listed_with_their_levels_beside_estates(
    connection: Connection, reads: Reads
) -> None:
    estate(connection, "estate")
    insert(
        connection, "eco_town", id="1-7", phase=1, name_th="เมือง", province_code="74",
        area_codes="{}", named_parts=1, target_level=5, target_year=2027, source="eco_towns",
    )  # fmt: skip
    insert(connection, "eco_town_level", eco_town_id="1-7", year=2022, level=3, source="eco_towns")

    rows = {row.place.code: row.values for row in listed(reads, "eco_town", sort="-level").rows}

    levels = {code: (of["level"], of["target_level"]) for code, of in rows.items()}
    assert levels == {"1-7": (3, 5), "estate": (None, None)}
    assert list(rows) == ["1-7", "estate"]


def test_a_list_that_there_is_not_is_not_reported(reads: Reads) -> None:
    with pytest.raises(NotReported, match="village"):
        listed(reads, "village")


@pytest.mark.parametrize(("sort", "page", "name"), [("id", 1, "sort"), ("name", 0, "page")])
def test_a_column_or_page_that_there_is_not_is_refused(
    reads: Reads, sort: str, page: int, name: str
) -> None:
    with pytest.raises(BadQuery) as refused:
        listed(reads, sort=sort, page=page)

    assert refused.value.parameter == name


def test_the_api_gives_a_page_of_a_list(client: TestClient, connection: Connection) -> None:
    factory(connection, "mill", name="โรงสี")

    told = client.get("/api/reports/lists/factory?q=โรง&sort=-workers").json()

    assert (told["total"], told["sort"], told["words"]) == (1, "-workers", "โรง")
    assert told["rows"][0]["place"] == {"code": "mill", "name": {"th": "โรงสี", "en": "โรงสี"}}
    assert client.get("/api/reports/lists/village").status_code == 404
    assert client.get("/api/reports/lists/factory?sort=id").json()["parameter"] == "sort"
    assert client.get("/api/reports/lists/factory?page=x").status_code == 400


def test_what_was_never_loaded_or_is_behind_is_not_known_in_a_list(
    connection: Connection, reads: Reads
) -> None:
    fire(connection, 0, 1000, at=MORNING - 24 * 40 * HOUR)

    found = listed(reads, "province")

    told = {(row.values["hotspots_week"], row.values["certified"]) for row in found.rows}
    assert told == {(None, None)}


def test_places_stand_in_the_order_of_the_language_that_is_read(
    connection: Connection, reads: Reads
) -> None:
    for code, name_th, name_en in (("7402", "กระทุ่มแบน", "Zeta"), ("7403", "อู่ทอง", "Alpha")):
        insert(
            connection, "district", code=code, province_code="74", name_th=name_th,
            name_en=name_en, source="boundaries", wkt=box(LON, LAT - 0.5, LON + 0.5, LAT),
        )  # fmt: skip

    english = listing(reads, catalog(), "district", "", "name", 1, NOW, "en")

    assert codes(listed(reads, "district", sort="name")) == ["7402", "7401", "7403"]
    assert codes(english) == ["7403", "7401", "7402"]
