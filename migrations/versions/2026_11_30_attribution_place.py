"""No answer of what caused a complaint whose place stands for a town."""

from alembic import op

revision = "2026_11_30_attribution_place"
down_revision = "2026_11_30_complaint_attribution"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        ALTER TABLE complaint_attribution
            DROP CONSTRAINT complaint_attribution_reason_check,
            ADD CONSTRAINT complaint_attribution_reason_check CHECK (reason IN (
                'category', 'time', 'place', 'calm', 'no_wind', 'old_wind', 'far_station',
                'no_factory'
            ));
        """
    )
