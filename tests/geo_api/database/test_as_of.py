"""What was published at a former time is what was read then."""

import csv
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.as_of import AsOfReads, as_of_reads
from geo_api.database.connections import Reads, owner_connection
from geo_api.database.migrations import migrate
from geo_api.settings import Settings
from layers.query import BadQuery
from tests.geo_api.database.asking import answer
from tests.history import changed, now, story
from tests.makers import factory

ITEMS = "/ogc/collections/factories/items"


@pytest.fixture
def service(fresh_reads: Reads, settings: Settings) -> Iterator[TestClient]:
    """A browser of the service over the database of `fresh`."""
    with TestClient(create_app(fresh_reads, settings)) as opened:
        yield opened


def names(service: TestClient, as_of: str | None = None) -> list[str]:
    found = service.get(ITEMS, params={"as_of": as_of} if as_of else {})
    assert found.status_code == 200, found.text
    return [one["properties"]["name"] for one in found.json()["features"]]


def test_each_former_time_shows_what_was_published_then(
    fresh: Connection, service: TestClient
) -> None:
    before = now(fresh)
    times = story(fresh)

    assert [names(service, time) for time in (before, *times)] == [
        *([], ["first", "stays"], ["second", "stays"], ["third", "stays"], ["stays"])
    ]
    assert names(service) == ["stays"]


def test_one_item_counts_near_and_files_are_as_of_a_time_too(
    fresh: Connection, service: TestClient
) -> None:
    then, *_ = story(fresh)

    item = service.get(f"{ITEMS}/a", params={"as_of": then}).json()
    counted = service.get("/api/statistics/factories", params={"as_of": then}).json()
    place = {"lon": "100.3", "lat": "13.5", "layers": "factories", "radius_m": "100"}
    near = service.get("/api/near", params={**place, "as_of": then}).json()
    near_now = service.get("/api/near", params=place).json()
    text = service.get(ITEMS, params={"as_of": then, "f": "csv"}).text
    arrow = service.get(ITEMS, params={"as_of": then, "f": "arrow"}).content

    assert item["properties"]["name"] == "first"
    assert service.get(f"{ITEMS}/a").status_code == 404
    assert counted["groups"] == [{"count": 2}]
    assert [one["properties"]["name"] for one in near["features"]] == ["first"]
    assert near_now["features"] == []
    assert [row["name"] for row in csv.DictReader(io.StringIO(text))] == ["first", "stays"]
    assert b"first" in arrow


def test_a_version_is_asked_by_its_number_and_pages_keep_it(
    fresh: Connection, service: TestClient
) -> None:
    then, *_ = story(fresh)
    version = service.get(ITEMS, params={"as_of": then}).json()["dataVersion"]

    page = service.get(ITEMS, params={"as_of": version, "limit": "1"}).json()
    [following] = [one["href"] for one in page["links"] if one["rel"] == "next"]
    rest = service.get(following).json()

    assert [one["properties"]["name"] for one in page["features"]] == ["first"]
    assert [one["properties"]["name"] for one in rest["features"]] == ["stays"]
    assert rest["dataVersion"] == version
    assert page["numberMatched"] == 2


def test_an_answer_as_of_a_time_keeps_its_etag_when_the_data_change(
    fresh: Connection, service: TestClient
) -> None:
    then, *_ = story(fresh)
    first = service.get(ITEMS, params={"as_of": then})

    changed(fresh, "UPDATE factory SET name = 'fourth'")
    again = service.get(
        ITEMS, params={"as_of": then}, headers={"If-None-Match": first.headers["ETag"]}
    )

    assert again.status_code == 304
    assert "immutable" in first.headers["Cache-Control"]
    assert names(service) == ["fourth"]


