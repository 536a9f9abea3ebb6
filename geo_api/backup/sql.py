"""Statements of backups: one moment's state of the database, and databases put in each other's
place."""

from psycopg2.sql import SQL, Composed, Identifier, Literal

# A server may end transactions that wait; this one waits for pg_dump.
WAIT = "SET idle_in_transaction_session_timeout = 0"
BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
EXPORT_SNAPSHOT = "SELECT pg_export_snapshot(), now()"

SERVER = """
    SELECT current_setting('server_version_num')::int / 10000,
        current_setting('server_version'),
        (SELECT extversion FROM pg_extension WHERE extname = 'postgis')
"""
STATE = """
    SELECT
        pg_database_size(current_database()),
        (
            SELECT coalesce(sum(pg_table_size(oid)), 0)::bigint FROM pg_class
            WHERE relkind IN ('r', 'm') AND relnamespace <> 'pg_catalog'::regnamespace
        ),
        pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
        obj_description('published'::regnamespace, 'pg_namespace')
"""
REVISIONS = "SELECT version_num FROM alembic_version ORDER BY version_num"
IS_MIGRATED = "SELECT to_regclass('public.alembic_version') IS NOT NULL"

# A view of no table has no version.
PUBLISHED_VIEWS = """
    SELECT v.viewname, coalesce(s.version, ''), d.view_name IS NOT NULL
    FROM pg_views AS v
    LEFT JOIN published.versions AS s ON s.view_name = v.viewname
    LEFT JOIN published.daily AS d ON d.view_name = v.viewname
    WHERE v.schemaname = 'published'
    ORDER BY v.viewname
"""
SERIAL = "SET max_parallel_workers_per_gather = 0"


def layer_state(view: str) -> Composed:
    """How many rows the view shows, and a sum that any other value in them changes, whatever their
    order: of the first 64 bits of each row's MD5 as text."""
    return SQL(
        """
        SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 16))::bit(64)::bigint), 0)::text
        FROM published.{} AS t
        """
    ).format(Identifier(view))


# Tables of ours; those of an extension are there in an empty database too.
HOLDS_DATA = """
    SELECT EXISTS (
        SELECT FROM pg_class AS c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT EXISTS (
            SELECT FROM pg_depend AS d
            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
        )
    )
"""
OTHER_SESSIONS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = %(name)s AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""

REFRESH_STATISTICS = "VACUUM (ANALYZE)"

# Data versions are numbers of transactions: what is changed later must get none that was had.
PASS_TRANSACTIONS = """
    DO $$ BEGIN
        SET synchronous_commit = off;
        WHILE pg_current_xact_id()::text::bigint < {} LOOP
            COMMIT;
        END LOOP;
    END $$
"""


def create_database(name: str) -> Composed:
    """An empty one, whatever the server's template holds."""
    return SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(Identifier(name))


def drop_database(name: str) -> Composed:
    """Where it is there."""
    return SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name))


def rename_database(name: str, to: str) -> Composed:
    """Nobody may be connected to it."""
    return SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(name), Identifier(to))


def pass_transactions(number: int) -> Composed:
    """Counts transactions up to the number. Not within one."""
    return SQL(PASS_TRANSACTIONS).format(Literal(number))
