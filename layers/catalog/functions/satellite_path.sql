-- Where a satellite's path pointed, as `path_deg` of layers/methods/footprints.py has it, where its
-- assumptions and the source of the formula are said. Both are expressions alone, which PostgreSQL
-- puts into the query: a layer of two million rows asks for each.

-- Of an ascending pass, clockwise from north, by its speeds to the east and the north: each in turns
-- of the Earth a second, and times the cosine of the latitude.
CREATE FUNCTION ascending_course_deg(
    inclination_deg double precision, period_min double precision, lat double precision
) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT atan2d(
        cosd($1) / ($2 * 60) - cosd($3) ^ 2 / 86164.0905,
        sqrt(greatest(cosd($3) ^ 2 - cosd($1) ^ 2, 0)) / ($2 * 60)
    )
$$;

-- Whole degrees clockwise from north, for a latitude of WGS 84; NULL where the satellite or the pass
-- is not known.
CREATE FUNCTION satellite_path_deg(satellite text, daynight text, lat double precision)
RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT round(
        CASE
            WHEN $1 IN ('N', 'N20', 'N21') AND $2 = 'D'
                THEN 360 + ascending_course_deg(98.7, 101.5, $3)
            WHEN $1 IN ('N', 'N20', 'N21') AND $2 = 'N'
                THEN 180 - ascending_course_deg(98.7, 101.5, $3)
            WHEN $1 = 'A' AND $2 = 'D' OR $1 = 'T' AND $2 = 'N'
                THEN 360 + ascending_course_deg(98.2, 98.8, $3)
            WHEN $1 = 'A' AND $2 = 'N' OR $1 = 'T' AND $2 = 'D'
                THEN 180 - ascending_course_deg(98.2, 98.8, $3)
        END
    )::integer % 360
$$;
