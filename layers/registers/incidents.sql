CREATE VIEW published.incidents AS
SELECT
    r.id,
    r.geom,
    r.starts_on::timestamp AT TIME ZONE 'Asia/Bangkok' AS observed_at,
    r.name,
    r.kind,
    r.injured,
    r.dead,
    r.starts_on,
    r.ends_on,
    r.in_province AS province_code,
    r.factory_id,
    r.placed_by,
    nullif(array_to_string(r.place_doubts, ', '), '') AS doubts,
    r.reference,
    r.source
FROM incident AS r
WHERE r.geom IS NOT NULL;
