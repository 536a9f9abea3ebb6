"""Bins that are summed as soon as they have grown by a quarter, and never for nothing."""

from alembic import op

revision = "2026_11_21_bin_sums"
down_revision = "2026_11_21_bin_entries"


def upgrade() -> None:
    """Forward only."""
    op.execute(_STATEMENT)
    op.execute(_SUMMING)
    op.execute("SELECT sum_bins(table_name) FROM binned")


_STATEMENT = """
    -- What is new of a block is written behind what it has; what is the first of it is summed.
    CREATE OR REPLACE FUNCTION bin_statement(changed_table text, source text, sign integer)
    RETURNS text LANGUAGE sql STABLE AS $$
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
"""

_SUMMING = """
    -- Sums the blocks that have grown by a quarter or so: each entry is then summed some five times
    -- in all, however small the changes are, and a tile costs a quarter more than it must.
    CREATE OR REPLACE FUNCTION sum_bins(binned_table text) RETURNS void LANGUAGE plpgsql AS $$
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
"""
