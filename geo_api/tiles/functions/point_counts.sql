-- How many points lie in each cell of a few grids, kept along with the points.

-- The days of UTC, those of Thailand, seven hours ahead, and those that reports are of, from 08:00 to
-- 08:00 there, are all made of parts of days cut at 0, 1 and 17 h UTC.
CREATE FUNCTION point_count_grids(timed boolean)
RETURNS TABLE (unit text, level integer, since text) LANGUAGE sql IMMUTABLE AS $$
    SELECT u.unit, l.level, u.since
    FROM (VALUES
        ('ever', ARRAY[15, 13, 11], '''-infinity''::timestamptz'),
        ('month', ARRAY[13, 11],
            'date_trunc(''month'', at AT TIME ZONE ''UTC'') AT TIME ZONE ''UTC'''),
        ('day-part', ARRAY[11], 'date_bin(''1 day'', at, ''2000-01-01Z'') + CASE
            WHEN at < date_bin(''1 day'', at, ''2000-01-01Z'') + interval ''1 hour''
            THEN interval ''0''
            WHEN at < date_bin(''1 day'', at, ''2000-01-01Z'') + interval ''17 hours''
            THEN interval ''1 hour'' ELSE interval ''17 hours'' END')
    ) AS u (unit, levels, since), unnest(u.levels) AS l (level)
    WHERE timed OR u.unit = 'ever'
$$;
COMMENT ON FUNCTION point_count_grids IS
    'the finer the time, the coarser the cells; `since`: when the unit that holds `at` began';

-- The queries that count, in each grid, the rows of "placed": a unit's finest grid from these,
-- the others from the finer one, by its name. x is from the west and y from the north.
CREATE FUNCTION point_count_queries(timed boolean)
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
            FROM point_count_grids(timed)
        ) AS f
        WINDOW same_unit AS (PARTITION BY f.unit ORDER BY f.level DESC)
    ) AS g
$$;

-- The statement that adds the rows of `source` to the counts of a table or, with the sign -1, takes
-- them away. What is new of a block is written behind what it has; the first of it is summed.
CREATE FUNCTION point_count_statement(counted_table text, source text, sign integer) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT format(
        'WITH placed AS MATERIALIZED (
            SELECT floor(mercator_x(ST_X(%1$I)) * 2 ^ 15)::integer AS x,
                floor(mercator_y(ST_Y(%1$I)) * 2 ^ 15)::integer AS y,
                %2$s AS class, %3$s AS at
            FROM %4$s WHERE %5$s
        ), %6$s, changed AS (%7$s)
        INSERT INTO point_count AS t (
            layer, unit, level, since, block, entries, summed, cells, counts
        )
        SELECT %8$L, unit, level, since, block, count(*), count(*),
            array_agg(cell), array_agg(count)
        FROM changed GROUP BY unit, level, since, block
        ON CONFLICT (layer, unit, level, since, block) DO UPDATE SET
            entries = t.entries + excluded.entries,
            cells = t.cells || excluded.cells,
            counts = t.counts || excluded.counts',
        s.geometry_column, s.class_expression, coalesce(quote_ident(s.time_column), 'NULL'), source,
        s.condition,
        string_agg(format('%I AS (%s)', q.name, q.query), ', '),
        string_agg(format(
            'SELECT %L AS unit, %s AS level, since,
                ((y >> 6) << %s) | (x >> 6) AS block,
                (coalesce(array_position(%L::text[], class), 0) << 12)
                    | ((y & 63) << 6) | (x & 63) AS cell,
                %s * count AS count
            FROM %I',
            q.unit, q.level, q.level - 6, s.classes, sign, q.name
        ), ' UNION ALL '),
        s.layer
    )
    FROM point_count_source AS s, point_count_queries(s.time_column IS NOT NULL) AS q
    WHERE s.table_name = counted_table
    GROUP BY s.table_name
$$;

