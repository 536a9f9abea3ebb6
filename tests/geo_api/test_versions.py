"""Versions: what changes a row changes the version of every layer that shows it, and no other."""

from psycopg2.extensions import connection as Connection

from geo_api.db import Reads
from geo_api.versions import read_versions
from layers.catalog import catalog
from tests.makers import factory, province


def tags(connection: Connection, reads: Reads) -> dict[str, str]:
    """The tag of each layer once what was done so far is committed."""
    connection.commit()
    known = read_versions(reads)
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
    assert not {"hotspots", "provinces", "complaints", "wind"} & changed(before, after)


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


def test_every_layer_of_features_reads_a_watched_table(connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT view_name FROM published.reads")
        known = {name for (name,) in cursor.fetchall()}

    assert {name for name, layer in catalog().items() if not layer.raster} <= known
