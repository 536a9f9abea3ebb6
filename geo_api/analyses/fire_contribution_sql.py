"""Statements about fires along the air's way: which days are due, what is read, what is kept."""

# Days with a station above the standard of the date, and days judged that have none any more; of
# each what it was judged by, and what it would be judged by now: the places above the standard, the
# winds of its month and of the ways before, and the fires that its ways and placebos reach.
DAYS = """
    WITH above AS (
        SELECT d.day, array_agg(d.station_id ORDER BY d.station_id) AS stations,
            array_agg(d.pm25_24h ORDER BY d.station_id) AS means,
            bit_xor(hash_record_extended(ROW(s.id, ST_X(s.geom), ST_Y(s.geom)), 0)) AS places
        FROM air_station_day AS d
        JOIN air_station AS s ON s.id = d.station_id
        WHERE d.pm25_24h > CASE WHEN d.day >= %(since)s THEN %(standard)s ELSE %(before)s END
            AND s.geom IS NOT NULL AND s.kind IS DISTINCT FROM 'model'
            AND (%(day)s::date IS NULL OR d.day = %(day)s)
        GROUP BY d.day
    ), wind AS MATERIALIZED (
        SELECT (m.observed_at AT TIME ZONE 'Asia/Bangkok' + INTERVAL '16 hours')::date AS day,
            count(*) AS rows, max(m.run_id) AS run_id,
            bit_xor(hash_record_extended(ROW(
                m.station_id, m.observed_at, m.wind_speed_m_s, m.wind_from_deg,
                ST_X(s.geom), ST_Y(s.geom)
            ), 0)) AS values
        FROM air_measurement AS m
        JOIN air_station AS s ON s.id = m.station_id
        WHERE m.wind_speed_m_s IS NOT NULL AND NOT m.forecast AND s.geom IS NOT NULL
        GROUP BY 1
    ), fire AS MATERIALIZED (
        SELECT (h.acquired_at AT TIME ZONE 'Asia/Bangkok' + INTERVAL '16 hours')::date AS day,
            count(*) AS rows, max(h.run_id) AS run_id,
            bit_xor(hash_record_extended(ROW(
                h.id, h.acquired_at, h.heat_source, ST_X(h.geom), ST_Y(h.geom)
            ), 0)) AS values
        FROM hotspot AS h
        WHERE h.time_precision = 'minute'
        GROUP BY 1
    )
    SELECT coalesce(a.day, k.day) AS day, a.stations, a.means,
        concat_ws(
            '.', a.places, w.rows, w.run_id, w.values, f.rows, f.run_id, f.values
        ) AS fingerprint,
        k.fingerprint,
        (k.stations, k.means) IS NOT DISTINCT FROM (a.stations, a.means) AS as_judged
    FROM above AS a
    FULL JOIN (
        SELECT day, stations, means, fingerprint
        FROM fire_contribution_day
        WHERE %(day)s::date IS NULL OR day = %(day)s
    ) AS k ON k.day = a.day
    LEFT JOIN LATERAL (
        SELECT sum(o.rows) AS rows, max(o.run_id) AS run_id, bit_xor(o.values) AS values
        FROM wind AS o
        WHERE o.day >= date_trunc('month', a.day)::date - %(ways)s
            AND o.day <= (date_trunc('month', a.day) + INTERVAL '1 month')::date
    ) AS w ON true
    LEFT JOIN LATERAL (
        SELECT sum(o.rows) AS rows, max(o.run_id) AS run_id, bit_xor(o.values) AS values
        FROM fire AS o
        WHERE o.day >= a.day - %(days_before)s AND o.day <= a.day + %(days_after)s
    ) AS f ON true
    ORDER BY 1
"""

PLACES = """
    SELECT s.id, ST_X(s.geom), ST_Y(s.geom)
    FROM air_station AS s
    WHERE s.geom IS NOT NULL
    ORDER BY s.id
"""

# Hours by their number since %(start)s, the first being 1; models' points are among the stations. A
# mean is of values in one order, for in another it may differ in its last digit.
WINDS = """
    SELECT m.station_id,
        ceil(extract(epoch FROM m.observed_at - %(start)s) / 3600)::integer AS hour,
        avg(m.wind_speed_m_s ORDER BY m.observed_at),
        (array_agg(m.wind_from_deg ORDER BY m.observed_at DESC))[1]
    FROM air_measurement AS m
    JOIN air_station AS s ON s.id = m.station_id
    WHERE m.observed_at > %(start)s AND m.observed_at <= %(end)s
        AND m.wind_speed_m_s IS NOT NULL AND NOT m.forecast AND s.geom IS NOT NULL
    GROUP BY m.station_id, hour
"""

