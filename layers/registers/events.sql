CREATE VIEW published.events AS
SELECT
    r.id,
    r.geom,
    r.starts_on::timestamp AT TIME ZONE 'Asia/Bangkok' AS observed_at,
    r.name,
    r.kind,
    r.venue,
    r.organiser,
    r.visitors,
    r.starts_on,
    r.ends_on,
    r.in_province AS province_code,
    r.placed_by,
    nullif(array_to_string(r.place_doubts, ', '), '') AS doubts,
    r.reference,
    r.source
FROM event AS r
WHERE r.geom IS NOT NULL;
