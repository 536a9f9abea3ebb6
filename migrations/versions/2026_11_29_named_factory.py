"""The shape in which it is delivered whom a complaint names."""

from alembic import op

revision = "2026_11_29_named_factory"
down_revision = "2026_11_29_green_effect"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE staging.complaint_factory (
            ticket_id text, factory_id text COLLATE "C", source text
        )
        """
    )
