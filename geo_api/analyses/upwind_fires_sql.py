"""Statements about fires upwind of factories: which days are due, and the reckoning of several.

A fire and a factory lie within ten kilometres or they do not: what that takes is reckoned by plain
arithmetic about the fire's latitude, which errs by less than three metres and a fiftieth of a
degree there; where that could matter the geodesic decides, and what is kept is the geodesic's.
"""

# The last 08:00 of which a wind is known, as a day.
NEWEST_DAY = """
    SELECT (m.observed_at AT TIME ZONE 'Asia/Bangkok' - INTERVAL '8 hours')::date
    FROM air_measurement AS m
    WHERE m.wind_speed_m_s IS NOT NULL AND NOT m.forecast
    ORDER BY m.observed_at DESC
    LIMIT 1
"""

LAST_KEPT = "SELECT max(day) FROM upwind_coverage"

# The factories that operate, as they are now: by province, and what tells them from others. What
# the simulated world is loaded over is another register, whatever it says.
REGISTER = """
    CREATE TEMPORARY TABLE upwind_register ON COMMIT DROP AS
    SELECT f.province_code, count(*) AS factories,
        bit_xor(hash_record_extended(ROW(f.id, ST_X(f.geom), ST_Y(f.geom)), 0)) AS known
    FROM factory AS f
    WHERE f.status = 'operating' AND f.geom IS NOT NULL
    GROUP BY f.province_code
"""

# The days from the first fire to %(last)s, %(most_days)s at most, that had a wind in the hours to
# 08:00; with what they are to be known by.
READ_DAYS = """
    CREATE TEMPORARY TABLE upwind_read ON COMMIT DROP AS
    WITH fire AS (
        SELECT (h.acquired_at AT TIME ZONE 'Asia/Bangkok' + INTERVAL '16 hours')::date AS day,
            count(*) AS rows, max(h.run_id) AS run_id,
            bit_xor(hash_record_extended(ROW(
                h.id, h.acquired_at, h.land_use, ST_X(h.geom), ST_Y(h.geom)
            ), 0)) AS values
        FROM hotspot AS h
        WHERE h.heat_source IS DISTINCT FROM 'industrial_static'
        GROUP BY 1
    ), wind AS (
        SELECT w.day, count(*) AS rows, max(m.run_id) AS run_id,
            bit_xor(hash_record_extended(ROW(
                m.station_id, m.observed_at, m.wind_speed_m_s, m.wind_from_deg,
                ST_X(s.geom), ST_Y(s.geom)
            ), 0)) AS values
        FROM air_measurement AS m
        JOIN air_station AS s ON s.id = m.station_id
        CROSS JOIN LATERAL (
            SELECT (m.observed_at AT TIME ZONE 'Asia/Bangkok')::date AS day,
                m.observed_at AT TIME ZONE 'Asia/Bangkok' AS at
        ) AS w
        WHERE m.wind_speed_m_s IS NOT NULL AND NOT m.forecast AND s.geom IS NOT NULL
            AND w.at <= w.day + INTERVAL '8 hours'
            AND w.at > w.day + INTERVAL '8 hours' - make_interval(hours => %(station_h)s)
        GROUP BY w.day
    )
    SELECT w.day,
        concat_ws(
            '.', w.rows, w.run_id, w.values, f.rows, f.run_id, f.values,
            (SELECT max(r.id) FROM run AS r WHERE r.source = 'demo' AND r.status = 'succeeded')
        ) AS fingerprint,
        (
            SELECT md5(string_agg(
                concat_ws('.', g.province_code, g.factories, g.known), ',' ORDER BY g.province_code
            ))
            FROM upwind_register AS g
        ) AS register
    FROM wind AS w
    LEFT JOIN fire AS f ON f.day = w.day
    WHERE w.day <= %(last)s AND w.day >= %(last)s - %(most_days)s
        AND w.day >= (
            SELECT (min(h.acquired_at) AT TIME ZONE 'Asia/Bangkok')::date FROM hotspot AS h
        )
"""

