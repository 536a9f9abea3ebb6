"""Coverage at the end of each year: the highest valid level, and no share of few factories."""

from typing import Any

from psycopg2.extensions import connection as Connection

from tests.makers import factory, insert, province


def rows(connection: Connection, columns: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM published.green_coverage ORDER BY id")
        return cursor.fetchall()


def certified(connection: Connection, id: str, level: int, since: str, until: str | None) -> None:
    insert(
        connection, "green_certificate", factory_ref=id, factory_id=id, level=level,
        issued_on=since, expires_on=until, source="green_industry",
    )  # fmt: skip


def test_a_factory_counts_once_at_its_highest_level_while_it_is_valid(
    connection: Connection,
) -> None:
    province(connection, "74")
    for number in range(20):
        factory(connection, f"f{number}", lon=100.2, lat=13.5, province_code="74")
    certified(connection, "f1", 2, "2022-05-01", "2024-05-01")
    certified(connection, "f1", 3, "2023-05-01", None)
    certified(connection, "f2", 1, "2022-01-01", "2022-06-30")
    certified(connection, "f3", 5, "2025-02-01", None)  # of a year that is not over

    assert rows(connection, "year, factories, certified, level_2, level_3, coverage_pct") == [
        (2022, 20, 1, 1, 0, 5),
        (2023, 20, 1, 0, 1, 5),
        (2024, 20, 1, 0, 1, 5),
    ]


def test_few_factories_have_counts_and_no_share(connection: Connection) -> None:
    province(connection, "74")
    factory(connection, "only", lon=100.2, lat=13.5, province_code="74")
    certified(connection, "only", 4, "2022-05-01", None)
    certified(connection, "only", 4, "2023-05-01", None)

    assert rows(connection, "year, certified, level_4, coverage_pct") == [(2022, 1, 1, None)]
