"""Statements about the single hours that stations measured."""

# The newest hour of which a station has PM2.5.
NEWEST_HOUR = """
    SELECT m.observed_at
    FROM air_measurement AS m
    JOIN air_station AS s ON s.id = m.station_id
    WHERE NOT m.forecast AND m.pm25_1h IS NOT NULL AND s.kind IN ('ground', 'mobile')
    ORDER BY m.observed_at DESC
    LIMIT 1
"""

# The hours that end after %(after)s and up to %(until)s: of these all, or without %(all)s those
# whose readings are not those that their surface was made from, or by another version.
DUE_HOURS = """
    SELECT r.day, r.hour, r.newest_input
    FROM (
        SELECT
            (m.observed_at AT TIME ZONE 'Asia/Bangkok' - INTERVAL '1 hour')::date AS day,
            extract(hour FROM m.observed_at AT TIME ZONE 'Asia/Bangkok' - INTERVAL '1 hour')::int
                + 1 AS hour,
            max(m.run_id) AS newest_input,
            count(*) AS stations
        FROM air_measurement AS m
        JOIN air_station AS s ON s.id = m.station_id
        WHERE NOT m.forecast AND m.pm25_1h >= 0
            AND s.kind IN ('ground', 'mobile') AND s.geom IS NOT NULL
            AND m.observed_at > %(after)s AND m.observed_at <= %(until)s
            AND date_trunc('hour', m.observed_at) = m.observed_at
        GROUP BY m.observed_at
    ) AS r
    LEFT JOIN raster AS k ON k.layer = %(layer)s AND (k.day, k.hour) = (r.day, r.hour)
    WHERE r.stations >= %(least_stations)s AND (
        %(all)s OR k.day IS NULL OR k.version IS DISTINCT FROM %(version)s
        OR k.newest_input IS DISTINCT FROM r.newest_input
    )
    ORDER BY r.day, r.hour
"""

# `slot` is the place of the hour in %(ends)s.
STATION_HOURS = """
    SELECT
        s.id, ST_X(s.geom), ST_Y(s.geom), s.source = 'demo', q.place - 1 AS slot, m.pm25_1h
    FROM unnest(%(ends)s::timestamptz[]) WITH ORDINALITY AS q (ends_at, place)
    JOIN air_measurement AS m ON m.observed_at = q.ends_at
    JOIN air_station AS s ON s.id = m.station_id
    WHERE NOT m.forecast AND m.pm25_1h >= 0 AND s.kind IN ('ground', 'mobile')
        AND s.geom IS NOT NULL
    ORDER BY s.id, slot
"""
