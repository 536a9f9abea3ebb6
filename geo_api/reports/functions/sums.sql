-- Sums that a morning's brief begins with, kept along with the rows that they add up.

-- The query of what the rows of `source` (a table's, or some of its rows) add to a kept table: the
-- columns of its key, and a count; NULL of no source.
CREATE FUNCTION summed_rows(target text, source text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
AS $$
    SELECT format(
        CASE target
            WHEN 'hotspot_province_day' THEN
                'SELECT day, province_code, count FROM %1$I WHERE first_day = day'
            WHEN 'certified_change' THEN
                'SELECT since AS day, 1 AS count FROM %1$I
                UNION ALL SELECT until, -1 FROM %1$I WHERE until < ''infinity'''
            WHEN 'operating_factory_count' THEN
                'SELECT coalesce(province_code, '''') AS province_code, 1 AS count FROM %1$I
                WHERE status = ''operating'' AND geom IS NOT NULL'
            WHEN 'complaint_month' THEN
                'SELECT date_trunc(''month'', c.public_at AT TIME ZONE ''Asia/Bangkok'')::date
                        AS month,
                    coalesce(CASE WHEN p.codes IS NULL THEN p.province_code
                        ELSE province_in_cell(c.public_geom, p.codes, p.outlines) END, '''')
                        AS province_code,
                    coalesce(c.status <> ''closed'', false) AS open, 1 AS count
                FROM %1$I AS c
                LEFT JOIN province_cell AS p
                    ON p.x = floor(ST_X(c.public_geom) * 16)::integer
                    AND p.y = floor(ST_Y(c.public_geom) * 16)::integer
                WHERE c.category IS NOT NULL AND c.public_at IS NOT NULL'
        END,
        source
    )
$$;

CREATE FUNCTION summed_key(target text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE target
        WHEN 'hotspot_province_day' THEN 'day, province_code'
        WHEN 'certified_change' THEN 'day'
        WHEN 'operating_factory_count' THEN 'province_code'
        WHEN 'complaint_month' THEN 'month, province_code, open'
    END
$$;

-- The statement that brings a kept table up to date with rows that came and rows that went; either
-- may be NULL. In the order of the key, so that two who do so at once wait for each other in turn.
CREATE FUNCTION sums_statement(target text, came text, went text) RETURNS text LANGUAGE sql
IMMUTABLE AS $$
    SELECT format(
        'INSERT INTO %1$I AS t (%2$s, count)
        SELECT %2$s, sum(count) FROM (%3$s) AS s
        GROUP BY %2$s HAVING sum(count) <> 0 ORDER BY %2$s
        ON CONFLICT (%2$s) DO UPDATE SET count = t.count + excluded.count',
        target,
        key,
        concat_ws(
            ' UNION ALL ',
            'SELECT ' || key || ', count FROM (' || summed_rows(target, came) || ') AS c',
            'SELECT ' || key || ', -count AS count FROM (' || summed_rows(target, went) || ') AS w'
        )
    )
    FROM summed_key(target) AS key
$$;

CREATE FUNCTION sum_all_anew(target text, source text) RETURNS void LANGUAGE plpgsql
SET work_mem = '64MB' AS $$
BEGIN
    EXECUTE format('DELETE FROM %I', target);
    EXECUTE sums_statement(target, source, NULL);
END $$;

-- Its argument names the kept table. Only the trigger's own statements see the rows that changed.
CREATE FUNCTION sum_changed_rows() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '64MB' AS $$
DECLARE
    target text := TG_ARGV[0];
BEGIN
    CASE TG_OP
        WHEN 'INSERT' THEN EXECUTE sums_statement(target, 'changed_rows', NULL);
        WHEN 'UPDATE' THEN EXECUTE sums_statement(target, 'changed_rows', 'former_rows');
        WHEN 'DELETE' THEN EXECUTE sums_statement(target, NULL, 'former_rows');
        ELSE EXECUTE format('DELETE FROM %I', target);
    END CASE;
    EXECUTE format('DELETE FROM %I WHERE count = 0', target);
    RETURN NULL;
END $$;

-- The triggers of each kept table; and its sums, of a database that had the rows before.
DO $$
DECLARE
    kept record;
    is_empty boolean;
BEGIN
    FOR kept IN
        SELECT * FROM (VALUES
            ('hotspot_province_day', 'hotspot_day_count'),
            ('certified_change', 'certified_period'),
            ('operating_factory_count', 'factory'),
            ('complaint_month', 'complaint')
        ) AS k (target, source)
    LOOP
        EXECUTE format(
            'CREATE TRIGGER add_inserts AFTER INSERT ON %1$I
            REFERENCING NEW TABLE AS changed_rows
            FOR EACH STATEMENT EXECUTE FUNCTION sum_changed_rows(%2$L);
            CREATE TRIGGER add_updates AFTER UPDATE ON %1$I
            REFERENCING OLD TABLE AS former_rows NEW TABLE AS changed_rows
            FOR EACH STATEMENT EXECUTE FUNCTION sum_changed_rows(%2$L);
            CREATE TRIGGER add_deletes AFTER DELETE ON %1$I
            REFERENCING OLD TABLE AS former_rows
            FOR EACH STATEMENT EXECUTE FUNCTION sum_changed_rows(%2$L);
            CREATE TRIGGER add_truncates AFTER TRUNCATE ON %1$I
            FOR EACH STATEMENT EXECUTE FUNCTION sum_changed_rows(%2$L)',
            kept.source, kept.target
        );
        EXECUTE format('SELECT NOT EXISTS (SELECT FROM %I)', kept.target) INTO is_empty;
        IF is_empty THEN
            PERFORM sum_all_anew(kept.target, kept.source);
        END IF;
    END LOOP;
END $$;
