"""Cursors: ours alone are read, and only for the question they were given for."""

import json
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import READER, Reads
from geo_api.features.cursors import cursor_secret, read_cursor, sign_cursor
from geo_api.features.items import items
from geo_api.settings import Settings
from layers.catalog import catalog
from layers.model import Field, Text
from layers.query import BadQuery, Query, Sort

SECRET = b"between us"


def test_a_cursor_carries_its_values_there_and_back() -> None:
    last = ["โรงงาน", 12.5, None, True, "a-1"]

    assert read_cursor(SECRET, "factories", sign_cursor(SECRET, "factories", last)) == last


@pytest.mark.parametrize("place", [0, 5, 16, -1])
def test_a_cursor_of_which_one_letter_was_changed_is_refused(place: int) -> None:
    letters = list(sign_cursor(SECRET, "factories", ["a-1"]))
    letters[place] = "A" if letters[place] != "A" else "B"

    with pytest.raises(BadQuery, match="next link"):
        read_cursor(SECRET, "factories", "".join(letters))


def test_a_cursor_of_another_question_or_another_service_is_refused() -> None:
    given = sign_cursor(SECRET, "factories", ["a-1"])

    with pytest.raises(BadQuery):
        read_cursor(SECRET, "hotspots", given)
    with pytest.raises(BadQuery):
        read_cursor(b"another", "factories", given)


def test_workers_that_start_at_once_share_one_secret_that_others_cannot_read(home: Path) -> None:
    found: list[bytes] = []
    workers = [
        Thread(target=lambda: found.append(cursor_secret(Settings(home=home)))) for _ in range(8)
    ]

    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(found) == 8
    assert len(set(found)) == 1
    assert (home / "secret").stat().st_mode & 0o077 == 0


def test_the_setting_is_the_secret_of_all_machines(home: Path) -> None:
    assert cursor_secret(Settings(home=home, secret="one for all")) == b"one for all"


def test_a_page_begins_behind_a_number_of_more_digits_than_a_float_has(
    connection: Connection, reads: Reads
) -> None:
    places = replace(
        catalog()["factories"], name="places", fields=(Field("c", Text("ค", "C")),), timed=False
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE VIEW published.places AS SELECT n::text AS id, ST_Point(100, 13, 4326) AS geom,"
            " 0.1 + n * 1e-20 AS c FROM generate_series(1, 3) AS n;"
            f"GRANT SELECT ON published.places TO {READER}"
        )

    seen, after = [], None
    for _ in range(3):
        query = Query(limit=1, sortby=(Sort("c"),), cursor=after)
        page = items(reads, places, query, b"secret", lambda: 3)
        seen.append(json.loads(page.features)["id"])
        after = page.cursor

    assert (seen, after) == (["1", "2", "3"], None)
