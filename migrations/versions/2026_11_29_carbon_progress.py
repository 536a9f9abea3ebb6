"""Why the country's carbon changed from year to year, and the targets that stand beside it."""

from alembic import op

revision = "2026_11_29_carbon_progress"
down_revision = "2026_11_29_carbon_vintages"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE carbon_change (
            vintage integer NOT NULL REFERENCES carbon_vintage ON DELETE CASCADE,
            year integer NOT NULL,
            before_year integer NOT NULL,
            refused text,
            before_tco2e float8,
            after_tco2e float8,
            reporters float8,
            structure float8,
            use_per_factory float8,
            mix float8,
            emission_factor float8,
            basis float8,
            PRIMARY KEY (vintage, year)
        );
        COMMENT ON TABLE carbon_change IS
            'effects in tCO2e on the change of the country''s sum, of published figures alone';
        COMMENT ON COLUMN carbon_change.refused IS 'why there are none, as a code';

        CREATE TABLE climate_target (
            name text PRIMARY KEY,
            title_th text NOT NULL,
            title_en text NOT NULL,
            target_year integer NOT NULL,
            most_mtco2e float8,
            change_percent float8,
            relative_to text,
            condition text CHECK (condition IN ('own_means', 'supported', 'partly_supported')),
            covers text NOT NULL CHECK (covers IN ('excluding_land_use', 'net')),
            announced text,
            superseded boolean NOT NULL,
            source text NOT NULL,
            verified boolean NOT NULL,
            run_id bigint REFERENCES run
        );
        COMMENT ON TABLE climate_target IS
            'of the whole country, which the sums of factories are a part of';
        """
    )
