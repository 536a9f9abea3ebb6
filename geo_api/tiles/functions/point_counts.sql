-- How many points lie in each cell of a few grids, kept along with the points.

-- The days of UTC and those of Thailand, seven hours ahead, are both made of parts of days cut
-- at 0 and at 17 h UTC.
CREATE FUNCTION bin_grids(timed boolean)
RETURNS TABLE (unit text, level integer, since text) LANGUAGE sql IMMUTABLE AS $$
    SELECT u.unit, l.level, u.since
    FROM (VALUES
        ('ever', ARRAY[15, 13, 11], '''-infinity''::timestamptz'),
        ('month', ARRAY[13, 11],
            'date_trunc(''month'', at AT TIME ZONE ''UTC'') AT TIME ZONE ''UTC'''),
        ('half-day', ARRAY[11], 'date_bin(''1 day'', at, ''2000-01-01Z'') + CASE
            WHEN at < date_bin(''1 day'', at, ''2000-01-01Z'') + interval ''17 hours''
            THEN interval ''0'' ELSE interval ''17 hours'' END')
    ) AS u (unit, levels, since), unnest(u.levels) AS l (level)
    WHERE timed OR u.unit = 'ever'
$$;
COMMENT ON FUNCTION bin_grids IS
    'the finer the time, the coarser the cells; `since`: when the unit that holds `at` began';

-- The queries that count, in each grid, the rows of "placed": a unit's finest grid from these,
-- the others from the finer one, by its name. x is from the west and y from the north.
CREATE FUNCTION bin_counts(timed boolean)
RETURNS TABLE (unit text, level integer, name text, query text) LANGUAGE sql STABLE AS $$
    SELECT g.unit, g.level, g.name, format(
        'SELECT %1$s AS since, x >> %2$s AS x, y >> %2$s AS y, class, %3$s::integer AS count
        FROM %4$I GROUP BY 1, 2, 3, class',
        CASE WHEN g.finer IS NULL THEN g.since ELSE 'since' END,
        coalesce(g.finer_level, 15) - g.level,
        CASE WHEN g.finer IS NULL THEN 'count(*)' ELSE 'sum(count)' END,
        coalesce(g.finer, 'placed')
    )
    FROM (
        SELECT f.unit, f.level, f.since, f.name,
            lag(f.level) OVER same_unit AS finer_level, lag(f.name) OVER same_unit AS finer
        FROM (
            SELECT unit, level, since, format('%s %s', unit, level) AS name
            FROM bin_grids(timed)
        ) AS f
        WINDOW same_unit AS (PARTITION BY f.unit ORDER BY f.level DESC)
    ) AS g
$$;

-- The statement that adds the rows of `source` to the bins of a table or, with the sign -1, takes
-- them away. What is new of a block is written behind what it has; the first of it is summed.
CREATE FUNCTION bin_statement(changed_table text, source text, sign integer) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT format(
        'WITH placed AS MATERIALIZED (
            SELECT floor(mercator_x(ST_X(%1$I)) * 2 ^ 15)::integer AS x,
                floor(mercator_y(ST_Y(%1$I)) * 2 ^ 15)::integer AS y,
                %2$I AS class, %3$s AS at
            FROM %4$s WHERE %5$s
        ), %6$s, changed AS (%7$s)
        INSERT INTO bin AS t (layer, unit, level, since, block, entries, summed, cells, counts)
        SELECT %8$L, unit, level, since, block, count(*), count(*),
            array_agg(cell), array_agg(count)
        FROM changed GROUP BY unit, level, since, block
        ON CONFLICT (layer, unit, level, since, block) DO UPDATE SET
            entries = t.entries + excluded.entries,
            cells = t.cells || excluded.cells,
            counts = t.counts || excluded.counts',
        b.spot, b.class, coalesce(quote_ident(b.at), 'NULL'), source, b.shown,
        string_agg(format('%I AS (%s)', q.name, q.query), ', '),
        string_agg(format(
            'SELECT %L AS unit, %s AS level, since,
                ((y >> 6) << %s) | (x >> 6) AS block,
                (coalesce(array_position(%L::text[], class), 0) << 12)
                    | ((y & 63) << 6) | (x & 63) AS cell,
                %s * count AS count
            FROM %I',
            q.unit, q.level, q.level - 6, b.classes, sign, q.name
        ), ' UNION ALL '),
        b.layer
    )
    FROM binned AS b, bin_counts(b.at IS NOT NULL) AS q
    WHERE b.table_name = changed_table
    GROUP BY b.table_name
