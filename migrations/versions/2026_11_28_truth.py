"""The simulated world's truth, for judging methods; no reader ever sees this schema."""

from alembic import op

revision = "2026_11_28_truth"
down_revision = "2026_11_28_raster"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE SCHEMA truth;

        CREATE TABLE truth.complaint_cause (ticket_id text PRIMARY KEY, factory_id text);
        COMMENT ON COLUMN truth.complaint_cause.factory_id IS 'null: no factory caused it';

        CREATE TABLE truth.smoke (
            station_id text NOT NULL,
            observed_at timestamptz NOT NULL,
            pm25_from_fires float8 NOT NULL,
            PRIMARY KEY (station_id, observed_at)
        );
        COMMENT ON COLUMN truth.smoke.pm25_from_fires IS 'µg/m³ of the hour, from fires upwind';

        CREATE TABLE truth.planted (name text PRIMARY KEY, value float8 NOT NULL, meaning text);
        """
    )
