CREATE VIEW published.green_certificates AS
SELECT
    c.id,
    f.geom,
    c.factory_id,
    f.name AS factory_name,
    c.level,
    c.issued_on,
    c.expires_on,
    c.certificate_no,
    f.province_code,
    nullif(array_to_string(c.doubts, ', '), '') AS doubts,
    c.source
FROM green_certificate AS c
JOIN factory AS f ON f.id = c.factory_id
WHERE f.geom IS NOT NULL;
