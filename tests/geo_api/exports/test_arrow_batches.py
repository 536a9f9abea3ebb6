"""From PostgreSQL's CSV to Arrow nothing changes, and nothing that fails looks whole."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime

import psycopg2
import pytest
import shapely
from psycopg2.extensions import make_dsn
from psycopg2.sql import SQL
from shapely import Point

from geo_api.database.column_types import COLUMN_TYPES, Column
from geo_api.database.connections import owner_connection
from geo_api.exports.arrow_batches import rows
from geo_api.exports.job import X, Y
from tests.geo_api.database.servers import wait_until

# Row by row: a series in FROM is made to its end before the first row is sent.
ENDLESS = SQL("SELECT generate_series(1, 100000000) AS n, repeat('a', 1000) AS text")


@pytest.fixture(scope="module")
def dsn(database_url: str) -> str:
    return make_dsn(database_url, options="-c timezone=UTC")


def typed(**types: str) -> list[Column]:
    """Columns of the statement by name, each with the name of its type."""
    return [Column(name, COLUMN_TYPES[type]) for name, type in types.items()]


def read(dsn: str, statement: str, columns: list[Column]) -> list[dict[str, object]]:
    with rows(dsn, SQL(statement), columns) as batches:
        return [row for batch in batches for row in batch.to_pylist()]


@pytest.mark.parametrize(
    ("type", "value"),
    [
        ("text", "ไร่อ้อย"),
        ("text", ""),
        ("text", " "),
        ("text", 'a "quoted", text'),
        ("text", "two\nlines\r\nand\ta tab"),
        ("text", "\\."),
        ("text", "NULL"),
        ("text", "nan"),
        ("text", "t"),
        ("text", "007"),
        ("bool", True),
        ("bool", False),
        ("int2", -32768),
        ("int4", 2**31 - 1),
        ("int8", -(2**63)),
        ("float8", 0.1 + 0.2),
        ("float8", 1e-300),
        ("float8", float("inf")),
        ("date", date(1899, 12, 31)),
        ("timestamptz", datetime(2026, 2, 1, 5, 30, 15, 250_001, tzinfo=UTC)),
        ("timestamptz", datetime(1960, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_value_arrives_as_it_is_and_none_as_none(dsn: str, type: str, value: object) -> None:
    with closing(psycopg2.connect(dsn)) as connection, connection.cursor() as cursor:
        literal = cursor.mogrify("%s", (value,)).decode()

    statement = f"SELECT ({literal})::{type} AS value, NULL::{type} AS nothing"
    found = read(dsn, statement, typed(value=type, nothing=type))

    assert found == [{"value": value, "nothing": None}]


def test_many_rows_come_in_their_order_and_in_several_batches(dsn: str) -> None:
    statement = SQL("SELECT n, repeat('ก', 100) AS text FROM generate_series(1, 30000) AS n")

    with rows(dsn, statement, typed(n="int4", text="text")) as batches:
        parts = [batch.column("n").to_pylist() for batch in batches]

    assert len(parts) > 2
    assert [n for part in parts for n in part] == list(range(1, 30_001))


def test_a_row_may_be_longer_than_a_batch(dsn: str) -> None:
    statement = "SELECT n, repeat('a', 5000000) AS text FROM generate_series(1, 3) AS n"

    found = read(dsn, statement, typed(n="int4", text="text"))

    assert [(row["n"], len(str(row["text"]))) for row in found] == [
        (n, 5_000_000) for n in (1, 2, 3)
    ]


def test_lists_come_in_many_batches_too(dsn: str) -> None:
    statement = "SELECT n, concat('{\"v\":[\"', n, '\",null]}', chr(10)) AS years"
    columns = [*typed(n="int4"), Column("years", COLUMN_TYPES["int4"], array=True)]

    found = read(dsn, f"{statement} FROM generate_series(1, 60000) AS n", columns)

    assert len(found) == 60_000
    assert all(row["years"] == [row["n"], None] for row in found)


def test_geometry_of_digits_becomes_bytes_and_missing_ones_stay_missing(dsn: str) -> None:
    values = "(VALUES (1, 'c0ffee'), (2, NULL), (3, '00')) AS v (n, geometry)"

    found = read(dsn, f"SELECT n, geometry FROM {values}", typed(n="int4", geometry="text"))

    assert [row["geometry"] for row in found] == [b"\xc0\xff\xee", None, b"\0"]


def test_coordinates_become_one_geometry_to_the_last_bit(dsn: str) -> None:
    values = "(VALUES (1, 0.1::float8 + 0.2, -0.0::float8), (2, 180, 1e-300)) AS v (n, x, y)"
    columns = typed(**{"n": "int4", X: "float8", Y: "float8", "after": "int4"})

    found = read(dsn, f"SELECT n, x, y, n AS after FROM {values}", columns)

    assert [list(row) for row in found] == [["n", "geometry", "after"]] * 2
    assert [row["geometry"] for row in found] == [
        shapely.to_wkb(Point(0.1 + 0.2, -0.0)),
        shapely.to_wkb(Point(180, 1e-300)),
    ]


def test_what_fails_before_the_first_row_is_no_empty_file(dsn: str) -> None:
    with (
        pytest.raises(psycopg2.errors.UndefinedTable),
        rows(dsn, SQL("SELECT n FROM nowhere"), typed(n="int4")),
    ):
        pytest.fail("something was given")


def test_what_fails_on_the_way_is_no_end(dsn: str) -> None:
    failing = "SELECT 1 / (100000 - n) AS share, repeat('a', 100) FROM generate_series(1, 200000) n"

    with pytest.raises(psycopg2.errors.DivisionByZero):
        read(dsn, failing, typed(share="int4", text="text"))


def test_a_reader_that_leaves_ends_the_query(dsn: str, database_url: str) -> None:
    dsn = make_dsn(dsn, application_name="leaving")

    with rows(dsn, ENDLESS, typed(n="int4", text="text")) as batches:
        assert next(batches).num_rows

    wait_until(lambda: not connected(database_url, "leaving"))


def test_leaving_ends_the_reading_beside_it(dsn: str) -> None:
    with ThreadPoolExecutor(1) as beside:
        with rows(dsn, ENDLESS, typed(n="int4", text="text")) as batches:
            reading = beside.submit(lambda: sum(batch.num_rows for batch in batches))
            time.sleep(0.2)
        with pytest.raises(BrokenPipeError):
            reading.result(timeout=60)


def connected(url: str, application: str) -> bool:
    with closing(owner_connection(url)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM pg_stat_activity WHERE application_name = %(name)s", {"name": application}
        )
        return cursor.fetchone() is not None
