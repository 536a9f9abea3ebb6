"""A view over a materialized view: its version changes when that is refreshed, and not before."""

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import psycopg2
import psycopg2.errors
import pytest
import requests
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database import repeatable_migrations
from geo_api.database.connections import READER, Pool, Reads
from geo_api.database.data_versions import fetch_data_versions, refresh_materialized_view
from geo_api.database.logins import login_url
from geo_api.database.migrations import migrate
from geo_api.settings import Settings
from layers.model import Field, Layer, Style, Text
from tests.makers import factory
from tests.serving import serving

NAME = "big_factories"
MATERIALIZED = """
    CREATE MATERIALIZED VIEW big_factory AS
    SELECT id, geom, name FROM factory WHERE horsepower >= 1000 WITH {} DATA;
    CREATE UNIQUE INDEX big_factory_id ON big_factory (id);
"""
VIEW = f"CREATE VIEW published.{NAME} AS SELECT id, geom, name FROM big_factory"
LAYER = Layer(
    name=NAME,
    title=Text("โรงงานขนาดใหญ่", "Big factories"),
    description=Text("", ""),
    licence="CC0-1.0",
    attribution="",
    style=Style("#000000"),
    sources=("diw",),
    stale_after=timedelta(days=40),
    fields=(Field("name", Text("ชื่อ", "Name")),),
)


@pytest.fixture(params=["", "NO"], ids=["filled", "never refreshed"])
def materialized(request: pytest.FixtureRequest, fresh: Connection) -> None:
    """A layer whose view reads a materialized view, empty or without data yet."""
    with fresh.cursor() as cursor:
        cursor.execute(MATERIALIZED.format(request.param))
    fresh.commit()


@pytest.fixture
def published(
    materialized: None, fresh_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    first, *others = repeatable_migrations._published()
    monkeypatch.setattr(repeatable_migrations, "_published", lambda: [first, VIEW, *others])
    migrate(fresh_url)
    yield


def big_factory(connection: Connection, id: str) -> None:
    factory(connection, id, horsepower=2000)
    connection.commit()


def tag(reads: Reads) -> str:
    return fetch_data_versions(reads).tag([NAME])


@pytest.mark.usefixtures("published")
def test_a_refresh_changes_the_version_of_what_shows_it(
    fresh: Connection, fresh_reads: Reads
) -> None:
    seen = [tag(fresh_reads)]

    for id in ("a", "b"):
        big_factory(fresh, id)
        seen.append(tag(fresh_reads))
        refresh_materialized_view(fresh, "big_factory")
        fresh.commit()
        seen.append(tag(fresh_reads))

    never, new_row, refreshed, another_row, refreshed_again = seen
    assert never == new_row
    assert refreshed == another_row
    assert len({never, refreshed, refreshed_again}) == 3


@pytest.mark.usefixtures("published")
def test_a_refresh_that_is_undone_changes_nothing(fresh: Connection, fresh_reads: Reads) -> None:
    big_factory(fresh, "a")
    before = tag(fresh_reads)

    refresh_materialized_view(fresh, "big_factory")
    fresh.rollback()

    assert tag(fresh_reads) == before


@pytest.mark.usefixtures("published")
def test_who_reads_meanwhile_sees_the_former_rows_and_need_not_wait(
    fresh: Connection, fresh_reads: Reads
) -> None:
    refresh_materialized_view(fresh, "big_factory")
    big_factory(fresh, "a")

    refresh_materialized_view(fresh, "big_factory")

    read = f"SET statement_timeout = 2000; SELECT id FROM published.{NAME}"
    assert fresh_reads.fetch(read) == []
    fresh.commit()
    assert fresh_reads.fetch(read) == [("a",)]


@pytest.mark.usefixtures("published")
def test_answers_from_before_a_refresh_are_not_given_after_it(
    fresh: Connection, fresh_url: str, settings: Settings
) -> None:
    refresh_materialized_view(fresh, "big_factory")
    fresh.commit()
    with (
        closing(Pool(login_url(fresh_url, READER), 2)) as pool,
        serving(create_app(pool, settings, {NAME: LAYER})) as address,
    ):
        url = f"{address}/ogc/collections/{NAME}/items"
        first, kept = (requests.get(url, timeout=60) for _ in range(2))
        held = {"If-None-Match": first.headers["ETag"]}
        unchanged = requests.get(url, headers=held, timeout=60)

        big_factory(fresh, "a")
        refresh_materialized_view(fresh, "big_factory")
        fresh.commit()
        changed = until_changed(url, held)

    assert first.json()["features"] == kept.json()["features"] == []
    assert unchanged.status_code == 304
    assert [feature["id"] for feature in changed.json()["features"]] == ["a"]
    assert changed.headers["ETag"] != first.headers["ETag"]


def until_changed(url: str, held: dict[str, str]) -> requests.Response:
    """The first answer that is another than is held: a notice takes a moment."""
    deadline = time.monotonic() + 20
    while True:
        answer = requests.get(url, headers=held, timeout=60)
        if answer.status_code != 304:
            return answer
        assert time.monotonic() < deadline, "the refresh was not noticed"


@pytest.mark.usefixtures("published")
def test_a_materialized_view_without_a_unique_index_is_refused(fresh: Connection) -> None:
    refresh_materialized_view(fresh, "big_factory")
    with fresh.cursor() as cursor:
        cursor.execute("DROP INDEX big_factory_id")

    with pytest.raises(psycopg2.errors.ObjectNotInPrerequisiteState):
        refresh_materialized_view(fresh, "big_factory")
