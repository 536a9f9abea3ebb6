-- No cell of one to four loans; and where a year has one, not the smallest of the others either: from
-- the year's total no cell of few can then be told.
CREATE VIEW published.sme_fund AS
SELECT
    f.id,
    p.geom,
    f.province_code,
    f.year,
    CASE WHEN NOT f.withheld THEN f.loans END AS loans,
    CASE WHEN NOT f.withheld THEN f.amount_baht END AS amount_baht,
    f.withheld,
    f.reference,
    f.source
FROM (
    SELECT
        s.id, s.province_code, s.year, s.loans, s.amount_baht, s.reference, s.source,
        s.loans BETWEEN 1 AND 4
            OR s.loans > 4
            AND bool_or(s.loans BETWEEN 1 AND 4) OVER (PARTITION BY s.year, s.source)
            AND 1 = row_number() OVER (
                PARTITION BY s.year, s.source, s.loans > 4 ORDER BY s.loans, s.province_code
            ) AS withheld
    FROM sme_fund AS s
) AS f
JOIN province AS p ON p.code = f.province_code;
