CREATE VIEW published.season_comparison AS
SELECT
    concat_ws('-', c.season, c.area_code, coalesce(nullif(c.land_use, ''), 'unknown')) AS id,
    CASE WHEN c.land_use = 'all' THEN p.geom END AS geom,
    (c.last_day + TIME '08:00') AT TIME ZONE 'Asia/Bangkok' AS observed_at,
    c.season,
    c.this_season,
    c.area_kind,
    c.area_code,
    p.name_th,
    p.name_en,
    coalesce(nullif(c.land_use, ''), 'unknown') AS land_use,
    c.first_day,
    c.last_day,
    c.detections,
    c.by_satellite,
    c.satellites,
    c.compared,
    c.compared_this,
    c.change_pct,
    c.change_low_pct,
    c.change_high_pct,
    c.abstained,
    c.method,
    c.run_id,
    c.computed_at,
    c.source
FROM season_comparison AS c
LEFT JOIN province AS p ON c.area_kind = 'province' AND p.code = c.area_code;
