CREATE VIEW published.community_products AS
SELECT
    r.id,
    r.geom,
    r.name,
    r.standard_no,
    r.certificate_no,
    r.product_type,
    r.holder,
    r.starts_on,
    r.ends_on,
    r.in_province AS province_code,
    r.placed_by,
    nullif(array_to_string(r.place_doubts, ', '), '') AS doubts,
    r.reference,
    r.source
FROM community_product AS r
WHERE r.geom IS NOT NULL;
