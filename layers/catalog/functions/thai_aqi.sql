-- The Thai AQI of PM2.5, for views; `layers/methods/aqi.py` has all pollutants.

-- Breakpoints of the notice of B.E. 2566 (from 2023-06-01) and of the table before it, as in
-- layers/methods/aqi.py: a test compares. Null above the table: no anchor is published there.
-- Every function here is an expression alone, which PostgreSQL puts into the query: a layer of
-- millions of readings asks for each. Whole numbers divide without a remainder; that the half of the
-- divisor is added first rounds halves up.

-- Of tenths of µg/m³, by the table in force.
CREATE FUNCTION thai_aqi_of_tenths(tenths integer)
RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN tenths < 0 THEN NULL
        WHEN tenths <= 150 THEN (50 * tenths + 150) / 300
        WHEN tenths <= 250 THEN 26 + (48 * (tenths - 151) + 99) / 198
        WHEN tenths <= 375 THEN 51 + (98 * (tenths - 251) + 124) / 248
        WHEN tenths <= 750 THEN 101 + (198 * (tenths - 376) + 374) / 748
    END
$$;

-- Of whole µg/m³, by the table before it.
CREATE FUNCTION thai_aqi_of_whole(whole integer)
RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN whole < 0 THEN NULL
        WHEN whole <= 25 THEN whole
        WHEN whole <= 37 THEN 26 + (48 * (whole - 26) + 11) / 22
        WHEN whole <= 50 THEN 51 + (98 * (whole - 38) + 12) / 24
        WHEN whole <= 90 THEN 101 + (198 * (whole - 51) + 39) / 78
    END
$$;

-- Halves are those of the number as it is written, not of its binary fraction: hence numeric. What
-- is far beyond every table may be beyond a whole number of PostgreSQL.
CREATE FUNCTION thai_aqi_pm25(value double precision, day date)
RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN value > 1000 OR value < -1 THEN NULL
        WHEN day >= DATE '2023-06-01' THEN thai_aqi_of_tenths((10 * value::numeric)::integer)
        WHEN day < DATE '2023-06-01' THEN thai_aqi_of_whole(value::numeric::integer)
    END
$$;

CREATE FUNCTION thai_aqi_pm25_class(value double precision, day date)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN value IS NULL OR value < 0 THEN NULL
        WHEN value > 1000 THEN 'unhealthy'
        WHEN day >= DATE '2023-06-01' THEN CASE
            WHEN (10 * value::numeric)::integer <= 150 THEN 'very_good'
            WHEN (10 * value::numeric)::integer <= 250 THEN 'good'
            WHEN (10 * value::numeric)::integer <= 375 THEN 'moderate'
            WHEN (10 * value::numeric)::integer <= 750 THEN 'unhealthy_start'
            ELSE 'unhealthy'
        END
        WHEN value::numeric::integer <= 25 THEN 'very_good'
        WHEN value::numeric::integer <= 37 THEN 'good'
        WHEN value::numeric::integer <= 50 THEN 'moderate'
        WHEN value::numeric::integer <= 90 THEN 'unhealthy_start'
        ELSE 'unhealthy'
    END
$$;

-- Hours that a 24-hour mean must have: three quarters. No notice states it; change it here.
CREATE FUNCTION thai_aqi_least_hours() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT 18 $$;
