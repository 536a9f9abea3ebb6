"""Statements of an eco-industrial town's scorecard; a year is [%(since)s, %(until)s)."""

from psycopg2.sql import Composed

from geo_api.reports.place_sql import in_area

EDITIONS = """
    SELECT
        f.id, f.agency, f.name_th, f.name_en, f.dimensions, f.indicators, f.valid_from, f.valid_to,
        f.verified, f.source,
        (SELECT count(*) FROM published.framework_indicators AS i WHERE i.framework_id = f.id)
    FROM published.frameworks AS f
    ORDER BY f.id
"""
INDICATORS = """
    SELECT
        i.code, i.dimension, i.kind, i.name_th, i.name_en, i.unit, i.numerator, i.denominator,
        i.better, i.target, i.computes, v.value, v.numerator, v.denominator, v.origin, v.assessor,
        v.declared_on
    FROM published.framework_indicators AS i
    LEFT JOIN published.eco_town_values AS v
        ON v.framework_id = i.framework_id AND v.code = i.code
        AND v.eco_town_id = %(code)s AND v.year = %(year)s
    WHERE i.framework_id = %(framework)s
    ORDER BY array_position(
        ARRAY['physical', 'economic', 'environmental', 'social', 'management'], i.dimension
    ), i.code
"""
EVIDENCE = """
    SELECT code, what, dated_on, office, link
    FROM published.eco_town_evidence
    WHERE framework_id = %(framework)s AND eco_town_id = %(code)s AND year = %(year)s
    ORDER BY code, dated_on, what
"""
RULES = """
    SELECT level, kind, least_met
    FROM published.framework_level_rules
    WHERE framework_id = %(framework)s
"""
ASSESSED = """
    SELECT level FROM published.eco_town_levels WHERE eco_town_id = %(code)s AND year = %(year)s
"""
# Years of which the town declares something, in whatever edition.
DECLARED_YEARS = """
    SELECT DISTINCT year FROM published.eco_town_values WHERE eco_town_id = %(code)s
"""


def point() -> Composed:
    """A point in the town."""
    return in_area(
        "eco_town",
        """
        SELECT ST_X(p.within), ST_Y(p.within)
        FROM area AS a
        CROSS JOIN LATERAL (SELECT ST_PointOnSurface(a.geom) AS within) AS p
        """,
    )


def hotspots() -> Composed:
    """How many but industrial ones were seen in the town in the year."""
    return in_area(
        "eco_town",
        """
        SELECT count(*)
        FROM area AS a
        JOIN published.hotspots AS h ON h.geom && a.geom AND ST_Intersects(a.geom, h.geom)
        WHERE h.observed_at >= %(since)s AND h.observed_at < %(until)s
            AND h.heat_source IS DISTINCT FROM 'industrial_static'
        """,
    )


def factories() -> Composed:
    """Operating factories in the town, and those with a certificate valid on %(day)s."""
    return in_area(
        "eco_town",
        """
        SELECT count(*), count(*) FILTER (WHERE EXISTS (
            SELECT FROM published.factory_certificates AS c
            WHERE c.factory_id = f.id AND c.issued_on <= %(day)s
                AND coalesce(c.expires_on >= %(day)s, true)
        ))
        FROM area AS a
        JOIN published.factories AS f ON f.geom && a.geom AND ST_Intersects(a.geom, f.geom)
        WHERE f.status = 'operating'
        """,
    )


def pm25_days() -> Composed:
    """Of the town's station with most of them: days from %(first_day)s to %(day)s above the
    standard %(standard)s, and days with a mean."""
    return in_area(
        "eco_town",
        """
        SELECT count(*) FILTER (WHERE d.pm25_24h > %(standard)s) AS above, count(*) AS known
        FROM published.air_station_places AS s
        JOIN published.air_station_days AS d USING (station_id)
        WHERE d.day BETWEEN %(first_day)s AND %(day)s AND d.pm25_24h IS NOT NULL
            AND EXISTS (
                SELECT FROM area AS a WHERE ST_Intersects(a.geom, ST_Point(s.lon, s.lat, 4326))
            )
        GROUP BY s.station_id
        ORDER BY above DESC, known DESC
        LIMIT 1
        """,
    )
