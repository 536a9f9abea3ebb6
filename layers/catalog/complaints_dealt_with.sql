CREATE VIEW published.complaints_dealt_with AS
SELECT
    p.period_start || '-' || a.code || '-' || r.category AS id, a.geom,
    p.period_start::timestamp AT TIME ZONE 'Asia/Bangkok' AS observed_at, p.period,
    p.period_end - 1 AS last_day, a.area, a.code, a.name_th, a.name_en,
    a.province_code, r.category, r.dealt_with, r.not_dealt_with,
    round(100.0 * r.dealt_with / (r.dealt_with + r.not_dealt_with))::integer AS dealt_with_pct,
    CASE WHEN r.dealt_with + r.not_dealt_with IS NULL THEN 'too_few' END AS abstained, p.noise_95,
    p.method, p.released_at AS computed_at, p.run_id,
    (p.released_at AT TIME ZONE 'Asia/Bangkok')::date AS released_on
FROM (
    SELECT
        table_name, period_start, area_code, category,
        sum(homes) FILTER (WHERE dealt_with)::integer AS dealt_with,
        sum(homes) FILTER (WHERE NOT dealt_with)::integer AS not_dealt_with
    FROM complaint_release
    WHERE table_name = 'complaints_dealt_with'
    GROUP BY table_name, period_start, area_code, category
) AS r
JOIN complaint_release_period AS p USING (table_name, period_start)
JOIN complaint_area AS a ON (a.area, a.code) = (p.area, r.area_code);
