CREATE VIEW published.power_plants AS
SELECT
    r.id,
    r.geom,
    r.name,
    r.fuel,
    r.capacity_mw,
    r.technology,
    r.owner,
    r.status,
    r.commissioned,
    r.starts_on,
    r.ends_on,
    r.in_province AS province_code,
    r.placed_by,
    nullif(array_to_string(r.place_doubts, ', '), '') AS doubts,
    r.reference,
    r.source
FROM power_plant AS r
WHERE r.geom IS NOT NULL;
