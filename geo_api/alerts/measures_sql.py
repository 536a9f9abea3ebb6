"""What each rule measures: of all its watches at once, as of %(now)s.

Each gives rows of watch, item, value and what a message says of it; none where nothing is measured.
Rules for everybody read the schema `published` alone.
"""

from collections.abc import Mapping

from geo_api.complaints.release_sql import HOME

# The watches %(watches)s.
STAGE_WATCHES = """
    CREATE TEMPORARY TABLE watching ON COMMIT DROP AS
    SELECT w.id, w.parameters, w.scope, w.place_id, p.kind, p.code, p.radius_m, p.geom
    FROM alert.watch AS w
    JOIN alert.place AS p ON p.id = w.place_id
    WHERE w.id = ANY (%(watches)s::bigint[]);
    CREATE INDEX ON watching (place_id);
    CREATE TEMPORARY TABLE watched_place ON COMMIT DROP AS
    SELECT DISTINCT ON (place_id) place_id, kind, radius_m, geom FROM watching ORDER BY place_id;
    ANALYZE watching, watched_place
"""

# Which of what was `seen` (id, geom) lies in which place. A degree is more than 100 km throughout
# Thailand; who lies on the border of two pieces of an outline is there once.
STAGE_FOUND = """
    CREATE TEMPORARY TABLE found ON COMMIT DROP AS
    SELECT w.place_id, s.id
    FROM watched_place AS w
    JOIN seen AS s
        ON s.geom && ST_Expand(w.geom, w.radius_m / 100000.0)
        AND ST_Distance(s.geom::geography, w.geom::geography) <= w.radius_m
    WHERE w.radius_m > 0
    UNION ALL
    SELECT DISTINCT w.place_id, s.id
    FROM watched_place AS w
    JOIN alert.place_piece AS q ON q.place_id = w.place_id
    JOIN seen AS s ON ST_Intersects(q.geom, s.geom)
    WHERE w.radius_m = 0;
    ANALYZE found
"""

INDEX_SEEN = "CREATE INDEX ON seen USING gist (geom); ANALYZE seen"

CLEAR_SEEN = "DROP TABLE IF EXISTS pg_temp.seen"
_DROP = "DROP TABLE IF EXISTS pg_temp.watching, pg_temp.watched_place, pg_temp.found"
CLEAR = f"{_DROP}, pg_temp.measured"

# What our model holds for the lasting heat of works is no fire.
_SEE_FIRES = """
    CREATE TEMPORARY TABLE seen ON COMMIT DROP AS
    SELECT row_number() OVER () AS id, h.geom, h.observed_at, h.satellite, h.land_use
    FROM published.hotspots AS h
    WHERE h.observed_at > %(now)s - INTERVAL '24 hours' AND h.observed_at <= %(now)s
        AND h.heat_class IS DISTINCT FROM 'industrial_static'
"""
_FIRES = """
    SELECT w.id, '', count(*)::float8, jsonb_build_object(
        'observed_at', max(s.observed_at), 'cane', count(*) FILTER (WHERE s.land_use = 'sugarcane'),
        'satellites', string_agg(DISTINCT s.satellite, ', ')
    )
    FROM watching AS w
    JOIN found AS f ON f.place_id = w.place_id
    JOIN seen AS s ON s.id = f.id
    WHERE w.parameters ->> 'land' = 'any' OR s.land_use = 'sugarcane'
    GROUP BY w.id
"""

# As geo_api/features/functions/upwind.sql has it, of the nearest station that is near and recent
# enough to speak for the place.
_UPWIND = """
    WITH wind AS MATERIALIZED (
        SELECT DISTINCT ON (station_id) geom, observed_at, speed_m_s,
            CASE WHEN NOT calm THEN from_deg END AS from_deg, coalesce(name_th, station_id) AS name
        FROM published.wind
        WHERE NOT forecast AND observed_at <= %(now)s
            AND observed_at > %(now)s - make_interval(hours => %(station_h)s)
        ORDER BY station_id, observed_at DESC
    ), blown AS MATERIALIZED (
        SELECT p.place_id, p.geom, n.from_deg, n.speed_m_s, n.name
        FROM watched_place AS p
        CROSS JOIN LATERAL (
            SELECT w.from_deg, w.speed_m_s, w.name
            FROM wind AS w
            WHERE ST_Distance(w.geom::geography, p.geom::geography) <= %(station_m)s
            ORDER BY ST_Distance(w.geom::geography, p.geom::geography), w.name LIMIT 1
        ) AS n
        WHERE p.place_id IN (SELECT place_id FROM found)
    ), upwind AS (
        SELECT b.place_id, b.from_deg, b.speed_m_s, b.name, count(*) AS fires,
            max(s.observed_at) AS observed_at,
            min(ST_Distance(s.geom::geography, b.geom::geography)) AS nearest_m
        FROM blown AS b
        JOIN found AS f ON f.place_id = b.place_id
        JOIN seen AS s ON s.id = f.id
        WHERE is_upwind(
            coalesce(degrees(ST_Azimuth(b.geom::geography, s.geom::geography)), b.from_deg),
            b.from_deg, %(upwind_deg)s
        )
        GROUP BY b.place_id, b.from_deg, b.speed_m_s, b.name
    )
    SELECT w.id, '', u.fires::float8, jsonb_build_object(
        'observed_at', u.observed_at, 'nearest_m', round(u.nearest_m), 'from_deg', u.from_deg,
        'speed_m_s', u.speed_m_s, 'station', u.name
    )
    FROM watching AS w JOIN upwind AS u ON u.place_id = w.place_id
"""

