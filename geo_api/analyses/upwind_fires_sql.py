"""Statements about fires upwind of factories: which days are due, and one day's reckoning."""

# The last 08:00 of which a wind is known, as a day.
NEWEST_DAY = """
    SELECT (m.observed_at AT TIME ZONE 'Asia/Bangkok' - INTERVAL '8 hours')::date
    FROM air_measurement AS m
    WHERE m.wind_speed_m_s IS NOT NULL AND NOT m.forecast
    ORDER BY m.observed_at DESC
    LIMIT 1
"""

# Of the days up to %(last)s those with wind that were never reckoned, that were reckoned before the
# simulated world was loaded, or that are so recent that fires may still be delivered.
DUE_DAYS = """
    SELECT d.day
    FROM (
        SELECT %(last)s::date - back AS day FROM generate_series(0, %(most_days)s) AS s (back)
    ) AS d
    LEFT JOIN LATERAL (
        SELECT min(c.run_id) AS run_id FROM upwind_coverage AS c WHERE c.day = d.day
    ) AS kept ON true
    WHERE d.day >= (
        SELECT (min(h.acquired_at) AT TIME ZONE 'Asia/Bangkok')::date FROM hotspot AS h
    ) AND (
        kept.run_id IS NULL
        OR d.day > %(last)s::date - %(open_days)s
        OR kept.run_id < (
            SELECT max(r.id) FROM run AS r WHERE r.source = 'demo' AND r.status = 'succeeded'
        )
    ) AND EXISTS (
        SELECT FROM air_measurement AS m
        WHERE m.wind_speed_m_s IS NOT NULL AND NOT m.forecast
            AND m.observed_at > (d.day + INTERVAL '8 hours') AT TIME ZONE 'Asia/Bangkok'
                - make_interval(hours => %(station_h)s)
            AND m.observed_at <= (d.day + INTERVAL '8 hours') AT TIME ZONE 'Asia/Bangkok'
    )
    ORDER BY d.day
"""

FORGET_DAY = """
    WITH coverage AS (DELETE FROM upwind_coverage WHERE day = %(day)s)
    DELETE FROM upwind_fire WHERE day = %(day)s
"""

# The factories with fires near are few: only these look for their station. The boxes of half a
# degree, more than 50 km up to 20.5° N, spare most geodesics.
KEEP_DAY = """
    WITH wind AS MATERIALIZED (
        SELECT DISTINCT ON (m.station_id)
            s.geom, CASE WHEN m.wind_speed_m_s >= %(calm_m_s)s THEN m.wind_from_deg END AS from_deg
        FROM air_measurement AS m
        JOIN air_station AS s ON s.id = m.station_id
        WHERE m.observed_at > %(end)s::timestamptz - make_interval(hours => %(station_h)s)
            AND m.observed_at <= %(end)s
            AND NOT m.forecast AND m.wind_speed_m_s IS NOT NULL AND s.geom IS NOT NULL
        ORDER BY m.station_id, m.observed_at DESC
    ), fire AS MATERIALIZED (
        SELECT geom, land_use, acquired_at
        FROM hotspot
        WHERE acquired_at >= %(start)s AND acquired_at < %(end)s
            AND heat_source IS DISTINCT FROM 'industrial_static'
    ), pair AS MATERIALIZED (
        SELECT f.id, f.province_code, f.geom AS place, h.geom AS fire, h.land_use, h.acquired_at
        FROM fire AS h
        JOIN factory AS f ON ST_DWithin(f.geom::geography, h.geom::geography, %(radius_m)s)
        WHERE f.status = 'operating'
    ), beside_fire AS MATERIALIZED (
        SELECT n.id, n.province_code, station.from_deg
        FROM (SELECT DISTINCT id, province_code, place FROM pair) AS n
        LEFT JOIN LATERAL (
            SELECT w.from_deg
            FROM wind AS w
            WHERE w.geom && ST_Expand(n.place, 0.5)
                AND ST_DWithin(w.geom::geography, n.place::geography, %(station_m)s)
            ORDER BY ST_Distance(w.geom::geography, n.place::geography)
            LIMIT 1
        ) AS station ON true
    ), upwind AS (
        SELECT p.id, p.land_use, p.acquired_at, seen.bearing_deg,
            ST_Distance(p.place::geography, p.fire::geography) AS distance_m
        FROM pair AS p
        JOIN beside_fire AS b ON b.id = p.id AND b.from_deg IS NOT NULL
        CROSS JOIN LATERAL (
            SELECT coalesce(
                degrees(ST_Azimuth(p.place::geography, p.fire::geography)), b.from_deg
            ) AS bearing_deg
        ) AS seen
        WHERE is_upwind(seen.bearing_deg, b.from_deg, %(upwind_deg)s)
    ), kept AS (
        INSERT INTO upwind_fire (
            day, factory_id, fires, nearest_m, nearest_bearing_deg, nearest_land_use,
            nearest_observed_at, run_id
        )
        SELECT DISTINCT ON (u.id)
            %(day)s, u.id, count(*) OVER (PARTITION BY u.id), u.distance_m, u.bearing_deg,
            u.land_use, u.acquired_at, %(run)s
        FROM upwind AS u
        ORDER BY u.id, u.distance_m, u.acquired_at DESC
        RETURNING factory_id
    ), coverage AS (
        INSERT INTO upwind_coverage (day, province_code, factories, judged, run_id)
        SELECT %(day)s, p.province_code, p.factories, p.factories - coalesce(u.factories, 0),
            %(run)s
        FROM (
            SELECT f.province_code, count(*) AS factories
            FROM factory AS f
            WHERE f.status = 'operating' AND f.geom IS NOT NULL
            GROUP BY f.province_code
        ) AS p
        LEFT JOIN (
            SELECT b.province_code, count(*) AS factories
            FROM beside_fire AS b
            WHERE b.from_deg IS NULL
            GROUP BY b.province_code
        ) AS u ON u.province_code IS NOT DISTINCT FROM p.province_code
        RETURNING factories, judged
    )
    SELECT (SELECT count(*) FROM wind), (SELECT count(*) FROM kept), sum(factories), sum(judged)
    FROM coverage
"""
