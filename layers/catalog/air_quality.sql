CREATE VIEW published.air_quality AS
SELECT
    m.id, s.geom, m.observed_at, m.station_id, s.name_th, s.name_en, s.kind,
    m.pm25_1h, m.pm25_24h, m.pm10_1h, m.pm10_24h, m.o3_1h, m.o3_8h, m.co_1h, m.co_8h,
    m.no2_1h, m.so2_1h, m.temperature_c, m.humidity_pct, m.aqi_reported, m.aqi_param,
    m.forecast, m.source
FROM air_measurement AS m
JOIN air_station AS s ON s.id = m.station_id
WHERE s.geom IS NOT NULL
    AND coalesce(
        m.pm25_1h, m.pm25_24h, m.pm10_1h, m.pm10_24h, m.o3_1h, m.o3_8h, m.co_1h, m.co_8h,
        m.no2_1h, m.so2_1h, m.aqi_reported
    ) IS NOT NULL;
