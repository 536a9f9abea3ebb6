CREATE VIEW published.fire_contribution AS
SELECT
    f.station_id || '.' || to_char(f.day, 'YYYYMMDD') AS id,
    s.geom,
    (f.day + INTERVAL '8 hours') AT TIME ZONE 'Asia/Bangkok' AS observed_at,
    f.station_id, s.name_th, s.name_en, f.day, f.pm25_24h, f.standard,
    CASE
        WHEN f.abstained IS NOT NULL THEN 'abstained'
        WHEN f.p_72h <= 0.05 THEN 'more'
        ELSE 'no_more'
    END AS finding,
    f.abstained, f.fires_24h, f.placebo_24h, f.p_24h, f.fires_72h, f.low_72h, f.high_72h,
    f.placebo_72h, f.p_72h, f.placebos, f.provisional, f.from_deg, f.from_km, f.spread_km, f.told_h,
    f.method, f.computed_at, f.run_id
FROM fire_contribution AS f
JOIN air_station AS s ON s.id = f.station_id
WHERE s.geom IS NOT NULL AND s.kind IS DISTINCT FROM 'model';
