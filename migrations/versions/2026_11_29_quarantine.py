"""The quarantine as a place of work: what its rows are known by, and when they were mended."""

from alembic import op

revision = "2026_11_29_quarantine"
down_revision = "2026_11_29_doubts"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        ALTER TABLE quarantine
            ADD COLUMN key text,
            ADD COLUMN last_run_id bigint,
            ADD COLUMN mended_at timestamptz,
            ADD COLUMN mended_by_run bigint;
        COMMENT ON COLUMN quarantine.key IS
            'what the source knows the record by, where it could be read';
        COMMENT ON COLUMN quarantine.last_run_id IS 'the last run that met it again';
        COMMENT ON COLUMN quarantine.mended_at IS
            'its file was read again without it, or a sound record with its key was read';
        CREATE INDEX quarantine_open ON quarantine (source, reason) WHERE mended_at IS NULL;
        """
    )
