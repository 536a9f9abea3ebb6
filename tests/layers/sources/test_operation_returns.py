"""Returns beside energy: units, revisions, what is late or missing, and what can hardly be."""

from datetime import date
from pathlib import Path
from typing import Any

from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally
from geo_api.ingest.loading import file_payloads, ingest
from layers.sources.operation_returns import SOURCE
from tests.makers import factory, insert

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "operation_returns.csv"


def load(connection: Connection) -> Tally:
    return ingest(connection, SOURCE, file_payloads([SAMPLE]), SAMPLE.name)


def rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_quantities_are_kept_in_one_unit_of_their_kind_beside_what_was_given(
    fresh: Connection,
) -> None:
    load(fresh)

    found = rows(
        fresh,
        "SELECT item, code, quantity, unit, given_quantity, given_unit FROM return_item"
        " WHERE returned_on < '2024-06-01' ORDER BY item",
    )
    assert found == [
        ("product", "น้ำมันพืช", 1_200_000, "kg", 1200, "ตัน"),
        ("waste", "191003", 2500, "kg", 2.5, "ตัน"),
        ("water", "น้ำบาดาล", 5000, "m3", 5000, "ลบ.ม."),
        ("workers", "all", 45, "person", 45, "คน"),
    ]


def test_what_cannot_be_read_is_quarantined_with_what_could(fresh: Connection) -> None:
    tally = load(fresh)

    assert (tally.inserted, tally.quarantined) == (5, 4)
    assert tally.reasons == {
        "unit does not fit water": 1,
        "period is not a period": 1,
        "item is not one of those known": 1,
        "returned_on is out of range": 1,
    }


def test_read_again_nothing_changes(fresh: Connection) -> None:
    load(fresh)

    tally = load(fresh)

    assert (tally.inserted, tally.updated, tally.unchanged) == (0, 0, 5)


def test_both_revisions_are_kept_and_each_day_knows_its_own(fresh: Connection) -> None:
    load(fresh)

    def known(day: str) -> list[tuple[Any, ...]]:
        statement = f"SELECT quantity, revision FROM returns_as_of('{day}') WHERE item = 'product'"
        return rows(fresh, statement)

    assert known("2024-02-29") == []
    assert known("2024-05-31") == [(1_200_000, 1)]
    assert known("2024-06-01") == [(1_210_000, 2)]


def test_a_return_is_late_where_its_deadline_is_known(fresh: Connection) -> None:
    load(fresh)

    late = rows(fresh, "SELECT item, late FROM returns_as_of('2024-12-31') ORDER BY item")

    assert late == [("product", None), ("waste", True), ("water", None), ("workers", None)]


def returned(connection: Connection, year: int, quantity: float, **values: Any) -> None:
    insert(
        connection,
        "return_item",
        **{
            "factory_ref": "f-1",
            "item": "water",
            "code": "all",
            "period_start": date(year, 1, 1),
            "period_end": date(year, 12, 31),
            "returned_on": date(year + 1, 3, 1),
            "quantity": quantity,
            "unit": "m3",
            "given_quantity": quantity,
            "given_unit": "m3",
            "source": "operation_returns",
            **values,
        },
    )


def doubts(connection: Connection) -> dict[int, list[str]]:
    found = rows(connection, "SELECT period_start, doubts FROM returns_as_of('2026-12-31')")
    return {first.year: told for first, told in found}


def test_a_thousandfold_is_a_slip_of_the_unit_and_a_tenfold_a_jump_and_neither_is_changed(
    connection: Connection,
) -> None:
    factory(connection, "f-1")
    for year, quantity in ((2019, 100.0), (2020, 110), (2021, 105_000), (2022, 1_200), (2023, 95)):
        returned(connection, year, quantity)

    assert doubts(connection) == {
        2019: [],
        2020: [],
        2021: ["unit_slip"],
        2022: ["jump"],
        2023: [],
    }
    assert rows(connection, "SELECT max(quantity) FROM return_item") == [(105_000,)]


def test_a_slip_puts_no_doubt_on_the_two_others(connection: Connection) -> None:
    for year, quantity in ((2021, 100.0), (2022, 101_000), (2023, 104)):
        returned(connection, year, quantity)
    for year, quantity in ((2021, 100.0), (2022, 0.1), (2023, 104)):
        returned(connection, year, quantity, factory_ref="f-2")

    found = rows(
        connection,
        "SELECT factory_ref, period_start, doubts FROM returns_as_of('2026-12-31')"
        " WHERE doubts <> '{}' ORDER BY factory_ref",
    )
    assert found == [
        ("f-1", date(2022, 1, 1), ["unit_slip"]),
        ("f-2", date(2022, 1, 1), ["unit_slip"]),
    ]


def test_of_two_periods_nobody_knows_which_is_wrong(connection: Connection) -> None:
    returned(connection, 2022, 100)
    returned(connection, 2023, 100_000)

    assert doubts(connection) == {2022: [], 2023: []}


def test_a_factory_that_is_named_by_another_number_is_the_same(connection: Connection) -> None:
    factory(connection, "f-1", registration_no="จ3-9(6)-100/51ปจ")
    returned(connection, 2023, 10)
    returned(
        connection, 2023, 12, factory_ref="จ3-9(6)-100/51ปจ", returned_on=date(2024, 6, 1)
    )  # fmt: skip

    known = "SELECT quantity, revision FROM returns_as_of('2024-12-31')"
    assert rows(connection, known) == [(12, 2)]


def test_half_a_year_is_compared_by_the_day(connection: Connection) -> None:
    for year in (2020, 2021):
        returned(connection, year, 1_000)
    returned(connection, 2022, 150, period_end=date(2022, 1, 31))

    assert doubts(connection)[2022] == []


def test_workers_of_a_month_are_as_many_as_those_of_a_year(connection: Connection) -> None:
    for year in (2020, 2021):
        returned(connection, year, 50, item="workers", unit="person")
    returned(connection, 2022, 52, item="workers", unit="person", period_end=date(2022, 1, 31))

    assert doubts(connection)[2022] == []


def test_production_without_energy_is_told_until_the_energy_is_returned(
    connection: Connection,
) -> None:
    returned(connection, 2023, 10, item="product", code="ข้าว", unit="kg")

    assert doubts(connection) == {2023: ["production_without_energy"]}

    insert(
        connection, "factory_return", factory_ref="f-1", year=2023, energy="diesel", unit="litre",
        quantity=5, source="factory_returns",
    )  # fmt: skip
    assert doubts(connection) == {2023: []}


def test_who_returned_before_and_not_this_time_is_missing_and_not_zero(
    connection: Connection,
) -> None:
    for number, status in ((1, "operating"), (2, "operating"), (3, "struck_off")):
        factory(connection, f"f-{number}", status=status)
        returned(connection, 2022, 10, factory_ref=f"f-{number}")
    returned(connection, 2023, 0)

    missing = "SELECT factory_id FROM missing_returns('water', '2023-01-01', '2023-12-31', '{}')"

    assert rows(connection, missing.format("2024-12-31")) == [("f-2",)]
    assert rows(connection, missing.format("2024-02-01")) == [("f-1",), ("f-2",)]


def test_no_reader_sees_a_return(connection: Connection) -> None:
    may = rows(connection, "SELECT has_table_privilege('fahsai_reader', 'return_item', 'SELECT')")

    assert may == [(False,)]
