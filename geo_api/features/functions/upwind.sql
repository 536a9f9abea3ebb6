-- Which sources lie upwind of a place, as `layers/methods/upwind.py` has it: a test compares.

CREATE FUNCTION is_upwind(bearing_deg float8, wind_from_deg float8, within_deg float8)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT abs(mod((bearing_deg - wind_from_deg + 540)::numeric, 360) - 180) <= within_deg
$$;
COMMENT ON FUNCTION is_upwind IS
    'degrees clockwise from north; null where the direction of the wind is not known';
