"""Rasters: which days of which layers exist as GeoTIFF files, and how each was made."""

from alembic import op

revision = "2026_11_21_raster"
down_revision = "2026_11_21_foundation"


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
            PRIMARY KEY (layer, day)
        );
        COMMENT ON COLUMN raster.day IS 'the day in Thai time (UTC+7)';
        COMMENT ON COLUMN raster.path IS 'GeoTIFF file, relative to FAHSAI_HOME';
        COMMENT ON COLUMN raster.bounds IS 'west, south, east, north in degrees (WGS84)';
        COMMENT ON COLUMN raster.rmse IS 'leave-one-out error, in the unit of the raster';
        COMMENT ON COLUMN raster.simulated IS 'made from the simulated world, wholly or in part';
        """
    )
