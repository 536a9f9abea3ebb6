-- Wind that no instrument can have measured, as `layers/methods/stuck_wind.py` has it: a test
-- compares. What a station's logger wrote in such hours is kept apart, so that near, maps and
-- analyses find no wind there.

-- The hours of wind that stations wrote between two times, and whether each is stuck.
CREATE FUNCTION judged_wind(stations text[], since timestamptz, until timestamptz)
RETURNS TABLE (
    station_id text, observed_at timestamptz, speed float8, from_deg float8, kept_apart boolean,
    stuck boolean
) LANGUAGE sql STABLE AS $$
    WITH written AS (
        SELECT m.station_id, m.observed_at, m.wind_speed_m_s AS speed,
            m.wind_from_deg AS from_deg, false AS kept_apart
        FROM air_measurement AS m
        WHERE m.station_id = ANY(stations) AND m.observed_at BETWEEN since AND until
            AND NOT m.forecast AND m.wind_speed_m_s IS NOT NULL
        UNION ALL
        SELECT w.station_id, w.observed_at, w.wind_speed_m_s, w.wind_from_deg, true
        FROM stuck_wind AS w
        WHERE w.station_id = ANY(stations) AND w.observed_at BETWEEN since AND until
    ), turned AS (
        -- An arc below half a turn crosses north or south, and not both. In whole millionths of a
        -- degree, which compare exactly.
        SELECT w.*, mod(t.udeg, 360000000) AS plain, mod(t.udeg + 180000000, 360000000) AS shifted
        FROM written AS w, LATERAL (SELECT round(w.from_deg * 1000000)::bigint AS udeg) AS t
    ), windowed AS (
        -- Rows that leave a window are taken off a count; its maximum would be found anew each hour.
        SELECT t.*,
            count(*) OVER two_days >= 36
                AND count(*) FILTER (WHERE speed <> 0) OVER two_days = 0 AS still_two_days,
            count(*) OVER one_day >= 18 AND count(from_deg) OVER one_day = count(*) OVER one_day
                AND least(
                    max(plain) OVER one_day - min(plain) OVER one_day,
                    max(shifted) OVER one_day - min(shifted) OVER one_day
                ) <= CASE
                    WHEN count(*) FILTER (WHERE speed <> 0) OVER one_day = 0 THEN 20000000
                    ELSE 5000000
                END AS unturned
        FROM turned AS t
        WINDOW
            two_days AS (
                PARTITION BY t.station_id ORDER BY t.observed_at
                RANGE BETWEEN INTERVAL '47 hours' PRECEDING AND CURRENT ROW
            ),
            one_day AS (
                PARTITION BY t.station_id ORDER BY t.observed_at
                RANGE BETWEEN INTERVAL '23 hours' PRECEDING AND CURRENT ROW
            )
    )
    -- An hour is stuck where any window that it lies in is.
    SELECT w.station_id, w.observed_at, w.speed, w.from_deg, w.kept_apart,
        coalesce(
            bool_or(w.still_two_days) OVER (
                PARTITION BY w.station_id ORDER BY w.observed_at
                RANGE BETWEEN CURRENT ROW AND INTERVAL '47 hours' FOLLOWING
            )
            OR bool_or(w.unturned) OVER (
                PARTITION BY w.station_id ORDER BY w.observed_at
                RANGE BETWEEN CURRENT ROW AND INTERVAL '23 hours' FOLLOWING
            ),
            false
        )
    FROM windowed AS w
$$;

-- Hours delivered again that are kept apart as they are: no news.
CREATE FUNCTION leave_out_known_stuck_wind() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE staged_air_measurement AS s SET wind_speed_m_s = NULL, wind_from_deg = NULL
    FROM stuck_wind AS w
    WHERE (w.station_id, w.observed_at) = (s.station_id, s.observed_at)
        AND w.wind_speed_m_s = s.wind_speed_m_s
        AND w.wind_from_deg IS NOT DISTINCT FROM s.wind_from_deg;
    -- Another value of the hour takes its place, and is judged anew.
    DELETE FROM stuck_wind AS w USING staged_air_measurement AS s
    WHERE (w.station_id, w.observed_at) = (s.station_id, s.observed_at)
        AND s.wind_speed_m_s IS NOT NULL;
END $$;

-- Takes the stuck hours of the stations just read out of their measurements, puts back what is
-- stuck no longer, and tells of each station the first and the last hour taken out. Two days around
-- what was read are judged with it, and see two more. Models are no instruments.
CREATE FUNCTION set_stuck_wind_aside(run bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    stations text[]; first timestamptz; last timestamptz;
BEGIN
    SELECT array_agg(DISTINCT s.station_id), min(s.observed_at), max(s.observed_at)
    INTO stations, first, last
    FROM staged_air_measurement AS s
    LEFT JOIN air_station AS a ON a.id = s.station_id
    WHERE NOT s.forecast AND a.kind IS DISTINCT FROM 'model';
    IF stations IS NULL THEN
        RETURN;
    END IF;
    CREATE TEMPORARY TABLE judged_hour ON COMMIT DROP AS
    SELECT j.*
    FROM judged_wind(stations, first - INTERVAL '4 days', last + INTERVAL '4 days') AS j
    WHERE j.observed_at BETWEEN first - INTERVAL '2 days' AND last + INTERVAL '2 days'
        AND j.stuck <> j.kept_apart;

    INSERT INTO stuck_wind (station_id, observed_at, wind_speed_m_s, wind_from_deg, run_id)
    SELECT j.station_id, j.observed_at, j.speed, j.from_deg, run FROM judged_hour AS j WHERE j.stuck;
    UPDATE air_measurement AS m SET
        wind_speed_m_s = CASE WHEN NOT j.stuck THEN j.speed END,
        wind_from_deg = CASE WHEN NOT j.stuck THEN j.from_deg END
    FROM judged_hour AS j
    WHERE (m.station_id, m.observed_at) = (j.station_id, j.observed_at)
        AND m.observed_at BETWEEN first - INTERVAL '2 days' AND last + INTERVAL '2 days';
    DELETE FROM stuck_wind AS w USING judged_hour AS j
    WHERE (w.station_id, w.observed_at) = (j.station_id, j.observed_at) AND NOT j.stuck;

    INSERT INTO merge_finding (reason, detail, stored)
    SELECT 'wind does not move: no instrument, or a stuck one; held to be not measured',
        format(
            '%s: %s hours from %s to %s UTC', j.station_id, count(*),
            to_char(min(j.observed_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'),
            to_char(max(j.observed_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')
        ),
        true
    FROM judged_hour AS j
    WHERE j.stuck
    GROUP BY j.station_id
    ORDER BY j.station_id;
    DROP TABLE judged_hour;
END $$;