# Of these the days that were never reckoned, or from other winds or fires; the last %(open_days)s
# also where the register is another; for %(anew)s all.
DUE_DAYS = """
    SELECT r.day
    FROM upwind_read AS r
    LEFT JOIN upwind_day AS k ON k.day = r.day
    WHERE %(anew)s OR k.day IS NULL OR k.fingerprint <> r.fingerprint
        OR r.day > %(last)s::date - %(open_days)s
            AND k.register <> coalesce(r.register, '')
    ORDER BY r.day
"""
KNOWN_BY = """
    SELECT r.day, r.fingerprint, coalesce(r.register, '')
    FROM upwind_read AS r
    WHERE r.day = ANY(%(days)s::date[])
"""
# The same of a part's days, which it is given.
ARE_KNOWN_BY = """
    CREATE TEMPORARY TABLE upwind_read ON COMMIT DROP AS
    SELECT d.day, d.fingerprint, d.register
    FROM unnest(%(days)s::date[], %(fingerprints)s::text[], %(registers)s::text[])
        AS d (day, fingerprint, register)
"""
IS_READ = "SELECT EXISTS (SELECT FROM upwind_read AS r WHERE r.day = %(day)s)"

# Days, of those that it looks back to, whose winds were taken back.
GONE_DAYS = """
    SELECT DISTINCT c.day
    FROM upwind_coverage AS c
    WHERE c.day >= %(last)s::date - %(most_days)s
        AND NOT EXISTS (SELECT FROM upwind_read AS r WHERE r.day = c.day)
"""

FORGET_DAYS = """
    WITH coverage AS (
        DELETE FROM upwind_coverage WHERE day = ANY(%(days)s::date[])
    ), days AS (
        DELETE FROM upwind_day WHERE day = ANY(%(days)s::date[])
    )
    DELETE FROM upwind_fire WHERE day = ANY(%(days)s::date[])
"""

STAGE = """
    CREATE TEMPORARY TABLE upwind_beside (
        day date, factory_id text COLLATE "C", province_code text COLLATE "C"
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE upwind_station (
        factory_id text COLLATE "C", station_id text COLLATE "C", metres float8
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE upwind_known (
        factory_id text COLLATE "C" PRIMARY KEY
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE upwind_told (
        day date, factory_id text COLLATE "C", from_deg float8
    ) ON COMMIT DROP
"""

# Each fire `h` of the days and each operating factory `f` within %(radius_m)s of it, with the way
# `p` from the factory to the fire. The box is a little wider than ten kilometres: a degree of
# latitude has at least 110.5 km, one of longitude at the equator 111.3 km.
_FIRE = """
    fire AS MATERIALIZED (
        SELECT o.day, o.geom, o.lon, o.lat, o.land_use, o.acquired_at,
            radians(6378137 * cos(radians(o.lat)) / sqrt(o.w)) AS metres_east,
            radians(6335439.32729 / o.w ^ 1.5) AS metres_north,
            sin(radians(o.lat)) / 2 AS turn
        FROM (
            SELECT (h.acquired_at AT TIME ZONE 'Asia/Bangkok' + INTERVAL '16 hours')::date AS day,
                h.geom, ST_X(h.geom) AS lon, ST_Y(h.geom) AS lat, h.land_use, h.acquired_at,
                1 - 0.00669437999014 * sin(radians(ST_Y(h.geom))) ^ 2 AS w
            FROM hotspot AS h
            WHERE h.acquired_at >= %(start)s AND h.acquired_at < %(end)s
                AND h.heat_source IS DISTINCT FROM 'industrial_static'
        ) AS o
        WHERE o.day = ANY(%(days)s::date[])
    )
"""
_NEAR = """
    fire AS h
    JOIN factory AS f ON f.geom && ST_Expand(
        h.geom, 0.0907 * %(radius_m)s / 10000 / cos(radians(h.lat)), 0.0907 * %(radius_m)s / 10000
    )
    CROSS JOIN LATERAL (
        SELECT (h.lon - ST_X(f.geom)) * h.metres_east AS east,
            (h.lat - ST_Y(f.geom)) * h.metres_north AS north
        OFFSET 0
    ) AS p
"""
_IS_NEAR = """
    f.status = 'operating'
    AND p.east * p.east + p.north * p.north < (%(radius_m)s + 5.0) ^ 2
    AND (
        p.east * p.east + p.north * p.north < (%(radius_m)s - 5.0) ^ 2
        OR ST_DWithin(f.geom::geography, h.geom::geography, %(radius_m)s)
    )
"""

