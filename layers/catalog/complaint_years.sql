CREATE VIEW published.complaint_years AS
SELECT
    p.period_start || '-' || a.code AS id, a.geom,
    p.period_start::timestamp AT TIME ZONE 'Asia/Bangkok' AS observed_at, p.period,
    p.period_end - 1 AS last_day, a.area, a.code, a.name_th, a.name_en,
    a.province_code, r.homes,
    CASE WHEN r.homes IS NULL THEN 'too_few' END AS abstained, p.noise_95, p.method,
    p.released_at AS computed_at, p.run_id, (p.released_at AT TIME ZONE 'Asia/Bangkok')::date AS released_on
FROM complaint_release_period AS p
JOIN complaint_area AS a ON a.area = p.area
LEFT JOIN complaint_release AS r
    ON (r.table_name, r.period_start, r.area_code) = (p.table_name, p.period_start, a.code)
WHERE p.table_name = 'complaint_years';
