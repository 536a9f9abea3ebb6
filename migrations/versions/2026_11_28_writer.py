"""The writer: the role of routes that write. It reads `published`, and changes what it is granted.

Nothing is granted to it here: the revision of a table that a route writes grants what the route
does, column by column where that is less than the row.
"""

from alembic import op

revision = "2026_11_28_writer"
down_revision = "2026_11_28_run_input"


def upgrade() -> None:
    """Forward only."""
    op.execute(_ROLE)


_ROLE = """
    DO $$ BEGIN
        CREATE ROLE fahsai_writer NOLOGIN;
    EXCEPTION WHEN duplicate_object THEN NULL;  -- roles belong to the server, not the database
    END $$;
    GRANT fahsai_writer TO CURRENT_USER;
    GRANT fahsai_reader TO fahsai_writer;

    -- What PostgreSQL lets everybody do (before its version 15, for the schema).
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    DO $$ BEGIN
        EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    END $$;
"""
