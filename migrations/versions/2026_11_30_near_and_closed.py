"""Complaints near each other that were closed in some days are found by both at once: in a dense
town by their place alone thousands are looked at for each."""

from alembic import op

revision = "2026_11_30_near_and_closed"
down_revision = "2026_11_30_truth_of_fires"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        DROP INDEX complaint_geography;
        CREATE INDEX complaint_geography ON complaint USING gist ((geom::geography), closed_at);
        """
    )
