"""Short links: addresses of our own pages, each under a code that follows from it."""

from alembic import op

revision = "2026_11_28_short_link"
down_revision = "2026_11_28_writer"


def upgrade() -> None:
    """Forward only."""
    op.execute(_TABLE)


# Who asked for a link is nobody's business, and not kept. A link is never changed nor taken back:
# it may be printed somewhere.
_TABLE = """
    CREATE TABLE short_link (
        code text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[0-9a-z]{8,32}$'),
        path text NOT NULL CHECK (path ~ '^/($|[^/\\\\])' AND length(path) <= 2000),
        created_at timestamptz NOT NULL DEFAULT now()
    );
    COMMENT ON COLUMN short_link.code IS 'the beginning of the hash of the path';
    GRANT SELECT (code, path), INSERT (code, path) ON short_link TO fahsai_writer;
"""
