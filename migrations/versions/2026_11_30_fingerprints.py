"""What derived rows were computed from, by what was read of it rather than by its newest Run; and
by which version of the method an analysis last computed."""

from alembic import op

revision = "2026_11_30_fingerprints"
down_revision = "2026_11_30_burned_pairs"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        ALTER TABLE run ADD method_version integer;
        COMMENT ON COLUMN run.method_version IS
            'of an analysis that computed all that was due; null where it did a day asked for, of'
            ' sources, and before it was noted';

        ALTER TABLE raster ADD fingerprint text, DROP COLUMN newest_input;
        COMMENT ON COLUMN raster.fingerprint IS
            'of the readings that it was made from: how many, their values, the newest Run';

        ALTER TABLE exposure_day ADD districts text, DROP COLUMN districts_run;
        COMMENT ON COLUMN exposure_day.districts IS 'a fingerprint of the outlines';

        ALTER TABLE fire_contribution_day ADD fingerprint text;
        COMMENT ON COLUMN fire_contribution_day.fingerprint IS
            'of the winds, fires and places that the day, its ways and its placebos reach';

        ALTER TABLE industrial_heat ADD days_around integer;
        UPDATE industrial_heat SET days_around = days;
        ALTER TABLE industrial_heat ALTER days_around SET NOT NULL;
        COMMENT ON COLUMN industrial_heat.days IS 'on which the place itself was hot';
        COMMENT ON COLUMN industrial_heat.days_around IS
            'of the block of nine cells of the place that has most, by which it was judged; so are'
            ' months and out_of_season';

        CREATE TABLE upwind_day (
            day date PRIMARY KEY,
            fingerprint text NOT NULL,
            register text NOT NULL,
            run_id bigint NOT NULL REFERENCES run
        );
        COMMENT ON TABLE upwind_day IS
            'of each day of fires upwind the winds and fires that it was computed from, and the'
            ' register as it was then';
        """
    )
