-- Each station's 24-hour mean of PM2.5 at 08:00 of each day, kept along with the readings; after
-- thai_aqi.sql, which says how many hours a mean must have.

-- A reading tells of the hours before it: that of 08:00 is the last of its day.
CREATE FUNCTION air_report_day(observed_at timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ((observed_at - interval '1 microsecond') AT TIME ZONE 'UTC' + interval '23 hours')::date
$$;

CREATE FUNCTION air_day_end(day date) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (day + time '01:00') AT TIME ZONE 'UTC'
$$;

-- The statement that forgets the days in which a query has readings (station_id, observed_at).
CREATE FUNCTION air_day_deletion(changed text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT format(
        'DELETE FROM air_station_day AS t USING (
            SELECT DISTINCT station_id, air_report_day(observed_at) AS day FROM (%s) AS c
        ) AS c
        WHERE (t.day, t.station_id) = (c.day, c.station_id)', changed
    )
$$;

-- The statement that reckons them, of which `first` and `last` are the outermost: the running mean
-- that the feed gave in the day's last three hours, or else that of its hours where they suffice.
CREATE FUNCTION air_day_insertion(changed text, first date, last date) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT format(
        'INSERT INTO air_station_day (day, station_id, pm25_24h, observed_at)
        SELECT day, station_id, coalesce(given, mean), observed_at
        FROM (
            SELECT c.day, c.station_id,
                (array_agg(m.pm25_24h ORDER BY m.observed_at DESC) FILTER (
                    WHERE m.pm25_24h IS NOT NULL
                        AND m.observed_at > air_day_end(c.day) - interval ''3 hours''
                ))[1] AS given,
                CASE WHEN count(m.pm25_1h) >= thai_aqi_least_hours()
                    THEN round(avg(m.pm25_1h)::numeric, 1)::float8 END AS mean,
                max(m.observed_at) AS observed_at
            FROM (
                SELECT DISTINCT station_id, air_report_day(observed_at) AS day FROM (%s) AS c
            ) AS c
            JOIN air_measurement AS m
                ON m.station_id = c.station_id AND air_report_day(m.observed_at) = c.day
            WHERE m.observed_at > %L AND m.observed_at <= %L AND NOT m.forecast
                AND coalesce(m.pm25_24h, m.pm25_1h) IS NOT NULL
            GROUP BY c.day, c.station_id
        ) AS reckoned
        WHERE coalesce(given, mean) IS NOT NULL',
        changed, air_day_end(first - 1), air_day_end(last)
    )
$$;

CREATE FUNCTION reckon_changed_air_days() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '64MB' AS $$
DECLARE
    changed text := 'SELECT station_id, observed_at FROM changed_rows';
    first date; last date;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        changed := changed || ' UNION ALL SELECT station_id, observed_at FROM former_rows';
    END IF;
    EXECUTE format(
        'SELECT air_report_day(min(observed_at)), air_report_day(max(observed_at)) FROM (%s) AS c',
        changed
    ) INTO first, last;
    -- In no function of its own, where the changed rows could not be seen.
    IF first IS NOT NULL THEN
        EXECUTE air_day_deletion(changed);
        EXECUTE air_day_insertion(changed, first, last);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION clear_air_days() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM air_station_day;
    RETURN NULL;
END $$;

CREATE FUNCTION reckon_all_air_days() RETURNS void LANGUAGE plpgsql SET work_mem = '64MB' AS $$
BEGIN
    LOCK TABLE air_measurement IN SHARE MODE;
    DELETE FROM air_station_day;
    EXECUTE air_day_insertion(
        'SELECT station_id, observed_at FROM air_measurement',
        (SELECT air_report_day(min(observed_at)) FROM air_measurement),
        (SELECT air_report_day(max(observed_at)) FROM air_measurement)
    );
END $$;

CREATE TRIGGER reckon_days_of_inserts AFTER INSERT ON air_measurement
REFERENCING NEW TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION reckon_changed_air_days();
CREATE TRIGGER reckon_days_of_updates AFTER UPDATE ON air_measurement
REFERENCING OLD TABLE AS former_rows NEW TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION reckon_changed_air_days();
CREATE TRIGGER reckon_days_of_deletes AFTER DELETE ON air_measurement
REFERENCING OLD TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION reckon_changed_air_days();
CREATE TRIGGER clear_days_of_truncates AFTER TRUNCATE ON air_measurement
FOR EACH STATEMENT EXECUTE FUNCTION clear_air_days();

-- Of a database that had readings before their days were kept.
SELECT reckon_all_air_days() WHERE NOT EXISTS (SELECT FROM air_station_day);
