"""The ground all stands on: PostGIS, the reader, runs, the quarantine, data versions."""

from alembic import op

revision = "2026_11_28_foundation"
down_revision = None


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE EXTENSION IF NOT EXISTS postgis;

        DO $$ BEGIN
            CREATE ROLE fahsai_reader NOLOGIN;
        EXCEPTION WHEN duplicate_object THEN NULL;  -- roles belong to the server, not the database
        END $$;
        GRANT fahsai_reader TO CURRENT_USER;
        REVOKE ALL ON SCHEMA public FROM fahsai_reader;

        -- The shape in which sources deliver rows for the table of the same name.
        CREATE SCHEMA staging;

        CREATE TABLE run (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            source text NOT NULL,
            input text NOT NULL,
            status text NOT NULL CHECK (status IN ('running', 'succeeded', 'failed')),
            started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            finished_at timestamptz,
            read bigint NOT NULL DEFAULT 0,
            inserted bigint NOT NULL DEFAULT 0,
            updated bigint NOT NULL DEFAULT 0,
            unchanged bigint NOT NULL DEFAULT 0,
            quarantined bigint NOT NULL DEFAULT 0,
            warnings bigint NOT NULL DEFAULT 0,
            message text
        );
        CREATE INDEX run_by_source ON run (source, id DESC);

        CREATE TABLE quarantine (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            run_id bigint NOT NULL REFERENCES run,
            source text NOT NULL,
            file text NOT NULL,
            line bigint NOT NULL,
            reason text NOT NULL,
            detail text NOT NULL,
            raw text NOT NULL,
            stored boolean NOT NULL,
            seen_at timestamptz NOT NULL DEFAULT clock_timestamp()
        );
        COMMENT ON COLUMN quarantine.stored IS 'a warning only: the row was stored all the same';
        -- The same bad line read again is not news.
        CREATE UNIQUE INDEX quarantine_once ON quarantine (source, file, line, reason, md5(raw));

        CREATE TABLE data_version (
            table_name text PRIMARY KEY,
            version bigint NOT NULL,
            changed_at timestamptz NOT NULL
        );
        COMMENT ON COLUMN data_version.version IS
            'the transaction that last changed a row: another number, not a greater one';
        """
    )