FIRST_AND_LAST_FIRE = """
    SELECT min(acquired_at), max(acquired_at)
    FROM hotspot
    WHERE time_precision = 'minute'
"""

# Detections but static industrial heat by cell and hour (since %(start)s, the first being 0) within
# the box.
FIRES = """
    SELECT (f.y * %(columns)s + f.x)::integer, f.hour, count(*)
    FROM (
        SELECT round((ST_X(h.geom) - %(west)s) / %(step)s) AS x,
            round((ST_Y(h.geom) - %(south)s) / %(step)s) AS y,
            floor(extract(epoch FROM h.acquired_at - %(start)s) / 3600)::integer AS hour
        FROM hotspot AS h
        WHERE h.acquired_at >= %(start)s AND h.acquired_at < %(end)s
            AND h.time_precision = 'minute'
            AND h.heat_source IS DISTINCT FROM 'industrial_static'
    ) AS f
    WHERE f.x BETWEEN 0 AND %(columns)s - 1 AND f.y BETWEEN 0 AND %(rows)s - 1
    GROUP BY 1, 2
"""

# Of these days what is judged no more.
FORGET = """
    WITH days AS (DELETE FROM fire_contribution_day WHERE day = ANY(%(days)s::date[]))
    DELETE FROM fire_contribution AS f
    WHERE f.day = ANY(%(days)s::date[]) AND NOT EXISTS (
        SELECT FROM unnest(%(kept_days)s::date[], %(kept_stations)s::text[]) AS k (day, station)
        WHERE (k.day, k.station) = (f.day, f.station_id)
    )
"""

KEEP_DAYS = """
    INSERT INTO fire_contribution_day (day, stations, means, provisional, fingerprint, run_id)
    SELECT d.day, d.stations, d.means, d.provisional, d.fingerprint, %(run)s
    FROM jsonb_to_recordset(%(days)s::jsonb) AS d (
        day date, stations text[], means float8[], provisional boolean, fingerprint text
    )
"""

_TOLD = (
    *("pm25_24h", "standard", "abstained", "told_h", "from_deg", "from_km", "spread_km"),
    *("fires_24h", "placebo_24h", "p_24h", "fires_72h", "low_72h", "high_72h", "placebo_72h"),
    *("p_72h", "placebos", "provisional", "method"),
)
_OTHER_TYPES = {
    "abstained": "text",
    "placebos": "smallint",
    "provisional": "boolean",
    "method": "text",
}
_COLUMNS = ", ".join(("day", "station_id", *_TOLD, "run_id"))
KEEP = f"""
    INSERT INTO fire_contribution ({_COLUMNS})
    SELECT r.day, r.station_id, {", ".join(f"r.{name}" for name in _TOLD)}, %(run)s
    FROM jsonb_to_recordset(%(rows)s::jsonb) AS r (
        day date, station_id text,
        {", ".join(f"{name} {_OTHER_TYPES.get(name, 'float8')}" for name in _TOLD)}
    )
"""

STAGED = "fire_contribution_anew"
STAGE = f"""
    CREATE TEMPORARY TABLE {STAGED} (LIKE fire_contribution INCLUDING DEFAULTS) ON COMMIT DROP
"""
# What is as it was keeps its Run, and when it was computed.
CHANGE = f"""
    UPDATE fire_contribution AS f SET
        {", ".join(f"{name} = r.{name}" for name in _TOLD)},
        computed_at = r.computed_at, run_id = r.run_id
    FROM {STAGED} AS r
    WHERE (f.day, f.station_id) = (r.day, r.station_id)
        AND ({", ".join(f"f.{name}" for name in _TOLD)})
            IS DISTINCT FROM ({", ".join(f"r.{name}" for name in _TOLD)})
"""
ADD = f"""
    INSERT INTO fire_contribution ({_COLUMNS})
    SELECT {_COLUMNS} FROM {STAGED}
    ON CONFLICT (day, station_id) DO NOTHING
"""
