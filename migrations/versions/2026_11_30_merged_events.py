"""What was merged into a case is found by an index, with staff's rights too.

PostgreSQL asks who may see a row before it asks what a value in JSON is, so that the index of that
value, whose operator might tell of rows in its errors, helped the owner alone: each page of a case
read every event there is.
"""

from alembic import op

revision = "2026_11_30_merged_events"
down_revision = "2026_11_30_attribution_place"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        ALTER TABLE complaint_event ADD COLUMN duplicate_of text COLLATE "C"
            GENERATED ALWAYS AS (detail ->> 'duplicate_of') STORED;
        DROP INDEX complaint_event_of_original;
        CREATE INDEX complaint_event_of_original ON complaint_event (duplicate_of)
            WHERE duplicate_of IS NOT NULL;
        """
    )
