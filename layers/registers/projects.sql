CREATE VIEW published.projects AS
SELECT
    r.id,
    r.geom,
    r.name,
    r.kind,
    r.owner,
    r.energy,
    r.capacity_mw,
    r.budget_baht,
    r.starts_on,
    r.ends_on,
    r.in_province AS province_code,
    r.factory_id,
    r.placed_by,
    nullif(array_to_string(r.place_doubts, ', '), '') AS doubts,
    r.reference,
    r.source
FROM project AS r
WHERE r.geom IS NOT NULL;
