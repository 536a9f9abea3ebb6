CREATE VIEW published.carbon AS
SELECT
    p.code || '-' || t.year AS id,
    p.geom,
    p.code AS province_code,
    p.name_th,
    p.name_en,
    t.year,
    t.scope1_tco2e + t.scope2_tco2e AS tco2e,
    t.scope1_tco2e,
    t.scope2_tco2e,
    t.biomass_tco2e,
    t.biogenic_tco2,
    t.withheld,
    t.factor_basis,
    t.comparable_to_previous,
    t.factories_reported,
    t.factories,
    t.factories_reported::float8 / t.factories AS reported_share,
    t.factories_summed,
    t.factories_with_workers,
    t.workers,
    CASE
        WHEN t.factories_with_workers >= 0.95 * t.factories_summed
            THEN (t.scope1_tco2e + t.scope2_tco2e) / nullif(t.workers, 0)
    END AS tco2e_per_worker,
    t.quantities_without_factor,
    t.quantities_doubted,
    v.number AS vintage,
    v.published_at,
    v.method,
    v.published_at AS computed_at,
    v.run_id,
    told.published_at AS returns_as_of,
    t.source
FROM carbon_figure AS t
JOIN carbon_vintage AS v ON v.number = t.vintage
JOIN province AS p ON p.code = t.province_code
LEFT JOIN carbon_vintage AS told ON told.number = t.told_vintage
WHERE t.vintage = (SELECT max(number) FROM carbon_vintage);
