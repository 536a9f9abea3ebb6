"""Air stations and their hourly readings, by month; the Thai AQI of PM2.5 as SQL functions."""

from alembic import op

revision = "2026_11_21_air"
down_revision = "2026_11_21_foundation"


def upgrade() -> None:
    """Forward only."""
    op.execute(_TABLES)
    op.execute(_MERGE)
    op.execute(_AQI)


_TABLES = """
    CREATE TABLE air_station (
        id text COLLATE "C" PRIMARY KEY,
        name_th text,
        name_en text,
        area_th text,
        area_en text,
        kind text CHECK (kind IN ('ground', 'mobile', 'model')),
        geom geometry(Point, 4326),
        source text NOT NULL,
        run_id bigint
    );
    CREATE INDEX air_station_geom ON air_station USING gist (geom);
    CREATE INDEX air_station_geography ON air_station USING gist ((geom::geography));
    COMMENT ON COLUMN air_station.geom IS
        'null where no coordinates are known: readings are kept and shown once they are';

    CREATE TABLE staging.air_station (
        id text NOT NULL,
        name_th text,
        name_en text,
        area_th text,
        area_en text,
        kind text,
        lon double precision,
        lat double precision,
        geom geometry(Point, 4326)
            GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED,
        source text NOT NULL
    );

    -- What an hour is known to have been: means over 24, 8 and 1 hours that end at observed_at,
    -- in µg/m³ (PM), ppb (O3, NO2, SO2) and ppm (CO).
    CREATE TABLE air_measurement (
        station_id text COLLATE "C" NOT NULL,
        observed_at timestamptz NOT NULL,
        id text COLLATE "C" NOT NULL GENERATED ALWAYS AS (
            station_id || '.' || extract(epoch FROM observed_at AT TIME ZONE 'UTC')::bigint::text
        ) STORED,
        pm25_24h double precision,
        pm10_24h double precision,
        o3_8h double precision,
        co_8h double precision,
        no2_1h double precision,
        so2_1h double precision,
        pm25_1h double precision,
        pm10_1h double precision,
        o3_1h double precision,
        co_1h double precision,
        wind_speed_m_s double precision,
        wind_from_deg double precision,
        temperature_c double precision,
        humidity_pct double precision,
        aqi_reported integer,
        aqi_param text,
        forecast boolean NOT NULL DEFAULT false,
        source text NOT NULL,
        run_id bigint,
        PRIMARY KEY (station_id, observed_at)
    ) PARTITION BY RANGE (observed_at);
    CREATE INDEX air_measurement_id ON air_measurement (id);
    CREATE INDEX air_measurement_observed_at ON air_measurement (observed_at);
    CREATE INDEX air_measurement_forecast ON air_measurement (station_id, observed_at)
        WHERE forecast;

    CREATE TABLE staging.air_measurement (
        station_id text COLLATE "C" NOT NULL,
        observed_at timestamptz NOT NULL,
        pm25_24h double precision,
        pm10_24h double precision,
        o3_8h double precision,
        co_8h double precision,
        no2_1h double precision,
        so2_1h double precision,
        pm25_1h double precision,
        pm10_1h double precision,
        o3_1h double precision,
        co_1h double precision,
        wind_speed_m_s double precision,
        wind_from_deg double precision,
        temperature_c double precision,
        humidity_pct double precision,
        aqi_reported integer,
        aqi_param text,
        forecast boolean NOT NULL,
        source text NOT NULL
    );
"""

_MERGE = """
    -- Merges staged rows into `target`, never putting null where a value is known: rows delivered
    -- for one key become one, each column taking the last value delivered. `rows_in` narrows the
    -- rows of the target (alias t) that can match, so that the planner skips the other months.
    CREATE FUNCTION merge_known(target text, key text[], run bigint, rows_in text DEFAULT 'true')
    RETURNS TABLE (inserted bigint, updated bigint, unchanged bigint) LANGUAGE plpgsql AS $$
    DECLARE
        keys text := array_to_string(key, ', ');
        plain text; last_known text; kept text; ours text; assigned text;
    BEGIN
        SELECT
            string_agg(format('%I', s.attname), ', '),
            string_agg(format(
                '(array_agg(%1$I ORDER BY seq DESC) FILTER (WHERE %1$I IS NOT NULL))[1]',
                s.attname
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
        FROM merge_known('air_station', ARRAY['id'], run) AS m
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

        SELECT m.inserted, m.updated, m.unchanged INTO merged
        FROM merge_known(
            'air_measurement', ARRAY['station_id', 'observed_at'], run,
            format('t.observed_at BETWEEN %L AND %L', first, last)
        ) AS m;
        RETURN QUERY SELECT merged.inserted - replaced, merged.updated + replaced, merged.unchanged;
    END $$;
"""

_AQI = """
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
"""
