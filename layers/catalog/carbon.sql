CREATE VIEW published.carbon AS
SELECT
    p.code || '-' || t.year AS id,
    p.geom,
    p.code AS province_code,
    p.name_th,
    p.name_en,
    t.year,
    t.tco2e,
    t.biogenic_tco2,
    t.factories_reported,
    o.factories,
    t.operating_reported::float8 / o.factories AS reported_share,
    t.quantities_without_factor,
    t.quantities_doubted,
    t.source
FROM carbon_year AS t
JOIN province AS p ON p.code = t.province_code
LEFT JOIN (
    SELECT f.province_code, count(*) AS factories
    FROM factory AS f
    WHERE f.status = 'operating'
    GROUP BY f.province_code
) AS o ON o.province_code = t.province_code;
