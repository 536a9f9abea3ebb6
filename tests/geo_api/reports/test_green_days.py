"""Kept certificate periods and yearly carbon: always what the certificates and returns say."""

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
CARBON = """
    SELECT province_code, year, round(tco2e::numeric, 6), factories_reported, operating_reported,
        quantities_without_factor, source
    FROM carbon_year ORDER BY 1, 2
"""
SUMMED = """
    SELECT f.province_code, r.year, round((sum(r.quantity) * 2.7078 / 1000)::numeric, 6),
        count(DISTINCT f.id), count(DISTINCT f.id) FILTER (WHERE f.status = 'operating'), 0, 'demo'
    FROM factory_return AS r JOIN factory AS f ON f.id = r.factory_id
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
REPORT = """
    INSERT INTO factory_return (factory_ref, factory_id, year, energy, unit, quantity, source)
    SELECT ref, ref, 2023 + n %% 3, 'diesel', 'litre', (random() * 1000)::integer, 'demo'
    FROM generate_series(1, 8) AS n, LATERAL (SELECT 'f' || (n + %(step)s) %% 10 AS ref) AS d
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
    "UPDATE factory_return SET factory_id = NULL WHERE random() < 0.1",
    "UPDATE factory_return SET quantity = quantity + 1 WHERE random() < 0.3",
    "DELETE FROM green_certificate WHERE random() < 0.2",
    "DELETE FROM factory_return WHERE random() < 0.2",
)


def ten_factories(connection: Connection) -> None:
    province(connection)
    for number in range(10):
        factory(connection, f"f{number}", province_code=("74", "40")[number % 2])


def assert_exact(connection: Connection) -> list[tuple[Any, ...]]:
    assert fetched(connection, CARBON) == fetched(connection, SUMMED)
    kept = fetched(connection, CERTIFIED)
    assert kept == fetched(connection, COUNTED)
    return kept


def test_what_is_kept_follows_factories_certificates_and_returns(connection: Connection) -> None:
    chance = random.Random(7)
    ten_factories(connection)
    fetched(connection, "SELECT setseed(0.3)")
    for step in range(25):
        fetched(connection, CERTIFY, step=step)
        fetched(connection, REPORT, step=step)
        fetched(connection, chance.choice(CHANGES))

        assert assert_exact(connection)


def test_a_factory_that_is_gone_is_certified_and_summed_no_more(connection: Connection) -> None:
    ten_factories(connection)
    fetched(connection, CERTIFY, step=0)
    fetched(connection, REPORT, step=0)

    fetched(connection, "DELETE FROM factory WHERE id < 'f5'")
    assert_exact(connection)
    fetched(connection, "TRUNCATE factory CASCADE")

    assert fetched(connection, CERTIFIED) == fetched(connection, CARBON) == []


def test_another_emission_factor_sums_anew(connection: Connection) -> None:
    ten_factories(connection)
    fetched(connection, REPORT, step=0)
    [(before,)] = fetched(connection, "SELECT sum(tco2e) FROM carbon_year")

    fetched(connection, "UPDATE emission_factor SET kgco2e_per_unit = 2 * kgco2e_per_unit")

    [(after,)] = fetched(connection, "SELECT sum(tco2e) FROM carbon_year")
    assert round(after, 6) == round(2 * before, 6)
