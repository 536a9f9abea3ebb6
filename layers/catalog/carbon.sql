CREATE VIEW published.carbon AS
SELECT
    p.code || '-' || t.year AS id,
    p.geom,
    p.code AS province_code,
    p.name_th,
    p.name_en,
    t.year,
    CASE WHEN t.tco2e_safe THEN t.tco2e END AS tco2e,
    CASE WHEN t.biogenic_safe THEN t.biogenic_tco2 END AS biogenic_tco2,
    nullif(
        concat_ws(
            ', ',
            CASE WHEN NOT t.tco2e_safe THEN 'tco2e' END,
            CASE WHEN NOT t.biogenic_safe THEN 'biogenic_tco2' END
        ),
        ''
    ) AS withheld,
    t.factor_basis,
    t.factories_reported,
    -- Those that reported and stopped since belong to the year as well.
    o.factories + t.factories_reported - t.operating_reported AS factories,
    t.factories_reported::float8
        / (o.factories + t.factories_reported - t.operating_reported) AS reported_share,
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