# How many readings up to the newest were above the standard of their day, one after the other; more
# than three hours between two, or since the newest, and nothing is known. The running mean that the
# feed gives, or else that of the hours where they suffice.
_SEE_AIR = """
    CREATE TEMPORARY TABLE seen ON COMMIT DROP AS
    WITH mean AS (
        SELECT station_id, geom, coalesce(name_th, station_id) AS name_th,
            coalesce(name_en, name_th, station_id) AS name_en, source, observed_at,
            coalesce(pm25_24h, CASE WHEN count(pm25_1h) OVER day >= thai_aqi_least_hours()
                THEN round((avg(pm25_1h) OVER day)::numeric, 1)::float8 END) AS pm25
        FROM published.air_quality
        WHERE NOT forecast AND kind IS DISTINCT FROM 'model'
            AND observed_at > %(now)s - INTERVAL '100 hours' AND observed_at <= %(now)s
        WINDOW day AS (
            PARTITION BY station_id ORDER BY observed_at
            RANGE BETWEEN INTERVAL '23 hours 30 minutes' PRECEDING AND CURRENT ROW
        )
    ), judged AS (
        SELECT mean.*,
            thai_aqi_pm25_class(pm25, (observed_at AT TIME ZONE 'Asia/Bangkok')::date)
                IN ('unhealthy_start', 'unhealthy') AS is_above,
            observed_at - lag(observed_at) OVER hours > INTERVAL '3 hours' AS after_gap
        FROM mean WHERE pm25 IS NOT NULL
        WINDOW hours AS (PARTITION BY station_id ORDER BY observed_at)
    ), newest AS (
        SELECT station_id, max(observed_at) AS at,
            max(observed_at) FILTER (WHERE NOT is_above) AS below_at,
            max(observed_at) FILTER (WHERE after_gap) AS gap_at
        FROM judged GROUP BY station_id
    )
    SELECT row_number() OVER () AS id, j.geom, j.station_id, j.name_th, j.name_en, j.source,
        j.observed_at, j.pm25,
        CASE WHEN (j.observed_at AT TIME ZONE 'Asia/Bangkok')::date >= DATE '2023-06-01'
            THEN 37.5 ELSE 50 END AS standard,
        (
            SELECT count(*) FROM judged AS o
            WHERE o.station_id = j.station_id AND o.is_above
                AND o.observed_at > coalesce(n.below_at, '-infinity')
                AND o.observed_at >= coalesce(n.gap_at, '-infinity')
        ) AS hours
    FROM newest AS n
    JOIN judged AS j ON j.station_id = n.station_id AND j.observed_at = n.at
    WHERE n.at > %(now)s - INTERVAL '3 hours'
"""
_AIR = """
    SELECT w.id, s.station_id, s.hours::float8, jsonb_build_object(
        'observed_at', s.observed_at, 'name_th', s.name_th, 'name_en', s.name_en,
        'source', s.source, 'pm25', s.pm25, 'standard', s.standard, 'lon', ST_X(s.geom),
        'lat', ST_Y(s.geom)
    )
    FROM watching AS w
    JOIN found AS f ON f.place_id = w.place_id
    JOIN seen AS s ON s.id = f.id
"""

_RELEASED = """
    SELECT w.id, r.period_start::text, r.homes::float8, jsonb_build_object(
        'observed_at', %(now)s, 'first_day', r.period_start, 'last_day', r.last_day,
        'released_on', r.released_on
    )
    FROM watching AS w
    JOIN LATERAL (
        SELECT (m.observed_at AT TIME ZONE 'Asia/Bangkok')::date AS period_start, m.last_day,
            m.released_on, m.homes
        FROM published.complaint_months AS m
        WHERE m.area = w.kind AND m.code = w.code AND m.homes IS NOT NULL
        ORDER BY m.observed_at DESC LIMIT 1
    ) AS r ON true
"""

