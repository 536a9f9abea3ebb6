CREATE VIEW published.industry_awards AS
SELECT
    r.id,
    r.geom,
    r.name,
    r.kind,
    r.year,
    r.category,
    r.establishment,
    r.mentored,
    r.starts_on,
    r.ends_on,
    r.in_province AS province_code,
    r.factory_id,
    r.placed_by,
    nullif(array_to_string(r.place_doubts, ', '), '') AS doubts,
    r.reference,
    r.source
FROM industry_award AS r
WHERE r.geom IS NOT NULL;
