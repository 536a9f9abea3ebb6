"""Carbon by industry beside provinces, and the workers behind each figure."""

from alembic import op

revision = "2026_11_29_carbon_divisions"
down_revision = "2026_11_29_complaint_release"


def upgrade() -> None:
    """Forward only. Of what was published before, industries are not known and stay hidden."""
    op.execute(
        """
        ALTER TABLE factory ADD tsic_division text COLLATE "C" NOT NULL GENERATED ALWAYS AS (
            CASE WHEN isic_code ~ '^[0-9]{5}$' THEN left(isic_code, 2) ELSE '00' END
        ) STORED;
        COMMENT ON COLUMN factory.tsic_division IS
            'the first two of the five digits of TSIC, as in ISIC Rev. 4; 00 without a code';

        ALTER TABLE carbon_figure
            ADD division text COLLATE "C" NOT NULL DEFAULT 'total',
            ADD factories_with_workers integer,
            ADD workers bigint,
            DROP CONSTRAINT carbon_figure_pkey,
            ADD PRIMARY KEY (vintage, year, province_code, division);
        COMMENT ON COLUMN carbon_figure.division IS
            'of TSIC, where province_code is total; 00 are factories without one';
        COMMENT ON COLUMN carbon_figure.workers IS
            'by the register, of the factories in the sum that have theirs there';

        ALTER TABLE carbon_cell
            ADD division text COLLATE "C" NOT NULL DEFAULT 'total',
            ADD with_workers integer,
            ADD workers bigint,
            DROP CONSTRAINT carbon_cell_pkey,
            ADD PRIMARY KEY (vintage, part, year, province_code, division);
        COMMENT ON COLUMN carbon_cell.division IS
            'a cell of one province and one division is never published, and kept to guard by';

        ALTER TABLE carbon_amount
            ADD division text COLLATE "C" NOT NULL DEFAULT '00',
            DROP CONSTRAINT carbon_amount_pkey,
            ADD PRIMARY KEY (vintage, part, year, province_code, division, firm);
        """
    )
