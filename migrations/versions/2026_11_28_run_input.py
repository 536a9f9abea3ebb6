"""Which Runs an analysis computed from, and how old what it read was."""

from alembic import op

revision = "2026_11_28_run_input"
down_revision = "2026_11_28_counts"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE run_input (
            run_id bigint NOT NULL REFERENCES run,
            input_run_id bigint NOT NULL REFERENCES run,
            PRIMARY KEY (run_id, input_run_id),
            CHECK (input_run_id <> run_id)
        );
        COMMENT ON TABLE run_input IS
            'of an analysis: the newest readings, and passes of others, when it began';

        ALTER TABLE run ADD COLUMN data_as_of timestamptz;
        COMMENT ON COLUMN run.data_as_of IS
            'when the oldest of its inputs was read, or of theirs; null for a reading of a source';
        """
    )
