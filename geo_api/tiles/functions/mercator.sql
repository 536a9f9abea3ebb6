-- Where a place lies on the square map of the world that tiles cut (Web Mercator).

-- The ends are cut off: 180° E is the last column's, and what lies beyond 85.05° N or S,
-- where the square ends, the first or the last row's. Each is in one tile of every zoom.
CREATE FUNCTION mercator_x(lon double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT least(greatest((lon + 180) / 360, 0), 1 - 2 ^ -53)
$$;
COMMENT ON FUNCTION mercator_x IS 'from 0 in the west to less than 1; lon in degrees';

-- atanh(sin φ) = ln tan(π/4 + φ/2): EPSG Guidance Note 7-2, method 1024.
CREATE FUNCTION mercator_y(lat double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT least(greatest(
        0.5 - atanh(sin(radians(least(greatest(lat, -89), 89)))) / (2 * pi()), 0
    ), 1 - 2 ^ -53)
$$;
COMMENT ON FUNCTION mercator_y IS 'from 0 in the north to less than 1; lat in degrees';
