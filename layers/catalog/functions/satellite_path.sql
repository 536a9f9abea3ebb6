-- Where a satellite's path pointed, as `path_deg` of layers/methods/footprints.py has it, where its
-- assumptions and the source of the formula are said: whole degrees clockwise from north, for a
-- latitude of WGS 84; NULL where the satellite or the pass is not known.
CREATE FUNCTION satellite_path_deg(satellite text, daynight text, lat double precision)
RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT round(
        CASE (daynight = 'D') = o.ascends_by_day WHEN true THEN c.deg ELSE 540 - c.deg END
    )::integer % 360
    FROM (
        VALUES ('N', 98.7, 101.5, true), ('N20', 98.7, 101.5, true), ('N21', 98.7, 101.5, true),
            ('A', 98.2, 98.8, true), ('T', 98.2, 98.8, false)
    ) AS o (satellite, inclination_deg, period_min, ascends_by_day)
    CROSS JOIN LATERAL (
        SELECT cosd(o.inclination_deg::float8) / cosd($3) AS sine,
            2 * pi() * 6371.0088 / (o.period_min::float8 * 60) AS speed
    ) AS s
    CROSS JOIN LATERAL (
        SELECT 360 + atan2d(
            s.speed * s.sine - 2 * pi() / 86164.0905 * 6371.0088 * cosd($3),
            s.speed * sqrt(1 - s.sine ^ 2)
        ) AS deg
    ) AS c
    WHERE o.satellite = $1 AND $2 IN ('D', 'N')
$$;
