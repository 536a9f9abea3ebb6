"""Statements about the readings of stations that the PM2.5 surfaces are made from.

A reading carries the time at which its hour ends: that of midnight is of the day before.
"""

NEWEST_READING = """
    SELECT m.observed_at
    FROM air_measurement AS m
    JOIN air_station AS s ON s.id = m.station_id
    WHERE NOT m.forecast AND (m.pm25_24h IS NOT NULL OR m.pm25_1h IS NOT NULL)
        AND s.kind IN ('ground', 'mobile')
    ORDER BY m.observed_at DESC
    LIMIT 1
"""

# The newest run among the readings of a day.
NEWEST_OF_DAY = """
    SELECT max(m.run_id)
    FROM air_measurement AS m
    JOIN air_station AS s ON s.id = m.station_id
    WHERE NOT m.forecast AND (m.pm25_1h >= 0 OR m.pm25_24h >= 0)
        AND s.kind IN ('ground', 'mobile') AND s.geom IS NOT NULL
        AND m.observed_at > %(day)s::date::timestamp AT TIME ZONE 'Asia/Bangkok'
        AND m.observed_at <= (%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Bangkok'
"""

# The %(most)s newest of the days whose readings are not those that their surface was made from, or
# by another version of the method; oldest first.
DUE_DAYS = """
    SELECT d.day, d.newest_input
    FROM (
        SELECT r.day, r.newest_input
        FROM (
            SELECT
                (m.observed_at AT TIME ZONE 'Asia/Bangkok' - INTERVAL '1 second')::date AS day,
                max(m.run_id) AS newest_input,
                count(DISTINCT m.station_id) AS stations
            FROM air_measurement AS m
            JOIN air_station AS s ON s.id = m.station_id
            WHERE NOT m.forecast AND (m.pm25_1h >= 0 OR m.pm25_24h >= 0)
                AND s.kind IN ('ground', 'mobile') AND s.geom IS NOT NULL
                AND m.observed_at <= (%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Bangkok'
            GROUP BY 1
        ) AS r
        LEFT JOIN raster AS k ON k.layer = %(layer)s AND k.day = r.day
        WHERE r.stations >= %(least_stations)s AND (
            k.day IS NULL OR k.version IS DISTINCT FROM %(version)s
            OR k.newest_input IS DISTINCT FROM r.newest_input
        )
        ORDER BY r.day DESC
        LIMIT %(most)s
    ) AS d
    ORDER BY d.day
"""

# Of a station's own hours if there are enough of them; else its running mean at an hour so late
# that as many of the hours behind it are of that day. `slot` is the place of the day in %(days)s.
STATION_MEANS = """
    WITH asked AS (
        SELECT
            d.day, d.place - 1 AS slot, d.day::timestamp AT TIME ZONE 'Asia/Bangkok' AS start_at
        FROM unnest(%(days)s::date[]) WITH ORDINALITY AS d (day, place)
    ), daily AS (
        SELECT
            m.station_id,
            q.slot,
            avg(m.pm25_1h) FILTER (WHERE m.pm25_1h >= 0) AS mean_of_hours,
            count(*) FILTER (WHERE m.pm25_1h >= 0) AS hours,
            (array_agg(m.pm25_24h ORDER BY m.observed_at DESC) FILTER (
                WHERE m.pm25_24h >= 0
                    AND m.observed_at >= q.start_at + make_interval(hours => %(least_hours)s)
            ))[1] AS running_mean
        FROM air_measurement AS m
        JOIN asked AS q
            ON q.day = (m.observed_at AT TIME ZONE 'Asia/Bangkok' - INTERVAL '1 second')::date
        WHERE NOT m.forecast
            AND m.observed_at > (SELECT min(start_at) FROM asked)
            AND m.observed_at <= (SELECT max(start_at) + INTERVAL '1 day' FROM asked)
        GROUP BY m.station_id, q.slot
    )
    SELECT s.id, s.lon, s.lat, s.simulated, s.slot, s.mean
    FROM (
        SELECT
            a.id,
            ST_X(a.geom) AS lon,
            ST_Y(a.geom) AS lat,
            a.source = 'demo' AS simulated,
            d.slot,
            CASE WHEN d.hours >= %(least_hours)s THEN d.mean_of_hours ELSE d.running_mean END
                AS mean
        FROM daily AS d
        JOIN air_station AS a ON a.id = d.station_id
        WHERE a.kind IN ('ground', 'mobile') AND a.geom IS NOT NULL
    ) AS s
    WHERE s.mean IS NOT NULL
    ORDER BY s.id, s.slot
"""
