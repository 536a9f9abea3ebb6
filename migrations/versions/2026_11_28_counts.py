"""Point counts: how many points lie in each cell of a few grids, changed along with the points."""

from alembic import op

revision = "2026_11_28_counts"
down_revision = "2026_11_28_truth"


def upgrade() -> None:
    """Forward only."""
    op.execute(_TABLES)
    op.execute(_LAYERS)


# A row per cell would cost more to write than the points themselves: 500 rows for 1,000 points.
_TABLES = """
    CREATE TABLE point_count_source (
        table_name text PRIMARY KEY,
        layer text NOT NULL UNIQUE,
        geometry_column text NOT NULL,
        time_column text,
        class_column text NOT NULL,
        classes text[] NOT NULL,
        condition text NOT NULL
    );
    COMMENT ON TABLE point_count_source IS
        'tables of points (EPSG:4326) that are counted for their layer: by cell, time and class';
    COMMENT ON COLUMN point_count_source.classes IS 'those that are told apart';
    COMMENT ON COLUMN point_count_source.condition IS 'for a row to count';

    CREATE TABLE point_count (
        layer text COLLATE "C" NOT NULL,
        unit text COLLATE "C" NOT NULL,
        level integer NOT NULL,
        since timestamptz NOT NULL,
        block integer NOT NULL,
        cells integer[] NOT NULL,
        counts integer[] NOT NULL,
        entries integer NOT NULL DEFAULT 0,
        summed integer NOT NULL DEFAULT 0,
        PRIMARY KEY (layer, unit, level, since, block)
    );
    COMMENT ON COLUMN point_count.level IS 'its cells are as many halvings of the world';
    COMMENT ON COLUMN point_count.since IS 'the beginning of the month of UTC or the part of a day';
    COMMENT ON COLUMN point_count.block IS
        '64 x 64 cells, a tile six zooms above the level: its row * 2^zoom + its column';
    COMMENT ON COLUMN point_count.cells IS
        'class * 4096 + row * 64 + column, as often as something was added or taken away; the '
        'number of a class is its place among the classes, or 0';
    COMMENT ON COLUMN point_count.counts IS
        'of points, in the order of the cells; taken away: negative';
    COMMENT ON COLUMN point_count.summed IS
        'entries when they were last summed: each cell and class once';
"""

_LAYERS = """
    INSERT INTO point_count_source
        (table_name, layer, geometry_column, time_column, class_column, classes, condition)
    VALUES
        ('factory', 'factories', 'geom', NULL, 'status', '{}', 'geom IS NOT NULL'),
        ('complaint', 'complaints', 'public_geom', 'public_at', 'category',
            '{odour,dust_smoke,noise,vibration,chemical_vapour,wastewater,solid_waste,'
            'hazardous_waste,unlicensed,night_work,other}', 'category IS NOT NULL'),
        ('hotspot', 'hotspots', 'geom', 'acquired_at', 'land_use',
            '{sugarcane,paddy,maize,other_agriculture,forest,other}', 'true');
"""
