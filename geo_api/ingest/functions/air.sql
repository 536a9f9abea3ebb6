-- How air stations and their hourly readings are merged.

-- Merges staged rows into `target`, never putting null where a value is known: rows delivered
-- for one key become one, each column taking the last value delivered. `rows_in` narrows the
-- rows of the target (alias t) that can match, so that the planner skips the other months.
CREATE FUNCTION merge_coalesced(target text, key text[], run bigint, rows_in text DEFAULT 'true')
RETURNS TABLE (inserted bigint, updated bigint, unchanged bigint) LANGUAGE plpgsql AS $$
DECLARE
    keys text := array_to_string(key, ', ');
    plain text; last_known text; kept text; ours text; assigned text;
BEGIN
    SELECT
        string_agg(format('%I', s.attname), ', '),
        -- As text: the elements of an array of arrays are no arrays.
        string_agg(format(
            '(array_agg(%1$I::text ORDER BY seq DESC) FILTER (WHERE %1$I IS NOT NULL))[1]::%2$s',
            s.attname, format_type(s.atttypid, s.atttypmod)
        ), ', '),
        string_agg(format('coalesce(d.%1$I, t.%1$I) AS %1$I', s.attname), ', '),
        string_agg(format('d.%1$I IS DISTINCT FROM t.%1$I AND d.%1$I IS NOT NULL', s.attname),
            ' OR '),
        string_agg(format('%1$I = excluded.%1$I', s.attname), ', ')
    INTO plain, last_known, kept, ours, assigned
    FROM pg_attribute AS s
    JOIN pg_attribute AS t ON t.attrelid = target::regclass AND t.attname = s.attname
    WHERE s.attrelid = ('staging.' || target)::regclass AND s.attnum > 0
        AND NOT s.attisdropped AND NOT s.attname = ANY (key);

    RETURN QUERY EXECUTE format(
        'WITH repeated AS (
            SELECT %1$s, true AS again FROM %2$I GROUP BY %1$s HAVING count(*) > 1
        ), delivered AS MATERIALIZED (
            SELECT %1$s, %3$s FROM %2$I LEFT JOIN repeated USING (%1$s) WHERE again IS NULL
            UNION ALL
            SELECT %1$s, %4$s FROM %2$I JOIN repeated USING (%1$s) GROUP BY %1$s
        ), news AS MATERIALIZED (
            SELECT %1$s, %5$s, t.known IS NULL AS is_new
            FROM delivered AS d
            LEFT JOIN (
                SELECT %1$s, %3$s, true AS known FROM %6$I AS t WHERE %9$s
            ) AS t USING (%1$s)
            WHERE t.known IS NULL OR %7$s
        ), written AS (
            INSERT INTO %6$I (%1$s, %3$s, run_id) SELECT %1$s, %3$s, %10$s FROM news
            ON CONFLICT (%1$s) DO UPDATE SET %8$s, run_id = excluded.run_id
        )
        SELECT
            count(*) FILTER (WHERE is_new),
            count(*) FILTER (WHERE NOT is_new),
            (SELECT count(*) FROM delivered) - count(*)
        FROM news',
        keys, 'staged_' || target, plain, last_known, kept, target, ours, assigned, rows_in, run
    );
END $$;

CREATE FUNCTION merge_air_station(run bigint)
RETURNS TABLE (inserted bigint, updated bigint, unchanged bigint) LANGUAGE sql AS $$
    SELECT m.inserted, m.updated, m.unchanged
    FROM merge_coalesced('air_station', ARRAY['id'], run) AS m
$$;

-- A forecast hour gives way to the analysis of that hour, whichever comes first.
CREATE FUNCTION merge_air_measurement(run bigint)
RETURNS TABLE (inserted bigint, updated bigint, unchanged bigint) LANGUAGE plpgsql AS $$
DECLARE
    first timestamptz; last timestamptz; replaced bigint; merged record;
BEGIN
    SELECT min(observed_at), max(observed_at) INTO first, last FROM staged_air_measurement;
    IF first IS NULL THEN
        RETURN QUERY SELECT 0::bigint, 0::bigint, 0::bigint;
        RETURN;
    END IF;
    PERFORM ensure_months('air_measurement', first, last);

    DELETE FROM staged_air_measurement AS f USING staged_air_measurement AS s
    WHERE f.forecast AND NOT s.forecast
        AND (s.station_id, s.observed_at) = (f.station_id, f.observed_at);
    DELETE FROM staged_air_measurement AS f USING air_measurement AS t
    WHERE f.forecast AND NOT t.forecast AND t.observed_at BETWEEN first AND last
        AND (t.station_id, t.observed_at) = (f.station_id, f.observed_at);
    DELETE FROM air_measurement AS t USING staged_air_measurement AS s
    WHERE t.forecast AND NOT s.forecast AND t.observed_at BETWEEN first AND last
        AND (s.station_id, s.observed_at) = (t.station_id, t.observed_at);
    GET DIAGNOSTICS replaced = ROW_COUNT;

    PERFORM leave_out_known_stuck_wind();
    SELECT m.inserted, m.updated, m.unchanged INTO merged
    FROM merge_coalesced(
        'air_measurement', ARRAY['station_id', 'observed_at'], run,
        format('t.observed_at BETWEEN %L AND %L', first, last)
    ) AS m;
    PERFORM set_stuck_wind_aside(run);
    RETURN QUERY SELECT merged.inserted - replaced, merged.updated + replaced, merged.unchanged;
END $$;
