"""To when a Run knows all that there was: the time at which a live feed was asked, or the end of
the simulated world. Of former Runs it is told by what they were given."""

from alembic import op

revision = "2026_11_30_run_known_until"
down_revision = "2026_11_28_run_input"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        ALTER TABLE run ADD COLUMN known_until timestamptz;
        COMMENT ON COLUMN run.known_until IS
            'all that there was until then was read, found or not; blank where only the rows tell';
        UPDATE run SET known_until = CASE
            WHEN input = 'live' THEN started_at
            WHEN source = 'demo' THEN
                to_timestamp(substring(input FROM 'until=([-0-9]+T[0-9]+)Z') || '+00',
                    'YYYY-MM-DD"T"HH24TZH')
        END
        WHERE status = 'succeeded';
        """
    )
