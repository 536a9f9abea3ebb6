"""Near complaints are looked for by their place alone: those closed in some days are too many."""

from alembic import op

revision = "2026_11_29_case_indexes"
down_revision = "2026_11_29_complaint_points"


def upgrade() -> None:
    """Forward only."""
    op.execute("DROP INDEX complaint_closed")
