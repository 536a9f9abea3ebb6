"""Licences and annual fees: read, refused, flagged, and out of readers' reach."""

from pathlib import Path
from typing import Any

from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally
from geo_api.ingest.loading import file_payloads, ingest
from layers.sources.licences import SOURCE
from tests.makers import factory

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
REGISTRATION = "จ3-9(6)-100/51ปจ"


def flags(connection: Connection, as_of: str) -> list[tuple[Any, ...]]:
    """By factory: overdue years, those without a day to pay, and the last that was paid."""
    columns = "factory_id, overdue, without_day, last_paid"
    return rows(connection, f"SELECT {columns} FROM fee_flags('{as_of}')")


def load(connection: Connection, *names: str) -> Tally:
    files = [SAMPLES / name for name in names]
    return ingest(connection, SOURCE, file_payloads(files), "files")


def rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_a_licence_has_the_days_that_were_given_and_no_other(fresh: Connection) -> None:
    tally = load(fresh, "licences.csv")

    found = rows(fresh, "SELECT licence_no, kind, status, issued_on::text, expires_on FROM licence")
    assert found == [("A-1", "operating", "valid", "2008-05-01", None)]
    assert tally.reasons == {"expires before it was issued": 1, "kind is not one of its codes": 1}


def test_a_fee_is_overdue_once_its_day_has_passed_and_unknown_without_a_day(
    fresh: Connection,
) -> None:
    factory(fresh, "f-1", registration_no=REGISTRATION, factory_group=3)

    tally = load(fresh, "annual_fees.csv")

    assert tally.reasons == {"state is not that of a fee with a day of payment": 1}
    assert flags(fresh, "2024-05-02") == [("f-1", [2024], [2025], 2023)]
    assert [row[1] for row in flags(fresh, "2024-05-01")] == [[]]


def test_a_factory_of_group_1_pays_no_fee_and_has_no_flag(fresh: Connection) -> None:
    factory(fresh, "f-1", registration_no=REGISTRATION, factory_group=1)

    load(fresh, "annual_fees.csv")

    assert flags(fresh, "2026-12-31") == []


def test_read_again_nothing_changes(fresh: Connection) -> None:
    both = ("licences.csv", "annual_fees.csv")
    load(fresh, *both)

    tally = load(fresh, *both)

    assert (tally.inserted, tally.updated, tally.unchanged) == (0, 0, 4)


def test_no_reader_sees_either(connection: Connection) -> None:
    assert rows(
        connection,
        "SELECT has_table_privilege('fahsai_reader', 'licence', 'SELECT'),"
        " has_table_privilege('fahsai_reader', 'annual_fee', 'SELECT')",
    ) == [(False, False)]
