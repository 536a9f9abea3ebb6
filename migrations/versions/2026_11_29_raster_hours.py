"""Rasters of hours, what each was made from, and how many stations lay within its error."""

from alembic import op

revision = "2026_11_29_raster_hours"
down_revision = "2026_11_30_truth_of_fires"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        ALTER TABLE raster
            ADD COLUMN hour smallint CHECK (hour BETWEEN 1 AND 24),
            ADD COLUMN within_error float8 CHECK (within_error BETWEEN 0 AND 1),
            ADD COLUMN version integer,
            ADD COLUMN newest_input bigint,
            ADD COLUMN inputs jsonb NOT NULL DEFAULT '[]',
            DROP CONSTRAINT raster_pkey,
            ADD UNIQUE NULLS NOT DISTINCT (layer, day, hour);
        COMMENT ON COLUMN raster.hour IS
            'the hour of the day (Thai time) with whose end the mean ends; null for a whole day';
        COMMENT ON COLUMN raster.within_error IS
            'the share of the stations, left out, that lay within the standard error of what the'
            ' others told';
        COMMENT ON COLUMN raster.version IS 'of the method; null for what was registered';
        COMMENT ON COLUMN raster.newest_input IS
            'the newest run among the rows that it was made from, where these have one';
        COMMENT ON COLUMN raster.inputs IS
            'the runs that its own run had noted as its inputs: [{"source": …, "run": …}]';
        """
    )
