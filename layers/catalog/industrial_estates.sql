CREATE VIEW published.industrial_estates AS
SELECT
    e.id,
    e.geom,
    e.name_th,
    e.operations,
    CASE WHEN e.office THEN 'office' WHEN here.estates > 1 THEN 'shared' END AS location_note,
    here.estates AS estates_at_point,
    nullif(array_to_string(e.place_doubts, ', '), '') AS doubts,
    e.source
FROM industrial_estate AS e
CROSS JOIN LATERAL (
    SELECT count(*) AS estates
    FROM industrial_estate AS o
    WHERE (o.lon, o.lat) = (e.lon, e.lat)
) AS here;
