"""Statements about the readings of stations that the daily PM2.5 surface is made from."""

NEWEST_READING = """
    SELECT m.observed_at
    FROM air_measurement AS m
    JOIN air_station AS s ON s.id = m.station_id
    WHERE NOT m.forecast AND (m.pm25_24h IS NOT NULL OR m.pm25_1h IS NOT NULL)
        AND s.kind IN ('ground', 'mobile')
    ORDER BY m.observed_at DESC
    LIMIT 1
"""

# The land: nothing where no outline was ever loaded.
LAND = "SELECT ST_AsGeoJSON(geom) FROM province"

# Of a station's own hours if there are enough of them; else its running mean at an hour so late
# that as many of the hours behind it are of that day.
STATION_MEANS = """
    WITH daily AS (
        SELECT
            m.station_id,
            avg(m.pm25_1h) FILTER (WHERE m.pm25_1h >= 0) AS mean_of_hours,
            count(*) FILTER (WHERE m.pm25_1h >= 0) AS hours,
            (array_agg(m.pm25_24h ORDER BY m.observed_at DESC) FILTER (
                WHERE m.pm25_24h >= 0
                    AND m.observed_at >= %(start)s + make_interval(hours => %(least_hours)s)
            ))[1] AS running_mean
        FROM air_measurement AS m
        WHERE m.observed_at > %(start)s AND m.observed_at <= %(end)s AND NOT m.forecast
        GROUP BY m.station_id
    )
    SELECT s.lon, s.lat, s.mean, s.simulated
    FROM (
        SELECT
            a.id,
            ST_X(a.geom) AS lon,
            ST_Y(a.geom) AS lat,
            CASE WHEN d.hours >= %(least_hours)s THEN d.mean_of_hours ELSE d.running_mean END
                AS mean,
            a.source = 'demo' AS simulated
        FROM daily AS d
        JOIN air_station AS a ON a.id = d.station_id
        WHERE a.kind IN ('ground', 'mobile') AND a.geom IS NOT NULL
    ) AS s
    WHERE s.mean IS NOT NULL
    ORDER BY s.id
"""
