"""Stuck wind: what a logger wrote in hours in which no instrument can have measured it."""

from alembic import op

revision = "2026_11_29_stuck_wind"
down_revision = "2026_11_29_quarantine"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE stuck_wind (
            station_id text COLLATE "C" NOT NULL,
            observed_at timestamptz NOT NULL,
            wind_speed_m_s double precision,
            wind_from_deg double precision,
            run_id bigint NOT NULL,
            PRIMARY KEY (station_id, observed_at)
        );
        COMMENT ON TABLE stuck_wind IS
            'taken out of air_measurement, and put back where later hours show that it turned';
        """
    )
