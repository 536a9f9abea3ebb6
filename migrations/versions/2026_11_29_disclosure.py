"""Emission factors say their scope and basis; sums of returns say whether they can be published."""

from alembic import op

revision = "2026_11_29_disclosure"
down_revision = "2026_11_29_eco_town"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE staging.emission_factor (
            energy text COLLATE "C", unit text, kgco2e_per_unit float8,
            biogenic_kgco2_per_unit float8, gases text, gwp text, valid_from date, valid_to date,
            source text, scope smallint, basis text
        );
        ALTER TABLE emission_factor
            ADD COLUMN run_id bigint REFERENCES run,
            ADD COLUMN scope smallint NOT NULL DEFAULT 1 CHECK (scope BETWEEN 1 AND 3),
            ADD COLUMN basis text NOT NULL DEFAULT 'combustion' CHECK (
                basis IN ('combustion', 'combined', 'generation_and_losses')
            );
        COMMENT ON COLUMN emission_factor.scope IS
            'of the GHG Protocol: 1 burned on the spot, 2 electricity that was bought';
        COMMENT ON COLUMN emission_factor.basis IS
            'what the factor comprises; factors of different bases make no line';
        UPDATE emission_factor SET
            scope = 2,
            basis = CASE kgco2e_per_unit
                WHEN 0.4999 THEN 'combined' ELSE 'generation_and_losses' END
        WHERE energy = 'grid_electricity';

        -- Sums are made anew with their functions.
        DROP TABLE carbon_year CASCADE;
        CREATE TABLE carbon_year (
            province_code text COLLATE "C" NOT NULL,
            year integer NOT NULL,
            tco2e double precision,
            biogenic_tco2 double precision,
            tco2e_safe boolean NOT NULL,
            biogenic_safe boolean NOT NULL,
            factor_basis text,
            factories_reported bigint NOT NULL,
            operating_reported bigint NOT NULL,
            quantities_without_factor bigint NOT NULL,
            quantities_doubted bigint NOT NULL,
            source text NOT NULL,
            PRIMARY KEY (province_code, year)
        );
        COMMENT ON TABLE carbon_year IS
            'what returns sum to; the layer carbon publishes of it what tells no factory''s amount';
        """
    )
