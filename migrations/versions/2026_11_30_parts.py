"""The parts of a Run that several workers compute: which there are, which are done, what came of
each."""

from alembic import op

revision = "2026_11_30_parts"
down_revision = "2026_11_30_jobs"


def upgrade() -> None:
    """Forward only."""
    op.execute(_TABLES)


_TABLES = """
    CREATE TABLE jobs.shared_run (
        run_id bigint PRIMARY KEY REFERENCES public.run (id) ON DELETE CASCADE,
        day date,
        snapshot text NOT NULL
    );
    COMMENT ON TABLE jobs.shared_run IS 'Runs at work whose parts others may compute, too';
    COMMENT ON COLUMN jobs.shared_run.snapshot IS 'of pg_export_snapshot: what all parts see';
    CREATE TABLE jobs.part (
        run_id bigint NOT NULL REFERENCES jobs.shared_run (run_id) ON DELETE CASCADE,
        number integer NOT NULL,
        label text NOT NULL,
        given jsonb NOT NULL,
        done_at timestamptz,
        took interval,
        done_by text,
        told jsonb,
        PRIMARY KEY (run_id, number)
    );
    COMMENT ON TABLE jobs.part IS 'whoever computes one holds its row locked until it is kept';
    COMMENT ON COLUMN jobs.part.told IS 'what the part said in the end, for whoever gathers all';
    CREATE TABLE jobs.part_content (
        run_id bigint NOT NULL,
        number integer NOT NULL,
        name text NOT NULL,
        content bytea NOT NULL,
        PRIMARY KEY (run_id, number, name),
        FOREIGN KEY (run_id, number) REFERENCES jobs.part (run_id, number) ON DELETE CASCADE
    );
    ALTER TABLE jobs.part_content ALTER content SET STORAGE EXTERNAL;
    COMMENT ON TABLE jobs.part_content IS 'rows and arrays that a part made, until all are gathered'
"""
