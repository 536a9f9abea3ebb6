CREATE VIEW published.green_coverage AS
SELECT
    p.code || '-' || y.year AS id,
    p.geom,
    p.code AS province_code,
    p.name_th,
    p.name_en,
    y.year,
    f.factories,
    coalesce(c.certified, 0) AS certified,
    coalesce(c.level_1, 0) AS level_1,
    coalesce(c.level_2, 0) AS level_2,
    coalesce(c.level_3, 0) AS level_3,
    coalesce(c.level_4, 0) AS level_4,
    coalesce(c.level_5, 0) AS level_5,
    CASE WHEN f.factories >= 15 THEN 100.0::float8 * coalesce(c.certified, 0) / f.factories END
        AS coverage_pct,
    'green_industry' AS source
FROM province AS p
JOIN (
    SELECT province_code, count(*) AS factories
    FROM factory
    WHERE status = 'operating'
    GROUP BY province_code
) AS f ON f.province_code = p.code
-- Years that were over when the last certificate was issued.
CROSS JOIN LATERAL (
    SELECT generate_series(
        extract(year FROM min(issued_on))::integer, extract(year FROM max(issued_on))::integer - 1
    ) AS year
    FROM green_certificate
) AS y
LEFT JOIN (
    SELECT
        province_code,
        year,
        count(*) AS certified,
        count(*) FILTER (WHERE level = 1) AS level_1,
        count(*) FILTER (WHERE level = 2) AS level_2,
        count(*) FILTER (WHERE level = 3) AS level_3,
        count(*) FILTER (WHERE level = 4) AS level_4,
        count(*) FILTER (WHERE level = 5) AS level_5
    FROM (
        SELECT f.province_code, y.year, f.id, max(g.level) AS level
        FROM green_certificate AS g
        JOIN factory AS f ON f.id = g.factory_id AND f.status = 'operating'
        CROSS JOIN LATERAL generate_series(
            extract(year FROM g.issued_on)::integer,
            extract(year FROM coalesce(g.expires_on, (SELECT max(issued_on) FROM green_certificate)))
                ::integer
        ) AS y (year)
        WHERE coalesce(g.expires_on >= make_date(y.year, 12, 31), true)
        GROUP BY f.province_code, y.year, f.id
    ) AS h
    GROUP BY province_code, year
) AS c ON c.province_code = p.code AND c.year = y.year;
