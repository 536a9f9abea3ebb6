"""The writer: the role of routes that write. It reads `published`, and changes what it is granted.

Nothing is granted to it here: the revision of a table that a route writes grants what the route
does, column by column where that is less than the row.
"""

from alembic import op

revision = "2026_11_28_writer"
down_revision = ("2026_11_21_data_version", "2026_11_21_bin_sums")


def upgrade() -> None:
    """Forward only."""
    op.execute(_ROLE)
    op.execute(_TRIGGERS)


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

# The triggers that follow a table's rows write tables that its writers have no rights on. Their
# search path ends with the temporary schema, which PostgreSQL would look through first otherwise.
_TRIGGERS = """
    DO $$
    DECLARE
        name text;
    BEGIN
        FOREACH name IN ARRAY ARRAY[
            'note_changed_rows', 'note_truncate', 'bin_changed_rows', 'empty_bins'
        ] LOOP
            EXECUTE format(
                'ALTER FUNCTION %I() SECURITY DEFINER SET search_path = %s, pg_temp',
                name, current_setting('search_path')
            );
        END LOOP;
    END $$;
"""
