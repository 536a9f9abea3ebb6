CREATE VIEW published.exposure AS
SELECT
    e.id, d.geom, e.observed_at, e.district_code, d.name_th, d.name_en, d.province_code, e.day,
    e.pm25_ug_m3, e.standard_error_ug_m3, e.coverage, e.standard_ug_m3, e.judged, e.days_over,
    (e.abstained IS NULL)::integer AS days_judged, e.chance_over, e.population, e.person_days_over,
    e.abstained, y.method, y.computed_at, e.run_id,
    CASE WHEN y.simulated THEN 'demo' ELSE 'air4thai' END AS source
FROM exposure AS e
JOIN exposure_day AS y ON y.day = e.day
JOIN district AS d ON d.code = e.district_code;
