-- How many hotspots each day had, kept along with them: by province, land use, satellite and what
-- gives the heat.

-- The day whose 24 hours hold a moment; it is named by the morning in which they end, at 08:00 in
-- Thailand, 01:00 UTC. `period_of` of layers/reports/measures.py has them from there to here.
CREATE FUNCTION report_day(at timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (at AT TIME ZONE 'UTC' + interval '23 hours')::date
$$;

-- A column list and a sign (1 to add, -1 to take away) for hotspot_day_statement.
CREATE FUNCTION signed_hotspots(source text, sign integer) RETURNS text LANGUAGE sql IMMUTABLE
AS $$
    SELECT format(
        'SELECT acquired_at, acquired_from, time_precision, geom, land_use, satellite, daynight,
            heat_source, %s AS sign FROM %I', sign, source
    )
$$;

-- The statement that brings the counts up to date with the rows of a query.
CREATE FUNCTION hotspot_day_statement(signed text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT format(
        'INSERT INTO hotspot_day_count AS t (
            first_day, day, province_code, land_use, satellite, daynight, heat_source, count
        )
        SELECT
            report_day(CASE h.time_precision WHEN ''window''
                THEN coalesce(h.acquired_from, h.acquired_at) ELSE h.acquired_at END),
            report_day(h.acquired_at),
            coalesce(CASE WHEN c.codes IS NULL THEN c.province_code
                ELSE province_in_cell(h.geom, c.codes, c.outlines) END, ''''),
            coalesce(h.land_use, ''''), coalesce(h.satellite, ''''), coalesce(h.daynight, ''''),
            coalesce(h.heat_source, ''''),
            sum(h.sign)
        FROM (%s) AS h
        LEFT JOIN province_cell AS c
            ON c.x = floor(ST_X(h.geom) * 16)::integer AND c.y = floor(ST_Y(h.geom) * 16)::integer
        GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(h.sign) <> 0
        ON CONFLICT (day, first_day, province_code, land_use, satellite, daynight, heat_source)
        DO UPDATE SET count = t.count + excluded.count',
        signed
    )
$$;

CREATE FUNCTION add_hotspot_day_counts(source text) RETURNS void LANGUAGE plpgsql
SET work_mem = '64MB' AS $$
BEGIN
    EXECUTE hotspot_day_statement(signed_hotspots(source, 1));
END $$;
COMMENT ON FUNCTION add_hotspot_day_counts IS
    'for rows written to a partition directly, which the triggers of its parent miss';

-- Whoever writes hotspots meanwhile would count them by the former provinces: none does.
CREATE FUNCTION recount_hotspot_days() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE hotspot IN SHARE MODE;
    DELETE FROM hotspot_day_count;
    PERFORM add_hotspot_day_counts('hotspot');
END $$;
COMMENT ON FUNCTION recount_hotspot_days IS
    'counts anew, which changes nothing unless counts were wrong';

CREATE FUNCTION count_changed_hotspot_days() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '64MB' AS $$
DECLARE
    added text := signed_hotspots('new_hotspots', 1);
    taken text := signed_hotspots('former_hotspots', -1);
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF EXISTS (SELECT FROM new_hotspots) THEN
            EXECUTE hotspot_day_statement(added);
        END IF;
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT FROM former_hotspots) THEN
        RETURN NULL;
    END IF;
    EXECUTE hotspot_day_statement(
        CASE TG_OP WHEN 'UPDATE' THEN added || ' UNION ALL ' || taken ELSE taken END
    );
    DELETE FROM hotspot_day_count WHERE count = 0;
    RETURN NULL;
END $$;

CREATE FUNCTION clear_hotspot_day_counts() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM hotspot_day_count;
    RETURN NULL;
END $$;

CREATE TRIGGER count_days_of_inserts AFTER INSERT ON hotspot
REFERENCING NEW TABLE AS new_hotspots
FOR EACH STATEMENT EXECUTE FUNCTION count_changed_hotspot_days();
CREATE TRIGGER count_days_of_updates AFTER UPDATE ON hotspot
REFERENCING OLD TABLE AS former_hotspots NEW TABLE AS new_hotspots
FOR EACH STATEMENT EXECUTE FUNCTION count_changed_hotspot_days();
CREATE TRIGGER count_days_of_deletes AFTER DELETE ON hotspot
REFERENCING OLD TABLE AS former_hotspots
FOR EACH STATEMENT EXECUTE FUNCTION count_changed_hotspot_days();
CREATE TRIGGER clear_days_of_truncates AFTER TRUNCATE ON hotspot
FOR EACH STATEMENT EXECUTE FUNCTION clear_hotspot_day_counts();

-- Of a database that had hotspots before they were counted.
SELECT recount_hotspot_days() WHERE NOT EXISTS (SELECT FROM hotspot_day_count);
