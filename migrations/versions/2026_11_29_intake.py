"""What residents report is not among what is counted for the public as it comes in."""

from alembic import op

revision = "2026_11_29_intake"
down_revision = "2026_11_29_casework"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        UPDATE point_count_source SET condition = condition || ' AND channel = ''import'''
        WHERE table_name = 'complaint'
        """
    )
