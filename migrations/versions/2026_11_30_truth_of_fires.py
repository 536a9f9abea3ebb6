"""What truly burns in the simulated world, and of which fire each detection is."""

from alembic import op

revision = "2026_11_30_truth_of_fires"
down_revision = "2026_11_29_truth_of_complaints"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE truth.fire (
            event_id text PRIMARY KEY,
            kind text NOT NULL CHECK (kind IN ('vegetation', 'industrial_static')),
            fuel text NOT NULL,
            lon float8 NOT NULL,
            lat float8 NOT NULL,
            starts_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL,
            radius_m float8 NOT NULL,
            factory_id text,
            plant_id text,
            mill_id text,
            mill_km float8,
            detections integer NOT NULL
        );
        COMMENT ON COLUMN truth.fire.factory_id IS 'whose heat it is; plant_id: of power_plant';
        COMMENT ON COLUMN truth.fire.mill_id IS 'for which the cane was burnt, mill_km from there';
        COMMENT ON COLUMN truth.fire.detections IS '0: no satellite saw it';

        CREATE TABLE truth.fire_event (
            satellite text NOT NULL,
            acquired_at timestamptz NOT NULL,
            lon float8 NOT NULL,
            lat float8 NOT NULL,
            event_id text NOT NULL,
            kind text NOT NULL,
            PRIMARY KEY (satellite, acquired_at, lon, lat)
        );
        COMMENT ON TABLE truth.fire_event IS 'of which truth.fire each detection is';
        """
    )
