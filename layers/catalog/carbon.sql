CREATE VIEW published.carbon AS
WITH factor AS (
    -- A year's factor is the one valid on its last day, and of several the newest.
    SELECT DISTINCT ON (y.year, e.energy, e.unit)
        y.year, e.energy, e.unit, e.kgco2e_per_unit, e.biogenic_kgco2_per_unit
    FROM (
        SELECT generate_series(min(r.year), max(r.year)) AS year FROM factory_return AS r
    ) AS y
    JOIN emission_factor AS e ON make_date(y.year, 12, 31) BETWEEN e.valid_from AND e.valid_to
    ORDER BY y.year, e.energy, e.unit, e.valid_from DESC
), total AS (
    SELECT
        f.province_code,
        r.year,
        sum(r.quantity * e.kgco2e_per_unit) / 1000 AS tco2e,
        sum(r.quantity * e.biogenic_kgco2_per_unit) / 1000 AS biogenic_tco2,
        count(DISTINCT r.factory_id) AS factories_reported,
        count(DISTINCT r.factory_id) FILTER (WHERE f.status = 'operating') AS operating_reported,
        count(*) FILTER (WHERE e.energy IS NULL) AS quantities_without_factor,
        CASE WHEN bool_or(r.source = 'demo') THEN 'demo' ELSE min(r.source) END AS source
    FROM factory_return AS r
    JOIN factory AS f ON f.id = r.factory_id
    LEFT JOIN factor AS e ON (e.year, e.energy, e.unit) = (r.year, r.energy, r.unit)
    GROUP BY f.province_code, r.year
), operating AS (
    SELECT f.province_code, count(*) AS factories
    FROM factory AS f
    WHERE f.status = 'operating'
    GROUP BY f.province_code
)
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
    t.source
FROM total AS t
JOIN province AS p ON p.code = t.province_code
LEFT JOIN operating AS o ON o.province_code = t.province_code;
