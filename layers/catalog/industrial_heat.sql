CREATE VIEW published.industrial_heat AS
SELECT
    p.id, p.geom, p.heat_source, p.reason, p.detections, p.days, p.days_around, p.months,
    round((100 * p.out_of_season)::numeric)::integer AS out_of_season_pct, p.first_day, p.last_day,
    p.frp_mean_mw, p.frp_max_mw, p.works, p.works_m,
    CASE WHEN c.codes IS NULL THEN c.province_code
        ELSE province_in_cell(p.geom, c.codes, c.outlines) END AS province_code,
    p.method, p.computed_at, p.run_id
FROM industrial_heat AS p
LEFT JOIN province_cell AS c
    ON c.x = floor(ST_X(p.geom) * 16)::integer AND c.y = floor(ST_Y(p.geom) * 16)::integer;
