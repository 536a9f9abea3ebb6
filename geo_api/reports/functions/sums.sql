-- Sums that reports begin with, kept along with the rows that they add up. Of hotspots those that
-- are industrial are in none: these tell how much burns.

-- Each kept table and the table it sums. `rows` gives the `told` columns of a table's rows, and a
-- count; they are added up before `keyed` finds out where the places among them are: what changed
-- and is where it was needs no looking up. `keyed` gives the columns of `key`, and a count.
CREATE FUNCTION kept_sums()
RETURNS TABLE (target text, source text, rows text, told text, keyed text, key text)
LANGUAGE sql IMMUTABLE AS $kept$
    VALUES
    (
        'hotspot_province_day', 'hotspot_day_count',
        'SELECT day, province_code, count FROM %I
        WHERE first_day = day AND heat_source <> ''industrial_static''',
        'day, province_code',
        'SELECT day, province_code, count FROM told',
        'day, province_code'
    ), (
        'hotspot_satellite_day', 'hotspot_day_count',
        'SELECT day, satellite, land_use, count FROM %I
        WHERE first_day = day AND province_code <> ''''
            AND heat_source <> ''industrial_static''',
        'day, satellite, land_use',
        'SELECT day, satellite, land_use, count FROM told',
        'day, satellite, land_use'
    ), (
        'hotspot_district_day', 'hotspot',
        'SELECT report_day(acquired_at) AS day, geom, 1 AS count FROM %I
        WHERE heat_source IS DISTINCT FROM ''industrial_static'' AND (
            time_precision <> ''window''
            OR report_day(coalesce(acquired_from, acquired_at)) = report_day(acquired_at))',
        'day, geom',
        'SELECT t.day, d.code AS district_code, t.count
        FROM (SELECT day, geom, count FROM told ORDER BY geom) AS t
        JOIN district AS d ON ST_Intersects(d.geom, t.geom)',
        'day, district_code'
    ), (
        'operating_factory_count', 'factory',
        'SELECT coalesce(province_code, '''') AS province_code, 1 AS count FROM %I
        WHERE status = ''operating'' AND geom IS NOT NULL',
        'province_code',
        'SELECT province_code, count FROM told',
        'province_code'
    ), (
        'district_factory_count', 'factory',
        'SELECT geom, 1 AS count FROM %I WHERE status = ''operating'' AND geom IS NOT NULL',
        'geom',
        'SELECT d.code AS district_code, t.count
        FROM (SELECT geom, count FROM told ORDER BY geom) AS t
        JOIN district AS d ON ST_Intersects(d.geom, t.geom)',
        'district_code'
    ), (
        'certified_change', 'certified_period',
        'SELECT since AS day, 1 AS count FROM %1$I
        UNION ALL SELECT until, -1 FROM %1$I WHERE until < ''infinity''',
        'day',
        'SELECT day, count FROM told',
        'day'
    )
$kept$;

-- The statement that brings a kept table up to date with rows that came and rows that went, each the
-- name of a table or NULL. In the order of the key, so that two who do so at once wait for each
-- other in turn.
CREATE FUNCTION sums_statement(kept text, came text, went text) RETURNS text LANGUAGE sql STABLE
AS $$
    SELECT format(
        'WITH told AS MATERIALIZED (
            SELECT %3$s, sum(count) AS count FROM (%4$s) AS r
            GROUP BY %3$s HAVING sum(count) <> 0
        )
        INSERT INTO %1$I AS t (%2$s, count)
        SELECT %2$s, sum(count) FROM (%5$s) AS k
        GROUP BY %2$s HAVING sum(count) <> 0 ORDER BY %2$s
        ON CONFLICT (%2$s) DO UPDATE SET count = t.count + excluded.count',
        k.target,
        k.key,
        k.told,
        concat_ws(
            ' UNION ALL ',
            CASE WHEN came IS NOT NULL THEN
                'SELECT ' || k.told || ', count FROM (' || format(k.rows, came) || ') AS c' END,
            CASE WHEN went IS NOT NULL THEN
                'SELECT ' || k.told || ', -count AS count FROM (' || format(k.rows, went)
                || ') AS w' END
        ),
        k.keyed
    )
    FROM kept_sums() AS k
    WHERE k.target = kept
$$;

CREATE FUNCTION sum_all_anew(kept text) RETURNS void LANGUAGE plpgsql SET work_mem = '64MB' AS $$
BEGIN
    EXECUTE format('DELETE FROM %I', kept);
    EXECUTE sums_statement(kept, (SELECT source FROM kept_sums() WHERE target = kept), NULL);
END $$;
COMMENT ON FUNCTION sum_all_anew IS 'which changes nothing unless sums were wrong';

CREATE FUNCTION add_to_sums(kept text, came text) RETURNS void LANGUAGE plpgsql
SET work_mem = '64MB' AS $$
BEGIN
    EXECUTE sums_statement(kept, came, NULL);
END $$;
COMMENT ON FUNCTION add_to_sums IS
    'for rows written to a partition directly, which the triggers of its parent miss';

-- Its argument names the kept table. Only the trigger's own statements see the rows that changed.
CREATE FUNCTION sum_changed_rows() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '64MB' AS $$
DECLARE
    kept text := TG_ARGV[0];
BEGIN
    CASE TG_OP
        WHEN 'INSERT' THEN EXECUTE sums_statement(kept, 'changed_rows', NULL);
        WHEN 'UPDATE' THEN EXECUTE sums_statement(kept, 'changed_rows', 'former_rows');
        WHEN 'DELETE' THEN EXECUTE sums_statement(kept, NULL, 'former_rows');
        ELSE EXECUTE format('DELETE FROM %I', kept);
    END CASE;
    EXECUTE format('DELETE FROM %I WHERE count = 0', kept);
    RETURN NULL;
END $$;

-- Districts whose boundaries change are counted in anew, all of them.
CREATE FUNCTION sum_in_new_districts() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NOT EXISTS (
            (SELECT code, geom::text FROM former_rows EXCEPT SELECT code, geom::text FROM new_rows)
            UNION ALL
            (SELECT code, geom::text FROM new_rows EXCEPT SELECT code, geom::text FROM former_rows)
        ) THEN
            RETURN NULL;
        END IF;
    ELSIF TG_OP <> 'TRUNCATE' THEN
        IF NOT EXISTS (SELECT FROM new_rows) THEN
            RETURN NULL;
        END IF;
    END IF;
    -- Whoever writes either meanwhile would count them by the former districts: none does.
    LOCK TABLE hotspot, factory IN SHARE MODE;
    PERFORM sum_all_anew('hotspot_district_day');
    PERFORM sum_all_anew('district_factory_count');
    RETURN NULL;
END $$;

CREATE TRIGGER sum_on_insert AFTER INSERT ON district REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION sum_in_new_districts();
CREATE TRIGGER sum_on_update AFTER UPDATE ON district
REFERENCING OLD TABLE AS former_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION sum_in_new_districts();
CREATE TRIGGER sum_on_delete AFTER DELETE ON district REFERENCING OLD TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION sum_in_new_districts();
CREATE TRIGGER sum_on_truncate AFTER TRUNCATE ON district
FOR EACH STATEMENT EXECUTE FUNCTION sum_in_new_districts();

-- The triggers of each kept table; and its sums, of a database that had the rows before.
DO $$
DECLARE
    kept record;
    is_empty boolean;
BEGIN
    FOR kept IN SELECT target, source FROM kept_sums() LOOP
        EXECUTE format(
            'CREATE TRIGGER %3$I AFTER INSERT ON %1$I
            REFERENCING NEW TABLE AS changed_rows
            FOR EACH STATEMENT EXECUTE FUNCTION sum_changed_rows(%2$L);
            CREATE TRIGGER %4$I AFTER UPDATE ON %1$I
            REFERENCING OLD TABLE AS former_rows NEW TABLE AS changed_rows
            FOR EACH STATEMENT EXECUTE FUNCTION sum_changed_rows(%2$L);
            CREATE TRIGGER %5$I AFTER DELETE ON %1$I
            REFERENCING OLD TABLE AS former_rows
            FOR EACH STATEMENT EXECUTE FUNCTION sum_changed_rows(%2$L);
            CREATE TRIGGER %6$I AFTER TRUNCATE ON %1$I
            FOR EACH STATEMENT EXECUTE FUNCTION sum_changed_rows(%2$L)',
            kept.source,
            kept.target,
            'inserts_to_' || kept.target,
            'updates_to_' || kept.target,
            'deletes_to_' || kept.target,
            'truncates_to_' || kept.target
        );
        EXECUTE format('SELECT NOT EXISTS (SELECT FROM %I)', kept.target) INTO is_empty;
        IF is_empty THEN
            PERFORM sum_all_anew(kept.target);
        END IF;
    END LOOP;
END $$;
