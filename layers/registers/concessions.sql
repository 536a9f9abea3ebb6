CREATE VIEW published.concessions AS
SELECT
    r.id,
    r.geom,
    r.name,
    r.kind,
    r.concession_no,
    r.mineral,
    r.area_rai,
    r.holder,
    r.starts_on,
    r.ends_on,
    r.in_province AS province_code,
    r.placed_by,
    nullif(array_to_string(r.place_doubts, ', '), '') AS doubts,
    r.reference,
    r.source
FROM concession AS r
WHERE r.geom IS NOT NULL;
