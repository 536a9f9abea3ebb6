"""Statements of the release of complaints: what is due, homes by area and period, what is kept."""

from psycopg2.sql import SQL, Composed, Identifier

from layers.methods.complaint_release.steps import Area, Step

# Nobody else releases meanwhile, and a report that is being written is waited for: it belongs to a
# period that is about to be released.
LOCK = "LOCK TABLE complaint_release_period IN EXCLUSIVE MODE; LOCK TABLE complaint IN SHARE MODE"

TABLES = """
    SELECT name, epsilon, plan_epsilon, least_noisy, least_homes, least_mean, wait_days, is_split,
        review_on
    FROM complaint_table
    ORDER BY name
"""
LADDER = "SELECT period, area FROM complaint_step WHERE table_name = %(table)s ORDER BY step"
AREAS = """
    SELECT 'subdistrict', count(*) FROM subdistrict
    UNION ALL SELECT 'district', count(*) FROM district
    UNION ALL SELECT 'province', count(*) FROM province
    UNION ALL SELECT 'region', count(DISTINCT region) FROM province
    UNION ALL SELECT 'country', 1
"""

# The day (Thai) of the first complaint, and whether any is of the simulated world.
FIRST = """
    SELECT
        min(counted_at AT TIME ZONE 'Asia/Bangkok')::date,
        coalesce(bool_or(source = 'demo'), false)
    FROM complaint
    WHERE category IS NOT NULL AND NOT is_spam
"""

# A home is a contact that was verified, else a place to about 55 m.
HOME = """
    coalesce(
        c.home_key,
        'place:' || round(ST_X(c.geom)::numeric * 2000) || ':'
            || round(ST_Y(c.geom)::numeric * 2000),
        'complaint:' || c.id
    )
"""
_COUNTS = "c.category IS NOT NULL AND NOT c.is_spam"

YEARLY_HOMES = f"""
    SELECT count(DISTINCT {HOME})
    FROM complaint AS c
    WHERE {_COUNTS}
        AND c.counted_at >= (%(before)s::date - INTERVAL '1 year') AT TIME ZONE 'Asia/Bangkok'
        AND c.counted_at < %(before)s::date::timestamp AT TIME ZONE 'Asia/Bangkok'
"""

PLANS = """
    SELECT year, table_name, period, area, epsilon, least_noisy, least_homes, wait_days, is_split
    FROM complaint_plan
    ORDER BY year, table_name
"""
KEEP_PLAN = """
    INSERT INTO complaint_plan (
        year, table_name, period, area, epsilon, least_noisy, least_homes, wait_days, is_split,
        review_on, planned_at, simulated
    )
    SELECT %(year)s, name, %(period)s, %(area)s, epsilon, least_noisy, least_homes, wait_days,
        is_split, review_on, %(at)s, %(simulated)s
    FROM complaint_table
    WHERE name = %(table)s
"""
RELEASED = "SELECT table_name, period_start FROM complaint_release_period"

# Complaints from a day on, each with its home and the areas in which it lies: those that are known
# of it, else the first of those that share the border on which its point is.
STAGE_HOMES = f"""
    DROP TABLE IF EXISTS pg_temp.release_home;
    CREATE TEMPORARY TABLE release_home ON COMMIT DROP AS
    SELECT
        c.id, c.counted_at, (c.counted_at AT TIME ZONE 'Asia/Bangkok')::date AS day,
        {HOME} AS home, c.category,
        c.closed_at IS NOT NULL OR coalesce(c.status = 'closed', false) AS is_closed,
        coalesce(c.closed_at, c.last_activity_at) - c.counted_at AS took,
        a.subdistrict, a.district, p.code AS province, p.region, 'TH' AS country
    FROM complaint AS c
    LEFT JOIN LATERAL (
        SELECT code FROM subdistrict
        WHERE c.subdistrict_code IS NULL AND ST_Intersects(geom, c.geom) ORDER BY code LIMIT 1
    ) AS s ON true
    LEFT JOIN LATERAL (
        SELECT code FROM district
        WHERE c.district_code IS NULL AND coalesce(c.subdistrict_code, s.code) IS NULL
            AND ST_Intersects(geom, c.geom) ORDER BY code LIMIT 1
    ) AS d ON true
    CROSS JOIN LATERAL (
        SELECT
            coalesce(c.subdistrict_code, s.code) AS subdistrict,
            coalesce(c.district_code, d.code, left(coalesce(c.subdistrict_code, s.code), 4))
                AS district
    ) AS a
    LEFT JOIN LATERAL (
        SELECT code FROM province
        WHERE c.province_code IS NULL AND a.district IS NULL AND ST_Intersects(geom, c.geom)
        ORDER BY code LIMIT 1
    ) AS o ON true
    LEFT JOIN province AS p ON p.code = coalesce(c.province_code, left(a.district, 2), o.code)
    WHERE {_COUNTS}
        AND c.counted_at >= %(since)s::date::timestamp AT TIME ZONE 'Asia/Bangkok';
    CREATE INDEX ON release_home (day);
    ANALYZE release_home
"""


