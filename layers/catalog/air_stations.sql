CREATE VIEW published.air_stations AS
SELECT
    s.id, s.geom, reading.observed_at, s.name_th, s.name_en, s.area_th, s.area_en, s.kind,
    coalesce(mean.pm25, reading.pm25_1h) AS pm25_ug_m3,
    CASE
        WHEN mean.pm25 IS NOT NULL THEN 24
        WHEN reading.pm25_1h IS NOT NULL THEN 1
    END AS pm25_averaging_h,
    thai_aqi_pm25(mean.pm25, mean.day) AS aqi,
    thai_aqi_pm25_class(mean.pm25, mean.day) AS aqi_class,
    reading.aqi_reported, reading.aqi_param, s.source
FROM air_station AS s
LEFT JOIN LATERAL (
    SELECT m.observed_at, m.pm25_24h, m.pm25_1h, m.aqi_reported, m.aqi_param
    FROM air_measurement AS m
    WHERE m.station_id = s.id AND NOT m.forecast
        AND coalesce(m.pm25_24h, m.pm25_1h, m.aqi_reported) IS NOT NULL
    ORDER BY m.observed_at DESC
    LIMIT 1
) AS reading ON true
LEFT JOIN LATERAL (
    -- The running mean that the feed gives, or else that of the hours where they suffice.
    SELECT
        (reading.observed_at AT TIME ZONE 'Asia/Bangkok')::date AS day,
        coalesce(reading.pm25_24h, (
            SELECT CASE WHEN count(h.pm25_1h) >= thai_aqi_least_hours()
                THEN round(avg(h.pm25_1h)::numeric, 1)::float8 END
            FROM air_measurement AS h
            WHERE h.station_id = s.id AND NOT h.forecast
                AND h.observed_at > reading.observed_at - INTERVAL '24 hours'
                AND h.observed_at <= reading.observed_at
        )) AS pm25
    OFFSET 0  -- Keeps the planner from working the mean out again wherever it is used.
) AS mean ON true
WHERE s.geom IS NOT NULL AND s.kind IS DISTINCT FROM 'model';
