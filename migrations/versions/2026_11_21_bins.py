"""Kept bins: how many points lie in each cell of a few grids, changed along with the points."""

from alembic import op

revision = "2026_11_21_bins"
down_revision = "2026_11_21_mercator"


def upgrade() -> None:
    """Forward only."""
    op.execute(_TABLES)
    op.execute(_COUNTING)
    op.execute(_KEEPING)


# A row per cell would cost more to write than the points themselves: 500 rows for 1,000 points.
_TABLES = """
    CREATE TABLE binned (
        table_name text PRIMARY KEY,
        layer text NOT NULL UNIQUE,
        spot text NOT NULL,
        at text,
        class text NOT NULL,
        classes text[] NOT NULL,
        shown text NOT NULL
    );
    COMMENT ON TABLE binned IS
        'tables of points whose layer has bins: the columns of the place (EPSG:4326), of the time '
        'if any and of the class, the classes told apart, and the condition for a row to count';

    CREATE TABLE bin (
        layer text COLLATE "C" NOT NULL,
        unit text COLLATE "C" NOT NULL,
        level integer NOT NULL,
        since timestamptz NOT NULL,
        block integer NOT NULL,
        cells integer[] NOT NULL,
        counts integer[] NOT NULL,
        PRIMARY KEY (layer, unit, level, since, block)
    );
    COMMENT ON COLUMN bin.level IS 'its cells are as many halvings of the world';
    COMMENT ON COLUMN bin.since IS 'the beginning of the month of UTC or the part of a day';
    COMMENT ON COLUMN bin.block IS
        '64 x 64 cells, a tile six zooms above the level: its row * 2^zoom + its column';
    COMMENT ON COLUMN bin.cells IS
        'class * 4096 + row * 64 + column, for every class that a cell holds; other ones are 0';
    COMMENT ON COLUMN bin.counts IS 'of points, in the order of the cells';

    -- The days of UTC and those of Thailand, seven hours ahead, are both made of parts of days cut
    -- at 0 and at 17 h UTC.
    CREATE FUNCTION bin_grids(at text) RETURNS TABLE (unit text, level integer, since text)
    LANGUAGE sql IMMUTABLE AS $$
        SELECT u.unit, l.level, format(u.since, at)
        FROM (VALUES
            ('ever', ARRAY[15, 13, 11], '''-infinity''::timestamptz'),
            ('month', ARRAY[13, 11],
                'date_trunc(''month'', %1$I AT TIME ZONE ''UTC'') AT TIME ZONE ''UTC'''),
            ('half-day', ARRAY[11], 'date_bin(''1 day'', %1$I, ''2000-01-01Z'') + CASE
                WHEN %1$I < date_bin(''1 day'', %1$I, ''2000-01-01Z'') + interval ''17 hours''
                THEN interval ''0'' ELSE interval ''17 hours'' END')
        ) AS u (unit, levels, since), unnest(u.levels) AS l (level)
        WHERE u.unit = 'ever' OR at IS NOT NULL
    $$;
    COMMENT ON FUNCTION bin_grids IS 'the finer the time, the coarser; `at` is the column of it';
"""