BESIDE = (
    "TRUNCATE upwind_beside; WITH"
    + _FIRE
    + "INSERT INTO upwind_beside SELECT DISTINCT h.day, f.id, f.province_code FROM"
    + _NEAR
    + "WHERE"
    + _IS_NEAR
    + "; ANALYZE upwind_beside"
)

# Of the factories among them that were not met before, the stations within %(station_m)s: by the
# formula of the middle latitude, which errs by decimetres there, and by the geodesic at the edge.
STATIONS = """
    WITH met AS MATERIALIZED (
        INSERT INTO upwind_known
        SELECT DISTINCT b.factory_id FROM upwind_beside AS b
        ON CONFLICT DO NOTHING
        RETURNING factory_id
    )
    INSERT INTO upwind_station
    SELECT f.id, s.id, p.metres
    FROM met AS m
    JOIN factory AS f ON f.id = m.factory_id
    JOIN air_station AS s ON s.geom && ST_Expand(
        f.geom, 0.0907 * %(station_m)s / 10000 / cos(radians(ST_Y(f.geom)) + 0.01),
        0.0907 * %(station_m)s / 10000
    )
    CROSS JOIN LATERAL (
        SELECT radians((ST_Y(f.geom) + ST_Y(s.geom)) / 2) AS lat OFFSET 0
    ) AS middle
    CROSS JOIN LATERAL (
        SELECT 1 - 0.00669437999014 * sin(middle.lat) ^ 2 AS w OFFSET 0
    ) AS e
    CROSS JOIN LATERAL (
        SELECT sqrt(
            (radians(ST_X(s.geom) - ST_X(f.geom)) * 6378137 * cos(middle.lat)) ^ 2 / e.w
            + (radians(ST_Y(s.geom) - ST_Y(f.geom)) * 6335439.32729) ^ 2 / e.w ^ 3
        ) AS metres
        OFFSET 0
    ) AS p
    WHERE p.metres < %(station_m)s + 5.0 AND (
        p.metres < %(station_m)s - 5.0
        OR ST_DWithin(s.geom::geography, f.geom::geography, %(station_m)s)
    );
    ANALYZE upwind_station
"""

# Each factory's wind is that of the nearest station that has one that day.
TOLD = """
    TRUNCATE upwind_told;
    WITH wind AS MATERIALIZED (
        SELECT DISTINCT ON (d.day, m.station_id)
            d.day, m.station_id,
            CASE WHEN m.wind_speed_m_s >= %(calm_m_s)s THEN m.wind_from_deg END AS from_deg
        FROM (
            SELECT day, (day + TIME '08:00') AT TIME ZONE 'Asia/Bangkok' AS ends_at
            FROM unnest(%(days)s::date[]) AS a (day)
        ) AS d
        JOIN air_measurement AS m
            ON m.observed_at > d.ends_at - make_interval(hours => %(station_h)s)
            AND m.observed_at <= d.ends_at
        WHERE m.observed_at > %(start)s AND m.observed_at <= %(end)s
            AND NOT m.forecast AND m.wind_speed_m_s IS NOT NULL
        ORDER BY d.day, m.station_id, m.observed_at DESC
    )
    INSERT INTO upwind_told
    SELECT DISTINCT ON (b.day, b.factory_id) b.day, b.factory_id, w.from_deg
    FROM upwind_beside AS b
    JOIN upwind_station AS s ON s.factory_id = b.factory_id
    JOIN wind AS w ON (w.day, w.station_id) = (b.day, s.station_id)
    ORDER BY b.day, b.factory_id, s.metres;
    ANALYZE upwind_told
"""