def homes(step: Step, *, is_split: bool) -> Composed:
    """By area code, category and whether it was dealt with, how many homes complained from
    %(start)s to before %(end)s: each counts once, with its first complaint. One that was closed
    nobody knows when is left out where that matters."""
    return (_SPLIT if is_split else _WHOLE).format(area=Identifier(step.area))


_WHOLE = SQL(
    """
    SELECT h.code, '', false, count(*)
    FROM (
        SELECT DISTINCT ON (home) {area} AS code
        FROM release_home
        WHERE day >= %(start)s AND day < %(end)s AND {area} IS NOT NULL
        ORDER BY home, counted_at, id
    ) AS h
    GROUP BY h.code
    ORDER BY h.code
    """
)
_SPLIT = SQL(
    """
    SELECT h.code, h.category, h.dealt_with, count(*)
    FROM (
        SELECT DISTINCT ON (home) {area} AS code, category,
            CASE WHEN NOT is_closed THEN false
                ELSE took <= make_interval(days => %(wait_days)s) END AS dealt_with
        FROM release_home
        WHERE day >= %(start)s AND day < %(end)s AND {area} IS NOT NULL
        ORDER BY home, counted_at, id
    ) AS h
    WHERE h.dealt_with IS NOT NULL
    GROUP BY h.code, h.category, h.dealt_with
    ORDER BY h.code, h.category, h.dealt_with
    """
)

HOUSES = "SELECT code, houses FROM subdistrict_houses"

KEEP_PERIOD = """
    INSERT INTO complaint_release_period (
        table_name, period, period_start, period_end, area, released_at, simulated, method,
        noise_95, run_id
    )
    VALUES (
        %(table)s, %(period)s, %(start)s, %(end)s, %(area)s, %(at)s, %(simulated)s, %(method)s,
        %(noise_95)s, %(run)s
    )
"""
KEEP_ROWS = """
    INSERT INTO complaint_release (
        table_name, period_start, area, area_code, category, dealt_with, homes
    )
    VALUES %s
"""


def keep_areas(area: Area) -> str:
    """Copies the areas of a kind as they are now, so that no answer changes before a release."""
    return _KEEP_AREAS.replace("AREAS", _OUTLINES[area])


_KEEP_AREAS = """
    INSERT INTO complaint_area (area, code, name_th, name_en, province_code, geom)
    AREAS
    ON CONFLICT (area, code) DO UPDATE SET
        name_th = excluded.name_th, name_en = excluded.name_en,
        province_code = excluded.province_code, geom = excluded.geom
    WHERE (complaint_area.name_th, complaint_area.name_en, complaint_area.geom)
        IS DISTINCT FROM (excluded.name_th, excluded.name_en, excluded.geom)
"""
_OUTLINES: dict[Area, str] = {
    "subdistrict": """
        SELECT 'subdistrict', code, name_th, name_en, left(code, 2), geom FROM subdistrict
    """,
    "district": "SELECT 'district', code, name_th, name_en, province_code, geom FROM district",
    "province": "SELECT 'province', code, name_th, name_en, code, geom FROM province",
    "region": """
        SELECT 'region', p.region, n.name_th, n.name_en, NULL, ST_Multi(ST_Union(p.geom))
        FROM province AS p
        JOIN (
            VALUES ('central', 'ภาคกลาง', 'Central'), ('east', 'ภาคตะวันออก', 'East'),
                ('northeast', 'ภาคตะวันออกเฉียงเหนือ', 'Northeast'), ('north', 'ภาคเหนือ', 'North'),
                ('west', 'ภาคตะวันตก', 'West'), ('south', 'ภาคใต้', 'South')
        ) AS n (region, name_th, name_en) USING (region)
        GROUP BY p.region, n.name_th, n.name_en
    """,
    "country": """
        SELECT 'country', 'TH', 'ทั้งประเทศ', 'Thailand', NULL, ST_Multi(ST_Union(geom))
        FROM province HAVING count(*) > 0
    """,
}
