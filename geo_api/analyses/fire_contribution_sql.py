"""Statements about fires along the air's way: which days are due, what is read, what is kept."""

# Days with a station above the standard of the date that were never judged, were judged of other
# means or before their data changed, or provisionally; and days judged that have none any more.
# Of a day's fires and winds the newest Run counts: of those that its ways and placebos reach.
DUE_DAYS = """
    WITH above AS (
        SELECT d.day, array_agg(d.station_id ORDER BY d.station_id) AS stations,
            array_agg(d.pm25_24h ORDER BY d.station_id) AS means
        FROM air_station_day AS d
        JOIN air_station AS s ON s.id = d.station_id
        WHERE d.pm25_24h > CASE WHEN d.day >= %(since)s THEN %(standard)s ELSE %(before)s END
            AND s.geom IS NOT NULL AND s.kind IS DISTINCT FROM 'model'
            AND (%(day)s::date IS NULL OR d.day = %(day)s)
        GROUP BY d.day
    ), written AS (
        SELECT w.day, max(w.run_id) AS run_id
        FROM (
            SELECT (m.observed_at AT TIME ZONE 'Asia/Bangkok' + INTERVAL '16 hours')::date AS day,
                max(m.run_id) AS run_id
            FROM air_measurement AS m
            WHERE m.wind_speed_m_s IS NOT NULL AND NOT m.forecast
            GROUP BY 1
            UNION ALL
            SELECT (h.acquired_at AT TIME ZONE 'Asia/Bangkok' + INTERVAL '16 hours')::date,
                max(h.run_id)
            FROM hotspot AS h
            GROUP BY 1
        ) AS w
        GROUP BY w.day
    ), reached AS (
        SELECT w.day, max(w.run_id) OVER (
            ORDER BY w.day
            RANGE BETWEEN make_interval(days => %(days_before)s) PRECEDING
                AND make_interval(days => %(days_after)s) FOLLOWING
        ) AS run_id
        FROM written AS w
    )
    SELECT coalesce(a.day, k.day) AS day, a.stations, a.means
    FROM above AS a
    FULL JOIN (
        SELECT day, stations, means, provisional, run_id
        FROM fire_contribution_day
        WHERE %(day)s::date IS NULL OR day = %(day)s
    ) AS k ON k.day = a.day
    LEFT JOIN reached AS r ON r.day = a.day
    WHERE a.day IS NULL OR k.day IS NULL OR k.provisional OR %(day)s::date IS NOT NULL
        OR (k.stations, k.means) IS DISTINCT FROM (a.stations, a.means)
        OR k.run_id < r.run_id
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

FORGET = """
    WITH days AS (DELETE FROM fire_contribution_day WHERE day = ANY(%(days)s::date[]))
    DELETE FROM fire_contribution WHERE day = ANY(%(days)s::date[])
"""

KEEP_DAYS = """
    INSERT INTO fire_contribution_day (day, stations, means, provisional, run_id)
    SELECT d.day, d.stations, d.means, d.provisional, %(run)s
    FROM jsonb_to_recordset(%(days)s::jsonb) AS d (
        day date, stations text[], means float8[], provisional boolean
    )
"""

KEEP = """
    INSERT INTO fire_contribution (
        day, station_id, pm25_24h, standard, abstained, told_h, from_deg, from_km, spread_km,
        fires_24h, placebo_24h, p_24h, fires_72h, low_72h, high_72h, placebo_72h, p_72h, placebos,
        provisional, method, run_id
    )
    SELECT
        r.day, r.station_id, r.pm25_24h, r.standard, r.abstained, r.told_h, r.from_deg, r.from_km,
        r.spread_km, r.fires_24h, r.placebo_24h, r.p_24h, r.fires_72h, r.low_72h, r.high_72h,
        r.placebo_72h, r.p_72h, r.placebos, r.provisional, r.method, %(run)s
    FROM jsonb_to_recordset(%(rows)s::jsonb) AS r (
        day date, station_id text, pm25_24h float8, standard float8, abstained text, told_h float8,
        from_deg float8, from_km float8, spread_km float8, fires_24h float8, placebo_24h float8,
        p_24h float8, fires_72h float8, low_72h float8, high_72h float8, placebo_72h float8,
        p_72h float8, placebos smallint, provisional boolean, method text
    )
"""
