CREATE VIEW published.industry_clusters AS
-- The codes are those of layers/reference/industry_clusters.csv; a test compares.
WITH code (cluster, tsic) AS (
    VALUES
        ('agro', '10'), ('agro', '11'), ('agro', '12'),
        ('automotive', '29'),
        ('new', '21'), ('new', '26'), ('new', '303'), ('new', '325')
), counted AS (
    SELECT
        f.province_code,
        count(*) AS factories,
        count(*) FILTER (WHERE f.tsic_division <> '00') AS classified,
        count(*) FILTER (WHERE c.cluster = 'agro') AS agro,
        count(*) FILTER (WHERE c.cluster = 'automotive') AS automotive,
        count(*) FILTER (WHERE c.cluster = 'new') AS new
    FROM factory AS f
    LEFT JOIN code AS c ON f.tsic_division <> '00' AND starts_with(f.isic_code, c.tsic)
    WHERE f.status = 'operating' AND f.province_code IS NOT NULL
    GROUP BY f.province_code
), whole AS (
    SELECT
        nullif(sum(agro) / nullif(sum(classified), 0), 0) AS agro,
        nullif(sum(automotive) / nullif(sum(classified), 0), 0) AS automotive,
        nullif(sum(new) / nullif(sum(classified), 0), 0) AS new
    FROM counted
), quotient AS (
    SELECT
        c.province_code,
        (c.agro / c.classified::numeric / w.agro)::float8 AS agro,
        (c.automotive / c.classified::numeric / w.automotive)::float8 AS automotive,
        (c.new / c.classified::numeric / w.new)::float8 AS new
    FROM counted AS c
    CROSS JOIN whole AS w
    WHERE c.classified >= 15
)
SELECT
    p.code AS id,
    p.geom,
    p.code AS province_code,
    p.name_th,
    p.name_en,
    c.factories,
    c.classified,
    c.agro AS agro_factories,
    c.automotive AS automotive_factories,
    c.new AS new_factories,
    q.agro AS agro_lq,
    q.automotive AS automotive_lq,
    q.new AS new_lq,
    CASE
        WHEN q.province_code IS NULL THEN NULL
        WHEN greatest(q.agro, q.automotive, q.new) <= 1 THEN 'none'
        WHEN q.agro = greatest(q.agro, q.automotive, q.new) THEN 'agro'
        WHEN q.automotive = greatest(q.agro, q.automotive, q.new) THEN 'automotive'
        ELSE 'new'
    END AS strongest,
    'diw' AS source
FROM counted AS c
JOIN province AS p ON p.code = c.province_code
LEFT JOIN quotient AS q ON q.province_code = c.province_code;
