"""Bins that changes are written behind, and summed now and then: half the work of a load."""

from alembic import op

revision = "2026_11_21_bin_entries"
down_revision = "2026_11_21_binned_layers"


def upgrade() -> None:
    """Forward only."""
    op.execute(_TABLE)
    op.execute(_COUNTING)
    op.execute(_KEEPING)


_TABLE = """
    ALTER TABLE bin
        ADD entries integer NOT NULL DEFAULT 0,
        ADD summed integer NOT NULL DEFAULT 0;
    UPDATE bin SET entries = cardinality(cells), summed = cardinality(cells);
    COMMENT ON COLUMN bin.summed IS 'entries when they were last summed: each cell and class once';
    COMMENT ON COLUMN bin.cells IS
        'class * 4096 + row * 64 + column, as often as something was added or taken away; the '
        'number of a class is its place among the classes, or 0';
    COMMENT ON COLUMN bin.counts IS 'of points, in the order of the cells; taken away: negative';

    DROP FUNCTION bin_statement(text, text, integer);
    DROP FUNCTION bin_counts(binned, text);
    DROP FUNCTION bin_grids(text);

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
"""

_COUNTING = """
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

    -- The statement that adds the rows of `source` to the bins of a table or, with the sign -1,
    -- takes them away: what is new of a block is written behind what it has.
    CREATE FUNCTION bin_statement(changed_table text, source text, sign integer) RETURNS text
    LANGUAGE sql STABLE AS $$
        SELECT format(
            'WITH placed AS MATERIALIZED (
                SELECT floor(mercator_x(ST_X(%1$I)) * 2 ^ 15)::integer AS x,
                    floor(mercator_y(ST_Y(%1$I)) * 2 ^ 15)::integer AS y,
                    %2$I AS class, %3$s AS at
                FROM %4$s WHERE %5$s
            ), %6$s, changed AS (%7$s)
            INSERT INTO bin AS t (layer, unit, level, since, block, entries, cells, counts)
            SELECT %8$L, unit, level, since, block, count(*), array_agg(cell), array_agg(count)
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
"""

_KEEPING = """
    CREATE OR REPLACE FUNCTION add_to_bins(binned_table text, source text)
    RETURNS void LANGUAGE plpgsql SET work_mem = '64MB' AS $$
    BEGIN
        EXECUTE bin_statement(binned_table, source, 1);
        PERFORM sum_bins(binned_table);
    END $$;

    -- Sums the blocks that have grown to twice what they need or so: each entry is then summed a
    -- few times in all, however small the changes are, and reading costs no more than thrice.
    CREATE FUNCTION sum_bins(binned_table text) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        WITH grown AS (
            DELETE FROM bin USING binned AS b
            WHERE b.table_name = binned_table AND bin.layer = b.layer
                AND entries > 2 * summed + 1000
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

    CREATE OR REPLACE FUNCTION bin_changed_rows() RETURNS trigger LANGUAGE plpgsql
    SET work_mem = '64MB' AS $$
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
"""