_COUNTING = """
    -- The queries that count the rows of `source` in each grid: a unit's finest one from the rows,
    -- the others from the finer one, by its name. x is from the west and y from the north.
    CREATE FUNCTION bin_counts(b binned, source text)
    RETURNS TABLE (unit text, level integer, name text, query text) LANGUAGE sql STABLE AS $$
        SELECT g.unit, g.level, g.name, CASE WHEN g.finer IS NULL THEN format(
            'SELECT %s AS since, floor(mercator_x(ST_X(%I)) * %s)::integer AS x,
                floor(mercator_y(ST_Y(%2$I)) * %3$s)::integer AS y,
                %I AS class, count(*)::integer AS count
            FROM %s WHERE %s GROUP BY 1, 2, 3, 4',
            g.since, b.spot, 2 ^ g.level, b.class, source, b.shown
        ) ELSE format(
            'SELECT since, x >> %1$s AS x, y >> %1$s AS y, class, sum(count)::integer AS count
            FROM %2$I GROUP BY 1, 2, 3, 4',
            g.finer_level - g.level, g.finer
        ) END
        FROM (
            SELECT f.unit, f.level, f.since, f.name,
                lag(f.level) OVER same_unit AS finer_level, lag(f.name) OVER same_unit AS finer
            FROM (
                SELECT unit, level, since, format('%s %s', unit, level) AS name
                FROM bin_grids(b.at)
            ) AS f
            WINDOW same_unit AS (PARTITION BY f.unit ORDER BY f.level DESC)
        ) AS g
    $$;

    -- The statement that adds the rows of `source` to the bins of a table or, with the sign -1,
    -- takes them away: the blocks that they touch are unpacked, summed and packed again.
    CREATE FUNCTION bin_statement(changed_table text, source text, sign integer) RETURNS text
    LANGUAGE sql STABLE AS $$
        SELECT format(
            'WITH %1$s, changed AS MATERIALIZED (%2$s), former AS (
                DELETE FROM bin AS t USING (
                    SELECT DISTINCT unit, level, since, block FROM changed
                ) AS c
                WHERE t.layer = %3$L
                    AND (t.unit, t.level, t.since, t.block) = (c.unit, c.level, c.since, c.block)
                RETURNING t.*
            )
            INSERT INTO bin (layer, unit, level, since, block, cells, counts)
            SELECT %3$L, unit, level, since, block, array_agg(cell), array_agg(count)
            FROM (
                SELECT unit, level, since, block, cell, sum(count)::integer AS count
                FROM (
                    SELECT unit, level, since, block, cell, count FROM changed
                    UNION ALL
                    SELECT f.unit, f.level, f.since, f.block, u.cell, u.count
                    FROM former AS f, unnest(f.cells, f.counts) AS u (cell, count)
                ) AS every
                GROUP BY unit, level, since, block, cell
                HAVING sum(count) <> 0
            ) AS summed
            GROUP BY unit, level, since, block',
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
        FROM binned AS b, bin_counts(b, source) AS q
        WHERE b.table_name = changed_table
        GROUP BY b.layer
    $$;
"""

_KEEPING = """
    CREATE FUNCTION bin_changed_rows() RETURNS trigger LANGUAGE plpgsql
    SET work_mem = '64MB' AS $$
    BEGIN
        IF TG_OP <> 'DELETE' THEN
            IF EXISTS (SELECT FROM changed_rows) THEN
                EXECUTE bin_statement(TG_TABLE_NAME, 'changed_rows', 1);
            END IF;
        END IF;
        IF TG_OP <> 'INSERT' THEN
            IF EXISTS (SELECT FROM former_rows) THEN
                EXECUTE bin_statement(TG_TABLE_NAME, 'former_rows', -1);
            END IF;
        END IF;
        RETURN NULL;
    END $$;

    CREATE FUNCTION empty_bins() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM bin USING binned AS b
        WHERE bin.layer = b.layer AND b.table_name = TG_TABLE_NAME;
        RETURN NULL;
    END $$;

    CREATE FUNCTION add_to_bins(binned_table text, source text) RETURNS void LANGUAGE plpgsql
    SET work_mem = '64MB' AS $$
    BEGIN
        EXECUTE bin_statement(binned_table, source, 1);
    END $$;
    COMMENT ON FUNCTION add_to_bins IS
        'for rows written to a partition directly, which the triggers of its parent miss';

    CREATE FUNCTION bin_again(binned_table text) RETURNS void LANGUAGE sql AS $$
        DELETE FROM bin USING binned AS b
        WHERE bin.layer = b.layer AND b.table_name = binned_table;
        SELECT add_to_bins(binned_table, format('%I', binned_table));
    $$;
    COMMENT ON FUNCTION bin_again IS 'counts anew, which changes nothing unless bins were wrong';

    CREATE FUNCTION keep_bins(
        binned_table text, layer text, spot text, at text, class text, classes text[], shown text
    ) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO binned (table_name, layer, spot, at, class, classes, shown)
        VALUES (binned_table, layer, spot, at, class, classes, shown);
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
        PERFORM add_to_bins(binned_table, format('%I', binned_table));
    END $$;
"""
