"""Prepared statements: the rows of unprepared ones, with values of every kind, planned once."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from psycopg2.sql import SQL

from geo_api.database.connections import READER, Pool
from geo_api.database.logins import login_url
from geo_api.database.prepared_statements import Often, Raw

NAMES = SQL("SELECT name FROM pg_prepared_statements ORDER BY name")


@pytest.fixture
def pool(migrated_url: str) -> Iterator[Pool]:
    """One connection, so that what it has prepared can be asked."""
    made = Pool(login_url(migrated_url, READER), 1)
    yield made
    made.close()


def test_values_of_every_kind_come_back_as_given(pool: Pool) -> None:
    statement = Often(
        SQL(
            "SELECT %(text)s::text, %(number)s::float8, %(nothing)s::int, %(at)s::timestamptz,"
            " %(text)s || '%%', 5 %% 3"
        ).format()
    )
    at = datetime(2026, 1, 31, 17, tzinfo=UTC)
    values = {"text": "ไฟ 100% 'x'", "number": 0.1, "nothing": None, "at": at, "unasked": 1}

    answers = [pool.fetch(statement, values) for _ in range(3)]

    assert answers == [[("ไฟ 100% 'x'", 0.1, None, at, "ไฟ 100% 'x'%", 2)]] * 3


def test_a_statement_is_prepared_once_for_all_values(pool: Pool) -> None:
    for number in range(4):
        statement = Often(SQL("SELECT %(n)s::int + 1").format())
        assert pool.fetch(statement, {"n": number}) == [(number + 1,)]

    assert pool.fetch(NAMES) == [("often_0",)]


def test_the_plans_kept_are_bounded(pool: Pool) -> None:
    for number in range(70):
        pool.fetch(Often(SQL(f"SELECT {number}").format()))

    assert 0 < len(pool.fetch(NAMES)) <= 64
    assert pool.fetch(Often(SQL("SELECT 0").format())) == [(0,)]


def test_a_statement_that_fails_can_be_asked_again(pool: Pool) -> None:
    statement = Often(SQL("SELECT 1 / %(n)s::int").format())

    with pytest.raises(Exception, match="division by zero"):
        pool.fetch(statement, {"n": 0})

    assert pool.fetch(statement, {"n": 1}) == [(1,)]


def test_texts_come_as_the_bytes_they_are_passed_on_as(pool: Pool) -> None:
    statement = Raw(SQL("SELECT 'ฟ้าใส', 1, '[1]'::json").format())

    assert pool.fetch(statement) == [("ฟ้าใส".encode(), 1, [1])]
    assert pool.fetch(SQL("SELECT 'ฟ้าใส'")) == [("ฟ้าใส",)]
