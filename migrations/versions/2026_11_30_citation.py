"""Citations: what was asked of which version of the data, and the checksums that prove the rows."""

from alembic import op

revision = "2026_11_30_citation"
down_revision = "2026_11_30_history"


def upgrade() -> None:
    """Forward only."""
    op.execute(_TABLE)


# Who asked for a citation is nobody's business, and not kept. None is changed nor taken back: it
# may be printed somewhere.
_TABLE = """
    CREATE TABLE citation (
        code text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[0-9a-z]{8,32}$'),
        path text NOT NULL CHECK (path ~ '^/($|[^/\\\\])' AND length(path) <= 8000),
        as_of text NOT NULL,
        version bigint NOT NULL,
        time timestamptz NOT NULL,
        parts jsonb NOT NULL,
        sources jsonb NOT NULL,
        simulated boolean NOT NULL,
        software text NOT NULL,
        cited_at timestamptz NOT NULL
    );
    COMMENT ON COLUMN citation.code IS
        'the beginning of the hash of what was asked, of which version, and of the checksums';
    COMMENT ON COLUMN citation.as_of IS 'the parameter that gives the same rows';
    COMMENT ON COLUMN citation.version IS 'of data_commit; time is what now was for the rows';
    COMMENT ON COLUMN citation.parts IS
        'each answer: its address without as_of, how many rows, their SHA-256';
    COMMENT ON COLUMN citation.sources IS 'of each layer read: title, licence, attribution';
    GRANT
        SELECT (
            code, path, as_of, version, time, parts, sources, simulated, software, cited_at
        ),
        INSERT (
            code, path, as_of, version, time, parts, sources, simulated, software, cited_at
        )
    ON citation TO fahsai_writer;
"""
