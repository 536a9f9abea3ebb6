CREATE VIEW published.mill_days AS
SELECT
    concat_ws('-', d.mill_ref, d.day) AS id,
    m.geom,
    (d.day + TIME '08:00') AT TIME ZONE 'Asia/Bangkok' AS observed_at,
    d.mill_ref AS mill,
    m.factory_id,
    m.name,
    m.province_code,
    d.day,
    d.fires,
    d.variance,
    d.nearest,
    s.method,
    d.run_id,
    d.computed_at,
    m.source
FROM mill_fire_day AS d
JOIN mill_fire_state AS s ON s.day = d.day
JOIN mill AS m USING (mill_ref)
WHERE m.geom IS NOT NULL;
