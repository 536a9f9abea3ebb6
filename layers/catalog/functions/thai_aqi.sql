-- The Thai AQI of PM2.5, for views; `layers/methods/aqi.py` has all pollutants.

-- Breakpoints of the notice of B.E. 2566 (from 2023-06-01) and of the table before it, as in
-- layers/methods/aqi.py: a test compares. Null above the table: no anchor is published there.
CREATE FUNCTION thai_aqi_pm25(value double precision, day date)
RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT round(
        -- Multiplied first: a quotient cut off would spoil the halves that are rounded up.
        (b.index_high - b.index_low) * (v.value - b.low) / (b.high - b.low) + b.index_low
    )::integer
    FROM (VALUES
        (true, 0.0, 15.0, 0.0, 25.0), (true, 15.1, 25.0, 26.0, 50.0),
        (true, 25.1, 37.5, 51.0, 100.0), (true, 37.6, 75.0, 101.0, 200.0),
        (false, 0.0, 25.0, 0.0, 25.0), (false, 26.0, 37.0, 26.0, 50.0),
        (false, 38.0, 50.0, 51.0, 100.0), (false, 51.0, 90.0, 101.0, 200.0)
    ) AS b (present, low, high, index_low, index_high),
    LATERAL (SELECT round(value::numeric, b.present::integer) AS value) AS v
    WHERE b.present = (day >= DATE '2023-06-01') AND v.value BETWEEN b.low AND b.high
$$;

CREATE FUNCTION thai_aqi_pm25_class(value double precision, day date)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN value IS NULL OR value < 0 THEN NULL
        WHEN thai_aqi_pm25(value, day) <= 25 THEN 'very_good'
        WHEN thai_aqi_pm25(value, day) <= 50 THEN 'good'
        WHEN thai_aqi_pm25(value, day) <= 100 THEN 'moderate'
        WHEN thai_aqi_pm25(value, day) <= 200 THEN 'unhealthy_start'
        ELSE 'unhealthy'
    END
$$;

-- Hours that a 24-hour mean must have: three quarters. No notice states it; change it here.
CREATE FUNCTION thai_aqi_least_hours() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT 18 $$;
