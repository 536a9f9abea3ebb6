CREATE VIEW published.wind AS
SELECT
    m.id, s.geom, m.observed_at, m.station_id, s.name_th, s.name_en, s.kind,
    m.wind_speed_m_s AS speed_m_s, m.wind_from_deg AS from_deg,
    -- Below 1 m/s the direction says little.
    m.wind_speed_m_s < 1 AS calm,
    m.forecast, m.source
FROM air_measurement AS m
JOIN air_station AS s ON s.id = m.station_id
WHERE s.geom IS NOT NULL AND m.wind_speed_m_s IS NOT NULL;
