"""What routes are handed: one that writes gets the writer's rights, and a transaction."""

from collections.abc import Iterator

import psycopg2.errors
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.connections import READER, WRITER, Pool, Reads, Writes
from geo_api.database.logins import login_url
from geo_api.http.dependencies import WritesDep
from geo_api.settings import Settings

ADD = "INSERT INTO visit (place) VALUES (%(place)s) RETURNING id"


def with_visits(app: FastAPI) -> FastAPI:
    """A route that adds rows of a table of its own, and one that reaches beyond it."""

    @app.post("/visits", status_code=201)
    def visit(place: str, writes: WritesDep) -> int:
        with writes.transaction() as transaction:
            [(id,)] = transaction.fetch(ADD, {"place": place})
            if place == "nowhere":
                transaction.execute("DELETE FROM complaint_text")
        return int(id)

    return app


def make_visits(connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE visit (id bigint GENERATED ALWAYS AS IDENTITY, place text NOT NULL)"
        )
        cursor.execute(f"GRANT SELECT, INSERT ON visit TO {WRITER}")


def places(connection: Connection) -> list[tuple[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT place FROM visit ORDER BY id")
        return cursor.fetchall()


@pytest.fixture
def visitor(reads: Reads, writes: Writes, settings: Settings) -> Iterator[TestClient]:
    """A browser of the service with the routes, over the test's own rows."""
    with TestClient(with_visits(create_app(reads, settings, writes=writes))) as opened:
        yield opened


def test_a_route_writes_within_the_tests_own_transaction(
    connection: Connection, visitor: TestClient
) -> None:
    make_visits(connection)

    answers = [visitor.post("/visits", params={"place": place}) for place in ("a", "b")]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert places(connection) == [("a",), ("b",)]


def test_a_route_that_reaches_beyond_its_grants_writes_nothing(
    connection: Connection, visitor: TestClient
) -> None:
    make_visits(connection)

    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        visitor.post("/visits", params={"place": "nowhere"})

    assert places(connection) == []


def test_what_a_route_of_the_service_writes_is_committed(
    fresh: Connection, fresh_url: str, settings: Settings
) -> None:
    make_visits(fresh)
    fresh.commit()
    pool = Pool(login_url(fresh_url, READER), 1)

    with TestClient(with_visits(create_app(pool, settings))) as client:
        answer = client.post("/visits", params={"place": "a"})
    pool.close()

    assert (answer.status_code, answer.json()) == (201, 1)
    assert places(fresh) == [("a",)]