@pytest.mark.parametrize(
    ("as_of", "why"),
    [
        ("2569-01-01T00:00:00Z", "Buddhist era"),
        ("2090-01-01T00:00:00Z", "has passed"),
        ("2020-01-01T00:00:00Z", "goes back to"),
        ("999999", "no data version 999999"),
        ("yesterday", "takes a time"),
    ],
)
def test_a_time_of_which_nothing_is_kept_is_refused(
    service: TestClient, as_of: str, why: str
) -> None:
    refused = service.get(ITEMS, params={"as_of": as_of})

    assert refused.status_code == 400
    assert why in refused.text


def test_tiles_and_rasters_say_that_they_are_of_the_present_alone(service: TestClient) -> None:
    for path in ("/tiles/factories/5/25/14.mvt", "/api/rasters/pm25_surface"):
        refused = service.get(path, params={"as_of": "1"})

        assert refused.status_code == 400
        assert "of the present alone" in refused.text


def test_a_time_before_a_commit_never_shows_it_however_long_ago_its_transaction_began(
    fresh: Connection, fresh_url: str, fresh_reads: Reads
) -> None:
    with closing(owner_connection(fresh_url)) as slow:
        # Of another table: writers of one take turns.
        estate(slow, "slow")
        factory(fresh, "quick", lon=100.2, lat=13.2)
        fresh.commit()
        between = now(fresh)
        early = estates(fresh_reads, between)
        slow.commit()

    assert early == []
    assert estates(fresh_reads, between) == []
    assert estates(fresh_reads, now(fresh)) == ["slow"]
    assert ids(as_of_reads(fresh_reads, between, ["factories"])) == ["quick"]


def test_who_asks_for_a_time_waits_for_a_commit_that_has_got_an_earlier_one(
    fresh: Connection, fresh_url: str, fresh_reads: Reads
) -> None:
    with closing(owner_connection(fresh_url)) as committing, ThreadPoolExecutor(1) as beside:
        factory(committing, "late", lon=100.1, lat=13.1)
        with committing.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # its version and time are given now
        asked = beside.submit(as_of_reads, fresh_reads, now(fresh), ["factories"])
        assert not asked.done()
        committing.commit()
        found = ids(asked.result())

    assert found == ["late"]


def test_rows_that_came_and_went_in_one_transaction_leave_no_trace(
    fresh: Connection, fresh_url: str
) -> None:
    factory(fresh, "a", lon=100.3, lat=13.5)
    changed(fresh, "UPDATE factory SET name = 'b'; DELETE FROM factory")

    assert answer(fresh_url, "SELECT count(*) FROM history.factory") == 0


def test_nothing_is_written_for_rows_that_are_only_added(fresh: Connection, fresh_url: str) -> None:
    factory(fresh, "a", lon=100.3, lat=13.5)
    fresh.commit()
    factory(fresh, "b", lon=100.3, lat=13.5)
    fresh.commit()

    assert answer(fresh_url, "SELECT count(*) FROM history.factory") == 0


def test_a_truncated_table_is_known_as_it_was(fresh: Connection, fresh_reads: Reads) -> None:
    estate(fresh, "e")
    fresh.commit()
    then = now(fresh)
    changed(fresh, "TRUNCATE industrial_estate")

    reads = as_of_reads(fresh_reads, then, ["industrial_estates"])

    assert reads.fetch("SELECT id FROM published.industrial_estates") == [("e",)]


def test_the_history_keeps_no_column_that_no_view_reads(fresh_url: str) -> None:
    kept = answer(
        fresh_url,
        """
        SELECT array_agg(h.attrelid::regclass || '.' || h.attname)
        FROM pg_attribute AS h
        JOIN pg_class AS c ON c.oid = h.attrelid AND c.relkind = 'r'
        WHERE c.relnamespace = 'history'::regnamespace AND h.attnum > 0
            AND NOT h.attname = ANY (kept_columns(c.relname) || 'replaced_in'::text)
        """,
    )
    private = answer(
        fresh_url,
        "SELECT count(*) FROM pg_class WHERE relnamespace = 'history'::regnamespace"
        " AND relname ~ '^(complaint|complaint_text|complaint_event|factory_return|run)$'",
    )

    assert kept is None
    assert private == 0


