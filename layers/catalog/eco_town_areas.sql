CREATE VIEW published.eco_town_areas AS
SELECT
    t.id,
    s.outline AS geom,
    t.name_th,
    t.province_code,
    s.extent,
    l.level,
    l.year AS level_year,
    t.target_level,
    t.target_year,
    t.source
FROM eco_town AS t
JOIN eco_town_shape AS s ON s.eco_town_id = t.id
LEFT JOIN LATERAL (
    SELECT l.level, l.year
    FROM eco_town_level AS l
    WHERE l.eco_town_id = t.id
    ORDER BY l.year DESC
    LIMIT 1
) AS l ON true
WHERE s.outline IS NOT NULL;
