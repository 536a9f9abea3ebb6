"""Statements about rasters and about the readings that they are made from."""

NEWEST_READING = """
    SELECT m.observed_at
    FROM air_measurement AS m
    JOIN air_station AS s ON s.id = m.station_id
    WHERE NOT m.forecast AND (m.pm25_24h IS NOT NULL OR m.pm25_1h IS NOT NULL)
        AND s.kind IN ('ground', 'mobile')
    ORDER BY m.observed_at DESC
    LIMIT 1
"""

# Of a station's own hours if there are enough of them; else its running mean at an hour so late
# that as many of the hours behind it are of that day.
STATION_MEANS = """
    WITH told AS (
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
            CASE WHEN t.hours >= %(least_hours)s THEN t.mean_of_hours ELSE t.running_mean END
                AS mean,
            a.source = 'demo' AS simulated
        FROM told AS t
        JOIN air_station AS a ON a.id = t.station_id
        WHERE a.kind IN ('ground', 'mobile') AND a.geom IS NOT NULL
    ) AS s
    WHERE s.mean IS NOT NULL
    ORDER BY s.id
"""

KEEP_RASTER = """
    INSERT INTO raster AS t (
        layer, day, path, bounds, method_th, method_en, stations, rmse, simulated, run_id
    )
    VALUES (
        %(layer)s, %(day)s, %(path)s, %(bounds)s, %(method_th)s, %(method_en)s, %(stations)s,
        %(rmse)s, %(simulated)s, %(run)s
    )
    ON CONFLICT (layer, day) DO UPDATE SET
        path = excluded.path, bounds = excluded.bounds, method_th = excluded.method_th,
        method_en = excluded.method_en, stations = excluded.stations, rmse = excluded.rmse,
        simulated = excluded.simulated, run_id = excluded.run_id, made_at = clock_timestamp()
    RETURNING xmax = 0
"""

RASTERS_OF = """
    SELECT day, path, bounds, method_th, method_en, stations, rmse, simulated, made_at
    FROM published.rasters
    WHERE layer = %(layer)s
    ORDER BY day DESC
"""

RASTER_OF = """
    SELECT day, path, bounds, method_th, method_en, stations, rmse, simulated, made_at
    FROM published.rasters
    WHERE layer = %(layer)s AND day = %(day)s
"""
