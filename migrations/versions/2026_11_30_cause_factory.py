"""An inspection that found the cause can name the factory that it is."""

from alembic import op

revision = "2026_11_30_cause_factory"
down_revision = "2026_11_30_attribution_rest"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        ALTER TABLE inspection
            ADD COLUMN cause_factory_id text COLLATE "C" REFERENCES factory,
            ADD CHECK (cause_factory_id IS NULL OR coalesce(finding = 'cause_found', false));
        ALTER TABLE inspection_revision
            ADD COLUMN cause_factory_id text COLLATE "C" REFERENCES factory,
            ADD CHECK (cause_factory_id IS NULL OR coalesce(finding = 'cause_found', false));
        COMMENT ON COLUMN inspection.cause_factory_id IS
            'the factory that was found to be the cause, which need not be the one visited';
        GRANT INSERT (cause_factory_id) ON inspection_revision TO fahsai_staff;
        """
    )
