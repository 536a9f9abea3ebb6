"""Raster layers that the command registered, and where the days of rasters were measured."""

from alembic import op

revision = "2026_11_21_raster_layer"
down_revision = "2026_11_21_raster"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE raster_layer (
            name text COLLATE "C" PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_]*$'),
            title_th text NOT NULL,
            title_en text NOT NULL,
            unit text,
            licence text NOT NULL,
            attribution text NOT NULL,
            breaks float8[] NOT NULL CHECK (cardinality(breaks) > 0),
            colors text[] NOT NULL,
            CHECK (cardinality(colors) = cardinality(breaks) + 1)
        );
        COMMENT ON COLUMN raster_layer.breaks IS
            'the highest values of all classes but the last, rising';
        COMMENT ON COLUMN raster_layer.colors IS 'of the classes, as #rrggbb';

        ALTER TABLE raster ADD COLUMN places geometry (MultiPoint, 4326);
        COMMENT ON COLUMN raster.places IS
            'where the values that the raster was made from were measured, where that is known';
        """
    )