# An imported complaint is of when it was reported: a backlog that is read today is none of today.
_CAME_AT = "CASE c.channel WHEN 'import' THEN c.reported_at ELSE c.received_at END"
_SEE_CASES = f"""
    CREATE TEMPORARY TABLE seen ON COMMIT DROP AS
    SELECT row_number() OVER () AS id, c.geom, {_CAME_AT} AS came_at, c.province_code,
        {HOME} AS home
    FROM complaint AS c
    WHERE c.geom IS NOT NULL AND NOT c.is_spam AND c.duplicate_of IS NULL
        AND {_CAME_AT} > %(now)s - INTERVAL '30 days' AND {_CAME_AT} <= %(now)s
"""
_COMPLAINANTS = """
    SELECT w.id, '', count(DISTINCT s.home)::float8, jsonb_build_object(
        'observed_at', max(s.came_at), 'cases', count(*)
    )
    FROM watching AS w
    JOIN found AS f ON f.place_id = w.place_id
    JOIN seen AS s ON s.id = f.id
    WHERE w.scope IN ('', s.province_code)
    GROUP BY w.id
"""

_SEE_CERTIFICATES = """
    CREATE TEMPORARY TABLE seen ON COMMIT DROP AS
    SELECT row_number() OVER () AS id, c.geom, c.id::text AS certificate, c.factory_id,
        c.factory_name, c.level, c.expires_on, c.days_left
    FROM published.certificates_expiring AS c
"""
_CERTIFICATES = """
    SELECT w.id, s.certificate || ' ' || s.expires_on, 1::float8, jsonb_build_object(
        'observed_at', %(now)s, 'factory', s.factory_id, 'name', s.factory_name,
        'level', s.level, 'expires_on', s.expires_on, 'days', s.days_left
    )
    FROM watching AS w
    JOIN found AS f ON f.place_id = w.place_id
    JOIN seen AS s ON s.id = f.id
    WHERE s.days_left <= (w.parameters ->> 'days')::integer
"""

# As /status has it: %(layers)s with a newest observation each, and whether that is too old.
_QUIET = """
    SELECT w.id, l.name, l.stale::integer::float8, jsonb_build_object(
        'observed_at', %(now)s, 'layer', l.name, 'newest', l.newest,
        'stale_after_h', l.stale_after_h
    )
    FROM watching AS w
    CROSS JOIN unnest(
        %(layers)s::text[], %(newest)s::timestamptz[], %(stale)s::boolean[],
        %(stale_after_h)s::float8[]
    ) AS l (name, newest, stale, stale_after_h)
    WHERE w.parameters ->> 'layer' IN ('any', l.name)
"""

_KPI = """
    WITH newest AS (
        SELECT DISTINCT ON (v.fiscal_year, v.code, v.area_code)
            v.fiscal_year, v.code, v.area_code, v.as_of, v.value, k.target, k.unit, k.name_th,
            k.name_en, k.owner,
            CASE k.better WHEN 'higher' THEN v.value >= k.target ELSE v.value <= k.target END
                AS is_met
        FROM published.kpi_values AS v
        JOIN published.kpis AS k ON k.fiscal_year = v.fiscal_year AND k.code = v.code
        WHERE k.target IS NOT NULL AND v.as_of <= %(now)s
        ORDER BY v.fiscal_year, v.code, v.area_code, v.as_of DESC
    )
    SELECT w.id, concat_ws(' ', n.fiscal_year, n.code, n.area_code),
        (n.is_met = (w.parameters ->> 'side' = 'met'))::integer::float8,
        jsonb_build_object(
            'observed_at', n.as_of::timestamp AT TIME ZONE 'Asia/Bangkok', 'name_th', n.name_th,
            'name_en', coalesce(n.name_en, n.name_th), 'value', n.value, 'target', n.target,
            'unit', n.unit, 'owner', n.owner, 'year', n.fiscal_year, 'code', n.code,
            'met', n.is_met
        )
    FROM watching AS w
    JOIN newest AS n ON n.area_code = CASE w.kind WHEN 'country' THEN 'TH' ELSE w.code END
    WHERE n.fiscal_year = (SELECT max(fiscal_year) FROM newest)
"""

# By rule: what is seen, where that has places to be found in, and what is measured.
MEASURES: Mapping[str, tuple[str | None, str]] = {
    "fires": (_SEE_FIRES, _FIRES),
    "air": (_SEE_AIR, _AIR),
    "upwind_fires": (_SEE_FIRES, _UPWIND),
    "complaints_released": (None, _RELEASED),
    "complainants": (_SEE_CASES, _COMPLAINANTS),
    "certificate_expiring": (_SEE_CERTIFICATES, _CERTIFICATES),
    "feed_quiet": (None, _QUIET),
    "kpi": (None, _KPI),
}


def keep_measured(measure: str) -> str:
    """The statement that puts what a rule measures into the table `measured`."""
    return f"""
        CREATE TEMPORARY TABLE measured (watch_id, item, value, detail) ON COMMIT DROP AS {measure}
    """
