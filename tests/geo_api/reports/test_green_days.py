"""Kept certificate periods: always what the certificates say."""

import random
from typing import Any

from psycopg2.extensions import connection as Connection

from tests.geo_api.reports.rows import fetched
from tests.makers import factory, province

CERTIFIED = """
    SELECT d::date, p.province_code, count(*)
    FROM generate_series('2024-01-01'::date, '2027-01-01', '17 days') AS d
    JOIN certified_period AS p ON p.since <= d::date AND p.until > d::date
    GROUP BY 1, 2 ORDER BY 1, 2
"""
COUNTED = """
    SELECT d::date, f.province_code, count(DISTINCT f.id)
    FROM generate_series('2024-01-01'::date, '2027-01-01', '17 days') AS d
    JOIN green_certificate AS c
        ON c.issued_on <= d::date AND coalesce(c.expires_on, 'infinity') >= d::date
    JOIN factory AS f ON f.id = c.factory_id
    WHERE f.status = 'operating' AND f.geom IS NOT NULL
    GROUP BY 1, 2 ORDER BY 1, 2
"""
CERTIFY = """
    INSERT INTO green_certificate (factory_ref, factory_id, level, issued_on, expires_on, source)
    SELECT ref, ref, 3, day,
        CASE WHEN random() < 0.8 THEN day + (random() * 500)::integer END, 'demo'
    FROM generate_series(1, 8) AS n,
        LATERAL (
            SELECT 'f' || (n + %(step)s) %% 10 AS ref,
                '2024-01-01'::date + n * 20 + (random() * 600)::integer AS day
        ) AS d
    ON CONFLICT DO NOTHING
"""
CHANGES = (
    "UPDATE factory SET status = 'struck_off' WHERE random() < 0.2",
    "UPDATE factory SET status = 'operating' WHERE random() < 0.5",
    "UPDATE factory SET province_code = CASE province_code WHEN '74' THEN '40' ELSE '74' END"
    " WHERE random() < 0.3",
    "UPDATE factory SET last_seen_at = now()",
    "UPDATE factory SET geom = NULL, location_precision = NULL WHERE random() < 0.1",
    "UPDATE green_certificate SET expires_on = issued_on + 30 WHERE random() < 0.2",
    "UPDATE green_certificate SET factory_id = 'f1' WHERE random() < 0.1",
    "DELETE FROM green_certificate WHERE random() < 0.2",
)


def ten_factories(connection: Connection) -> None:
    province(connection)
    for number in range(10):
        factory(connection, f"f{number}", province_code=("74", "40")[number % 2])


def assert_exact(connection: Connection) -> list[tuple[Any, ...]]:
    kept = fetched(connection, CERTIFIED)
    assert kept == fetched(connection, COUNTED)
    return kept


def test_what_is_kept_follows_factories_and_certificates(connection: Connection) -> None:
    chance = random.Random(7)
    ten_factories(connection)
    fetched(connection, "SELECT setseed(0.3)")
    for step in range(25):
        fetched(connection, CERTIFY, step=step)
        fetched(connection, chance.choice(CHANGES))

        assert assert_exact(connection)


def test_a_factory_that_is_gone_is_certified_no_more(connection: Connection) -> None:
    ten_factories(connection)
    fetched(connection, CERTIFY, step=0)

    fetched(connection, "DELETE FROM factory WHERE id < 'f5'")
    assert_exact(connection)
    fetched(connection, "DELETE FROM factory")

    assert fetched(connection, CERTIFIED) == []
