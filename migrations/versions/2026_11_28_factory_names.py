"""Indexes for lists of factories: by name, and by parts of names and registration numbers."""

from alembic import op

revision = "2026_11_28_factory_names"
down_revision = "2026_11_28_upwind"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE INDEX factory_name ON factory (name, id);
        CREATE INDEX factory_name_part ON factory USING gin (name gin_trgm_ops);
        CREATE INDEX factory_registration_part ON factory USING gin (registration_no gin_trgm_ops);
        """
    )