def test_every_layer_can_be_asked_as_of_a_time(service: TestClient, fresh: Connection) -> None:
    then = now(fresh)
    listed = service.get("/ogc/collections").json()["collections"]

    refused = {
        one["id"]: answered.text
        for one in listed
        for answered in [service.get(f"/ogc/collections/{one['id']}/items?as_of=1")]
        if answered.status_code != 200
    }

    assert refused == {}
    assert then


def test_days_left_of_a_certificate_are_those_of_then(fresh: Connection) -> None:
    with fresh.cursor() as cursor:
        cursor.execute("SELECT pg_get_viewdef('published_as_of.certificates_expiring'::regclass)")
        [(text,)] = cursor.fetchall()

    assert "as_of_now()" in text
    assert " now()" not in text


def test_what_was_erased_comes_back_out_of_no_former_time(
    fresh: Connection, service: TestClient
) -> None:
    times = story(fresh)
    before = service.get(ITEMS, params={"as_of": times[0]})
    changed(fresh, """SELECT erase_history('factory', '{"id": "a"}', 'PDPA, section 33')""")

    after = service.get(
        ITEMS, params={"as_of": times[0]}, headers={"If-None-Match": before.headers["ETag"]}
    )

    assert after.status_code == 200
    assert [names(service, time) for time in times] == [["stays"]] * 4


def test_migrating_again_keeps_the_history(
    fresh: Connection, fresh_url: str, service: TestClient
) -> None:
    times = story(fresh)
    changed(fresh, "COMMENT ON SCHEMA published IS 'of another version'")

    migrate(fresh_url)

    assert names(service, times[0]) == ["first", "stays"]


def test_a_view_without_a_history_is_refused_by_name(fresh_reads: Reads) -> None:
    with pytest.raises(BadQuery, match="no history of it is kept"):
        as_of_reads(fresh_reads, "1", ["rasters"])


def ids(reads: AsOfReads) -> list[Any]:
    return [id for (id,) in reads.fetch("SELECT id FROM published.factories ORDER BY id")]


def estates(reads: Reads, time: str) -> list[Any]:
    former = as_of_reads(reads, time, ["industrial_estates"])
    return [id for (id,) in former.fetch("SELECT id FROM published.industrial_estates")]


def estate(connection: Connection, id: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO industrial_estate (id, name_th, office, lon, lat, source)"
            " VALUES (%(id)s, 'นิคม', false, 100.1, 13.1, 'ieat')",
            {"id": id},
        )


def test_a_page_of_former_rows_is_read_by_indexes_in_its_order(fresh: Connection) -> None:
    with fresh.cursor() as cursor:
        # Of the few rows here the planner would sort all.
        cursor.execute("SELECT ensure_months('hotspot', '2026-01-01', '2026-02-28')")
        cursor.execute("SET enable_sort = off; SET enable_seqscan = off; SET fahsai.as_of = 1")
        cursor.execute(
            "EXPLAIN SELECT id, geom, frp_mw FROM published_as_of.hotspots ORDER BY id LIMIT 1000"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "Sort  (" not in plan
    assert "Merge Append" in plan
    assert "Index Scan using hotspot_key on hotspot" in plan
    assert "Index Cond: (replaced_in >= " in plan


def test_a_history_has_one_index_by_its_key(fresh_url: str) -> None:
    indexes = answer(
        fresh_url,
        "SELECT array_agg(indexdef ORDER BY indexdef) FROM pg_indexes"
        " WHERE schemaname = 'history' AND tablename = 'factory'"
        " AND indexdef LIKE '%(id%'",
    )

    assert [one.rpartition(" USING ")[2] for one in indexes] == ["btree (id, replaced_in)"]
