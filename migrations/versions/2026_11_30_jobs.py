"""What runs by itself: the queue of procrastinate in a schema and with a role of its own, and how
each job stands.

The tables and functions of the queue are those of the installed package, which names its version:
a later one brings its own changes to them, each a revision of ours then.
"""

from importlib.metadata import version
from importlib.resources import files

from alembic import op

revision = "2026_11_30_jobs"
down_revision = "2026_11_30_merged_events"

_MADE_FOR = "3.10."


class OtherQueue(RuntimeError):
    """The installed procrastinate is not the one whose schema this revision makes."""


def upgrade() -> None:
    """Forward only. Raises OtherQueue."""
    installed = version("procrastinate")
    if not installed.startswith(_MADE_FOR):
        raise OtherQueue(
            f"the queue's schema is that of procrastinate {_MADE_FOR}x, and {installed} is"
            " installed: install what requirements.lock names"
        )
    op.execute("CREATE SCHEMA jobs")
    op.execute("SET LOCAL search_path = jobs")
    # The driver's own cursor: SQLAlchemy would read colons and percent signs as parameters.
    cursor = op.get_bind().connection.cursor()
    cursor.execute(files("procrastinate").joinpath("sql", "schema.sql").read_text("utf-8"))
    op.execute(_RIGHTS)
    op.execute("SET LOCAL search_path = DEFAULT")
    op.execute(_STANDING)


_RIGHTS = """
    GRANT USAGE ON SCHEMA jobs TO fahsai_jobs;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA jobs TO fahsai_jobs;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA jobs TO fahsai_jobs
"""

_STANDING = """
    CREATE TABLE jobs.standing (
        name text COLLATE "C" PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_]{0,99}$'),
        paused_at timestamptz,
        started_at timestamptz,
        finished_at timestamptz,
        succeeded_at timestamptz,
        outcome text CHECK (outcome IN ('succeeded', 'failed')),
        message text,
        failures integer NOT NULL DEFAULT 0,
        next_at timestamptz,
        waits_for text CHECK (waits_for IN ('setting', 'first_reading', 'news', 'demo', 'pause')),
        detail text
    );
    COMMENT ON TABLE jobs.standing IS 'how each job stands that the service runs by itself';
    COMMENT ON COLUMN jobs.standing.failures IS 'since it last succeeded';
    COMMENT ON COLUMN jobs.standing.next_at IS 'null: not by itself, for what it waits for';
    COMMENT ON COLUMN jobs.standing.detail IS 'of a setting that is missing or wrong, which'
"""
