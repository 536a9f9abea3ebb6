CREATE VIEW published.service_points AS
SELECT
    r.id,
    r.geom,
    r.name,
    r.kind,
    r.agency,
    r.telephone,
    r.hours,
    r.starts_on,
    r.ends_on,
    r.in_province AS province_code,
    r.placed_by,
    nullif(array_to_string(r.place_doubts, ', '), '') AS doubts,
    r.reference,
    r.source
FROM service_point AS r
WHERE r.geom IS NOT NULL;
