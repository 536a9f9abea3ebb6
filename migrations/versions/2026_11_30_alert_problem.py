"""Why a watch cannot be evaluated, which its owner is shown."""

from alembic import op

revision = "2026_11_30_alert_problem"
down_revision = "2026_11_30_alerts"


def upgrade() -> None:
    """Forward only."""
    op.execute("""
        ALTER TABLE alert.watch
        ADD problem text COLLATE "C" CHECK (problem ~ '^[0-9A-Za-z_]{1,20}$');
        COMMENT ON COLUMN alert.watch.problem IS
            'as the last try ended: an SQLSTATE, or no_rule; null: it was evaluated';
    """)
