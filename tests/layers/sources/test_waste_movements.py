"""Movements of waste: codes, clocks, what is marked, and whose factories they are."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally
from geo_api.ingest.loading import file_payloads, ingest
from layers.sources.waste_movements import SOURCE
from tests.makers import factory, insert

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "waste_movements.csv"


def load(connection: Connection, file: Path = SAMPLE) -> Tally:
    return ingest(connection, SOURCE, file_payloads([file]), file.name)


def rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_a_load_has_its_hazard_from_the_list_and_its_day_from_the_clock(fresh: Connection) -> None:
    load(fresh)

    statement = "SELECT id, waste_code, hazardous, tonnes, due_on, doubts FROM waste_movement"
    assert {row[0]: row[1:] for row in rows(fresh, f"{statement} WHERE id < 'M-4'")} == {
        "M-1": ("191003", True, 12.5, date(2024, 1, 1), []),
        # 180 days of composting, and extended by no more than as many.
        "M-2": ("010101", False, 1250.0, date(2024, 11, 30), []),
        "M-3": ("191003", True, 3.0, date(2024, 1, 5), ["management_not_allowed"]),
    }


def test_what_the_list_does_not_know_is_refused_but_for_loads_of_the_former_regime(
    fresh: Connection,
) -> None:
    tally = load(fresh)

    assert (tally.inserted, tally.quarantined) == (5, 3)
    assert tally.reasons == {
        "transporter names a natural person: left empty": 1,
        "management_code is for waste that is not hazardous: marked as doubtful": 1,
        "waste_code is not in the list of 2566": 1,
        "waste_code is not in the list of 2566: kept, for it was moved before that": 1,
        "management_code is not in the list of 2566": 1,
        "ends before it starts": 1,
    }
    assert rows(fresh, "SELECT hazardous FROM waste_movement WHERE id = 'M-5'") == [(None,)]
    assert rows(fresh, "SELECT count(*) FROM waste_movement WHERE transporter LIKE '%นาย%'") == [
        (0,)
    ]


def test_read_again_nothing_changes(fresh: Connection) -> None:
    load(fresh)

    tally = load(fresh)

    assert (tally.inserted, tally.updated, tally.unchanged) == (0, 0, 5)


def test_a_factory_that_comes_later_is_found_then(fresh: Connection) -> None:
    load(fresh)

    factory(fresh, "f-1", registration_no="จ3-9(6)-100/51ปจ")

    assert rows(fresh, "SELECT count(generator_id), count(receiver_id) FROM waste_movement") == [
        (4, 0)
    ]


def moved(connection: Connection, id: str, **values: Any) -> None:
    insert(
        connection,
        "waste_movement",
        **{
            "id": id,
            "generator_ref": "a",
            "receiver_ref": "b",
            "waste_code": "010101",
            "hazardous": False,
            "moved_on": date(2024, 3, 1),
            "received_on": date(2024, 3, 2),
            "due_on": date(2024, 5, 1),
            "tonnes": 10,
            "source": "waste_movements",
            **values,
        },
    )


def balance(connection: Connection) -> dict[str, tuple[Any, ...]]:
    statement = "SELECT * FROM waste_balance('2024-01-01', '2024-12-31')"
    return {id: tuple(rest) for id, *rest in rows(connection, statement)}


def test_what_a_factory_received_is_finished_or_on_hand_and_overdue_by_its_clock(
    connection: Connection,
) -> None:
    factory(connection, "a")
    factory(connection, "b")
    moved(connection, "1", finished_on=date(2024, 4, 1))
    moved(connection, "2", tonnes=3)
    moved(connection, "3", tonnes=2, due_on=date(2025, 1, 31), moved_on=date(2024, 12, 1))
    moved(connection, "4", tonnes=70_000, doubts=["tonnes_implausible"])
    moved(connection, "5", tonnes=4, moved_on=date(2023, 12, 1))

    assert balance(connection) == {
        # sent, received, finished, on hand, overdue, doubted
        "a": (15, 0, 0, 0, 0, 1),
        "b": (0, 15, 10, 5, 3, 1),
    }


def test_what_was_sent_in_all_was_received_in_all(connection: Connection) -> None:
    factory(connection, "a")
    factory(connection, "b")
    for number in range(6):
        sender, receiver = ("a", "b") if number % 2 else ("b", "a")
        moved(
            connection,
            str(number),
            generator_ref=sender,
            receiver_ref=receiver,
            tonnes=number + 0.5,
        )

    sent, received, *_ = map(sum, zip(*balance(connection).values(), strict=True))

    assert sent == received == pytest.approx(18)


def test_no_reader_sees_a_load_or_a_balance(connection: Connection) -> None:
    [(loads, may_balance)] = rows(
        connection,
        "SELECT has_table_privilege('fahsai_reader', 'waste_movement', 'SELECT'),"
        " has_table_privilege('fahsai_reader', 'waste_part', 'SELECT')",
    )

    assert (loads, may_balance) == (False, False)
