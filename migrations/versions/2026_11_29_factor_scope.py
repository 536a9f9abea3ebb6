"""An emission factor is known by its scope, too; what is shipped comes from a file of its own."""

from alembic import op

revision = "2026_11_29_factor_scope"
down_revision = "2026_11_29_row_places"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        -- Those of the revisions; `fahsai migrate` reads layers/sources/seeds in their place.
        DELETE FROM emission_factor WHERE run_id IS NULL;
        ALTER TABLE emission_factor
            ADD COLUMN quality text,
            ADD COLUMN uncertainty float8 CHECK (uncertainty > 0),
            DROP CONSTRAINT emission_factor_basis_check,
            ADD CONSTRAINT emission_factor_basis_check CHECK (
                basis IN ('combustion', 'combined', 'generation_and_losses', 'upstream')
            ),
            DROP CONSTRAINT emission_factor_pkey,
            ADD PRIMARY KEY (energy, unit, scope, valid_from);
        COMMENT ON COLUMN emission_factor.scope IS
            'of the GHG Protocol: 1 burned on the spot, 2 bought, 3 upstream of either';
        COMMENT ON COLUMN emission_factor.quality IS 'where the value was read';
        COMMENT ON COLUMN emission_factor.uncertainty IS
            'half of the 95 % interval as a share of the value; null where nobody states it';
        COMMENT ON COLUMN emission_factor.run_id IS 'null of what the product ships';
        ALTER TABLE staging.emission_factor
            ADD COLUMN quality text, ADD COLUMN uncertainty float8;
        """
    )