-- Sums the blocks that have grown by a quarter or so: each entry is then summed some five times
-- in all, however small the changes are, and a tile costs a quarter more than it must.
CREATE FUNCTION compact_point_counts(counted_table text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    WITH grown AS (
        DELETE FROM point_count USING point_count_source AS s
        WHERE s.table_name = counted_table AND point_count.layer = s.layer
            AND entries > summed + greatest(summed / 4, 250)
        RETURNING point_count.*
    ), entry AS (
        SELECT g.layer, g.unit, g.level, g.since, g.block, u.cell, sum(u.count) AS count
        FROM grown AS g, unnest(g.cells, g.counts) AS u (cell, count)
        GROUP BY g.layer, g.unit, g.level, g.since, g.block, u.cell
        HAVING sum(u.count) <> 0
    )
    INSERT INTO point_count (layer, unit, level, since, block, entries, summed, cells, counts)
    SELECT layer, unit, level, since, block, count(*), count(*),
        array_agg(cell), array_agg(count)
    FROM entry GROUP BY layer, unit, level, since, block;
END $$;

CREATE FUNCTION add_point_counts(counted_table text, source text)
RETURNS void LANGUAGE plpgsql SET work_mem = '64MB' AS $$
BEGIN
    EXECUTE point_count_statement(counted_table, source, 1);
    PERFORM compact_point_counts(counted_table);
END $$;
COMMENT ON FUNCTION add_point_counts IS
    'for rows written to a partition directly, which the triggers of its parent miss';

CREATE FUNCTION recount_points(counted_table text) RETURNS void LANGUAGE sql AS $$
    DELETE FROM point_count USING point_count_source AS s
    WHERE point_count.layer = s.layer AND s.table_name = counted_table;
    SELECT add_point_counts(counted_table, format('%I', counted_table));
$$;
COMMENT ON FUNCTION recount_points IS 'counts anew, which changes nothing unless counts were wrong';

CREATE FUNCTION count_changed_points() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '64MB' AS $$
BEGIN
    -- Not through add_point_counts, where these rows cannot be seen.
    IF TG_OP <> 'DELETE' THEN
        IF NOT EXISTS (SELECT FROM changed_rows) THEN
            RETURN NULL;
        END IF;
        EXECUTE point_count_statement(TG_TABLE_NAME, 'changed_rows', 1);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM former_rows) THEN
            RETURN NULL;
        END IF;
        EXECUTE point_count_statement(TG_TABLE_NAME, 'former_rows', -1);
    END IF;
    PERFORM compact_point_counts(TG_TABLE_NAME);
    RETURN NULL;
END $$;

CREATE FUNCTION clear_point_counts() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM point_count USING point_count_source AS s
    WHERE point_count.layer = s.layer AND s.table_name = TG_TABLE_NAME;
    RETURN NULL;
END $$;

CREATE FUNCTION track_point_counts(counted_table text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE TRIGGER count_inserts AFTER INSERT ON %1$I
            REFERENCING NEW TABLE AS changed_rows
            FOR EACH STATEMENT EXECUTE FUNCTION count_changed_points();
        CREATE TRIGGER count_updates AFTER UPDATE ON %1$I
            REFERENCING OLD TABLE AS former_rows NEW TABLE AS changed_rows
            FOR EACH STATEMENT EXECUTE FUNCTION count_changed_points();
        CREATE TRIGGER count_deletes AFTER DELETE ON %1$I
            REFERENCING OLD TABLE AS former_rows
            FOR EACH STATEMENT EXECUTE FUNCTION count_changed_points();
        CREATE TRIGGER count_truncates AFTER TRUNCATE ON %1$I
            FOR EACH STATEMENT EXECUTE FUNCTION clear_point_counts()',
        counted_table
    );
END $$;

SELECT track_point_counts(table_name) FROM point_count_source;
-- A layer that has points and no counts is new; a revision that empties them has them counted anew.
SELECT recount_points(table_name) FROM point_count_source
WHERE NOT EXISTS (SELECT FROM point_count WHERE point_count.layer = point_count_source.layer);
