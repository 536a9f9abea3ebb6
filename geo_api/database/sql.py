"""Statements about the database itself: whether it answers, what its views give, its data versions,
its Runs."""

from psycopg2.sql import SQL, Composed, Identifier, Literal

RUNNING_RUN_LOCK = 421
# Shared by those who compute parts of a Run that another has: one of them takes it over.
HELPED_RUN_LOCK = 424
# Held by whoever migrates, and shared by every Run at work: no function changes under a Run.
SCHEMA_LOCK = 0x0FA5A1

PING = "SELECT 1"

BACKEND = "SELECT pg_backend_pid()"

# Of all, and of former rows (geo_api/database/functions/history.sql).
DATABASE_BYTES = """
    SELECT
        pg_database_size(current_database()),
        (SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
        WHERE relnamespace = 'history'::regnamespace AND relkind = 'r')
"""

# Of changed data: see bump_data_version.
LISTEN = "LISTEN data_version"
# Of each column of %(view)s its name, the name of its type, of how many arrays one in the other it
# is, and the type of a geometry. A domain is of the type that it is made from.
COLUMNS_OF = """
    WITH RECURSIVE resolved (place, name, type, modifier, dimensions) AS (
        SELECT attnum, attname, atttypid, atttypmod, 0
        FROM pg_attribute
        WHERE attrelid = to_regclass(%(view)s) AND attnum > 0 AND NOT attisdropped
        UNION ALL
        SELECT r.place, r.name, coalesce(nullif(t.typbasetype, 0), t.typelem),
            CASE t.typtype WHEN 'd' THEN t.typtypmod ELSE r.modifier END,
            CASE t.typtype WHEN 'd' THEN r.dimensions ELSE r.dimensions + 1 END
        FROM resolved AS r
        JOIN pg_type AS t ON t.oid = r.type
        WHERE t.typtype = 'd' OR t.typcategory = 'A'
    )
    SELECT r.name, CASE t.typtype WHEN 'e' THEN 'enum' ELSE t.typname END, r.dimensions,
        CASE t.typname WHEN 'geometry' THEN lower(postgis_typmod_type(r.modifier)) END
    FROM resolved AS r
    JOIN pg_type AS t ON t.oid = r.type
    WHERE t.typtype <> 'd' AND t.typcategory <> 'A'
    ORDER BY r.place
"""

SHARE_SCHEMA = f"SELECT pg_advisory_lock_shared({SCHEMA_LOCK})"

BUMP_DATA_VERSION = "SELECT bump_data_version(%(table)s)"

IS_POPULATED = "SELECT relispopulated FROM pg_class WHERE oid = to_regclass(%(table)s)"


def limit_statements(timeout_ms: int) -> Composed:
    """How long each statement may take until the transaction ends."""
    return SQL("SET LOCAL statement_timeout = {}").format(Literal(timeout_ms))


def refresh(materialized_view: str, *, concurrently: bool) -> Composed:
    """Computes a materialized view anew; `concurrently`, readers see the former rows meanwhile."""
    how = SQL("CONCURRENTLY ") if concurrently else SQL("")
    return SQL("REFRESH MATERIALIZED VIEW {}{}").format(how, Identifier(materialized_view))


OPEN_RUN = """
    INSERT INTO run (source, input, known_until, status)
    VALUES (%(source)s, %(input)s, %(known_until)s, 'running')
    RETURNING id
"""

# The session that works holds a lock on its run; one that nobody has, nor helps with, was killed.
HOLD_RUN = f"SELECT pg_advisory_lock({RUNNING_RUN_LOCK}, %(run)s)"
LET_RUN_GO = f"""
    SELECT pg_advisory_unlock({RUNNING_RUN_LOCK}, %(run)s),
        pg_advisory_unlock_shared({SCHEMA_LOCK})
"""
# No row where it does not run any more; its source, and whether nobody else had it.
TAKE_OVER_RUN = f"""
    SELECT source, pg_try_advisory_lock({RUNNING_RUN_LOCK}, id::int)
    FROM (SELECT source, id FROM run WHERE id = %(run)s AND status = 'running' FOR UPDATE) AS r
"""
CLOSE_KILLED_RUNS = f"""
    UPDATE run SET status = 'failed', finished_at = clock_timestamp(),
        message = 'interrupted: the process ended before the run did; nothing was changed'
    WHERE status = 'running' AND NOT EXISTS (
        SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND classid IN ({RUNNING_RUN_LOCK}, {HELPED_RUN_LOCK}) AND objid = run.id::int
    )
"""

# An analysis's pass is as old as the oldest of what it read.
NEWEST_RUNS = """
    SELECT DISTINCT ON (source) source, id, least(finished_at, data_as_of)
    FROM run
    WHERE status = 'succeeded' AND source = ANY(%(sources)s)
    ORDER BY source, finished_at DESC, id DESC
"""

RECORD_INPUTS = """
    WITH recorded AS (
        INSERT INTO run_input (run_id, input_run_id) SELECT %(run)s, unnest(%(inputs)s::bigint[])
    )
    UPDATE run SET data_as_of = %(data_as_of)s WHERE id = %(run)s
"""

KNOWN_UNTIL = """
    SELECT max(known_until) FROM run WHERE source = %(source)s AND status = 'succeeded'
"""

METHOD_CHANGED = "SELECT method_changed(%(analysis)s, %(version)s)"

NOTE_VERSION = "UPDATE run SET method_version = %(version)s WHERE id = %(run)s"

ANY_RUN_SUCCEEDED = "SELECT EXISTS (SELECT FROM run WHERE status = 'succeeded')"

CLOSE_RUN = """
    UPDATE run SET status = %(status)s, finished_at = clock_timestamp(), read = %(read)s,
        inserted = %(inserted)s, updated = %(updated)s, unchanged = %(unchanged)s,
        quarantined = %(quarantined)s, warnings = %(warnings)s, message = %(message)s
    WHERE id = %(run)s
"""
