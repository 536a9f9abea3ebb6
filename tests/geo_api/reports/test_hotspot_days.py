"""Kept daily counts of hotspots: always what a count of the hotspots would say."""

import random
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from layers.reports.measures import day_of
from tests.geo_api.ingest.test_hotspot_merge import PASS, firms, gistda, load, standard, windowed
from tests.geo_api.reports.rows import fetched, hotspot
from tests.makers import box, province

WEST, EAST = box(98.0, 16.0, 99.5, 18.0), box(99.5, 16.0, 101.0, 18.0)

KEPT = """
    SELECT day, first_day, province_code, land_use, satellite, daynight, count
    FROM hotspot_day_count ORDER BY 1, 2, 3, 4, 5, 6
"""
# Without cells, without functions of ours: by the outlines, the lower code on a border.
COUNTED = """
    SELECT (acquired_at AT TIME ZONE 'Asia/Bangkok' - interval '8 hours')::date + 1 AS day,
        (coalesce(acquired_from, acquired_at) AT TIME ZONE 'Asia/Bangkok'
            - interval '8 hours')::date + 1 AS first_day,
        coalesce((
            SELECT min(code) FROM province AS p WHERE ST_Intersects(p.geom, h.geom)
        ), '') AS province_code,
        coalesce(land_use, ''), coalesce(satellite, ''), coalesce(daynight, ''), count(*)
    FROM hotspot AS h GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
"""
BURN = """
    SELECT setseed(%(seed)s);
    SELECT ensure_months('hotspot', '2026-01-01', '2026-02-28');
    INSERT INTO hotspot (
        id, acquired_at, time_precision, geom, land_use, satellite, daynight, sources
    )
    SELECT %(seed)s::text || n, '2026-01-01Z'::timestamptz + random() * interval '58 days',
        'minute', ST_Point(
            round((97.5 + random() * 4)::numeric, 2), round((15.5 + random() * 3)::numeric, 2), 4326
        ),
        (ARRAY['sugarcane', 'forest', NULL])[1 + n %% 3], (ARRAY['N', 'A'])[1 + n %% 2],
        (ARRAY['D', 'N', NULL])[1 + n %% 3], ARRAY['firms']
    FROM generate_series(1, %(number)s) AS n
"""


def burn(connection: Connection, number: int, seed: float = 0.5) -> None:
    """So many hotspots of January and February 2026 in, between and beside two provinces; many on
    their borders, and on those of cells."""
    fetched(connection, BURN, number=number, seed=seed)


def two_provinces(connection: Connection) -> None:
    province(connection, "63", wkt=WEST)
    province(connection, "64", wkt=EAST)


def assert_exact(connection: Connection) -> list[tuple[Any, ...]]:
    kept = fetched(connection, KEPT)
    assert kept == fetched(connection, COUNTED)
    return kept


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-03-01T01:00:00Z", "2026-03-02"),
        ("2026-03-02T00:59:59Z", "2026-03-02"),
        ("2026-03-02T08:00:00+07:00", "2026-03-03"),
    ],
)
def test_a_day_runs_from_8_to_8_in_thailand(connection: Connection, at: str, day: str) -> None:
    hotspot(connection, at)

    [(moment, kept)] = fetched(
        connection, "SELECT acquired_at, day::text FROM hotspot, hotspot_day_count"
    )

    assert kept == day == str(day_of(moment))


def test_every_hotspot_is_counted_once_whatever_its_province(connection: Connection) -> None:
    two_provinces(connection)

    burn(connection, 3000)

    kept = assert_exact(connection)
    codes = {row[2] for row in kept}
    assert codes == {"63", "64", ""}
    assert sum(row[-1] for row in kept) == 3000


def test_hotspots_at_sea_are_told_as_in_no_province(connection: Connection, reads: Reads) -> None:
    two_provinces(connection)
    hotspot(connection, "2026-01-05T06:00:00Z", lon=100.5, lat=10.0, times=3)

    found = reads.fetch("SELECT province_code, count FROM published.hotspot_day_counts")

    assert found == [(None, 3)]


