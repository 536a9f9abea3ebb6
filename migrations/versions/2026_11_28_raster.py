"""Rasters: which days of which layers exist as GeoTIFF files, and how each was made."""

from alembic import op

revision = "2026_11_28_raster"
down_revision = "2026_11_28_complaint"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE raster (
            layer text COLLATE "C" NOT NULL,
            day date NOT NULL,
            path text NOT NULL,
            bounds float8[] NOT NULL CHECK (cardinality(bounds) = 4),
            method_th text NOT NULL,
            method_en text NOT NULL,
            stations integer,
            rmse float8,
            simulated boolean NOT NULL,
            run_id bigint NOT NULL REFERENCES run,
            made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            places geometry(MultiPoint, 4326),
            PRIMARY KEY (layer, day)
        );
        COMMENT ON COLUMN raster.day IS 'the day in Thai time (UTC+7)';
        COMMENT ON COLUMN raster.path IS 'GeoTIFF file, relative to FAHSAI_HOME';
        COMMENT ON COLUMN raster.bounds IS 'west, south, east, north in degrees (WGS84)';
        COMMENT ON COLUMN raster.rmse IS 'leave-one-out error, in the unit of the raster';
        COMMENT ON COLUMN raster.simulated IS 'made from the simulated world, wholly or in part';
        COMMENT ON COLUMN raster.places IS
            'where the values that the raster was made from were measured, where that is known';

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
        """
    )
