CREATE VIEW published.eco_towns AS
SELECT
    t.id,
    s.point AS geom,
    t.name_th,
    t.phase,
    t.province_code,
    p.name_th AS province_th,
    p.name_en AS province_en,
    t.district_th,
    t.subdistricts_th,
    s.extent,
    l.level,
    l.year AS level_year,
    l.assessor,
    t.target_level,
    t.target_year,
    t.notice,
    t.source
FROM eco_town AS t
JOIN eco_town_shape AS s ON s.eco_town_id = t.id
LEFT JOIN province AS p ON p.code = t.province_code
LEFT JOIN LATERAL (
    SELECT l.level, l.year, l.assessor
    FROM eco_town_level AS l
    WHERE l.eco_town_id = t.id
    ORDER BY l.year DESC
    LIMIT 1
) AS l ON true;
