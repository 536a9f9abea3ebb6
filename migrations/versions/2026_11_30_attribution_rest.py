"""Shares of causes sum to one, those of factories not named among them; and what is news to an
analysis without any Run is written down."""

from alembic import op

revision = "2026_11_30_attribution_rest"
down_revision = "2026_11_30_placing"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        ALTER TABLE complaint_attribution
            ALTER COLUMN none_single TYPE double precision,
            ALTER COLUMN none_pooled TYPE double precision,
            ADD COLUMN others integer CHECK (others >= 0),
            ADD COLUMN others_single double precision CHECK (others_single BETWEEN 0 AND 1),
            ADD COLUMN others_pooled double precision CHECK (others_pooled BETWEEN 0 AND 1);
        ALTER TABLE complaint_candidate
            ALTER COLUMN share_before TYPE double precision,
            ALTER COLUMN share_single TYPE double precision,
            ALTER COLUMN share_pooled TYPE double precision;
        COMMENT ON COLUMN complaint_attribution.others IS
            'how many factories within reach are not among its candidates';
        COMMENT ON COLUMN complaint_attribution.others_pooled IS
            'their shares together: with none_pooled and those of candidates they sum to 1';

        -- Rows and not a mark on one: intakes at the same time do not wait for each other.
        CREATE TABLE analysis_news (
            analysis text NOT NULL,
            at timestamptz NOT NULL DEFAULT clock_timestamp()
        );
        COMMENT ON TABLE analysis_news IS
            'what an analysis reads has changed by no Run; its next pass takes the rows away';
        INSERT INTO analysis_news (analysis)
        SELECT 'complaint_attribution' WHERE EXISTS (SELECT FROM complaint_attribution);
        """
    )
