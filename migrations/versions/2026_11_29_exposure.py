"""Each district's PM2.5 by day, against the standard of the day."""

from alembic import op

revision = "2026_11_29_exposure"
down_revision = "2026_11_29_season_comparison"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE exposure (
            district_code text COLLATE "C" NOT NULL,
            day date NOT NULL,
            id text COLLATE "C" NOT NULL GENERATED ALWAYS AS (
                district_code || '.' || (day - DATE '2000-01-01')::text
            ) STORED,
            observed_at timestamptz NOT NULL GENERATED ALWAYS AS (
                day::timestamp AT TIME ZONE 'Asia/Bangkok'
            ) STORED,
            pm25_ug_m3 float8,
            standard_error_ug_m3 float8,
            coverage float8 NOT NULL CHECK (coverage BETWEEN 0 AND 1),
            standard_ug_m3 float8 NOT NULL,
            days_over smallint CHECK (days_over IN (0, 1)),
            chance_over float8 CHECK (chance_over BETWEEN 0 AND 1),
            judged text NOT NULL
                CHECK (judged IN ('over', 'perhaps_over', 'within', 'not_estimated')),
            population float8,
            person_days_over float8,
            abstained text CHECK (abstained IN ('no_estimate', 'low_coverage')),
            run_id bigint NOT NULL REFERENCES run,
            PRIMARY KEY (district_code, day),
            CHECK ((abstained IS NULL) = (days_over IS NOT NULL))
        );
        CREATE INDEX exposure_id ON exposure (id);
        CREATE INDEX exposure_observed_at ON exposure (observed_at);
        COMMENT ON COLUMN exposure.day IS 'the day in Thai time (UTC+7)';
        COMMENT ON COLUMN exposure.coverage IS 'the share of the district that has an estimate';
        COMMENT ON COLUMN exposure.standard_ug_m3 IS 'the 24-hour standard valid on the day';
        COMMENT ON COLUMN exposure.person_days_over IS
            'people of the district on a day over the standard, 0 on another; null without both';

        CREATE TABLE exposure_day (
            day date PRIMARY KEY,
            surface_made_at timestamptz NOT NULL,
            population_made_at timestamptz,
            districts_run bigint,
            method text NOT NULL,
            simulated boolean NOT NULL,
            run_id bigint NOT NULL REFERENCES run,
            computed_at timestamptz NOT NULL DEFAULT clock_timestamp()
        );
        COMMENT ON TABLE exposure_day IS 'what each day of exposure was computed from';
        """
    )
