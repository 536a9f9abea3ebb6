-- How a flow is drawn: a wedge from where it comes to where it goes.

-- Both in EPSG:4326, and the half of the width at the broad end in degrees: a symbol, which nobody
-- measures. What stays in one place is a disc.
CREATE FUNCTION flow_wedge(origin geometry, destination geometry, half_width_deg float8)
RETURNS geometry LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN ST_Equals(origin, destination) THEN ST_Buffer(origin, half_width_deg, 4)
        ELSE ST_SetSRID(ST_MakePolygon(ST_MakeLine(ARRAY[
            ST_MakePoint(ST_X(origin) - d.y, ST_Y(origin) + d.x),
            ST_MakePoint(ST_X(destination), ST_Y(destination)),
            ST_MakePoint(ST_X(origin) + d.y, ST_Y(origin) - d.x),
            ST_MakePoint(ST_X(origin) - d.y, ST_Y(origin) + d.x)
        ])), 4326)
    END
    FROM (
        SELECT
            half_width_deg * (ST_X(destination) - ST_X(origin)) / nullif(far, 0) AS x,
            half_width_deg * (ST_Y(destination) - ST_Y(origin)) / nullif(far, 0) AS y
        FROM (SELECT ST_Distance(origin, destination) AS far) AS l
    ) AS d
$$;
