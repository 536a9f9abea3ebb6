"""The sums that a brief begins with: always what the rows say, however they change."""

import random

from psycopg2.extensions import connection as Connection

from tests.geo_api.reports.rows import fetched, hotspot
from tests.makers import box, complaint, factory, insert, province

KEPT_AND_COUNTED = (
    (
        "SELECT day, district_code, count FROM published.hotspot_district_days ORDER BY 1, 2",
        "SELECT report_day(h.acquired_at), d.code, count(*) FROM hotspot AS h"
        " JOIN district AS d ON ST_Intersects(d.geom, h.geom)"
        " WHERE report_day(coalesce(h.acquired_from, h.acquired_at)) = report_day(h.acquired_at)"
        " GROUP BY 1, 2 ORDER BY 1, 2",
    ),
    (
        "SELECT district_code, count FROM published.district_factory_counts ORDER BY 1",
        "SELECT d.code, count(*) FROM published.factories AS f"
        " JOIN district AS d ON ST_Intersects(d.geom, f.geom)"
        " WHERE f.status = 'operating' GROUP BY 1 ORDER BY 1",
    ),
    (
        "SELECT day, province_code, count FROM hotspot_province_day ORDER BY 1, 2",
        "SELECT day, province_code, sum(count) FROM hotspot_day_count WHERE first_day = day"
        " GROUP BY 1, 2 ORDER BY 1, 2",
    ),
    (
        "SELECT day, change FROM published.certified_changes ORDER BY 1",
        "SELECT day, sum(change) FROM (SELECT since AS day, 1 AS change FROM certified_period"
        " UNION ALL SELECT until, -1 FROM certified_period WHERE until < 'infinity') AS c"
        " GROUP BY 1 HAVING sum(change) <> 0 ORDER BY 1",
    ),
    (
        "SELECT province_code, count FROM published.operating_factory_counts ORDER BY 1",
        "SELECT province_code, count(*) FROM published.factories WHERE status = 'operating'"
        " GROUP BY 1 ORDER BY 1",
    ),
)
CHANGES = (
    "UPDATE district SET geom = ST_Translate(geom, 0.1, 0) WHERE code = '7401'",
    "UPDATE hotspot SET geom = ST_Translate(geom, 0.2, 0) WHERE random() < 0.3",
    "UPDATE factory SET status = 'struck_off' WHERE random() < 0.2",
    "UPDATE factory SET status = 'operating' WHERE random() < 0.5",
    "UPDATE factory SET province_code = CASE province_code WHEN '74' THEN '40' END"
    " WHERE random() < 0.2",
    "UPDATE factory SET geom = NULL, location_precision = NULL WHERE random() < 0.1",
    "UPDATE factory SET last_seen_at = now()",
    "DELETE FROM factory WHERE random() < 0.1",
    "UPDATE green_certificate SET expires_on = expires_on + 30 WHERE random() < 0.3",
    "DELETE FROM green_certificate WHERE random() < 0.3",
    "UPDATE hotspot SET acquired_at = acquired_at + interval '1 hour' WHERE random() < 0.3",
    "UPDATE hotspot SET land_use = NULL WHERE random() < 0.3",
    "DELETE FROM hotspot WHERE random() < 0.2",
    "UPDATE province SET geom = ST_Translate(geom, 0.1, 0) WHERE code = '74'",
)
CERTIFY = """
    INSERT INTO green_certificate (factory_ref, factory_id, level, issued_on, expires_on, source)
    SELECT id, id, 3, '2025-01-01'::date + n,
        CASE n %% 3 WHEN 0 THEN NULL ELSE '2026-01-01'::date + n END, 'demo'
    FROM factory, generate_series(1, 4) AS n
    ON CONFLICT DO NOTHING
"""


def _agree(connection: Connection) -> None:
    for kept, counted in KEPT_AND_COUNTED:
        assert fetched(connection, kept) == fetched(connection, counted)


def _districts(connection: Connection) -> None:
    """Two that share a border, on which a place lies."""
    for code, west in (("7401", 100.0), ("7402", 100.65)):
        insert(
            connection,
            "district",
            code=code,
            name_th=code,
            name_en=code,
            province_code="74",
            source="demo",
            wkt=box(west, 13.0, west + 0.65, 14.0),
        )


def _fill(connection: Connection, step: int) -> None:
    for n in range(8):
        factory(
            connection,
            f"f{step}-{n}",
            province_code=("74", "40", None)[n % 3],
            status=("operating", "struck_off")[n % 4 == 0],
        )
        complaint(
            connection,
            f"c{step}-{n}",
            f"2026-0{1 + n % 3}-1{n}T02:00:00+00:00",
            lon=100.25 + 0.2 * n,
            lat=13.55,
        )
        hotspot(connection, f"2026-03-{10 + n}T00:30:00+00:00", lon=100.25 + 0.2 * n)
    fetched(connection, CERTIFY)


def test_sums_are_those_of_the_rows_whatever_is_changed(connection: Connection) -> None:
    province(connection, "74")
    province(connection, "40", name_en="Khon Kaen", wkt=box(101.0, 13.0, 102.0, 14.0))
    _districts(connection)
    chosen = random.Random(11)
    fetched(connection, "SELECT setseed(0.11)")
    for step in range(6):
        _fill(connection, step)
        _agree(connection)
        for _ in range(6):
            fetched(connection, chosen.choice(CHANGES))
            _agree(connection)
    assert all(fetched(connection, kept) for kept, _ in KEPT_AND_COUNTED)


def test_nothing_is_left_of_rows_that_are_all_gone(connection: Connection) -> None:
    province(connection, "74")
    _districts(connection)
    _fill(connection, 0)
    for table in ("hotspot", "green_certificate"):
        fetched(connection, f"TRUNCATE {table} CASCADE")
    fetched(connection, "DELETE FROM factory")

    assert not any(fetched(connection, kept) for kept, _ in KEPT_AND_COUNTED)


def test_sums_made_anew_change_nothing(connection: Connection) -> None:
    province(connection, "74")
    _districts(connection)
    _fill(connection, 0)
    fetched(connection, "SELECT sum_all_anew(target) FROM kept_sums()")

    _agree(connection)
