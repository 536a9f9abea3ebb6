"""Fires upwind of factories by day, and for how many factories that could be judged."""

from alembic import op

revision = "2026_11_28_upwind"
down_revision = "2026_11_28_writer"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE upwind_fire (
            day date NOT NULL,
            factory_id text COLLATE "C" NOT NULL REFERENCES factory ON DELETE CASCADE,
            fires integer NOT NULL CHECK (fires > 0),
            nearest_m float8 NOT NULL,
            nearest_bearing_deg float8 NOT NULL,
            nearest_land_use text,
            nearest_observed_at timestamptz NOT NULL,
            run_id bigint NOT NULL REFERENCES run,
            PRIMARY KEY (day, factory_id)
        );
        COMMENT ON COLUMN upwind_fire.day IS
            'the 24 hours that end with it at 08:00 in Thailand; the wind is that of the end';
        COMMENT ON COLUMN upwind_fire.nearest_bearing_deg IS
            'of the nearest fire upwind, seen from the factory';
        CREATE INDEX upwind_fire_of_factory ON upwind_fire (factory_id, day);

        CREATE TABLE upwind_coverage (
            day date NOT NULL,
            province_code text COLLATE "C",
            factories integer NOT NULL,
            judged integer NOT NULL CHECK (judged <= factories),
            run_id bigint NOT NULL REFERENCES run
        );
        COMMENT ON COLUMN upwind_coverage.factories IS 'operating, and their place is known';
        COMMENT ON COLUMN upwind_coverage.judged IS
            'those that had no fire near, or whose wind had a direction';
        CREATE UNIQUE INDEX upwind_coverage_of_day
            ON upwind_coverage (day, coalesce(province_code, ''));
        """
    )
