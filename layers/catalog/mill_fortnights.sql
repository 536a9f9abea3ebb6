-- What is expected of a mill, and how it ranks, is for staff alone.
CREATE VIEW published.mill_fortnights AS
SELECT
    concat_ws('-', b.mill_ref, b.first_day) AS id,
    m.geom AS geom,
    (b.last_day + TIME '08:00') AT TIME ZONE 'Asia/Bangkok' AS observed_at,
    b.mill_ref AS mill,
    m.factory_id,
    m.name,
    m.province_code,
    CASE WHEN m.geom IS NULL THEN 'unknown' ELSE 'known' END AS location,
    b.season,
    b.first_day,
    b.last_day,
    b.end_known_by,
    b.fires,
    b.fires_low,
    b.fires_high,
    b.fires_nearest,
    b.fire_days,
    b.declared,
    b.declared_days,
    b.fresh_t,
    b.burnt_t,
    b.burnt_pct,
    b.burnt_pct_told,
    b.daily_cap_pct,
    b.season_cap_pct,
    b.days_told,
    b.days_above_cap,
    b.zone_basis,
    b.abstained,
    b.method,
    b.run_id,
    b.computed_at,
    b.source
FROM mill_burning AS b
JOIN mill AS m USING (mill_ref)
WHERE b.span = 'fortnight';