$$;

-- Sums the blocks that have grown by a quarter or so: each entry is then summed some five times
-- in all, however small the changes are, and a tile costs a quarter more than it must.
CREATE FUNCTION sum_bins(binned_table text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    WITH grown AS (
        DELETE FROM bin USING binned AS b
        WHERE b.table_name = binned_table AND bin.layer = b.layer
            AND entries > summed + greatest(summed / 4, 250)
        RETURNING bin.*
    ), entry AS (
        SELECT g.layer, g.unit, g.level, g.since, g.block, u.cell, sum(u.count) AS count
        FROM grown AS g, unnest(g.cells, g.counts) AS u (cell, count)
        GROUP BY g.layer, g.unit, g.level, g.since, g.block, u.cell
        HAVING sum(u.count) <> 0
    )
    INSERT INTO bin (layer, unit, level, since, block, entries, summed, cells, counts)
    SELECT layer, unit, level, since, block, count(*), count(*),
        array_agg(cell), array_agg(count)
    FROM entry GROUP BY layer, unit, level, since, block;
END $$;

CREATE FUNCTION add_to_bins(binned_table text, source text)
RETURNS void LANGUAGE plpgsql SET work_mem = '64MB' AS $$
BEGIN
    EXECUTE bin_statement(binned_table, source, 1);
    PERFORM sum_bins(binned_table);
END $$;

COMMENT ON FUNCTION add_to_bins IS
    'for rows written to a partition directly, which the triggers of its parent miss';

CREATE FUNCTION bin_again(binned_table text) RETURNS void LANGUAGE sql AS $$
    DELETE FROM bin USING binned AS b
    WHERE bin.layer = b.layer AND b.table_name = binned_table;
    SELECT add_to_bins(binned_table, format('%I', binned_table));
$$;
COMMENT ON FUNCTION bin_again IS 'counts anew, which changes nothing unless bins were wrong';

CREATE FUNCTION bin_changed_rows() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '64MB' AS $$
BEGIN
    -- Not through add_to_bins, where these rows cannot be seen.
    IF TG_OP <> 'DELETE' THEN
        IF NOT EXISTS (SELECT FROM changed_rows) THEN
            RETURN NULL;
        END IF;
        EXECUTE bin_statement(TG_TABLE_NAME, 'changed_rows', 1);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM former_rows) THEN
            RETURN NULL;
        END IF;
        EXECUTE bin_statement(TG_TABLE_NAME, 'former_rows', -1);
    END IF;
    PERFORM sum_bins(TG_TABLE_NAME);
    RETURN NULL;
END $$;

CREATE FUNCTION empty_bins() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM bin USING binned AS b
    WHERE bin.layer = b.layer AND b.table_name = TG_TABLE_NAME;
    RETURN NULL;
END $$;

CREATE FUNCTION keep_bins(binned_table text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE TRIGGER bin_inserts AFTER INSERT ON %1$I
            REFERENCING NEW TABLE AS changed_rows
            FOR EACH STATEMENT EXECUTE FUNCTION bin_changed_rows();
        CREATE TRIGGER bin_updates AFTER UPDATE ON %1$I
            REFERENCING OLD TABLE AS former_rows NEW TABLE AS changed_rows
            FOR EACH STATEMENT EXECUTE FUNCTION bin_changed_rows();
        CREATE TRIGGER bin_deletes AFTER DELETE ON %1$I
            REFERENCING OLD TABLE AS former_rows
            FOR EACH STATEMENT EXECUTE FUNCTION bin_changed_rows();
        CREATE TRIGGER bin_truncates AFTER TRUNCATE ON %1$I
            FOR EACH STATEMENT EXECUTE FUNCTION empty_bins()',
        binned_table
    );
END $$;

SELECT keep_bins(table_name) FROM binned;
-- A layer that has points and no counts is new; a revision that empties them has them counted anew.
SELECT bin_again(table_name) FROM binned
WHERE NOT EXISTS (SELECT FROM bin WHERE bin.layer = binned.layer);
