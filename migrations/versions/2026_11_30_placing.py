"""Cases of which nobody knows the province are found at once, and are placed by an event."""

from alembic import op

revision = "2026_11_30_placing"
down_revision = "2026_11_30_jobs"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        ALTER TABLE complaint_event
            DROP CONSTRAINT complaint_event_kind_check,
            ADD CONSTRAINT complaint_event_kind_check CHECK (kind IN (
                'received', 'transition', 'note', 'assigned', 'merged', 'unmerged', 'recategorised',
                'recurred', 'spam', 'reminder', 'photo', 'inspection', 'contact_read',
                'contact_erased', 'placed'
            ));
        CREATE INDEX complaint_event_placed ON complaint_event (complaint_id)
            WHERE kind = 'placed' AND account_id IS NOT NULL;
        CREATE INDEX complaint_without_province ON complaint (received_at)
            WHERE province_code IS NULL AND category IS NOT NULL;
        """
    )
