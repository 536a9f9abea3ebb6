CREATE VIEW published.burned_area AS
SELECT
    b.id, b.geom,
    p.after_day::timestamp AT TIME ZONE 'Asia/Bangkok' AS observed_at,
    p.before_day, p.after_day, b.area_ha AS hectares, b.area_ha * 10000 / 1600 AS rai,
    b.counted_ha AS hectares_counted, b.severity, b.dnbr_mean, b.moderate_share, p.clear_share, p.attribution, p.method,
    p.computed_at, p.run_id
FROM burned_area AS b
JOIN burned_pair AS p ON p.id = b.pair_id;
