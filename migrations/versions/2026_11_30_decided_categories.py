"""What staff decided of the category of an imported case is found at once, by each import."""

from alembic import op

revision = "2026_11_30_decided_categories"
down_revision = "2026_11_30_cause_factory"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE INDEX complaint_event_recategorised ON complaint_event (complaint_id)
            WHERE kind = 'recategorised' AND account_id IS NOT NULL
        """
    )