# Half of the turn between the meridians of both is of the bearing at the factory. A factory whose
# wind has no direction, in a calm, is not judged. Of each day: factories with fires upwind, judged,
# all.
KEEP = (
    "WITH"
    + _FIRE
    + """
    , upwind AS (
        SELECT h.day, f.id AS factory_id, f.geom AS place, h.geom AS fire, h.land_use,
            h.acquired_at, p.east * p.east + p.north * p.north AS square_m, t.from_deg
        FROM"""
    + _NEAR
    + """
        JOIN upwind_told AS t ON (t.day, t.factory_id) = (h.day, f.id) AND t.from_deg IS NOT NULL
        CROSS JOIN LATERAL (
            SELECT CASE WHEN p.east <> 0 OR p.north <> 0 THEN
                degrees(atan2(p.east, p.north)) - (h.lon - ST_X(f.geom)) * h.turn - t.from_deg
            ELSE 0 END AS deg
            OFFSET 0
        ) AS off
        WHERE"""
    + _IS_NEAR
    + """
        AND abs(off.deg - 360 * round(off.deg / 360)) < %(upwind_deg)s + 0.05
        AND (
            abs(off.deg - 360 * round(off.deg / 360)) < %(upwind_deg)s - 0.05
            OR is_upwind(
                degrees(ST_Azimuth(f.geom::geography, h.geom::geography)), t.from_deg,
                %(upwind_deg)s
            )
        )
    ), nearest AS (
        SELECT DISTINCT ON (u.day, u.factory_id)
            u.day, u.factory_id, count(*) OVER (PARTITION BY u.day, u.factory_id) AS fires,
            u.place::geography AS place, u.fire::geography AS fire, u.from_deg, u.land_use,
            u.acquired_at
        FROM upwind AS u
        ORDER BY u.day, u.factory_id, u.square_m, u.acquired_at DESC
    ), kept AS (
        INSERT INTO upwind_fire (
            day, factory_id, fires, nearest_m, nearest_bearing_deg, nearest_land_use,
            nearest_observed_at, run_id
        )
        SELECT n.day, n.factory_id, n.fires, ST_Distance(n.place, n.fire),
            coalesce(degrees(ST_Azimuth(n.place, n.fire)), n.from_deg), n.land_use, n.acquired_at,
            %(run)s
        FROM nearest AS n
        RETURNING day
    ), unknown AS (
        SELECT b.day, b.province_code, count(*) AS factories
        FROM upwind_beside AS b
        LEFT JOIN upwind_told AS t ON (t.day, t.factory_id) = (b.day, b.factory_id)
        WHERE t.from_deg IS NULL
        GROUP BY b.day, b.province_code
    ), coverage AS (
        INSERT INTO upwind_coverage (day, province_code, factories, judged, run_id)
        SELECT d.day, g.province_code, g.factories, g.factories - coalesce(u.factories, 0), %(run)s
        FROM unnest(%(days)s::date[]) AS d (day)
        CROSS JOIN upwind_register AS g
        LEFT JOIN unknown AS u
            ON u.day = d.day AND u.province_code IS NOT DISTINCT FROM g.province_code
        RETURNING day, factories, judged
    ), days AS (
        INSERT INTO upwind_day (day, fingerprint, register, run_id)
        SELECT r.day, r.fingerprint, coalesce(r.register, ''), %(run)s
        FROM upwind_read AS r
        WHERE r.day = ANY(%(days)s::date[])
    ), upwind_days AS (
        SELECT k.day, count(*) AS factories FROM kept AS k GROUP BY k.day
    )
    SELECT d.day, coalesce(max(u.factories), 0), coalesce(sum(c.judged), 0),
        coalesce(sum(c.factories), 0)
    FROM unnest(%(days)s::date[]) AS d (day)
    LEFT JOIN coverage AS c ON c.day = d.day
    LEFT JOIN upwind_days AS u ON u.day = d.day
    GROUP BY d.day
    ORDER BY d.day
    """
)
