"""Versions: what changes a row changes the version of every layer that shows it, and no other."""

import asyncio
import time
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database import data_versions
from geo_api.database.connections import READER, DatabaseUnavailable, Pool, Reads, Statement, Values
from geo_api.database.data_versions import DataVersions, DataVersionWatch, fetch_data_versions
from geo_api.database.listening import Listener
from geo_api.database.logins import login_url
from layers.analyses import analyses
from layers.catalog import catalog
from layers.sources import sources
from tests.makers import factory, province


def tags(connection: Connection, reads: Reads) -> dict[str, str]:
    """The tag of each layer once what was done so far is committed."""
    connection.commit()
    known = fetch_data_versions(reads)
    return {name: known.tag([name]) for name, layer in catalog().items() if not layer.raster}


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """The layers whose tag is another now."""
    return {name for name, tag in before.items() if after[name] != tag}


def test_a_new_row_changes_the_layers_that_read_its_table(
    fresh: Connection, fresh_reads: Reads
) -> None:
    before = tags(fresh, fresh_reads)

    factory(fresh, "a")

    after = tags(fresh, fresh_reads)
    assert "factories" in changed(before, after)
    assert not {"hotspots", "provinces", "complaint_months", "wind"} & changed(before, after)


def test_updates_deletes_and_truncates_change_it_too(fresh: Connection, fresh_reads: Reads) -> None:
    province(fresh, "10")
    seen = [tags(fresh, fresh_reads)["provinces"]]

    for statement in (
        "UPDATE province SET name_en = 'Another'",
        "DELETE FROM province",
        "TRUNCATE province CASCADE",
    ):
        with fresh.cursor() as cursor:
            cursor.execute(statement)
        seen.append(tags(fresh, fresh_reads)["provinces"])

    assert len(set(seen)) == 4


def test_a_statement_that_changes_no_row_changes_no_version(
    fresh: Connection, fresh_reads: Reads
) -> None:
    factory(fresh, "a")
    before = tags(fresh, fresh_reads)

    with fresh.cursor() as cursor:
        cursor.execute("UPDATE factory SET name = 'x' WHERE false; DELETE FROM factory WHERE false")

    assert changed(before, tags(fresh, fresh_reads)) == set()


def test_what_is_rolled_back_never_was(fresh: Connection, fresh_reads: Reads) -> None:
    before = tags(fresh, fresh_reads)
    factory(fresh, "a")
    fresh.rollback()

    assert changed(before, tags(fresh, fresh_reads)) == set()


class _LateListener(Pool):
    """Cannot listen at first; notes what its watch believes while it is asked."""

    watch: DataVersionWatch
    tries = 0

    def __init__(self, url: str) -> None:
        super().__init__(url, 4)
        self.believed: list[DataVersions | None] = []

    def listen(self) -> Listener:
        self.tries += 1
        time.sleep(0.05)
        if self.tries == 1:
            raise DatabaseUnavailable("not yet")
        return super().listen()

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[Any, ...]]:
        self.believed.append(self.watch.current())
        return super().fetch(statement, values)


def test_what_was_read_before_anybody_listened_is_not_believed_later(
    fresh: Connection, fresh_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_versions, "_LISTEN_AGAIN_S", 0)
    pool = _LateListener(login_url(fresh_url, READER))
    pool.watch = DataVersionWatch(pool)

    async def asked_before_and_after_a_change() -> list[DataVersions]:
        before = await pool.watch.latest()
        factory(fresh, "a")
        fresh.commit()
        after = await asyncio.gather(*(pool.watch.latest() for _ in range(3)))
        pool.watch.close()
        return [before, *after]

    before, *after = asyncio.run(asked_before_and_after_a_change())
    pool.close()

    assert pool.believed[:2] == [None, None]
    assert before.tag(["factories"]) not in [later.tag(["factories"]) for later in after]
    assert pool.tries == 2


def test_who_listens_hears_that_the_database_has_gone_and_listens_again(
    fresh: Connection, fresh_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_versions, "_LISTEN_AGAIN_S", 0)
    pool = Pool(login_url(fresh_url, READER), 1)
    watch = DataVersionWatch(pool)

    async def listening_before_after_and_again() -> list[bool]:
        await watch.latest()
        found = [watch.listening]
        with fresh.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query = 'LISTEN data_version'"
            )
            assert cursor.fetchall() == [(True,)]
        deadline = time.monotonic() + 60
        while watch.listening and time.monotonic() < deadline:
            await asyncio.sleep(0.01)
        found.append(watch.listening)
        await watch.latest()
        found.append(watch.listening)
        watch.close()
        return found

    assert asyncio.run(listening_before_after_and_again()) == [True, False, True]
    pool.close()


def test_every_layer_of_features_reads_a_watched_table(connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT view_name FROM published.reads")
        known = {name for (name,) in cursor.fetchall()}

    assert {name for name, layer in catalog().items() if not layer.raster} <= known


def test_a_layer_reads_a_table_of_each_source_and_analysis_that_it_names(
    connection: Connection,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT view_name, table_name FROM published.reads")
        reads = set(cursor.fetchall())
    written = {name: source.tables for name, source in sources().items()}
    written |= {name: analysis.tables for name, analysis in analyses().items()}

    unread = [
        (layer.name, name)
        for layer in catalog().values()
        for name in layer.sources
        if reads.isdisjoint(
            ("rasters" if layer.raster else layer.name, table) for table in written[name]
        )
    ]

    assert unread == []