def test_counts_follow_inserts_updates_and_deletes(connection: Connection) -> None:
    chance = random.Random(3)
    two_provinces(connection)
    burn(connection, 200)
    changes = (
        "DELETE FROM hotspot WHERE random() < 0.2",
        "UPDATE hotspot SET land_use = 'maize' WHERE random() < 0.3",
        "UPDATE hotspot SET geom = ST_Point(99 + random(), 17, 4326) WHERE random() < 0.3",
        "UPDATE hotspot SET acquired_at = acquired_at + interval '9 hours' WHERE random() < 0.3"
        " AND acquired_at < '2026-02-20'",
        "UPDATE hotspot SET run_id = 7",
        "DELETE FROM hotspot WHERE land_use = 'forest'",
    )
    for step in range(12):
        fetched(connection, chance.choice(changes))
        burn(connection, 50, seed=step / 30)

        assert_exact(connection)


def test_counts_follow_every_kind_of_run(connection: Connection) -> None:
    province(connection, "84", wkt=box(98.5, 8.0, 99.5, 9.0))
    runs = (
        [firms(), firms(lon=100.1)],  # a month that has no table yet
        [gistda(), gistda(lat=9.5, land_use="paddy")],  # one known, one new
        [windowed(lon=100.2)],
        [firms(lon=100.2)],  # absorbs it
        [standard()],  # replaces those before
        [firms()],  # late
    )

    for run in runs:
        load(connection, *run)

        assert assert_exact(connection)


def test_a_run_that_is_read_again_leaves_the_counts_untouched(connection: Connection) -> None:
    load(connection, firms(), gistda(lat=9.5))
    version = (
        "SELECT xact FROM (SELECT version AS xact FROM data_version WHERE table_name = %(t)s) v"
    )
    before = fetched(connection, KEPT)
    fetched(connection, "UPDATE data_version SET version = 0")

    load(connection, firms(), gistda(lat=9.5))

    assert fetched(connection, KEPT) == before
    assert fetched(connection, version, t="hotspot_day_count") == [(0,)]


def test_a_window_of_days_is_counted_into_none_of_them(
    connection: Connection, reads: Reads
) -> None:
    load(connection, windowed())

    found = reads.fetch(
        "SELECT first_day::text, day::text, count FROM published.hotspot_day_counts"
    )

    # Two days of UTC, from 07:00 to 07:00 in Thailand.
    assert PASS.day == 4
    assert found == [("2026-01-03", "2026-01-05", 1)]


def test_new_boundaries_recount(connection: Connection) -> None:
    burn(connection, 500)
    assert {row[2] for row in assert_exact(connection)} == {""}

    two_provinces(connection)
    assert {row[2] for row in assert_exact(connection)} == {"63", "64", ""}

    fetched(connection, "UPDATE province SET geom = ST_Translate(geom, 0.3, 0)")
    assert_exact(connection)

    fetched(connection, "DELETE FROM province WHERE code = '64'")
    assert {row[2] for row in assert_exact(connection)} == {"63", ""}

    fetched(connection, "TRUNCATE province CASCADE")
    assert {row[2] for row in assert_exact(connection)} == {""}


def test_a_province_that_is_renamed_recounts_nothing(connection: Connection) -> None:
    two_provinces(connection)
    burn(connection, 10)
    fetched(connection, "UPDATE hotspot_day_count SET count = count + 1")

    fetched(connection, "UPDATE province SET name_en = 'Tak'")

    assert fetched(connection, "SELECT sum(count) > 10 FROM hotspot_day_count") == [(True,)]


def test_what_has_no_hotspot_any_more_has_no_count(connection: Connection) -> None:
    burn(connection, 20)

    fetched(connection, "DELETE FROM hotspot WHERE land_use IS NULL")
    assert_exact(connection)
    fetched(connection, "TRUNCATE hotspot")

    assert fetched(connection, KEPT) == []


def test_outlines_of_many_corners_place_points_as_they_do_themselves(
    connection: Connection,
) -> None:
    star = "SELECT ST_AsText(ST_Buffer(ST_Point(99, 17, 4326), 0.9, 'quad_segs=40'))"
    [(whole,)] = fetched(connection, star)
    ring = f"SELECT ST_AsText(ST_Difference('{whole}'::geometry, ST_Buffer(ST_Point(99, 17), 0.3)))"
    [(hollow,)] = fetched(connection, ring)
    province(connection, "63", wkt=hollow)

    burn(connection, 2000)

    assert {row[2] for row in assert_exact(connection)} == {"63", ""}
